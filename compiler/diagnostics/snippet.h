// Source lines with marks under them: the picture between a diagnostic's header and its helps.
#pragma once

#include "compiler/diagnostics/paint.h"
#include "compiler/diagnostics/sources.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mlpc {

struct Mark {
    Span span;
    std::string text;  // empty: no label
    Style style;       // Style::Label draws dashes, any other carets
};

// The lines of one file that hold a mark, in order, each with its marks and labels; a span of several lines is marked
// on its first. Lines wider than a screen are cut around the marks.
std::string render_snippet(const std::vector<Mark>& marks, const Sources& sources, std::size_t gutter, Colour colour);

// The gutter of a line without number, as wide as that of line numbers of `gutter` digits.
std::string empty_gutter(std::size_t gutter, Colour colour);

}  // namespace mlpc
