// Models beside each other on the same folds, for the JSON report.
#pragma once

#include "runtime/core/results.h"
#include "runtime/report/json_value.h"

namespace mlpc {

Json json_comparison(const ComparisonRecord&);

}  // namespace mlpc
