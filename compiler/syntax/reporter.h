// Where the passes of the parser report: at most one diagnostic from brackets, layout and parser on a line, so that none is a follow-on.
#pragma once

#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace mlpc::syntax {

class Reporter {
public:
    Reporter(const Sources& sources, FileId file, Diagnostics& diags) : sources_(sources), file_(file), diags_(diags) {}

    Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }
    const std::string& text() const { return sources_.text(file_); }

    // Reports what the lexer sees: two mistakes on one line are two diagnostics.
    template <class Kind, class... Args>
    Diagnostic& report(Span at, const Kind& kind, Args&&... args) {
        mark(at);
        return diags_.report(at, kind, std::forward<Args>(args)...);
    }
    // Reports unless one of the lines of `within` has a diagnostic already; null then.
    template <class Kind, class... Args>
    Diagnostic* report_once(Span within, Span at, const Kind& kind, Args&&... args) {
        if (has_report(within)) {
            return nullptr;
        }
        return &report(at, kind, std::forward<Args>(args)...);
    }

private:
    std::uint32_t line(std::uint32_t offset) const { return sources_.position(file_, offset).line; }
    void mark(Span at) {
        const std::uint32_t found = line(at.begin);
        lines_.insert(std::lower_bound(lines_.begin(), lines_.end(), found), found);
    }
    bool has_report(Span within) const {
        if (lines_.empty()) {
            return false;
        }
        const auto first = std::lower_bound(lines_.begin(), lines_.end(), line(within.begin));
        return first != lines_.end() && *first <= line(within.end);
    }

    const Sources& sources_;
    FileId file_;
    Diagnostics& diags_;
    std::vector<std::uint32_t> lines_;  // in order, with a diagnostic already
};

}  // namespace mlpc::syntax
