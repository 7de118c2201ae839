#include "runtime/io/column_reader.h"

#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/closest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace mlpc {
namespace {

constexpr std::size_t max_categories = 1'000'000;
constexpr double infinity = std::numeric_limits<double>::infinity();

std::string print_number(double value, ColumnType type) { return type == ColumnType::Date ? format_date(value) : fmt::format("{}", value); }

std::string print_range(const Interval& range, ColumnType type) {
    const std::string low = range.low == -infinity ? "" : print_number(range.low, type);
    return low + ".." + (range.high == infinity ? "" : print_number(range.high, type));
}

std::string print_levels(const Levels& levels, std::string_view separator) {
    constexpr std::size_t most = 10;
    if (levels.size() <= most) {
        return fmt::format("{}", fmt::join(levels, separator));
    }
    return fmt::format("{}, … ({} in all)", fmt::join(levels.begin(), levels.begin() + most, separator), levels.size());
}

std::string and_more(std::size_t count) { return count == 1 ? "" : fmt::format(", and {} more", count - 1); }

std::string number_advice(const std::string& cell) {
    if (cell.find(',') != std::string::npos) {
        return "write numbers with a decimal point and without separators of thousands";
    }
    char* end = nullptr;
    if (std::isinf(std::strtod(cell.c_str(), &end)) && *end == '\0') {
        return "a number must be finite";
    }
    return "correct the cell, leave it empty and declare the column `optional`, or declare the column `category` or `text`";
}

}  // namespace

void ColumnReader::Misfits::add(std::size_t row, std::string_view cell) {
    if (count++ == 0) {
        first_row = row;
        first_cell = shown(cell);
    }
}

void ColumnReader::Misfits::append(const Misfits& next, std::size_t offset) {
    if (count == 0) {
        first_row = next.first_row + offset;
        first_cell = next.first_cell;
    }
    count += next.count;
}

ColumnReader::ColumnReader(const ColumnRequest& request, const std::string& path, std::size_t expected_rows)
    : request_(request),
      path_(path),
      range_(request.range.value_or(Interval{-infinity, infinity})),
      has_range_(request.range.has_value()),
      allowed_(request.allowed),
      dictionary_(request.type == ColumnType::Ordinal ? request.levels : Levels{}) {
    reserve(expected_rows);
}

void ColumnReader::reserve(std::size_t rows) {
    if (holds_numbers(request_.type)) {
        numbers_.reserve(rows);
    } else {
        codes_.reserve(rows);
    }
}

void ColumnReader::lay_at(const std::shared_ptr<const void>& owner, void* place, std::size_t rows) {
    if (holds_numbers(request_.type)) {
        numbers_ = CellSink<double>(owner, static_cast<double*>(place), rows);
    } else {
        codes_ = CellSink<std::int32_t>(owner, static_cast<std::int32_t*>(place), rows);
    }
}

void ColumnReader::read_unusual(CsvScanner& scanner) {
    const Cell cell = scanner.next();
    add_text(cell.text, cell.quoted, scanner.row());
}

void ColumnReader::add_text(std::string_view text, bool quoted, std::size_t row) {
    if (holds_numbers(request_.type)) {
        add_written_number(trim(text), row);
        return;
    }
    const std::string_view cell = quoted || request_.type == ColumnType::Text ? text : trim(text);
    if (is_missing_text(cell, quoted)) {
        add_missing(row);
        return;
    }
    add_level(cell, row);
}

void ColumnReader::add_written_number(std::string_view cell, std::size_t row) {
    if (is_missing_marker(cell)) {
        add_missing(row);
        return;
    }
    const std::optional<double> number = request_.type == ColumnType::Numeric ? parse_number(cell)
                                         : request_.type == ColumnType::Date  ? parse_date(cell)
                                                                              : parse_boolean(cell);
    if (!number) {
        unreadable_.add(row, cell);
    }
    push_number(number.value_or(missing_number), row, cell);
}

void ColumnReader::add_number(double value, std::size_t row) {
    if (std::isnan(value)) {
        add_missing(row);
        return;
    }
    if (!holds_numbers(request_.type)) {
        add_level(fmt::format("{}", value), row);
        return;
    }
    const bool fits = request_.type == ColumnType::Boolean ? value == 0 || value == 1 : std::isfinite(value) && request_.type != ColumnType::Date;
    if (!fits) {
        unreadable_.add(row, fmt::format("{}", value));
    }
    push_number(fits ? value : missing_number, row, {});
}

void ColumnReader::add_missing(std::size_t row) {
    missing_.add(row, {});
    if (holds_numbers(request_.type)) {
        numbers_.push(missing_number);
    } else {
        codes_.push(missing_code);
    }
}

void ColumnReader::push_number(double value, std::size_t row, std::string_view cell) {
    if (has_range_ && (value < range_.low || value > range_.high)) {
        outside_.add(row, cell.empty() ? print_number(value, request_.type) : cell);
    }
    numbers_.push(value);
}

void ColumnReader::add_level(std::string_view text, std::size_t row) {
    if (!request_.allowed.empty() && allowed_.find(text) < 0) {
        outside_.add(row, text);
    }
    if (request_.type != ColumnType::Ordinal) {
        codes_.push(dictionary_.add(text));
        check_level_count(row);
        return;
    }
    const std::int32_t code = dictionary_.find(text);
    if (code < 0) {
        outside_.add(row, text);
    }
    codes_.push(code);
}

void ColumnReader::check_level_count(std::size_t row) const {
    if (request_.type == ColumnType::Category && dictionary_.levels().size() > max_categories) {
        throw RunError(
            fmt::format("{}: row {}, column `{}`: the category has more than 1,000,000 different values; declare it `text`, or `ignore` it", path_,
                        row, request_.name));
    }
}

void ColumnReader::append(ColumnReader&& next, std::size_t offset) {
    missing_.append(next.missing_, offset);
    unreadable_.append(next.unreadable_, offset);
    outside_.append(next.outside_, offset);
    numbers_.append(std::move(next.numbers_));
    const std::size_t before = codes_.size();
    codes_.append(std::move(next.codes_));
    if (request_.type == ColumnType::Ordinal) {
        return;
    }
    if (dictionary_.levels().empty()) {
        dictionary_ = std::move(next.dictionary_);
    } else {
        adopt_codes(before, next.dictionary_);
    }
    check_level_count(offset + 1);
}

// Of the cells from `begin` on, whose codes are those of another dictionary.
void ColumnReader::adopt_codes(std::size_t begin, const Dictionary& theirs) {
    std::vector<std::int32_t> code_of{missing_code};
    for (const std::string& level : theirs.levels()) {
        code_of.push_back(dictionary_.add(level));
    }
    std::for_each(codes_.begin() + begin, codes_.end(), [&](std::int32_t& code) { code = code_of[static_cast<std::size_t>(code + 1)]; });
}

std::string ColumnReader::misfit_sentence() const {
    const std::string where =
        fmt::format("column {}: {} in row {}{}", shown(request_.name), unreadable_.first_cell, unreadable_.first_row, and_more(unreadable_.count));
    switch (request_.type) {
        case ColumnType::Numeric:
            return fmt::format("{}: not a number; {}", where, number_advice(unreadable_.first_cell.substr(1, unreadable_.first_cell.size() - 2)));
        case ColumnType::Boolean:
            return where + ": not a boolean; write `true` or `false`, or declare the column `category`";
        case ColumnType::Date:
            return where + ": not a date; write dates as 2024-01-31, or declare the column `text`";
        default:
            return where;
    }
}

std::vector<std::string> ColumnReader::problems(std::size_t rows) const {
    std::vector<std::string> found;
    if (unreadable_.count > 0) {
        found.push_back(misfit_sentence());
    }
    if (outside_.count > 0) {
        const std::string where =
            fmt::format("column {}: {} in row {}{}", shown(request_.name), outside_.first_cell, outside_.first_row, and_more(outside_.count));
        const Levels& known = request_.type == ColumnType::Ordinal ? request_.levels : request_.allowed;
        const std::string cell = outside_.first_cell.substr(1, outside_.first_cell.size() - 2);
        found.push_back(holds_numbers(request_.type)
                            ? fmt::format("{}: outside {}", where, print_range(range_, request_.type))
                            : fmt::format("{}: not one of {}{}", where, print_levels(known, request_.type == ColumnType::Ordinal ? " < " : ", "),
                                          suggestion(cell, known)));
    }
    if (missing_.count > 0 && !request_.optional) {
        found.push_back(fmt::format("column {}: missing in {} of {} rows (first in row {}); declare it `optional` if that may be",
                                    shown(request_.name), missing_.count, rows, missing_.first_row));
    }
    return found;
}

Column ColumnReader::release() {
    if (holds_numbers(request_.type)) {
        return {.name = request_.name, .type = request_.type, .owner = numbers_.owner(), .numbers = numbers_.begin()};
    }
    return {.name = request_.name,
            .type = request_.type,
            .owner = codes_.owner(),
            .codes = codes_.begin(),
            .levels = std::make_shared<const Levels>(dictionary_.release())};
}

}  // namespace mlpc
