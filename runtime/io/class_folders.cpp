#include "runtime/io/class_folders.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <tuple>

namespace mlpc {
namespace fs = std::filesystem;

namespace {

bool is_hidden(const fs::path& below_root) {
    return std::any_of(below_root.begin(), below_root.end(), [](const fs::path& part) { return part.string().starts_with('.'); });
}

}  // namespace

std::vector<ClassFile> files_by_class(const std::string& root, const std::vector<std::string_view>& extensions) {
    std::error_code error;
    if (!fs::is_directory(root, error)) {
        throw RunError(root + ": there is no such folder; it must hold a folder for each class");
    }
    std::vector<ClassFile> files;
    for (fs::recursive_directory_iterator entry(root, error), end; !error && entry != end; entry.increment(error)) {
        const fs::path id = entry->path().lexically_relative(root);
        const std::string extension = to_lower(id.extension().string());
        const bool wanted = extensions.empty() || std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
        if (wanted && std::distance(id.begin(), id.end()) > 1 && !is_hidden(id) && entry->is_regular_file()) {
            files.push_back({.path = entry->path().string(), .label = id.begin()->string(), .id = id.generic_string()});
        }
    }
    if (error) {
        throw RunError(fmt::format("{}: the folder can't be read: {}", root, error.message()));
    }
    if (files.empty()) {
        throw RunError(fmt::format("{}: there are no {} in folders below it; each class needs a folder with its name", root,
                                   extensions.empty() ? "files" : fmt::format("files {}", fmt::join(extensions, ", "))));
    }
    std::sort(files.begin(), files.end(), [](const ClassFile& a, const ClassFile& b) { return std::tie(a.label, a.id) < std::tie(b.label, b.id); });
    return files;
}

}  // namespace mlpc
