#include "tests/conformance/oracle/made_up_data.h"

#include "runtime/core/date.h"
#include "runtime/core/rng.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc::conformance {

namespace {

constexpr std::size_t file_rows = 150;

std::string number_between(const ColumnSpec& column, Rng& rng) {
    const double low = column.range && std::isfinite(column.range->low) ? column.range->low : 0;
    const double high = column.range && std::isfinite(column.range->high) ? column.range->high : low + 100;
    return fmt::format("{:.6f}", rng.uniform(low, high));
}

std::string level_of(const Levels& levels, Rng& rng) { return levels[rng.below(levels.size())]; }

std::string target_cell(const ColumnSpec& column, Rng& rng) {
    switch (column.type) {
        case ColumnType::Numeric:
            return number_between(column, rng);
        case ColumnType::Boolean:
            return level_of({"true", "false"}, rng);
        case ColumnType::Ordinal:
            return level_of(column.levels, rng);
        default:
            break;
    }
    if (!column.allowed.empty()) {
        return level_of(column.allowed, rng);
    }
    return level_of(column.positive.empty() ? Levels{"a", "b", "c"} : Levels{"other", column.positive}, rng);
}

std::string cell(const ColumnSpec& column, std::size_t row, Rng& rng) {
    if (column.target) {
        return target_cell(column, rng);
    }
    if (column.id) {
        return fmt::format("{}", row + 1);
    }
    if (column.group) {
        return fmt::format("{}", rng.below(25));
    }
    if (column.time) {  // no two rows at once, in no order
        const double days = parse_date("2024-01-01").value() + static_cast<double>((row * 37) % file_rows) * 6 + static_cast<double>(rng.below(6));
        return column.type == ColumnType::Date ? format_date(days) : fmt::format("{}", days);
    }
    if (column.optional && rng.below(8) == 0) {
        return "";
    }
    switch (column.type) {
        case ColumnType::Numeric:
            return number_between(column, rng);
        case ColumnType::Boolean:
            return level_of({"true", "false"}, rng);
        case ColumnType::Ordinal:
            return level_of(column.levels, rng);
        case ColumnType::Date:
            return fmt::format("{}-{:02}-{:02}", 2025 + rng.below(2), 1 + rng.below(12), 1 + rng.below(28));
        case ColumnType::Category:
        case ColumnType::Text:
            return level_of(column.allowed.empty() ? Levels{"north", "south", "east", "west"} : column.allowed, rng);
    }
    return "";
}

// A column that is typed by a pattern stands for three columns whose names end in a number.
std::vector<ColumnSpec> columns_of_file(const DataSpec& data) {
    std::vector<ColumnSpec> columns;
    for (const ColumnSpec& spec : data.file_columns) {
        if (spec.which == ColumnSpec::Which::Named) {
            columns.push_back(spec);
            continue;
        }
        const std::string stem = spec.which == ColumnSpec::Which::Others ? "other_" : spec.name.substr(0, spec.name.find_first_of(".[\\("));
        for (int i = 1; i <= 3; ++i) {
            columns.push_back(spec);
            columns.back().name = fmt::format("{}{}", stem, i);
        }
    }
    return columns;
}

std::string make_up_file(const DataSpec& data, Rng rng) {
    const std::vector<ColumnSpec> columns = columns_of_file(data);
    const char comma = data.format == "tsv" ? '\t' : ',';
    std::string text;
    const auto end_cell = [&](std::size_t c) { text += c + 1 < columns.size() ? comma : '\n'; };
    for (std::size_t c = 0; c < columns.size(); ++c) {
        text += columns[c].name;
        end_cell(c);
    }
    for (std::size_t row = 0; row < file_rows; ++row) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            text += cell(columns[c], row, rng);
            end_cell(c);
        }
    }
    return text;
}

}  // namespace

void make_up_data(Experiment& e, const test::ScratchDirectory& directory) {
    for (std::size_t i = 0; i < e.data.size(); ++i) {
        DataSpec& data = e.data[i];
        data.checks.clear();
        if (!data.base) {
            data.format = data.format == "tsv" ? "tsv" : "csv";
            data.arguments.clear();
            data.resolved_path = directory.write(fmt::format("data_{}.csv", i), make_up_file(data, Rng::of_seed(1).child(i)));
        }
    }
    for (std::size_t i = 0; i < e.splits.size(); ++i) {
        SplitSpec& split = e.splits[i];
        if (split.test.kind != TestSpec::Kind::File) {
            continue;
        }
        const DataSpec* root = &e.data[split.data.index];
        while (root->base) {
            root = &e.data[root->base->index];
        }
        split.test.resolved_path = directory.write(fmt::format("test_{}.csv", i), make_up_file(*root, Rng::of_seed(2).child(i)));
    }
}

}  // namespace mlpc::conformance
