// Run records for the tests of store and reports.
#pragma once

#include "runtime/core/results.h"
#include "runtime/core/rng.h"

#include <string>

namespace mlpc::test {

// Two models, three seeds, test rows, classes, slices, a gate: what the text report is compared with in full.
RunRecord churn_run();
// Every field filled at random: NaN, infinities, -0.0 and denormals among the doubles, quotes and zero bytes among the texts.
RunRecord random_run(Rng rng, const std::string& id);
TrialRecord random_trial(Rng& rng, std::uint64_t number);
// Every field, doubles bit by bit: equal records give equal text.
std::string exact_text(const RunRecord& run);
std::string exact_text(const TrialRecord& trial);

}  // namespace mlpc::test
