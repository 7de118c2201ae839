// Aligned columns and wrapped paragraphs for the terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

inline constexpr std::size_t line_width = 96;  // of a report

enum class Align { Left, Right };

class TextTable {
public:
    explicit TextTable(std::vector<Align> columns) : align_(std::move(columns)) {}
    // As many cells as columns; made printable.
    void add(std::vector<std::string> cells);
    // Two spaces between columns and before the first; no spaces at the end of a line.
    std::string text() const;
    std::size_t width() const;

private:
    std::vector<std::size_t> widths() const;
    std::vector<Align> align_;
    std::vector<std::vector<std::string>> rows_;
};

// Control characters, line breaks too, as \x1b, so that no name in a file can drive the terminal.
std::string printable(std::string_view text);
// At most `width` characters, the last one "…" where some are left out.
std::string elided(std::string_view text, std::size_t width);
// Lines of at most `width` characters, broken at spaces, each after `indent` spaces; line breaks in the text are kept. Made printable.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace mlpc
