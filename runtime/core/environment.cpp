#include "runtime/core/environment.h"

#include <cstdlib>

namespace mlpc {

std::string environment_variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

std::filesystem::path user_data_folder() {
    const std::string data = environment_variable("XDG_DATA_HOME"), home = environment_variable("HOME");
    return (data.empty() ? std::filesystem::path(home) / ".local/share" : std::filesystem::path(data)) / "mlpc";
}

std::string library_file(const char* variable, const std::string& name) {
    if (const std::string named = environment_variable(variable); !named.empty()) {
        return named;
    }
    const std::filesystem::path own = user_data_folder() / name;
    std::error_code ignored;
    return std::filesystem::exists(own, ignored) ? own.string() : name;
}

}  // namespace mlpc
