#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/csv_file.h"
#include "runtime/io/dictionary.h"
#include "runtime/io/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_set>

namespace mlpc {
namespace {

// The different cells of a column and how often each occurs.
class CellCounts {
public:
    CellCounts() = default;
    // Of a column of texts.
    CellCounts(const Frame& frame, std::size_t c) : dictionary_(*frame.column(c).levels), counts_(frame.column(c).levels->size(), 0) {
        for (const std::int32_t code : frame.codes(c)) {
            if (code == missing_code) {
                ++missing_;
            } else {
                ++counts_[static_cast<std::size_t>(code)];
            }
        }
    }
    void read(CsvScanner& scanner) {
        const Cell cell = scanner.next();
        const std::string_view text = cell.quoted ? cell.text : trim(cell.text);
        if (is_missing_text(text, cell.quoted)) {
            ++missing_;
            return;
        }
        const auto code = static_cast<std::size_t>(dictionary_.add(text));
        counts_.resize(std::max(counts_.size(), code + 1));
        ++counts_[code];
    }
    const Levels& levels() const { return dictionary_.levels(); }
    std::size_t count(std::size_t level) const { return counts_[level]; }
    std::size_t missing() const { return missing_; }

    // Whether every cell that is not a marker of missing numbers has the property, and there is one such cell.
    template <class Has>
    bool all(Has has) const {
        std::size_t with = 0, without = 0;
        for (const std::string& level : levels()) {
            if (!is_missing_marker(trim(level))) {
                ++(has(trim(level)) ? with : without);
            }
        }
        return with > 0 && without == 0;
    }

private:
    Dictionary dictionary_;
    std::vector<std::size_t> counts_;
    std::size_t missing_ = 0;
};

// Both values occur, not only as digits; beside `yes`, `none` is a value and not a missing one.
bool is_boolean(const CellCounts& cells) {
    bool yes = false, no = false, word = false;
    for (const std::string& level : cells.levels()) {
        const std::string_view cell = trim(level);
        const std::optional<double> value = parse_boolean(cell);
        if (!value && (!is_missing_marker(cell) || to_lower(cell) == "none")) {
            return false;
        }
        yes = yes || value == 1;
        no = no || value == 0;
        word = word || (value && cell != "0" && cell != "1");
    }
    return yes && no && word;
}

ColumnType infer_type(const CellCounts& cells, std::size_t rows) {
    if (is_boolean(cells)) {
        return ColumnType::Boolean;
    }
    if (cells.all([](std::string_view cell) { return parse_number(cell).has_value(); })) {
        return ColumnType::Numeric;
    }
    if (cells.all([](std::string_view cell) { return parse_date(cell).has_value(); })) {
        return ColumnType::Date;
    }
    constexpr std::size_t most_categories = 1000;
    const std::size_t present = rows - cells.missing(), distinct = cells.levels().size();
    return distinct <= most_categories && distinct * 2 <= present ? ColumnType::Category : ColumnType::Text;
}

double number_of(ColumnType type, std::string_view cell) {
    switch (type) {
        case ColumnType::Boolean:
            return parse_boolean(cell).value_or(missing_number);
        case ColumnType::Date:
            return parse_date(cell).value_or(missing_number);
        default:
            return parse_number(cell).value_or(missing_number);
    }
}

void summarise_numbers(const CellCounts& cells, ColumnDescription& column) {
    double sum = 0, count = 0;
    std::unordered_set<double> distinct;
    column.whole_numbers = true;
    for (std::size_t level = 0; level < cells.levels().size(); ++level) {
        const double value = number_of(column.inferred, trim(cells.levels()[level]));
        if (std::isnan(value)) {
            column.missing += cells.count(level);
            continue;
        }
        const double weight = static_cast<double>(cells.count(level));
        column.low = count == 0 ? value : std::min(column.low, value);
        column.high = count == 0 ? value : std::max(column.high, value);
        sum += value * weight;
        count += weight;
        distinct.insert(value);
        column.whole_numbers = column.whole_numbers && value == std::floor(value);
    }
    column.mean = sum / count;
    column.distinct = distinct.size();
}

std::vector<std::pair<std::string, std::size_t>> most_frequent(const CellCounts& cells) {
    constexpr std::size_t most = 5;
    std::vector<std::size_t> order(cells.levels().size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t shown_count = std::min(most, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(shown_count), order.end(), [&](std::size_t a, std::size_t b) {
        return std::pair(cells.count(b), std::string_view(cells.levels()[a])) < std::pair(cells.count(a), std::string_view(cells.levels()[b]));
    });
    std::vector<std::pair<std::string, std::size_t>> top;
    for (std::size_t i = 0; i < shown_count; ++i) {
        top.emplace_back(cells.levels()[order[i]], cells.count(order[i]));
    }
    return top;
}

bool is_named_like_id(const std::string& name) {
    const std::string lower = to_lower(name);
    return lower == "id" || lower == "index" || lower == "key" || lower == "uuid" || lower == "rownames" || lower.ends_with("_id") ||
           lower.ends_with(" id") || lower.ends_with("_key") || name.ends_with("Id") || name.ends_with("ID");
}

bool looks_like_id(const CellCounts& cells, const ColumnDescription& column, std::size_t rows) {
    constexpr std::size_t fewest_rows = 10;  // among fewer all values differ easily
    if (rows < fewest_rows || column.missing > 0 || column.distinct != rows) {
        return false;
    }
    if (column.inferred == ColumnType::Numeric) {
        const bool consecutive = column.high - column.low + 1 == static_cast<double>(rows);
        return column.whole_numbers && (consecutive || is_named_like_id(column.name));
    }
    const auto is_one_word = [](std::string_view cell) { return cell.find(' ') == std::string_view::npos; };
    return column.inferred == ColumnType::Text &&
           (is_named_like_id(column.name) || std::all_of(cells.levels().begin(), cells.levels().end(), is_one_word));
}

std::string note_on(const ColumnDescription& column, std::size_t rows) {
    constexpr std::size_t few = 10;
    if (column.missing == rows) {
        return "every cell is missing";
    }
    if (column.distinct == 1) {
        return "one value only";
    }
    if (column.looks_like_id) {
        return "no value occurs twice: an id?";
    }
    if (column.inferred == ColumnType::Numeric && column.distinct == 2 && column.low == 0 && column.high == 1) {
        return "0 and 1 only: a boolean?";
    }
    if (column.inferred == ColumnType::Numeric && column.whole_numbers && column.distinct <= few && rows >= few * few) {
        return fmt::format("{} different whole numbers: a category?", column.distinct);
    }
    for (const auto& [value, count] : column.top) {
        if (!holds_numbers(column.inferred) && is_missing_marker(value) && to_lower(value) != "none") {
            return fmt::format("{} in {} rows counts as a value of its own", shown(value), count);
        }
    }
    return "";
}

ColumnDescription describe_column(const std::string& name, const CellCounts& cells, std::size_t rows) {
    ColumnDescription column;
    column.name = name;
    column.inferred = infer_type(cells, rows);
    column.missing = cells.missing();
    column.distinct = cells.levels().size();
    if (holds_numbers(column.inferred)) {
        summarise_numbers(cells, column);
    }
    column.top = most_frequent(cells);
    column.looks_like_id = looks_like_id(cells, column, rows);
    column.note = note_on(column, rows);
    return column;
}

TableDescription describe(CsvFile& file, const std::string& format) {
    if (const std::string hint = file.header_hint(); !hint.empty()) {
        throw RunError(file.path() + ": this is not a table with a header" + hint);
    }
    std::vector<CellCounts> cells(file.header().size());
    TableDescription table{.path = file.path(), .format = format};
    CsvScanner scanner = file.first_row();
    file.each_cell(scanner, [&](std::size_t c, CsvScanner& at) { cells[c].read(at); });
    table.rows = scanner.row() - 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
        table.columns.push_back(describe_column(file.header()[c], cells[c], table.rows));
        cells[c] = {};
    }
    return table;
}

// Of a source that is no CSV: every cell as text, and the columns judged as those of a CSV file are.
TableDescription describe_source(const std::string& path, const std::string& source) {
    TableRequest request{.path = path, .format = source};
    request.patterns = {{"", {.type = ColumnType::Text, .optional = true}}};
    const Frame frame = read_table(request).frame;
    TableDescription table{.path = path, .format = source, .rows = frame.rows()};
    for (std::size_t c = 0; c < frame.columns(); ++c) {
        table.columns.push_back(describe_column(frame.column(c).name, CellCounts(frame, c), table.rows));
    }
    return table;
}

}  // namespace

std::string source_of(const std::string& path) {
    struct Ending {
        std::string_view end, source;
    };
    static constexpr Ending endings[] = {{".tsv", "tsv"},       {".tab", "tsv"},         {".jsonl", "jsonl"},   {".ndjson", "jsonl"},
                                         {".libsvm", "libsvm"}, {".svmlight", "libsvm"}, {".arff", "arff"},     {".npy", "npy"},
                                         {".npz", "npy"},       {".idx", "idx"},         {"idx3-ubyte", "idx"}, {".parquet", "parquet"}};
    std::string name = to_lower(path);
    for (const std::string_view packed : {".gz", ".zst"}) {
        if (name.ends_with(packed)) {
            name.erase(name.size() - packed.size());
        }
    }
    for (const Ending& ending : endings) {
        if (name.ends_with(ending.end)) {
            return std::string(ending.source);
        }
    }
    return "csv";
}

TableDescription describe_table(const std::string& path) {
    const std::string source = source_of(path);
    if (source != "csv" && source != "tsv") {
        return describe_source(path, source);
    }
    CsvFile file(path, source);
    const bool has_tabs = file.header().size() == 1 && file.header()[0].find('\t') != std::string::npos;
    if (source == "csv" && has_tabs) {
        CsvFile tabbed(path, "tsv");
        return describe(tabbed, "tsv");
    }
    return describe(file, source);
}

}  // namespace mlpc
