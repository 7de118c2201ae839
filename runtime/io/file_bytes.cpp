#include "runtime/io/file_bytes.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/io/closest_name.h"
#include "runtime/io/gzip.h"
#include "runtime/io/zstd.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <span>
#include <utility>

namespace mlpc {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what) { throw RunError(path + ": " + what); }

class OpenFile {
public:
    explicit OpenFile(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
    ~OpenFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

std::string files_like(const std::string& path) {
    const std::filesystem::path wanted(path);
    std::vector<std::string> names;
    std::error_code ignored;
    const auto folder = wanted.has_parent_path() ? wanted.parent_path() : std::filesystem::path(".");
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return suggestion(wanted.filename().string(), names);
}

void check_kind(const std::string& path, const OpenFile& file, struct stat& status) {
    if (file.descriptor() < 0 && errno == ENOENT) {
        fail(path, "there is no such file" + files_like(path));
    }
    if (file.descriptor() < 0 || ::fstat(file.descriptor(), &status) != 0) {
        fail(path, fmt::format("the file can't be read: {}", std::strerror(errno)));
    }
    if (S_ISDIR(status.st_mode)) {
        fail(path, "this is a folder, not a file");
    }
}

}  // namespace

void require_file(const std::string& path) {
    struct stat status {};
    check_kind(path, OpenFile(path), status);
}

std::vector<char> read_file_bytes(const std::string& path) {
    const OpenFile file(path);
    struct stat status {};
    check_kind(path, file, status);
    // A pipe has no size, and can be read all the same.
    std::vector<char> bytes(static_cast<std::size_t>(std::max<off_t>(status.st_size, 0)) + 1);
    std::size_t size = 0;
    while (true) {
        if (bytes.size() > max_file_bytes) {
            fail(path, "the file is larger than 32 GB; split it, or keep the rows and columns that the experiment needs");
        }
        const ssize_t count = ::read(file.descriptor(), bytes.data() + size, bytes.size() - size);
        if (count < 0 && errno != EINTR) {
            fail(path, fmt::format("the file can't be read: {}", std::strerror(errno)));
        }
        if (count == 0) {
            break;
        }
        size += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        if (size == bytes.size()) {
            bytes.resize(bytes.size() * 2);
        }
    }
    bytes.resize(size);
    return bytes;
}

std::vector<char> unpacked(const std::string& path, std::vector<char> bytes) {
    if (is_gzip(bytes)) {
        return unpack_gzip(path, bytes, max_file_bytes);
    }
    return is_zstd(bytes) ? unpack_zstd(path, bytes, max_file_bytes) : std::move(bytes);
}

BinaryFile read_binary_file(const std::string& path) {
    std::vector<char> bytes = read_file_bytes(path);
    std::string sha256 = sha256_hex(std::as_bytes(std::span(bytes)));
    return {.bytes = unpacked(path, std::move(bytes)), .sha256 = std::move(sha256)};
}

}  // namespace mlpc
