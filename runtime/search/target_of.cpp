#include "runtime/core/error.h"
#include "runtime/search/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace mlpc {

namespace {

std::optional<double> as_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

void sort_classes(Levels& classes) {
    const bool numbers = std::all_of(classes.begin(), classes.end(), [](const std::string& c) { return as_number(c).has_value(); });
    std::sort(classes.begin(), classes.end(),
              [&](const std::string& a, const std::string& b) { return numbers ? *as_number(a) < *as_number(b) : a < b; });
}

[[noreturn]] void missing_target(const std::string& name, std::size_t row) {
    throw RunError("the target `" + name + "` is missing in row " + std::to_string(row + 2) + ": remove such rows with `-> filter(not missing(" +
                   name + "))`");
}

void require_domain(const ColumnSpec& spec, const std::vector<double>& values, const RowIndex& file_rows) {
    constexpr std::size_t most_shown = 5;
    std::size_t count = 0;
    std::string shown;
    for (std::size_t row = 0; row < values.size(); ++row) {
        if (!is_defined(spec.transform, values[row]) && ++count <= most_shown) {
            shown += fmt::format("{}{} in row {}", shown.empty() ? "" : ", ", values[row], file_rows[row] + 2);
        }
    }
    if (count > 0) {
        throw RunError(
            fmt::format("the target `{}` is {}{}, and `transform {}` is for {}: take another transform, or leave such rows out with "
                        "`-> filter(…)`",
                        spec.name, shown, count > most_shown ? fmt::format(" and so on, {} rows in all", count) : "", name_of(spec.transform),
                        domain_of(spec.transform)));
    }
}

}  // namespace

Target target_of(const Frame& table, const ColumnSpec& spec, const RowIndex& file_rows) {
    const std::size_t c = table.find(spec.name);
    if (c == table.columns()) {
        throw RunError("the target `" + spec.name + "` is not in the data");
    }
    const Column& column = table.column(c);
    Target target;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        if (table.missing(row, c)) {
            missing_target(spec.name, file_rows[row]);
        }
    }
    if (column.type == ColumnType::Numeric) {
        target.task = Task::Regression;
        target.values = table.numbers(c);
        require_domain(spec, target.values, file_rows);
        return target;
    }
    auto classes = std::make_shared<Levels>();
    if (column.type == ColumnType::Boolean) {
        *classes = {"false", "true"};
        for (double value : table.numbers(c)) {
            target.labels.push_back(value != 0 ? 1 : 0);
        }
    } else {
        LevelsInUse used = levels_in_use(table, c);
        *classes = used.levels;
        if (column.type != ColumnType::Ordinal) {
            sort_classes(*classes);
        }
        if (!spec.positive.empty()) {
            const auto at = std::find(classes->begin(), classes->end(), spec.positive);
            if (at == classes->end()) {
                throw RunError("the target `" + spec.name + "` never is \"" + spec.positive + "\", which the schema calls positive");
            }
            std::rotate(at, at + 1, classes->end());
        }
        const std::vector<std::int32_t> match = match_levels(table, c, *classes);
        for (std::int32_t code : table.codes(c)) {
            target.labels.push_back(match[static_cast<std::size_t>(code)]);
        }
    }
    if (classes->size() < 2) {
        throw RunError("the target `" + spec.name + "` has one class only (\"" + (classes->empty() ? "" : classes->front()) +
                       "\"): there is nothing to learn");
    }
    target.task = classes->size() == 2 ? Task::Binary : Task::Multiclass;
    target.classes = std::move(classes);
    return target;
}

}  // namespace mlpc
