// What a run found in the data, as diagnostics.
#pragma once

#include "compiler/diagnostics/diagnostics.h"
#include "runtime/search/findings.h"

#include <vector>

namespace mlpc {

void report_findings(const std::vector<Finding>&, Diagnostics&);

}  // namespace mlpc
