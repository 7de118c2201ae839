// A file that exists as long as its object, for tests of readers.
#pragma once

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace mlpc {

class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content, const std::string& name = "table.csv") {
        static std::atomic<int> count = 0;
        // In memory where that can be: thousands of files are written.
        const std::filesystem::path base = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
        folder_ = base / ("mlpc_io_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
        std::filesystem::create_directories(folder_);
        path_ = (folder_ / name).string();
        write(content);
    }
    ~TemporaryFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    void write(std::string_view content) const { std::ofstream(path_, std::ios::binary) << content; }
    const std::string& path() const { return path_; }
    std::string folder() const { return folder_.string(); }

private:
    std::filesystem::path folder_;
    std::string path_;
};

}  // namespace mlpc
