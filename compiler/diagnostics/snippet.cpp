#include "compiler/diagnostics/snippet.h"

#include "compiler/diagnostics/display_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace mlpc {

namespace {

constexpr std::uint32_t widest_line = 120;
constexpr std::uint32_t context_before_mark = 20;

struct PlacedMark {
    std::uint32_t begin, end;  // screen columns, at least one wide
    std::string text;
    Style style;
};

// The part of a line that is shown.
struct Window {
    std::uint32_t begin, end;  // screen columns
    bool cut_before, cut_after;
};

PlacedMark place(const Mark& mark, const Sources& sources, std::uint32_t line, const DisplayLine& shown) {
    const std::uint32_t line_begin = sources.line_begin(mark.span.file, line);
    const std::uint32_t begin = begin_column(shown, mark.span.begin - line_begin);
    const std::uint32_t end = end_column(shown, mark.span.end - line_begin);
    return {begin, std::max(begin + 1, end), mark.text, mark.style};
}

Window choose_window(const DisplayLine& line, const std::vector<PlacedMark>& marks) {
    if (line.width <= widest_line) {
        return {0, line.width, false, false};
    }
    const auto first = std::min_element(marks.begin(), marks.end(), [](const PlacedMark& a, const PlacedMark& b) { return a.begin < b.begin; });
    const std::uint32_t wanted = first->begin > context_before_mark ? first->begin - context_before_mark : 0;
    const auto glyph = std::upper_bound(line.glyphs.begin(), line.glyphs.end(), wanted, [](std::uint32_t c, const Glyph& g) { return c < g.column; });
    const std::uint32_t begin = std::prev(glyph)->column;
    return {begin, begin + widest_line, begin > 0, begin + widest_line < line.width};
}

std::string shown_text(const DisplayLine& line, const Window& window) {
    std::string text = window.cut_before ? "…" : "";
    for (const Glyph& glyph : line.glyphs) {
        if (glyph.column >= window.begin && glyph.column + glyph.width <= window.end) {
            text += glyph.shown;
        }
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + (window.cut_after ? "…" : "");
}

void shift_into(const Window& window, std::vector<PlacedMark>& marks) {
    const std::uint32_t ellipsis = window.cut_before ? 1 : 0;
    for (PlacedMark& mark : marks) {
        // A mark at the end of a line stands one column beyond it.
        mark.begin = std::min(mark.begin, window.end) - window.begin + ellipsis;
        mark.end = std::max(std::min(mark.end, window.end) - window.begin + ellipsis, mark.begin + 1);
    }
}

// The label that is written behind its dashes: the last one, if nothing stands to its right.
const PlacedMark* inline_label(const std::vector<PlacedMark>& marks) {
    const PlacedMark* last = &marks.front();
    for (const PlacedMark& mark : marks) {
        last = mark.end >= last->end ? &mark : last;
    }
    return last->text.empty() ? nullptr : last;
}

std::string mark_row(const std::vector<PlacedMark>& marks, const PlacedMark* inlined, Colour colour) {
    std::vector<const PlacedMark*> owner;
    for (const PlacedMark& mark : marks) {
        owner.resize(std::max<std::size_t>(owner.size(), mark.end), nullptr);
        for (std::size_t column = mark.begin; column < mark.end; ++column) {
            const bool carets_stay = owner[column] != nullptr && owner[column]->style != Style::Label;
            owner[column] = carets_stay ? owner[column] : &mark;
        }
    }
    std::string row;
    for (std::size_t column = 0; column < owner.size();) {
        const auto run_end = std::find_if(owner.begin() + static_cast<std::ptrdiff_t>(column), owner.end(),
                                          [&](const PlacedMark* other) { return other != owner[column]; });
        const auto length = static_cast<std::size_t>(run_end - owner.begin()) - column;
        if (owner[column] == nullptr) {
            row += std::string(length, ' ');
        } else {
            const Style style = owner[column]->style;
            row += paint(std::string(length, style == Style::Label ? '-' : '^'), style, colour);
        }
        column += length;
    }
    return inlined == nullptr ? row : row + " " + paint(inlined->text, inlined->style, colour);
}

// `|` under each mark whose label is still to come, then `text` at its column.
std::string hanging_row(const std::vector<const PlacedMark*>& pending, const PlacedMark* written, Colour colour) {
    const std::uint32_t width = written != nullptr ? written->begin : pending.back()->begin + 1;
    std::string bars(width, ' ');
    for (const PlacedMark* mark : pending) {
        if (mark->begin < width) {
            bars[mark->begin] = '|';
        }
    }
    std::string row;
    for (char c : bars) {
        row += c == '|' ? paint("|", Style::Label, colour) : " ";
    }
    return written == nullptr ? row : row + paint(written->text, written->style, colour);
}

std::vector<std::string> hanging_rows(const std::vector<PlacedMark>& marks, const PlacedMark* inlined, Colour colour) {
    std::vector<const PlacedMark*> pending;
    for (const PlacedMark& mark : marks) {
        if (!mark.text.empty() && &mark != inlined) {
            pending.push_back(&mark);
        }
    }
    if (pending.empty()) {
        return {};
    }
    std::stable_sort(pending.begin(), pending.end(), [](const PlacedMark* a, const PlacedMark* b) { return a->begin < b->begin; });
    std::vector<std::string> rows{hanging_row(pending, nullptr, colour)};
    while (!pending.empty()) {
        const PlacedMark* written = pending.back();
        pending.pop_back();
        rows.push_back(hanging_row(pending, written, colour));
    }
    return rows;
}

std::string numbered(std::uint32_t line, std::string_view text, std::size_t gutter, Colour colour) {
    const std::string number = paint(fmt::format("{:>{}} |", line, gutter), Style::Gutter, colour);
    return text.empty() ? number + "\n" : fmt::format("{} {}\n", number, text);
}

std::string render_line(std::uint32_t number, const std::vector<Mark>& marks, const Sources& sources, std::size_t gutter, Colour colour) {
    const DisplayLine line = display_line(sources.line(marks.front().span.file, number));
    std::vector<PlacedMark> placed;
    for (const Mark& mark : marks) {
        placed.push_back(place(mark, sources, number, line));
    }
    const Window window = choose_window(line, placed);
    shift_into(window, placed);

    const PlacedMark* inlined = inline_label(placed);
    std::string result = numbered(number, shown_text(line, window), gutter, colour);
    result += fmt::format("{} {}\n", empty_gutter(gutter, colour), mark_row(placed, inlined, colour));
    for (const std::string& row : hanging_rows(placed, inlined, colour)) {
        result += fmt::format("{} {}\n", empty_gutter(gutter, colour), row);
    }
    return result;
}

}  // namespace

std::string empty_gutter(std::size_t gutter, Colour colour) { return paint(std::string(gutter + 1, ' ') + "|", Style::Gutter, colour); }

std::string render_snippet(const std::vector<Mark>& marks, const Sources& sources, std::size_t gutter, Colour colour) {
    std::map<std::uint32_t, std::vector<Mark>> by_line;
    for (const Mark& mark : marks) {
        by_line[sources.position(mark.span.file, mark.span.begin).line].push_back(mark);
    }
    std::string result;
    std::uint32_t previous = by_line.begin()->first;
    for (const auto& [line, line_marks] : by_line) {
        if (line > previous + 1) {
            result += paint("...", Style::Gutter, colour) + "\n";
        }
        result += render_line(line, line_marks, sources, gutter, colour);
        previous = line;
    }
    return result;
}

}  // namespace mlpc
