// Rows of the store as a run's record again.
#pragma once

#include "runtime/core/results.h"
#include "runtime/store/sqlite.h"

#include <string>
#include <vector>

namespace mlpc {

enum class TrialsOf { All, WinnersOnly };

// The run of exactly that id. A run still under way has the best trial so far as each seed's winner.
RunRecord read_run(Database& database, const std::string& id, TrialsOf trials);
std::vector<TrialRecord> read_trials(Database& database, const std::string& run_id, const std::string& search, std::uint64_t seed);

}  // namespace mlpc
