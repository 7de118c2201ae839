#include "runtime/core/bounded_folder.h"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace mlpc {

namespace fs = std::filesystem;

bool make_room(const std::string& folder, const std::string& ending, const std::string& kept, std::uintmax_t more, std::uintmax_t most) {
    struct File {
        fs::file_time_type written;
        std::uintmax_t bytes = 0;
        fs::path path;
    };
    std::vector<File> files;
    std::uintmax_t all = more;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        const std::uintmax_t bytes = entry.file_size(error);
        if (error || !entry.path().string().ends_with(ending)) {
            continue;  // no file, or another process has just removed it
        }
        all += bytes;
        if (entry.path() != kept) {
            files.push_back({entry.last_write_time(error), bytes, entry.path()});
        }
    }
    std::sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.written < b.written; });
    for (auto oldest = files.begin(); all > most && oldest != files.end(); ++oldest) {
        all -= oldest->bytes;
        fs::remove(oldest->path, error);
    }
    return all <= most;
}

}  // namespace mlpc
