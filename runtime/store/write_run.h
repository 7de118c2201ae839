// A run's record as rows of the store.
#pragma once

#include "runtime/core/results.h"
#include "runtime/store/sqlite.h"

#include <string>
#include <vector>

namespace mlpc {

// Everything but the trials, in place of what the tables hold of this run. Inside a transaction of the caller.
void write_record(Database& database, const RunRecord& run, const std::string& status);
// Trials already there under the same number are replaced. Inside a transaction of the caller.
void write_trials(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed,
                  const std::vector<TrialRecord>& trials);

}  // namespace mlpc
