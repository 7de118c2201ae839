// The weighted counts of true against predicted classes, from which most classification metrics follow.
#pragma once

#include "runtime/core/target.h"

namespace mlpc {

// classes × classes: row is the true class, column the predicted one, each cell a sum of row weights.
Matrix confusion_counts(const Target& truth, const Prediction& prediction);

}  // namespace mlpc
