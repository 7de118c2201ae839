#include "runtime/io/duckdb_library.h"

#include "runtime/core/environment.h"
#include "runtime/core/error.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <mutex>
#include <optional>

namespace mlpc {
namespace {

std::string duckdb_file() { return library_file("MLPC_DUCKDB", "libduckdb.so"); }

template <class F>
void find(void* library, const std::string& path, const char* name, F*& function) {
    function = reinterpret_cast<F*>(dlsym(library, name));
    if (function == nullptr) {
        throw RunError(fmt::format("{}: DuckDB's library in {} has no `{}`; get another one with `./setup duckdb`", path, duckdb_file(), name));
    }
}

DuckDbLibrary load(const std::string& path) {
    void* library = dlopen(duckdb_file().c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        throw RunError(
            fmt::format("{}: Parquet files are read by DuckDB's library, which is not there: `./setup duckdb` fetches it, or MLPC_DUCKDB names "
                        "the libduckdb.so to use ({})",
                        path, dlerror()));
    }
    DuckDbLibrary found{};
    find(library, path, "duckdb_open", found.open);
    find(library, path, "duckdb_close", found.close);
    find(library, path, "duckdb_connect", found.connect);
    find(library, path, "duckdb_disconnect", found.disconnect);
    find(library, path, "duckdb_query", found.query);
    find(library, path, "duckdb_destroy_result", found.destroy_result);
    find(library, path, "duckdb_result_error", found.result_error);
    find(library, path, "duckdb_column_count", found.column_count);
    find(library, path, "duckdb_column_name", found.column_name);
    find(library, path, "duckdb_column_type", found.column_type);
    find(library, path, "duckdb_fetch_chunk", found.fetch_chunk);
    find(library, path, "duckdb_destroy_data_chunk", found.destroy_chunk);
    find(library, path, "duckdb_data_chunk_get_size", found.chunk_size);
    find(library, path, "duckdb_data_chunk_get_vector", found.chunk_vector);
    find(library, path, "duckdb_vector_get_data", found.vector_data);
    find(library, path, "duckdb_vector_get_validity", found.vector_validity);
    return found;
}

}  // namespace

const DuckDbLibrary& duckdb_library(const std::string& path) {
    static std::mutex mutex;
    static std::optional<DuckDbLibrary> loaded;
    const std::lock_guard lock(mutex);
    if (!loaded) {
        loaded = load(path);
    }
    return *loaded;
}

}  // namespace mlpc
