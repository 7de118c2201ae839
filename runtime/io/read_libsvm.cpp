#include "runtime/core/error.h"
#include "runtime/io/cells.h"
#include "runtime/io/readers.h"
#include "runtime/io/ready_columns.h"
#include "runtime/io/text_file.h"
#include "runtime/io/text_lines.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <utility>

namespace mlpc {
namespace {

constexpr std::size_t max_features = 1'000'000;

struct SparseTable {
    std::vector<std::string> targets, queries;  // queries: as many as targets, or none
    SparseRows features;
};

std::string_view next_word(std::string_view& line) {
    const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(begin);
    const std::string_view word = line.substr(0, line.find_first_of(" \t"));
    line.remove_prefix(word.size());
    return word;
}

std::optional<std::uint64_t> parse_index(std::string_view text) {
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(index) : std::nullopt;
}

class LineReader {
public:
    explicit LineReader(const std::string& path) : path_(path) {}

    void read(std::string_view line, std::size_t number) {
        line_ = number;
        line = line.substr(0, line.find('#'));
        const std::string_view target = next_word(line);
        if (target.empty()) {
            return;
        }
        if (target.find(':') != std::string_view::npos) {
            fail(fmt::format("the line begins with {} and must begin with the target", shown(target)));
        }
        if (target.find(',') != std::string_view::npos) {
            fail(fmt::format("{} is more than one target; write one", shown(target)));
        }
        read_features(line);
        table_.targets.emplace_back(target);
        table_.features.offsets.push_back(table_.features.indices.size());
        if (!table_.queries.empty() && table_.queries.size() != table_.targets.size()) {
            fail("some lines have a `qid:` and some have none");
        }
    }
    SparseTable release() { return std::move(table_); }

private:
    void read_features(std::string_view line) {
        std::uint64_t last = 0;
        for (std::string_view word = next_word(line); !word.empty(); word = next_word(line)) {
            const std::size_t colon = word.find(':');
            if (colon == std::string_view::npos) {
                fail(fmt::format("{} is not `index:value`", shown(word)));
            }
            const std::string_view name = word.substr(0, colon), text = word.substr(colon + 1);
            if (name == "qid") {
                table_.queries.emplace_back(text);
                continue;
            }
            last = read_feature(name, text, last);
        }
    }
    std::uint64_t read_feature(std::string_view name, std::string_view text, std::uint64_t last) {
        const std::optional<std::uint64_t> index = parse_index(name);
        const std::optional<double> value = parse_number(text);
        if (!index || *index == 0 || *index > max_features) {
            fail(fmt::format("{} is no index of a feature; they run from 1 to 1,000,000", shown(name)));
        }
        if (*index <= last) {
            fail(fmt::format("index {} follows {}; indices must ascend", *index, last));
        }
        if (!value) {
            fail(fmt::format("feature {}: {} is not a finite number", *index, shown(text)));
        }
        table_.features.columns = std::max<std::size_t>(table_.features.columns, *index);
        if (*value != 0) {
            table_.features.indices.push_back(static_cast<std::uint32_t>(*index - 1));
            table_.features.values.push_back(*value);
        }
        return *index;
    }
    [[noreturn]] void fail(const std::string& what) const { throw RunError(fmt::format("{}: line {}: {}", path_, line_, what)); }

    const std::string& path_;
    std::size_t line_ = 0;
    SparseTable table_;
};

// Sparse where that takes much less memory; a cell takes 8 bytes, a listed one 12.
Frame frame_of(SparseRows&& features, const std::vector<std::string>& names) {
    constexpr std::size_t fewest_times = 4;
    const std::size_t rows = features.rows(), cells = rows * features.columns;
    if (features.values.size() * 12 * fewest_times < cells * 8) {
        return Frame::from_sparse(std::make_shared<const SparseRows>(std::move(features)), names);
    }
    Matrix dense = Matrix::Zero(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(features.columns));
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t i = features.offsets[row]; i < features.offsets[row + 1]; ++i) {
            dense(static_cast<Eigen::Index>(row), features.indices[i]) = features.values[i];
        }
    }
    return Frame::from_matrix(std::move(dense), names);
}

}  // namespace

LoadedTable read_libsvm(const TableRequest& request) {
    const TextFile file = read_text_file(request.path);
    LineReader reader(file.path);
    each_line(file.text(), [&](std::string_view line, std::size_t number) { reader.read(line, number); });
    SparseTable table = reader.release();
    std::vector<std::string> names{"target"}, features;
    ReadyColumns ready;
    ready.texts.push_back(std::move(table.targets));
    if (!table.queries.empty()) {
        names.emplace_back("qid");
        ready.texts.push_back(std::move(table.queries));
    }
    for (std::size_t i = 1; i <= table.features.columns; ++i) {
        features.push_back(fmt::format("f{}", i));
    }
    names.insert(names.end(), features.begin(), features.end());
    ready.numbers = frame_of(std::move(table.features), features);
    return typed_table(request, {.path = file.path, .names = names}, ready, file.sha256());
}

}  // namespace mlpc
