#include "runtime/search/seen_sources.h"

#include <filesystem>

namespace mlpc {

namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> arguments_of(const DataSpec& data) {
    std::map<std::string, std::string> arguments;
    for (const SourceArgument& argument : data.arguments) {
        const auto* text = std::get_if<std::string>(&argument.value.value);
        if (text != nullptr && !text->empty() && argument.name != "url") {
            arguments.emplace(argument.name, *text);
        }
    }
    return arguments;
}

LockedData locked_data(const DataSpec& data, std::uint32_t id, const PreparedData& prepared) {
    LockedData locked{.source = data.format,
                      .path = data.path,
                      .arguments = arguments_of(data),
                      .sha256 = prepared.sha256[id],
                      .rows = prepared.test_rows_from[id],
                      .columns = {},
                      .test_files = {}};
    if (prepared.schemas[id].size() <= most_locked_columns) {
        for (const ColumnRequest& column : prepared.schemas[id]) {
            locked.columns.emplace_back(column.name, name_of(column.type));
        }
    }
    return locked;
}

// Of a file, or of those in a folder.
std::uint64_t bytes_of(const std::string& path) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        return fs::file_size(path);
    }
    std::uint64_t bytes = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
        bytes += entry.is_regular_file(error) ? entry.file_size() : 0;
    }
    return bytes;
}

}  // namespace

Lock seen_sources(const Experiment& e, const PreparedData& prepared, const FilesBeside& files_beside) {
    Lock lock;
    for (std::uint32_t s = 0; s < e.splits.size(); ++s) {
        const std::uint32_t root = root_of(e, e.splits[s].data).index;
        const DataSpec& data = e.data[root];
        LockedData& locked = lock.data.try_emplace(data.name, locked_data(data, root, prepared)).first->second;
        if (!prepared.test_sha256[s].empty()) {
            locked.test_files[e.splits[s].test.path] = {.sha256 = prepared.test_sha256[s], .rows = prepared.test_file_rows[s]};
        }
    }
    for (std::size_t i = 0; i < e.pretrained.size(); ++i) {
        const PretrainedRecord& record = prepared.pretrained[i];
        lock.pretrained.emplace(record.name, LockedNetwork{.source = record.format,
                                                           .path = record.path,
                                                           .sha256 = record.sha256,
                                                           .bytes = bytes_of(e.pretrained[i].resolved_path),
                                                           .licence = record.licence,
                                                           .beside = files_beside(e.pretrained[i])});
    }
    return lock;
}

}  // namespace mlpc
