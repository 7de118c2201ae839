#include "compiler/diagnostics/display_line.h"
#include "compiler/diagnostics/line_edit.h"
#include "compiler/diagnostics/render.h"
#include "compiler/diagnostics/snippet.h"

#include <algorithm>

namespace mlpc {

namespace {

Style style_of(Severity severity) {
    switch (severity) {
        case Severity::Error:
            return Style::Error;
        case Severity::Warning:
            return Style::Warning;
        case Severity::Note:
            return Style::Note;
    }
    return Style::Note;
}

// The marks of one file, the primary one first.
using FileMarks = std::vector<Mark>;

std::vector<FileMarks> marks_by_file(const Diagnostic& diagnostic) {
    std::vector<FileMarks> files{{Mark{diagnostic.span, "", style_of(diagnostic.kind.severity)}}};
    for (const Label& label : diagnostic.labels) {
        const auto same_file = [&](const FileMarks& marks) { return marks.front().span.file == label.span.file; };
        auto at = std::find_if(files.begin(), files.end(), same_file);
        if (at == files.end()) {
            at = files.insert(at, FileMarks{});
        }
        at->push_back({label.span, visible_text(label.text), Style::Label});
    }
    return files;
}

std::size_t digits_of_last_line(const Diagnostic& diagnostic, const Sources& sources) {
    std::uint32_t last = sources.position(diagnostic.span.file, diagnostic.span.begin).line;
    for (const Label& label : diagnostic.labels) {
        last = std::max(last, sources.position(label.span.file, label.span.begin).line);
    }
    for (const Fix& fix : diagnostic.fixes) {
        const LineEdit edit = line_edit(fix, sources);
        const std::size_t lines = std::max({edit.removed.size(), edit.added.size(), std::size_t{1}});
        last = std::max(last, edit.line + static_cast<std::uint32_t>(lines - 1));
    }
    return std::to_string(last).size();
}

std::string place(const Sources& sources, Span span) {
    const LineColumn at = sources.position(span.file, span.begin);
    return fmt::format("{}:{}:{}", sources.path(span.file), at.line, at.column);
}

std::string header(const Diagnostic& diagnostic, Colour colour) {
    const std::string name = fmt::format("{}[{}]", severity_name(diagnostic.kind.severity), diagnostic.kind.code);
    return paint(name, style_of(diagnostic.kind.severity), colour) + paint(": " + visible_text(diagnostic.message), Style::Bold, colour) + "\n";
}

std::string edited_line(std::uint32_t number, char sign, std::string_view line, std::size_t gutter, Colour colour) {
    const Style style = sign == '+' ? Style::Added : Style::Removed;
    const std::string text = line.empty() ? "" : " " + visible_text(line);
    return fmt::format("{} {}\n", paint(fmt::format("{:>{}}", number, gutter), Style::Gutter, colour), paint(sign + text, style, colour));
}

std::string render_edit(const Fix& fix, const Sources& sources, std::size_t gutter, Colour colour) {
    const LineEdit edit = line_edit(fix, sources);
    std::string result;
    std::uint32_t number = edit.line;
    for (const std::string& line : edit.removed) {
        result += edited_line(number++, '-', line, gutter, colour);
    }
    number = edit.line;
    for (const std::string& line : edit.added) {
        result += edited_line(number++, '+', line, gutter, colour);
    }
    return result;
}

// Further lines of a help stand under its first.
std::string help_line(std::string_view text, Colour colour) {
    std::string result = paint("help", Style::Help, colour) + ": ";
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        result += visible_text(text.substr(0, end)) + "\n      ";
        text.remove_prefix(end + 1);
    }
    return result + visible_text(text) + "\n";
}

std::string render_fixes(const Diagnostic& diagnostic, const Sources& sources, std::size_t gutter, Colour colour) {
    std::string result;
    const Fix* previous = nullptr;
    for (const Fix& fix : diagnostic.fixes) {
        const bool other_file = !(fix.span.file == (previous == nullptr ? diagnostic.span.file : previous->span.file));
        const bool other_title = previous == nullptr || fix.title != previous->title;
        if (other_title) {
            result += help_line(fix.title, colour);
        }
        if (other_file) {
            result += std::string(gutter, ' ') + paint("-->", Style::Gutter, colour) + " " + place(sources, fix.span) + "\n";
        }
        result += other_title || other_file ? empty_gutter(gutter, colour) + "\n" : "";
        result += render_edit(fix, sources, gutter, colour);
        previous = &fix;
    }
    return result;
}

std::string render(const Diagnostic& diagnostic, const Sources& sources, Colour colour) {
    const std::size_t gutter = digits_of_last_line(diagnostic, sources);
    std::string result = header(diagnostic, colour);
    const char* arrow = "-->";
    for (const FileMarks& marks : marks_by_file(diagnostic)) {
        result += std::string(gutter, ' ') + paint(arrow, Style::Gutter, colour) + " " + place(sources, marks.front().span) + "\n";
        result += empty_gutter(gutter, colour) + "\n";
        result += render_snippet(marks, sources, gutter, colour);
        arrow = ":::";
    }
    if (!diagnostic.helps.empty() || !diagnostic.fixes.empty()) {
        result += empty_gutter(gutter, colour) + "\n";
    }
    for (const std::string& help : diagnostic.helps) {
        result += help_line(help, colour);
    }
    return result + render_fixes(diagnostic, sources, gutter, colour);
}

}  // namespace

std::string render_text(const std::vector<Diagnostic>& diagnostics, const Sources& sources, Colour colour) {
    std::string result;
    for (const Diagnostic& diagnostic : diagnostics) {
        result += result.empty() ? "" : "\n";
        result += render(diagnostic, sources, colour);
    }
    return result;
}

}  // namespace mlpc
