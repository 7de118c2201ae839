#include "runtime/core/whole_file.h"

#include "runtime/core/error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace mlpc {

namespace {

[[noreturn]] void fail(const std::string& path, int error) { throw RunError("cannot write `" + path + "`: " + std::strerror(error)); }

class Descriptor {
public:
    Descriptor(const std::string& path, int flags) : number_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number() const { return number_; }
    // What close(2) says: on network file systems it is where a full disk shows.
    int close() {
        const int result = number_ < 0 ? 0 : ::close(number_);
        number_ = -1;
        return result;
    }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        content.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
    return true;
}

bool write_synced(const std::string& path, std::string_view content) {
    Descriptor file(path, O_WRONLY | O_CREAT | O_EXCL);
    return file.number() >= 0 && write_all(file.number(), content) && ::fsync(file.number()) == 0 && file.close() == 0;
}

void sync_directory(const std::filesystem::path& directory) {
    const Descriptor descriptor(directory.empty() ? "." : directory.string(), O_RDONLY | O_DIRECTORY);
    // Some file systems cannot sync a directory; the file itself is whole either way.
    if (descriptor.number() >= 0) {
        ::fsync(descriptor.number());
    }
}

// Renaming over a device or a directory would replace more than a file.
void require_replaceable(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
        throw RunError("cannot write `" + path + "`: it exists and is not a regular file");
    }
}

}  // namespace

void write_whole_file(const std::string& path, std::string_view content) {
    static std::atomic<unsigned> counter = 0;
    require_replaceable(path);
    const std::string temporary = path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(++counter);
    if (!write_synced(temporary, content) || ::rename(temporary.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        fail(path, error);
    }
    sync_directory(std::filesystem::path(path).parent_path());
}

}  // namespace mlpc
