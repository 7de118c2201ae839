#include "compiler/diagnostics/line_edit.h"

#include <algorithm>

namespace mlpc {

namespace {

std::vector<std::string> split_lines(std::string_view text) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

void drop_common_front(LineEdit& edit) {
    const auto [removed, added] = std::mismatch(edit.removed.begin(), edit.removed.end(), edit.added.begin(), edit.added.end());
    edit.line += static_cast<std::uint32_t>(removed - edit.removed.begin());
    edit.removed.erase(edit.removed.begin(), removed);
    edit.added.erase(edit.added.begin(), added);
}

void drop_common_back(LineEdit& edit) {
    while (!edit.removed.empty() && !edit.added.empty() && edit.removed.back() == edit.added.back()) {
        edit.removed.pop_back();
        edit.added.pop_back();
    }
}

}  // namespace

LineEdit line_edit(const Fix& fix, const Sources& sources) {
    const FileId file = fix.span.file;
    const std::string_view text = sources.text(file);
    const std::uint32_t first_line = sources.position(file, fix.span.begin).line;
    const std::size_t begin = sources.line_begin(file, first_line);
    const std::size_t end = std::min(text.find('\n', fix.span.end), text.size());

    const std::string before(text.substr(begin, fix.span.begin - begin));
    const std::string after(text.substr(fix.span.end, end - fix.span.end));
    LineEdit edit{first_line, split_lines(text.substr(begin, end - begin)), split_lines(before + fix.replacement + after)};
    drop_common_front(edit);
    drop_common_back(edit);
    return edit;
}

}  // namespace mlpc
