// Formatted lines before their columns are aligned: cells, the rest of the line, comments.
#pragma once

#include "compiler/syntax/doc.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace mlpc::syntax {

struct Row {
    std::size_t indent = 0;
    std::vector<std::string> cells;  // each padded to its column where something follows it
    std::optional<Doc> tail;         // what follows the cells and may be broken
    std::string comment;             // trailing, or the whole line where there is nothing else
    bool blank_before = false;
    std::string kind;  // adjacent rows of one kind are aligned; empty: with none
};

// Trailing comments stand in this column where the code before them lets them.
inline constexpr std::size_t kCommentColumn = 44;

// The text of the rows, in order.
std::string write_rows(std::vector<Row> rows);

}  // namespace mlpc::syntax
