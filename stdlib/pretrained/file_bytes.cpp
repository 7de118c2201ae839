#include "stdlib/pretrained/file_bytes.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace mlpc::pretrained {

std::string file_bytes(const std::string& path, std::size_t most) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    std::ifstream file(path, std::ios::binary);
    if (error || !file) {
        throw RunError(fmt::format("`{}` can't be read", path));
    }
    if (size > most) {
        throw RunError(fmt::format("`{}` has {} bytes, and no more than {} are read", path, size, most));
    }
    std::string bytes(size, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    if (static_cast<std::size_t>(file.gcount()) != size) {
        throw RunError(fmt::format("reading `{}` failed", path));
    }
    return bytes;
}

}  // namespace mlpc::pretrained
