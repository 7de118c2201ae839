// What the text of one cell means for each type of column.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mlpc {

// More is a mistake in the file rather than a table: of named columns, and of the cells of an array or an image.
inline constexpr std::size_t max_table_columns = 100'000, max_array_columns = 1'000'000;

std::string_view trim(std::string_view cell);
// Of numbers, booleans and dates: empty, NA, N/A, NaN, null, None or ?, whatever the case. The cell is trimmed.
bool is_missing_marker(std::string_view cell);
// Of texts, categories and ordinals: empty, or NA without quotes (a quoted "NA" may be Namibia).
bool is_missing_text(std::string_view cell, bool quoted);
// A decimal number, with or without sign and exponent; infinite or out of the range of a double: nullopt.
std::optional<double> parse_number(std::string_view cell);
// true false yes no t f y n 1 0, whatever the case.
std::optional<double> parse_boolean(std::string_view cell);
// The cell for a message: on one line, cut after 40 characters, in backquotes.
std::string shown(std::string_view cell);

}  // namespace mlpc
