#include "stdlib/search/fold_race.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

std::vector<Rung> fold_rungs(std::size_t folds) {
    std::vector<Rung> rungs;
    for (std::size_t fold = 1; fold < folds; ++fold) {
        rungs.push_back({.share = {}, .folds = static_cast<std::int64_t>(fold)});
    }
    rungs.push_back({});
    return rungs;
}

void Leader::challenge(const Outcome& outcome) {
    const bool sound =
        !outcome.failed && outcome.feasible() && std::all_of(outcome.folds.begin(), outcome.folds.end(), [](double v) { return std::isfinite(v); });
    if (sound && (!exists() || outcome.value < mean_)) {
        mean_ = outcome.value;
        folds_ = outcome.folds;
    }
}

}  // namespace mlpc
