#include "runtime/core/date.h"
#include "runtime/core/unicode.h"
#include "runtime/io/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mlpc {
namespace {

constexpr std::size_t most_columns_shown = 50;
constexpr std::size_t widest_line = 100, widest_name = 24;

// On one line, and cut with `…` where it is longer than `width`.
std::u32string fitted(std::string_view text, std::size_t width) {
    std::u32string points = decode_utf8(text);
    std::replace_if(
        points.begin(), points.end(), [](char32_t c) { return c < U' '; }, U' ');
    if (points.size() > width) {
        points.resize(width - 1);
        points += U'…';
    }
    return points;
}

std::string padded(std::string_view text, std::size_t width) {
    std::u32string points = fitted(text, width);
    points.resize(width, U' ');
    return encode_utf8(points);
}

std::string share_of(std::size_t count, std::size_t rows) {
    return rows == 0 || count == 0 ? "" : fmt::format("{:.1f} %", 100.0 * static_cast<double>(count) / static_cast<double>(rows));
}

std::string frequent_values(const ColumnDescription& column, std::size_t rows) {
    std::string text;
    for (const auto& [value, count] : column.top) {
        text += fmt::format("{}{} {:.0f} %", text.empty() ? "" : ", ", value, 100.0 * static_cast<double>(count) / static_cast<double>(rows));
    }
    return text;
}

std::string values_of(const ColumnDescription& column, std::size_t rows) {
    if (column.missing == rows) {
        return "";
    }
    switch (column.inferred) {
        case ColumnType::Numeric:
            return fmt::format("{:.6g} … {:.6g}, mean {:.4g}", column.low, column.high, column.mean);
        case ColumnType::Date:
            return fmt::format("{} … {}", format_date(column.low), format_date(column.high));
        case ColumnType::Text:
            return column.top.empty() ? "" : written_text(column.top[0].first);
        default:
            return frequent_values(column, rows);
    }
}

std::string line_of(const ColumnDescription& column, std::size_t rows, std::size_t name_width) {
    const std::string start = fmt::format("{}  {:<8}  {:>7}  {:>8}  ", padded(column.name, name_width), name_of(column.inferred),
                                          share_of(column.missing, rows), column.distinct);
    // A note is cut last.
    const std::size_t room = widest_line - decode_utf8(start).size();
    const std::size_t note_width = column.note.empty() ? 0 : decode_utf8(column.note).size() + 2;
    constexpr std::size_t narrowest_values = 8;
    const std::string values = encode_utf8(fitted(values_of(column, rows), std::max(room - std::min(room, note_width), narrowest_values)));
    const std::string note = column.note.empty() ? "" : (values.empty() ? "" : "; ") + column.note;
    std::string line = start + encode_utf8(fitted(values + note, room));
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string rest_by_type(const TableDescription& table) {
    std::map<std::string_view, std::size_t> counts;
    for (std::size_t c = most_columns_shown; c < table.columns.size(); ++c) {
        ++counts[name_of(table.columns[c].inferred)];
    }
    std::string text = fmt::format("… and {} more columns:", table.columns.size() - most_columns_shown);
    for (const auto& [type, count] : counts) {
        text += fmt::format("{} {} {}", text.back() == ':' ? "" : ",", count, type);
    }
    return text + "\n";
}

}  // namespace

std::string to_text(const TableDescription& table) {
    std::size_t name_width = 6;
    for (const ColumnDescription& column : table.columns) {
        name_width = std::max(name_width, std::min(widest_name, decode_utf8(column.name).size()));
    }
    std::string text = fmt::format("{}: {} rows, {} columns\n\n{}  {:<8}  {:>7}  {:>8}  values\n", table.path, table.rows, table.columns.size(),
                                   padded("column", name_width), "type", "missing", "distinct");
    for (std::size_t c = 0; c < std::min(table.columns.size(), most_columns_shown); ++c) {
        text += line_of(table.columns[c], table.rows, name_width);
    }
    return table.columns.size() > most_columns_shown ? text + rest_by_type(table) : text;
}

}  // namespace mlpc
