#include "runtime/core/content_sha256.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

namespace mlpc {

std::string content_sha256(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        return sha256_of_file(path);
    }
    std::vector<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_regular_file(error) && !name.starts_with('.')) {
            names.push_back(name);
        }
    }
    if (error) {
        throw RunError(fmt::format("cannot read the folder `{}`: {}", path, error.message()));
    }
    std::sort(names.begin(), names.end());
    std::string sums;
    for (const std::string& name : names) {
        sums += fmt::format("{}  {}\n", sha256_of_file(path + "/" + name), name);
    }
    return sha256_hex(sums);
}

}  // namespace mlpc
