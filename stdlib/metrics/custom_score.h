// Metrics that a file writes as an expression over truth and prediction.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// The catalog entry of a Metric whose one parameter is the expression; name, texts and direction are the caller's to fill in. The expression
// sees the columns `truth` and `predicted` (numbers, or the names of classes), `probability` (two classes: of the positive one; many: of the
// true one) and `weight`, each inside an aggregate.
ComponentInfo expression_metric();

}  // namespace mlpc
