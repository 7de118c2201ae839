// What a run's comparisons have found as rows of the store.
#pragma once

#include "runtime/core/results.h"
#include "runtime/store/sqlite.h"

#include <string>
#include <vector>

namespace mlpc {

// Into empty tables. Inside a transaction of the caller.
void write_comparisons(Database& database, const RunRecord& run);
std::vector<ComparisonRecord> read_comparisons(Database& database, const std::string& run_id);

}  // namespace mlpc
