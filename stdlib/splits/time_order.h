// Rows in order of their time, for the splitters that never train on the future.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// The times (days), which the caller must have given. Throws RunError where a row has none.
const std::vector<double>& complete_times(const SplitInput&);
// The rows among which training may happen for a part that is scored from `first_scored` on: those before it, and before the gap (days).
constexpr bool may_train(double time, double first_scored, double gap) { return time < first_scored - gap; }

}  // namespace mlpc
