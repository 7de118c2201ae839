#include "runtime/core/error.h"
#include "runtime/io/read.h"
#include "runtime/io/readers.h"

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace mlpc {
namespace {

struct Reader {
    std::string_view source;
    LoadedTable (*read)(const TableRequest&);
};
constexpr Reader readers[] = {
    {"arff", read_arff},         {"csv", read_csv},       {"idx", read_idx},     {"images", read_images},
    {"jsonl", read_jsonl},       {"libsvm", read_libsvm}, {"npy", read_npy},     {"parquet", read_parquet},
    {"postgres", read_postgres}, {"sqlite", read_sqlite}, {"texts", read_texts}, {"tsv", read_csv},
};

}  // namespace

LoadedTable read_table(const TableRequest& request) {
    const auto reader = std::find_if(std::begin(readers), std::end(readers), [&](const Reader& r) { return r.source == request.format; });
    if (reader == std::end(readers)) {
        throw RunError(request.path + ": there is no reader for `" + request.format + "`");
    }
    return reader->read(request);
}

std::string text_argument(const TableRequest& request, const std::string& name) {
    const auto found = request.arguments.find(name);
    const auto* text = found == request.arguments.end() ? nullptr : std::get_if<std::string>(&found->second.value);
    return text == nullptr ? "" : *text;
}

std::string path_argument(const TableRequest& request, const std::string& name) {
    const std::filesystem::path path = text_argument(request, name);
    return path.empty() || path.is_absolute() ? path.string() : (std::filesystem::path(request.folder) / path).lexically_normal().string();
}

}  // namespace mlpc
