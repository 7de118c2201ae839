#include "stdlib/search/fold_race.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace mlpc {

std::vector<Rung> fold_rungs(std::size_t folds) {
    std::vector<Rung> rungs;
    for (std::size_t fold = 1; fold < folds; ++fold) {
        rungs.push_back({.share = {}, .folds = static_cast<std::int64_t>(fold)});
    }
    rungs.push_back({});
    return rungs;
}

bool are_finite(const std::vector<double>& folds) {
    return std::all_of(folds.begin(), folds.end(), [](double v) { return std::isfinite(v); });
}

std::vector<double> differences(const std::vector<double>& folds, const std::vector<double>& others) {
    const auto shared = static_cast<std::ptrdiff_t>(std::min(folds.size(), others.size()));
    std::vector<double> result(folds.begin(), folds.begin() + shared);
    std::transform(result.begin(), result.end(), others.begin(), result.begin(), std::minus<>());
    return result;
}

void Leader::challenge(const Outcome& outcome) {
    const bool sound = !outcome.failed && outcome.feasible() && are_finite(outcome.folds);
    if (sound && (!exists() || outcome.value < mean_)) {
        mean_ = outcome.value;
        folds_ = outcome.folds;
    }
}

}  // namespace mlpc
