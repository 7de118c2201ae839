// A line of source as a terminal shows it, so that carets stand under tabs, wide and combining characters alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct Glyph {
    std::uint32_t byte = 0;    // where it begins in the source line
    std::uint32_t column = 0;  // where it begins on the screen, from 0
    std::uint32_t width = 0;   // columns it takes
    std::string shown;         // with the combining characters that follow it
};

struct DisplayLine {
    std::vector<Glyph> glyphs;
    std::uint32_t bytes = 0;
    std::uint32_t width = 0;
};

// Hides passwords, expands tabs to multiples of four, and shows control characters, bidirectional overrides and broken UTF-8 as visible signs.
DisplayLine display_line(std::string_view line);

// All glyphs of the line, as shown.
std::string visible_text(std::string_view line);

// The screen column at which the byte's glyph begins; the line's width beyond its end.
std::uint32_t begin_column(const DisplayLine& line, std::uint32_t byte);

// The screen column after the last glyph that the bytes before `byte` touch.
std::uint32_t end_column(const DisplayLine& line, std::uint32_t byte);

}  // namespace mlpc
