// Rows that a network sets aside, out of those that it is fitted on, to see when to stop.
#pragma once

#include "runtime/core/component.h"

#include <string>

namespace mlpc::networks {

struct HeldRows {
    RowIndex fitted, held;  // ascending; rows that weigh nothing are in neither
};

// All rows that weigh something are fitted.
HeldRows none_held(const Vector& weights);
// The share `hold` of the rows: where they have times the latest, else whole groups where they have groups, else of each class alike. With
// times and groups, rows of a held group are not fitted either. Throws RunError, naming `model`, where too few rows are there to part.
HeldRows held_rows(const Target&, const Vector& weights, double hold, const FitContext&, const std::string& model);

}  // namespace mlpc::networks
