// Which rows of a file are left in the table that the steps of its `data` declarations make of it.
#pragma once

#include "runtime/engine/engine.h"

namespace mlpc {

// For each row of the table that `table` stands for, the row of the file that it is, ascending. Row-selecting steps alone drop rows; what
// others do with their views of it tells nothing. Throws LocatedError where a step fails.
RowIndex file_rows_of(Engine&, const Experiment&, NodeId table, const Context& whole, std::size_t file_rows);

}  // namespace mlpc
