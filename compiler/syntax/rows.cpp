#include "compiler/syntax/rows.h"

#include <algorithm>
#include <utility>

namespace mlpc::syntax {
namespace {

// Longer code keeps its comment beside it and does not push the others away.
constexpr std::size_t kWidestAlignedCode = 60;

struct Written {
    DocLine line;
    bool blank_before = false;
};

bool is_comment(const Row& row) { return row.cells.empty() && !row.tail; }

// One past the last row that is aligned with the first; comments on their own line do not part rows.
std::size_t end_of_group(const std::vector<Row>& rows, std::size_t first) {
    std::size_t end = first + 1;
    while (end < rows.size() && !rows[end].blank_before &&
           (is_comment(rows[end]) || (rows[end].kind == rows[first].kind && !rows[end].kind.empty()))) {
        ++end;
    }
    return end;
}

bool has_something_after(const Row& row, std::size_t cell) { return cell + 1 < row.cells.size() || row.tail.has_value(); }

void align_group(std::vector<Row>& rows, std::size_t first, std::size_t end) {
    std::vector<std::size_t> widths;
    for (std::size_t i = first; i < end; ++i) {
        for (std::size_t cell = 0; cell < rows[i].cells.size(); ++cell) {
            widths.resize(std::max(widths.size(), cell + 1));
            if (has_something_after(rows[i], cell)) {
                widths[cell] = std::max(widths[cell], display_width(rows[i].cells[cell]));
            }
        }
    }
    for (std::size_t i = first; i < end; ++i) {
        for (std::size_t cell = 0; cell < rows[i].cells.size(); ++cell) {
            const std::size_t width = display_width(rows[i].cells[cell]);
            if (has_something_after(rows[i], cell)) {
                rows[i].cells[cell] += std::string(widths[cell] - std::min(width, widths[cell]) + 1, ' ');
            }
        }
    }
}

std::vector<Written> write_row(const Row& row) {
    std::string first(row.indent, ' ');
    for (const std::string& cell : row.cells) {
        first += cell;
    }
    std::vector<DocLine> lines = row.tail ? render(*row.tail, std::move(first), row.indent) : std::vector<DocLine>{{std::move(first), ""}};
    if (!row.comment.empty()) {
        lines.back().comment += (lines.back().comment.empty() ? "" : " ") + row.comment;
    }
    std::vector<Written> result;
    for (DocLine& line : lines) {
        result.push_back({std::move(line), result.empty() && row.blank_before});
    }
    return result;
}

bool has_code(const Written& written) { return written.line.code.find_first_not_of(' ') != std::string::npos; }

bool is_aligned_comment(const Written& written) {
    return has_code(written) && !written.line.comment.empty() && display_width(written.line.code) <= kWidestAlignedCode;
}

std::size_t comment_column(const std::vector<Written>& lines, std::size_t first) {
    std::size_t column = kCommentColumn;
    for (std::size_t i = first; i < lines.size() && is_aligned_comment(lines[i]) && (i == first || !lines[i].blank_before); ++i) {
        column = std::max(column, display_width(lines[i].line.code) + 2);
    }
    return column;
}

std::string with_comment(const Written& written, std::size_t column) {
    std::string text = written.line.code;
    if (written.line.comment.empty()) {
        return text.erase(text.find_last_not_of(' ') + 1);
    }
    if (has_code(written)) {
        text.erase(text.find_last_not_of(' ') + 1);
        text += std::string(std::max<std::size_t>(column, display_width(text) + 2) - display_width(text), ' ');
    }
    return text + written.line.comment;
}

}  // namespace

std::string write_rows(std::vector<Row> rows) {
    std::vector<Written> lines;
    for (std::size_t first = 0; first < rows.size();) {
        const std::size_t end = is_comment(rows[first]) ? first + 1 : end_of_group(rows, first);
        align_group(rows, first, end);
        for (; first < end; ++first) {
            std::vector<Written> written = write_row(rows[first]);
            std::move(written.begin(), written.end(), std::back_inserter(lines));
        }
    }
    std::string text;
    std::size_t column = kCommentColumn;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool continues_run = i > 0 && is_aligned_comment(lines[i - 1]) && !lines[i].blank_before;
        if (!is_aligned_comment(lines[i])) {
            column = 0;
        } else if (!continues_run) {
            column = comment_column(lines, i);
        }
        text += (lines[i].blank_before ? "\n" : "") + with_comment(lines[i], column) + "\n";
    }
    return text;
}

}  // namespace mlpc::syntax
