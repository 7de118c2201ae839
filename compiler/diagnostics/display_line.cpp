#include "compiler/diagnostics/display_line.h"

#include "compiler/diagnostics/code_point_width.h"
#include "compiler/diagnostics/passwords.h"

#include <algorithm>

namespace mlpc {

namespace {

constexpr char32_t replacement_character = 0xFFFD;
constexpr std::uint32_t tab_stop = 4;

struct Decoded {
    char32_t code_point;
    std::size_t length;
};

std::size_t sequence_length(unsigned char first) {
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return 2;
    }
    if (first >= 0xE0 && first < 0xF0) {
        return 3;
    }
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

Decoded decode(std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest.front());
    const std::size_t length = sequence_length(first);
    if (length == 1) {
        return {first, 1};
    }
    if (length == 0 || length > rest.size()) {
        return {replacement_character, 1};
    }
    char32_t code_point = first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(rest[i]);
        if ((byte & 0xC0u) != 0x80u) {
            return {replacement_character, 1};
        }
        code_point = (code_point << 6) | (byte & 0x3Fu);
    }
    return {code_point, length};
}

std::string encode(char32_t c) {
    const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
    if (c < 0x80) {
        return {byte(c)};
    }
    if (c < 0x800) {
        return {byte(0xC0 | (c >> 6)), byte(0x80 | (c & 0x3F))};
    }
    if (c < 0x10000) {
        return {byte(0xE0 | (c >> 12)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F))};
    }
    return {byte(0xF0 | (c >> 18)), byte(0x80 | ((c >> 12) & 0x3F)), byte(0x80 | ((c >> 6) & 0x3F)), byte(0x80 | (c & 0x3F))};
}

bool reorders_text(char32_t c) { return c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069); }

// What a terminal would act on instead of showing becomes a sign: an escape sequence or an override in a file must not
// change what the reviewer sees.
char32_t visible(char32_t c) {
    if (c < 0x20) {
        return 0x2400 + c;
    }
    if (c == 0x7F) {
        return 0x2421;
    }
    const bool c1_control = c >= 0x80 && c < 0xA0;
    return c1_control || reorders_text(c) ? replacement_character : c;
}

void append(DisplayLine& line, std::uint32_t byte, char32_t code_point) {
    if (code_point == '\t') {
        const std::uint32_t width = tab_stop - line.width % tab_stop;
        line.glyphs.push_back({byte, line.width, width, std::string(width, ' ')});
        line.width += width;
        return;
    }
    const char32_t shown = visible(code_point);
    const auto width = static_cast<std::uint32_t>(code_point_width(shown));
    if (width > 0) {
        line.glyphs.push_back({byte, line.width, width, encode(shown)});
        line.width += width;
    } else if (!line.glyphs.empty()) {
        line.glyphs.back().shown += encode(shown);
    }
}

}  // namespace

DisplayLine display_line(std::string_view line) {
    DisplayLine result;
    const std::string shown = hide_passwords(line);
    for (std::size_t i = 0; i < line.size();) {
        const auto [code_point, length] = decode(std::string_view(shown).substr(i));
        append(result, static_cast<std::uint32_t>(i), code_point);
        i += length;
    }
    result.bytes = static_cast<std::uint32_t>(line.size());
    return result;
}

std::string visible_text(std::string_view line) {
    std::string text;
    for (const Glyph& glyph : display_line(line).glyphs) {
        text += glyph.shown;
    }
    return text;
}

std::uint32_t begin_column(const DisplayLine& line, std::uint32_t byte) {
    if (byte >= line.bytes) {
        return line.width;
    }
    const auto after = std::upper_bound(line.glyphs.begin(), line.glyphs.end(), byte, [](std::uint32_t b, const Glyph& g) { return b < g.byte; });
    return after == line.glyphs.begin() ? 0 : std::prev(after)->column;
}

std::uint32_t end_column(const DisplayLine& line, std::uint32_t byte) {
    const auto at = std::lower_bound(line.glyphs.begin(), line.glyphs.end(), byte, [](const Glyph& g, std::uint32_t b) { return g.byte < b; });
    return at == line.glyphs.end() ? line.width : at->column;
}

}  // namespace mlpc
