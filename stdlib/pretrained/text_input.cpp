#include "stdlib/pretrained/text_input.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "stdlib/pretrained/file_bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>

namespace mlpc::pretrained {
namespace {

constexpr std::size_t most_vocabulary_bytes = 64 << 20;

}  // namespace

std::shared_ptr<const WordPiece> open_vocabulary(const std::string& path) {
    static std::mutex mutex;
    static std::map<std::string, std::shared_ptr<const WordPiece>> opened;
    const std::string bytes = file_bytes(path, most_vocabulary_bytes);
    const std::scoped_lock lock(mutex);
    std::shared_ptr<const WordPiece>& vocabulary = opened[sha256_hex(bytes)];
    if (vocabulary == nullptr) {
        try {
            vocabulary = std::make_shared<const WordPiece>(WordPiece::parse(bytes));
        } catch (const RunError& error) {
            throw RunError(fmt::format("`{}` is no vocabulary of WordPiece: {}", path, error.what()));
        }
    }
    return vocabulary;
}

std::string vocabulary_path(const std::string& network_path, const std::string& named) {
    const std::filesystem::path folder = std::filesystem::path(network_path).parent_path();
    if (!named.empty()) {
        return (folder / named).string();
    }
    for (const char* usual : {"tokenizer.json", "vocab.txt"}) {
        if (std::filesystem::exists(folder / usual)) {
            return (folder / usual).string();
        }
    }
    throw RunError(
        fmt::format("there is neither `tokenizer.json` nor `vocab.txt` beside `{}`: a network that reads texts needs its vocabulary; "
                    "put it there or name it: `vocabulary: \"FILE\"`",
                    network_path));
}

void require_one_text(const Frame& x, const std::string& name) {
    if (x.columns() != 1) {
        throw RunError(fmt::format("`{}` reads one column of texts, and is given {}: choose one, as in `notes -> {}`", name, x.columns(), name));
    }
    if (x.column(0).type != ColumnType::Text) {
        throw RunError(fmt::format("`{}` reads texts, and `{}` is {}", name, x.column(0).name, name_of(x.column(0).type)));
    }
}

std::vector<std::string> files_beside(const Source& source) {
    if (!takes_texts(source) || !source.params.contains("vocabulary")) {
        return {};
    }
    std::vector<std::string> files{vocabulary_path(source.path, source.params.value("vocabulary", ""))};
    const std::string configuration = (std::filesystem::path(source.path).parent_path() / "config.json").string();
    if (std::filesystem::exists(configuration)) {
        files.push_back(configuration);
    }
    return files;
}

std::map<std::string, std::string> hashes_beside(const Source& source) {
    const std::filesystem::path folder = std::filesystem::path(source.path).parent_path();
    std::map<std::string, std::string> hashes;
    for (const std::string& path : files_beside(source)) {
        hashes.emplace(std::filesystem::path(path).lexically_relative(folder).string(), file_sha256(path));
    }
    return hashes;
}

RowInput text_codes(const WordPiece& vocabulary, const Frame& x, std::size_t length, const std::string& name) {
    require_one_text(x, name);
    std::vector<std::vector<std::int64_t>> rows(x.rows());
    RowInput input;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        rows[row] = vocabulary.encode(x.text(row, 0), length);
        input.width = std::max(input.width, rows[row].size());
    }
    input.codes.resize(x.rows() * input.width);
    for (std::size_t row = 0; row < x.rows(); ++row) {
        std::copy(rows[row].begin(), rows[row].end(), input.codes.begin() + static_cast<std::ptrdiff_t>(row * input.width));
    }
    return input;
}

RowInput text_codes(const Source& source, const Frame& x) {
    const std::string path = vocabulary_path(source.path, source.params.value("vocabulary", ""));
    return text_codes(*open_vocabulary(path), x, source.params.value("length", std::size_t{256}), source.name);
}

}  // namespace mlpc::pretrained
