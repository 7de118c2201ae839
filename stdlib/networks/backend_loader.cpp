#include "runtime/core/environment.h"
#include "runtime/core/error.h"
#include "stdlib/networks/backend.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <vector>

namespace mlpc::networks {

namespace {

namespace fs = std::filesystem;
constexpr const char* module_name = "libmlpc_networks.so";

// The first of: what MLPC_NETWORKS names, beside the program, in the user's data; else left to the system's search.
std::string module_file() {
    if (const std::string named = environment_variable("MLPC_NETWORKS"); !named.empty()) {
        return named;
    }
    std::error_code ignored;
    for (const fs::path& folder : {fs::read_symlink("/proc/self/exe", ignored).parent_path(), user_data_folder()}) {
        if (fs::exists(folder / module_name, ignored)) {
            return folder / module_name;
        }
    }
    return module_name;
}

// Libraries read these as they are loaded. The work is already parallel, a network a thread: theirs would wait for each other, spinning.
void ask_of_libraries() {
    setenv("OMP_NUM_THREADS", "1", 0);
    setenv("OPENBLAS_NUM_THREADS", "1", 0);
    setenv("OMP_WAIT_POLICY", "passive", 0);
#if defined(__x86_64__)
    // OpenBLAS 0.3.21 takes processors that are younger than itself for old ones.
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl")) {
        setenv("OPENBLAS_CORETYPE", "SkylakeX", 0);
    }
#endif
}

Backend& load() {
    const std::string file = module_file();
    ask_of_libraries();
    void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (module == nullptr) {
        throw RunError(
            fmt::format("networks are trained by libtorch, in a module of mlpc that is not there: `./setup networks` installs the one and builds the "
                        "other, or MLPC_NETWORKS names the {} to use ({})",
                        module_name, dlerror()));
    }
    const auto entry = reinterpret_cast<decltype(&mlpc_network_backend)>(dlsym(module, "mlpc_network_backend"));
    Backend* backend = entry == nullptr ? nullptr : entry(backend_version);
    if (backend == nullptr) {
        throw RunError(fmt::format("{} was built for another version of mlpc: `./setup networks` builds it anew", file));
    }
    return *backend;
}

}  // namespace

Backend& backend() {
    static std::mutex mutex;
    static Backend* loaded = nullptr;
    const std::lock_guard lock(mutex);
    if (loaded == nullptr) {
        loaded = &load();
    }
    return *loaded;
}

}  // namespace mlpc::networks
