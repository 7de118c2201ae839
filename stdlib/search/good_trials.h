// Which of the trials so far a tree-structured Parzen estimator takes for good, and how much each of them weighs.
#pragma once

#include "stdlib/search/trial_history.h"

#include <cstdint>
#include <vector>

namespace mlpc {

struct GoodTrials {
    std::vector<std::uint32_t> positions;  // in the history, best first
    std::vector<double> weights;           // of each where there are several goals, the most 1; empty: all alike
};

// So many of the trials. Of one goal those with the best values. Of several whole fronts, the non-dominated first, and of the front that does not
// go in whole the trials that add most to the volume that is dominated; the weight of each is what the volume would lose without it: Ozaki,
// Tanigaki, Watanabe, Nomura and Onishi 2022, Multiobjective tree-structured Parzen estimator, as in Optuna 3.1.
GoodTrials good_trials(const TrialHistory&, std::size_t count);

}  // namespace mlpc
