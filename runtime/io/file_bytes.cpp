#include "runtime/io/file_bytes.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/parallel.h"
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
#include <string_view>
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

void check_file_size(const std::string& path, std::size_t size) {
    if (size > max_file_bytes) {
        fail(path, "the file is larger than 32 GB; split it, or keep the rows and columns that the experiment needs");
    }
}

// Several threads copy a large file sooner than one. Returns how many bytes there were from the beginning on, and leaves the file there.
std::size_t read_pieces(const std::string& path, const OpenFile& file, char* out, std::size_t size) {
    constexpr std::size_t piece = std::size_t{8} << 20;
    std::vector<std::size_t> done((size + piece - 1) / piece, 0);
    parallel_for(done.size(), [&](std::size_t i) {
        const std::size_t begin = i * piece, wanted = std::min(piece, size - begin);
        while (done[i] < wanted) {
            const ssize_t count = ::pread(file.descriptor(), out + begin + done[i], wanted - done[i], static_cast<off_t>(begin + done[i]));
            if (count < 0 && errno != EINTR) {
                fail(path, fmt::format("the file can't be read: {}", std::strerror(errno)));
            }
            if (count == 0) {
                break;
            }
            done[i] += static_cast<std::size_t>(std::max<ssize_t>(count, 0));
        }
    });
    std::size_t whole = 0;
    for (std::size_t i = 0; i < done.size() && whole == i * piece; ++i) {
        whole += done[i];
    }
    ::lseek(file.descriptor(), static_cast<off_t>(whole), SEEK_SET);
    return whole;
}

}  // namespace

void require_file(const std::string& path) {
    struct stat status {};
    check_kind(path, OpenFile(path), status);
}

Bytes read_file_bytes(const std::string& path) {
    const OpenFile file(path);
    struct stat status {};
    check_kind(path, file, status);
    // A pipe has no size, and can be read all the same.
    const auto expected = static_cast<std::size_t>(std::max<off_t>(status.st_size, 0));
    check_file_size(path, expected);
    Bytes bytes(expected + 1);
    std::size_t size = S_ISREG(status.st_mode) ? read_pieces(path, file, bytes.data(), expected) : 0;
    while (true) {
        check_file_size(path, bytes.size() - 1);
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

bool is_packed(const Bytes& bytes) { return is_gzip(bytes) || is_zstd(bytes); }

Bytes unpacked(const std::string& path, const Bytes& packed) {
    return is_gzip(packed) ? unpack_gzip(path, packed, max_file_bytes) : unpack_zstd(path, packed, max_file_bytes);
}

BinaryFile read_binary_file(const std::string& path) {
    Bytes bytes = read_file_bytes(path);
    std::string sha256 = sha256_hex(std::string_view(bytes.data(), bytes.size()));
    return {.bytes = is_packed(bytes) ? unpacked(path, bytes) : std::move(bytes), .sha256 = std::move(sha256)};
}

}  // namespace mlpc
