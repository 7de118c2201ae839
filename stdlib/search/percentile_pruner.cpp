#include "stdlib/search/percentile_pruner.h"

#include "stdlib/search/fold_race.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

// By linear interpolation, to the bit as numpy does.
double percentile(const std::vector<double>& ascending, double share) {
    const double place = share * static_cast<double>(ascending.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, ascending.size() - 1);
    const double t = place - static_cast<double>(below), difference = ascending[above] - ascending[below];
    return t < 0.5 ? ascending[below] + difference * t : ascending[above] - difference * (1 - t);
}

std::vector<Rung> equal_shares(std::int64_t count) {
    std::vector<Rung> rungs;
    for (std::int64_t part = 1; part <= count; ++part) {
        rungs.push_back({.share = {part, count}});
    }
    return rungs;
}

}  // namespace

Schema<PercentileParams> percentile_fields() {
    return {
        field(&PercentileParams::over,
              {.name = "over",
               .doc = "What a trial is cut into; effort: equal parts of its trees, rounds, epochs or rows, folds: the folds, one after the other, "
                      "compared by the mean of those so far",
               .words = {"effort", "folds"}}),
        field(&PercentileParams::startup,
              {.name = "startup", .doc = "No trial is given up before so many have gone all the way", .valid = {.low = 0}}),
        field(&PercentileParams::warmup, {.name = "warmup", .doc = "Rungs that every trial passes", .valid = {.low = 0}}),
        field(&PercentileParams::rungs,
              {.name = "rungs", .doc = "With effort: into how many equal parts it is cut", .valid = {.low = 2, .high = 1'000}}),
        field(&PercentileParams::least_trials,
              {.name = "least_trials", .doc = "No trial is given up at a rung that fewer whole trials have a value of", .valid = {.low = 1}}),
    };
}

PercentilePruner::PercentilePruner(const PercentileParams& params, std::size_t folds)
    : params_(params), rungs_(params.over == RungOf::Folds ? fold_rungs(folds) : equal_shares(params.rungs)), whole_(rungs_.size()) {}

bool PercentilePruner::gives_up(std::uint64_t trial, std::size_t rung, const Outcome& outcome) {
    if (outcome.failed || std::isnan(outcome.value)) {
        under_way_.erase(trial);
        return true;
    }
    std::vector<double>& values = under_way_[trial];
    values.push_back(outcome.value);
    const bool is_last = rung + 1 == whole_.size();
    const bool stops = !is_last && is_behind(rung, *std::min_element(values.begin(), values.end()));
    if (is_last) {
        for (std::size_t r = 0; r < values.size(); ++r) {
            whole_[r].insert(std::upper_bound(whole_[r].begin(), whole_[r].end(), values[r]), values[r]);
        }
    }
    if (is_last || stops) {
        under_way_.erase(trial);
    }
    return stops;
}

bool PercentilePruner::is_behind(std::size_t rung, double best) const {
    const std::vector<double>& others = whole_[rung];
    const auto needed = static_cast<std::size_t>(std::max(params_.startup, params_.least_trials));
    if (others.size() < needed || rung < static_cast<std::size_t>(params_.warmup)) {
        return false;
    }
    return best > percentile(others, params_.keep);
}

}  // namespace mlpc
