// What `mlpc describe` and `mlpc new` propose for the columns of a file.
#pragma once

#include "runtime/core/target.h"
#include "runtime/io/read.h"

#include <string>

namespace mlpc {

// The task that a column suggests as the target: few different values are classes, other numbers a regression.
Task likely_task(const ColumnDescription& target);
// Of a target with two classes: the one that is `yes` in some spelling, else the rarer one.
std::string likely_positive(const ColumnDescription& target);
// Whether a schema drops the column: it holds one value only, or none.
bool is_useless(const ColumnDescription& column);

}  // namespace mlpc
