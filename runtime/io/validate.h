// `check NAME { … }`: declared conditions on the data, evaluated before anything is fitted.
#pragma once

#include "runtime/core/expression.h"

#include <string>
#include <vector>

namespace mlpc {

struct DataRule {
    Expression condition;
    bool warn = false;
    std::string text;  // as written
};
struct RuleFailure {
    std::size_t rule = 0;                 // index into the rules
    std::size_t failing_rows = 0;         // 0 for a rule on the whole table, but for `unique(…)`
    std::vector<std::size_t> first = {};  // at most 5 row numbers as in the file (first data row is 2), ascending
    std::string detail = {};              // "missing(income) is 24.1 %, the rule allows at most 20 %", or the offending cells of the first rows
};
// Rows on which a condition is missing pass it; a rule on the whole table that is missing (the mean of no values) fails.
// `file_rows` says which data row of the file, counted from 0, each row of the frame is.
std::vector<RuleFailure> validate(const std::vector<DataRule>& rules, const Frame& frame, const RowIndex& file_rows);
// The same where the frame holds the rows of the file, or is a view of some of them.
std::vector<RuleFailure> validate(const std::vector<DataRule>& rules, const Frame& frame);

}  // namespace mlpc
