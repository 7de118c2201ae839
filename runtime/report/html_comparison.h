// Models beside each other on the same folds, as sections of the HTML report.
#pragma once

#include "runtime/core/results.h"

#include <string>

namespace mlpc {

std::string html_comparisons(const RunRecord&);

}  // namespace mlpc
