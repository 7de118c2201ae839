// Text that came from files and data, made safe to stand in a page.
#pragma once

#include <string>
#include <string_view>

namespace mlpc {

// For element content and quoted attributes: markup, control characters and malformed UTF-8 lose their power.
std::string html_escaped(std::string_view text);

// Of a plot, in per cent of its width: what the labels of its heights take.
inline constexpr double label_width = 12;
// A line of a plot of that class, between two points in per cent.
std::string svg_line(double x1, double y1, double x2, double y2, const char* kind);

}  // namespace mlpc
