#include "tests/conformance/probe.h"

#include "runtime/core/rng.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace mlpc::conformance {

namespace {

constexpr std::size_t table_rows = 90;

// How the cells of a table are made up.
struct Recipe {
    Family family = Family::Signed;
    Gaps gaps = Gaps::None;
    std::uint64_t seed = 1;
    std::size_t rows = table_rows;
};

const Levels ordinal_levels{"small", "medium", "large"};
const Levels category_levels{"north", "south", "east", "west"};

double number_cell(ColumnType type, Family family, Rng& rng) {
    if (type == ColumnType::Boolean) {
        return static_cast<double>(rng.below(2));
    }
    if (type == ColumnType::Date) {
        return 18'000 + static_cast<double>(rng.below(1000));
    }
    return family == Family::Positive ? 1 + std::floor(rng.uniform() * 20) : rng.normal() * 3 + 1;
}

// The text of a coded cell, empty where missing. Some tables have levels that others have not.
std::string text_cell(ColumnType type, std::uint64_t seed, Rng& rng) {
    if (type == ColumnType::Ordinal) {
        return ordinal_levels[rng.below(ordinal_levels.size())];
    }
    const std::uint64_t pick = rng.below(category_levels.size() + 1);
    return pick < category_levels.size() ? category_levels[pick] : fmt::format("a{} level", seed);
}

struct RawColumn {
    ColumnType type = ColumnType::Numeric;
    std::vector<double> numbers;
    std::vector<std::string> texts;
};

std::vector<RawColumn> raw_columns(const Recipe& recipe) {
    std::vector<RawColumn> columns;
    for (const ColumnType type : types_in(recipe.family)) {
        RawColumn column{.type = type, .numbers = {}, .texts = {}};
        Rng rng = Rng::of_seed(recipe.seed).child(columns.size());
        for (std::size_t row = 0; row < recipe.rows; ++row) {
            const bool missing = recipe.gaps == Gaps::Some && rng.below(8) == 0;
            if (holds_numbers(type)) {
                const double cell = number_cell(type, recipe.family, rng);
                column.numbers.push_back(missing ? missing_number : cell);
            } else {
                const std::string cell = text_cell(type, recipe.seed, rng);
                column.texts.push_back(missing ? "" : cell);
            }
        }
        columns.push_back(std::move(column));
    }
    return columns;
}

enum class Dictionary { AsSeen, Reversed };

Column finish_texts(const std::string& name, const RawColumn& raw, Dictionary order) {
    if (raw.type == ColumnType::Ordinal) {
        std::vector<std::int32_t> codes;
        for (const std::string& cell : raw.texts) {
            const auto found = std::find(ordinal_levels.begin(), ordinal_levels.end(), cell);
            codes.push_back(found == ordinal_levels.end() ? missing_code : static_cast<std::int32_t>(found - ordinal_levels.begin()));
        }
        return Column::of_codes(name, std::move(codes), std::make_shared<const Levels>(ordinal_levels), raw.type);
    }
    const Column seen = Column::of_texts(name, raw.texts, raw.type);
    if (order == Dictionary::AsSeen) {
        return seen;
    }
    Levels reversed(seen.levels->rbegin(), seen.levels->rend());
    reversed.insert(reversed.begin(), "in no row");
    std::vector<std::int32_t> codes;
    for (std::size_t row = 0; row < raw.texts.size(); ++row) {
        codes.push_back(seen.codes[row] == missing_code ? missing_code : static_cast<std::int32_t>(reversed.size()) - 1 - seen.codes[row]);
    }
    return Column::of_codes(name, std::move(codes), std::make_shared<const Levels>(std::move(reversed)), raw.type);
}

Frame finish(const std::vector<RawColumn>& raw, std::size_t rows, Dictionary order) {
    std::vector<Column> columns;
    for (const RawColumn& column : raw) {
        const std::string name = fmt::format("x{}", columns.size() + 1);
        columns.push_back(holds_numbers(column.type) ? Column::of_numbers(name, column.numbers, column.type) : finish_texts(name, column, order));
    }
    return {std::move(columns), rows};
}

Frame make_table(const Recipe& recipe) { return finish(raw_columns(recipe), recipe.rows, Dictionary::AsSeen); }

// Every cell that is not in `kept` becomes that of another table.
std::vector<RawColumn> with_other_rows(std::vector<RawColumn> columns, const RowIndex& kept, const Recipe& recipe) {
    Recipe other = recipe;
    other.seed = recipe.seed + 1000;
    std::vector<RawColumn> replaced = raw_columns(other);
    for (std::size_t c = 0; c < columns.size(); ++c) {
        for (const std::uint32_t row : kept) {
            if (holds_numbers(columns[c].type)) {
                replaced[c].numbers[row] = columns[c].numbers[row];
            } else {
                replaced[c].texts[row] = columns[c].texts[row];
            }
        }
    }
    return replaced;
}

Frame with_first_column(const Frame& x, const std::vector<double>& cells) {
    std::vector<Column> columns = x.all_columns();
    columns.front() = Column::of_numbers(columns.front().name, cells, columns.front().type);
    return {std::move(columns), x.rows()};
}

Frame all_missing(const Frame& x) {
    std::vector<Column> columns;
    for (const Column& column : x.all_columns()) {
        columns.push_back(holds_numbers(column.type)
                              ? Column::of_numbers(column.name, std::vector<double>(x.rows(), missing_number), column.type)
                              : Column::of_codes(column.name, std::vector<std::int32_t>(x.rows(), missing_code), column.levels, column.type));
    }
    return {std::move(columns), x.rows()};
}

bool same_bits(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b)); }

std::string cell_difference(const Frame& a, const Frame& b, std::size_t row, std::size_t c) {
    const std::string place = fmt::format("column `{}`, row {}", a.column(c).name, row);
    if (a.missing(row, c) != b.missing(row, c)) {
        return place + ": missing on one side only";
    }
    if (a.missing(row, c)) {
        return {};
    }
    if (holds_numbers(a.column(c).type)) {
        return same_bits(a.number(row, c), b.number(row, c)) ? "" : fmt::format("{}: {} and {}", place, a.number(row, c), b.number(row, c));
    }
    return a.text(row, c) == b.text(row, c) ? "" : fmt::format("{}: {} and {}", place, a.text(row, c), b.text(row, c));
}

// Of many thousand columns that are nearly empty, all are compared at once.
bool have_same_sparse_cells(const Frame& a, const Frame& b) {
    const auto all_sparse = [](const Frame& x) {
        return std::all_of(x.all_columns().begin(), x.all_columns().end(), [](const Column& column) { return column.sparse != nullptr; });
    };
    if (!all_sparse(a) || !all_sparse(b)) {
        return false;
    }
    const auto left = a.sparse_rows(), right = b.sparse_rows();
    return left->offsets == right->offsets && left->indices == right->indices &&
           std::equal(left->values.begin(), left->values.end(), right->values.begin(), right->values.end(), same_bits);
}

}  // namespace

std::string_view name_of(Family family) {
    static constexpr std::string_view names[] = {"signed numbers", "positive numbers",        "numbers", "dates",
                                                 "categories",     "categories and ordinals", "texts",   "mixed"};
    return names[static_cast<std::size_t>(family)];
}

std::vector<ColumnType> types_in(Family family) {
    using enum ColumnType;
    switch (family) {
        case Family::Signed:
        case Family::Positive:
            return {Numeric, Numeric, Numeric, Numeric};
        case Family::Numbers:
            return {Numeric, Boolean, Date};
        case Family::Dates:
            return {Date, Date};
        case Family::Category:
            return {ColumnType::Category, ColumnType::Category};
        case Family::Coded:
            return {Category, Category, Ordinal};
        case Family::Text:
            return {Text};
        case Family::Mixed:
            return {Numeric, Category, Ordinal, Boolean};
    }
    assert(false && "every family is listed above");
    return {};
}

Target make_target(Task task, std::size_t rows, std::uint64_t seed) {
    Target target;
    target.task = task;
    Rng rng = Rng::of_seed(seed).child("target");
    if (task == Task::Regression) {
        for (std::size_t row = 0; row < rows; ++row) {
            target.values.push_back(rng.normal());
        }
        return target;
    }
    const std::size_t count = task == Task::Binary ? 2 : 3;
    target.classes = std::make_shared<const Levels>(count == 2 ? Levels{"no", "yes"} : Levels{"one", "three", "two"});
    for (std::size_t row = 0; row < rows; ++row) {
        target.labels.push_back(static_cast<std::int32_t>(row < count ? row : rng.below(count)));
    }
    return target;
}

Probe make_probe(Family family, Gaps gaps, Task task) {
    const Recipe recipe{.family = family, .gaps = gaps, .seed = 1, .rows = table_rows};
    RowIndex kept;
    Rng rng = Rng::of_seed(5);
    for (std::uint32_t row = 0; row < table_rows; ++row) {
        if (rng.below(3) > 0) {
            kept.push_back(row);
        }
    }
    const std::vector<RawColumn> raw = raw_columns(recipe);
    Recipe altered = recipe;
    altered.seed = 77;
    return {.family = family,
            .task = task,
            .rows = finish(raw, table_rows, Dictionary::AsSeen).take(kept),
            .same_rows = finish(with_other_rows(raw, kept, recipe), table_rows, Dictionary::Reversed).take(kept),
            .altered = make_table(altered).take(kept),
            .target = make_target(task, kept.size(), 1),
            .other_target = make_target(task, kept.size(), 2)};
}

std::vector<EdgeCase> edge_cases(Family family, Gaps gaps) {
    const Frame table = make_table({.family = family, .gaps = Gaps::None, .seed = 3, .rows = 12});
    const RowIndex one_row_repeated(12, 0u);
    std::vector<EdgeCase> cases{
        {"one row", table.take(RowIndex{0u})},
        {"two rows", table.take(RowIndex{0u, 1u})},
        {"constant columns", table.take(one_row_repeated)},
        {"no rows", table.take(RowIndex{})},
        {"no columns", Frame({}, 12)},
        {"other levels", make_table({.family = family, .gaps = Gaps::None, .seed = 2000, .rows = 12})},
        {"gaps", make_table({.family = family, .gaps = Gaps::Some, .seed = 4, .rows = 12})},
    };
    if (gaps == Gaps::Some) {
        cases.push_back({"all missing", all_missing(table)});
    }
    if (family == Family::Signed || family == Family::Positive) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        const double sign = family == Family::Positive ? 1 : -1;
        cases.push_back({"infinity", with_first_column(table, {1, 2, infinity, 4, sign * infinity, 6, 7, 8, 9, 10, 11, 12})});
        cases.push_back({"huge", with_first_column(table, {1e308, sign * 1e308, 1.7e308, 4, 5, 6, 7, 8, 9, 10, 11, 12})});
        cases.push_back({"tiny", with_first_column(table, {5e-324, 0, 1e-320, 0, 0, 0, 0, 0, 0, 0, 0, sign * 1e-310})});
        cases.push_back({"almost constant", with_first_column(table, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 + 1e-17})});
    }
    return cases;
}

std::string first_difference(const Frame& a, const Frame& b) {
    if (a.rows() != b.rows() || a.names() != b.names()) {
        return fmt::format("{} rows of ({}) and {} of ({})", a.rows(), fmt::join(a.names(), ", "), b.rows(), fmt::join(b.names(), ", "));
    }
    if (have_same_sparse_cells(a, b)) {
        return {};
    }
    for (std::size_t c = 0; c < a.columns(); ++c) {
        if (a.column(c).type != b.column(c).type) {
            return fmt::format("column `{}` is {} and {}", a.column(c).name, mlpc::name_of(a.column(c).type), mlpc::name_of(b.column(c).type));
        }
        for (std::size_t row = 0; row < a.rows(); ++row) {
            if (std::string difference = cell_difference(a, b, row, c); !difference.empty()) {
                return difference;
            }
        }
    }
    return {};
}

}  // namespace mlpc::conformance
