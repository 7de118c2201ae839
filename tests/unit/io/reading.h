// What the tests of readers share: requests in a line, cells as text, messages without the path.
#pragma once

#include "runtime/core/error.h"
#include "runtime/io/read.h"
#include "tests/unit/io/temporary_file.h"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace mlpc::test {

inline ColumnRequest column(std::string name, ColumnType type) { return {.name = std::move(name), .type = type}; }
inline ColumnRequest optional_column(std::string name, ColumnType type) { return {.name = std::move(name), .type = type, .optional = true}; }
inline PatternRequest others(ColumnType type) { return {"", {.type = type, .optional = true}}; }

// Every cell as text, row by row; a missing one is "<NA>".
inline std::vector<std::vector<std::string>> cells_of(const Frame& frame) {
    std::vector<std::vector<std::string>> rows(frame.rows());
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        for (std::size_t c = 0; c < frame.columns(); ++c) {
            rows[row].push_back(frame.missing(row, c)                 ? "<NA>"
                                : holds_numbers(frame.column(c).type) ? fmt::format("{}", frame.number(row, c))
                                                                      : std::string(frame.text(row, c)));
        }
    }
    return rows;
}
using Rows = std::vector<std::vector<std::string>>;

// What reading throws, with "PATH" for the path.
inline std::string error_of(const TableRequest& request) {
    try {
        read_table(request);
    } catch (const RunError& error) {
        std::string what = error.what();
        if (!request.path.empty() && what.starts_with(request.path)) {
            what.replace(0, request.path.size(), "PATH");
        }
        return what;
    }
    return "no error";
}

}  // namespace mlpc::test
