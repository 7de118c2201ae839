#include "runtime/report/text_table.h"

#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace mlpc {

namespace {

std::size_t width_of(std::string_view text) { return decode_utf8(text).size(); }

std::string padded(const std::string& cell, std::size_t width, Align align) {
    const std::string fill(width - std::min(width, width_of(cell)), ' ');
    return align == Align::Left ? cell + fill : fill + cell;
}

void trim_end(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

void wrap_line(std::string& out, const std::string& line, std::size_t width, std::size_t indent) {
    // What stands further in, an excerpt of a file for instance, keeps its place.
    const std::size_t own_indent = std::min(line.find_first_not_of(' '), line.size());
    const std::string margin(indent + own_indent, ' ');
    std::istringstream words(line);
    std::string current = margin, word;
    for (bool first = true; words >> word; first = false) {
        if (!first && width_of(current) + 1 + width_of(word) > width) {
            out += current + "\n";
            current = margin;
            first = true;
        }
        current += (first ? "" : " ") + word;
    }
    trim_end(current);
    out += current + "\n";
}

}  // namespace

void TextTable::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) {
        cell = printable(cell);
    }
    rows_.push_back(std::move(cells));
}

std::vector<std::size_t> TextTable::widths() const {
    std::vector<std::size_t> widths(align_.size(), 0);
    for (const auto& row : rows_) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            widths[c] = std::max(widths[c], width_of(row[c]));
        }
    }
    return widths;
}

std::size_t TextTable::width() const {
    std::size_t total = 0;
    for (const std::size_t w : widths()) {
        total += w + 2;
    }
    return total;
}

std::string TextTable::text() const {
    const std::vector<std::size_t> column_widths = widths();
    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) {
            line += "  " + padded(row[c], column_widths[c], align_[c]);
        }
        trim_end(line);
        out += line + "\n";
    }
    return out;
}

std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7f ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
    }
    return out;
}

std::string elided(std::string_view text, std::size_t width) {
    const std::u32string characters = decode_utf8(text);
    if (characters.size() <= width) {
        return std::string(text);
    }
    return encode_utf8(std::u32string_view(characters).substr(0, width - 1)) + "…";
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
    std::istringstream lines{std::string(text)};
    std::string out, line;
    while (std::getline(lines, line)) {
        wrap_line(out, printable(line), width, indent);
    }
    return out;
}

}  // namespace mlpc
