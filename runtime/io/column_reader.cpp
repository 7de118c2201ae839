#include "runtime/io/column_reader.h"

#include "runtime/core/date.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"
#include "runtime/io/closest_name.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

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

void ColumnReader::Misfits::add(const CsvScanner& scanner, std::string_view cell) {
    if (count++ == 0) {
        first_row = scanner.row();
        first_cell = shown(cell);
    }
}

ColumnReader::ColumnReader(const ColumnRequest& request, std::size_t expected_rows)
    : request_(request),
      range_(request.range.value_or(Interval{-infinity, infinity})),
      allowed_(request.allowed),
      dictionary_(request.type == ColumnType::Ordinal ? request.levels : Levels{}) {
    if (holds_numbers(request.type)) {
        numbers_.reserve(expected_rows);
    } else {
        codes_.reserve(expected_rows);
    }
}

void ColumnReader::read(CsvScanner& scanner) {
    switch (request_.type) {
        case ColumnType::Numeric:
            return read_number(scanner);
        case ColumnType::Boolean:
        case ColumnType::Date:
            return read_boolean_or_date(scanner);
        case ColumnType::Category:
        case ColumnType::Ordinal:
        case ColumnType::Text:
            return read_text(scanner);
    }
}

void ColumnReader::read_number(CsvScanner& scanner) {
    double value = missing_number;
    if (scanner.next_plain_number(value)) {
        add_number(scanner, value, {});
        return;
    }
    const std::string_view cell = trim(scanner.next().text);
    if (is_missing_marker(cell)) {
        missing_.add(scanner, {});
        numbers_.push_back(missing_number);
        return;
    }
    const std::optional<double> number = parse_number(cell);
    if (!number) {
        unreadable_.add(scanner, cell);
    }
    add_number(scanner, number.value_or(missing_number), cell);
}

void ColumnReader::read_boolean_or_date(CsvScanner& scanner) {
    const std::string_view cell = trim(scanner.next().text);
    if (is_missing_marker(cell)) {
        missing_.add(scanner, {});
        numbers_.push_back(missing_number);
        return;
    }
    const std::optional<double> number = request_.type == ColumnType::Date ? parse_date(cell) : parse_boolean(cell);
    if (!number) {
        unreadable_.add(scanner, cell);
    }
    add_number(scanner, number.value_or(missing_number), cell);
}

void ColumnReader::add_number(const CsvScanner& scanner, double value, std::string_view cell) {
    if (value < range_.low || value > range_.high) {
        outside_.add(scanner, cell.empty() ? print_number(value, request_.type) : cell);
    }
    numbers_.push_back(value);
}

void ColumnReader::read_text(CsvScanner& scanner) {
    const Cell cell = scanner.next();
    const bool verbatim = cell.quoted || request_.type == ColumnType::Text;
    const std::string_view text = verbatim ? cell.text : trim(cell.text);
    if (is_missing_text(text, cell.quoted)) {
        missing_.add(scanner, {});
        codes_.push_back(missing_code);
        return;
    }
    codes_.push_back(code_of(scanner, text));
}

std::int32_t ColumnReader::code_of(const CsvScanner& scanner, std::string_view text) {
    if (!request_.allowed.empty() && allowed_.find(text) < 0) {
        outside_.add(scanner, text);
    }
    if (request_.type == ColumnType::Ordinal) {
        const std::int32_t code = dictionary_.find(text);
        if (code < 0) {
            outside_.add(scanner, text);
        }
        return code;
    }
    const std::int32_t code = dictionary_.add(text);
    if (request_.type == ColumnType::Category && dictionary_.levels().size() > max_categories) {
        scanner.fail("the category has more than 1,000,000 different values; declare it `text`, or `ignore` it", request_.name);
    }
    return code;
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
        return Column::of_numbers(request_.name, std::move(numbers_), request_.type);
    }
    return Column::of_codes(request_.name, std::move(codes_), std::make_shared<const Levels>(dictionary_.release()), request_.type);
}

}  // namespace mlpc
