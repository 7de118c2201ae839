// Which columns of a frame a selector takes.
#pragma once

#include "runtime/core/experiment.h"

namespace mlpc {

// Positions in x, in its order; for names in theirs. Throws RunError where a named column is not there.
std::vector<std::size_t> selected_columns(const Selector&, const Frame& x, const DataSpec&);

}  // namespace mlpc
