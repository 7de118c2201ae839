#include "runtime/io/cells.h"

#include "runtime/core/unicode.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace mlpc {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// `word` is in lower case.
bool is_word(std::string_view cell, std::string_view word) {
    return std::equal(cell.begin(), cell.end(), word.begin(), word.end(), [](char a, char b) { return lower(a) == b; });
}

}  // namespace

std::string_view trim(std::string_view cell) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!cell.empty() && is_space(cell.front())) {
        cell.remove_prefix(1);
    }
    while (!cell.empty() && is_space(cell.back())) {
        cell.remove_suffix(1);
    }
    return cell;
}

bool is_missing_marker(std::string_view cell) {
    for (const std::string_view marker : {"", "na", "n/a", "nan", "null", "none", "?"}) {
        if (is_word(cell, marker)) {
            return true;
        }
    }
    return false;
}

bool is_missing_text(std::string_view cell, bool quoted) { return cell.empty() || (!quoted && cell == "NA"); }

std::optional<double> parse_number(std::string_view cell) {
    if (cell.starts_with('+') && !cell.starts_with("+-")) {
        cell.remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (end != cell.data() + cell.size() || error == std::errc::invalid_argument) {
        return std::nullopt;
    }
    if (error == std::errc::result_out_of_range) {
        value = std::strtod(std::string(cell).c_str(), nullptr);  // tells too small, which is 0, from too large
    }
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::optional<double> parse_boolean(std::string_view cell) {
    for (const std::string_view yes : {"true", "yes", "1", "t", "y"}) {
        if (is_word(cell, yes)) {
            return 1;
        }
    }
    for (const std::string_view no : {"false", "no", "0", "f", "n"}) {
        if (is_word(cell, no)) {
            return 0;
        }
    }
    return std::nullopt;
}

std::string shown(std::string_view cell) {
    constexpr std::size_t most = 40;
    std::u32string points = decode_utf8(cell.substr(0, most * 4 + 4));
    std::replace_if(
        points.begin(), points.end(), [](char32_t c) { return c < U' '; }, U' ');
    if (points.size() > most) {
        points.resize(most);
        points += U'…';
    }
    return "`" + encode_utf8(points) + "`";
}

}  // namespace mlpc
