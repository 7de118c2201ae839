// Predictions as CSV, for `mlpc predict`.
#pragma once

#include "runtime/core/target.h"

#include <string>

namespace mlpc {

// Header `prediction`, and for classification a column `p(class)` for each class; a line a row. Numbers read back bit for bit; RFC 4180.
std::string predictions_csv(const Prediction& prediction);

}  // namespace mlpc
