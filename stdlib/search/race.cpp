#include "runtime/core/component.h"
#include "runtime/core/results.h"
#include "stdlib/search/fold_race.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mlpc {
namespace {

struct RaceParams {
    double chance = 0.1;
    std::int64_t startup = 0;
};

const Schema<RaceParams>& race_schema() {
    static const Schema<RaceParams> schema = {
        field(&RaceParams::chance, {.name = "chance",
                                    .doc = "A trial ends where the chance that it will be better than the best trial is smaller than this",
                                    .valid = {.low = 0, .high = 1}}),
        field(&RaceParams::startup, {.name = "startup", .doc = "Folds that every trial is evaluated on", .valid = {.low = 0}}),
    };
    return schema;
}

// How one trial differs from another on the folds that both have.
struct Behind {
    Behind(const std::vector<double>& folds, const std::vector<double>& others) {
        const std::vector<double> by_fold = differences(folds, others);
        count = by_fold.size();
        mean = std::accumulate(by_fold.begin(), by_fold.end(), 0.0) / static_cast<double>(count);
        for (const double d : by_fold) {
            squares += (d - mean) * (d - mean);
        }
    }
    std::size_t count = 0;
    double mean = 0;
    double squares = 0;  // of the distances from the mean
};

// A race between each trial and the best so far, fold by fold, in which all trials together tell how much a fold's difference says.
class RacePruner final : public Pruner {
public:
    RacePruner(const RaceParams& params, std::size_t folds) : params_(params), rungs_(fold_rungs(folds)) {}

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_; }

    bool gives_up(std::uint64_t, std::size_t rung, const Outcome& outcome) override {
        if (rung + 1 == rungs_.size()) {
            take_in(outcome);
            return false;
        }
        return leader_.exists() && outcome.folds.size() >= static_cast<std::size_t>(params_.startup) && chance(outcome.folds) < params_.chance;
    }

    // The best trial's, and the mean difference from it on the same folds: bad folds and good ones do not count for it or against it.
    std::optional<double> expected_value(const Outcome& outcome) const override {
        if (!leader_.exists() || !are_finite(outcome.folds)) {
            return std::nullopt;
        }
        return leader_.mean() + Behind(outcome.folds, leader_.folds()).mean;
    }

private:
    void take_in(const Outcome& outcome) {
        leader_.challenge(outcome);
        if (!outcome.failed && outcome.folds.size() == rungs_.size() && are_finite(outcome.folds)) {
            whole_.emplace(outcome.value, outcome.folds);
        }
        learn_spread();
    }

    // From the better half of the whole trials: how far bad ones are from the best differs more between folds.
    void learn_spread() {
        squares_ = 0;
        freedom_ = 0;
        std::size_t left = whole_.size() / 2 + 1;
        for (auto at = whole_.begin(); at != whole_.end() && left > 0; ++at, --left) {
            if (at->second != leader_.folds()) {
                squares_ += Behind(at->second, leader_.folds()).squares;
                freedom_ += rungs_.size() - 1;
            }
        }
    }

    // That the mean over all folds will be better than the best trial's, where differences by fold are normal: the mean of those to come lies
    // around the mean of those seen, with the variance of both.
    double chance(const std::vector<double>& folds) const {
        if (!are_finite(folds)) {
            return 1;
        }
        const Behind seen(folds, leader_.folds());
        const std::size_t freedom = freedom_ + seen.count - 1;
        if (freedom == 0) {
            return 1;
        }
        const auto all = static_cast<double>(rungs_.size()), count = static_cast<double>(seen.count);
        const double variance = (squares_ + seen.squares) / static_cast<double>(freedom) * (all - count) / (all * count);
        if (variance == 0) {
            return seen.mean > 0 ? 0 : 1;
        }
        const double tail = two_sided_p_value(seen.mean / std::sqrt(variance), freedom) / 2;
        return seen.mean > 0 ? tail : 1 - tail;
    }

    RaceParams params_;
    std::vector<Rung> rungs_;
    Leader leader_;
    std::multimap<double, std::vector<double>> whole_;  // folds of trials that were evaluated on all, by value
    double squares_ = 0;                                // of differences from the leader, within their trials
    std::size_t freedom_ = 0;
};

}  // namespace

void add_race(Catalog& catalog) {
    ComponentInfo info;
    info.name = "race";
    info.kind = ComponentKind::Pruner;
    info.summary =
        "Evaluates a trial fold by fold and gives it up where it will hardly become the best; what a fold tells is learned from all trials";
    info.source = "Moore and Lee 1994, Efficient algorithms for minimizing cross validation error: the race with blocking; here with one variance";
    info.example = "prune race(chance: 0.1)";
    info.params = specs_of(race_schema());
    info.make_pruner = [](const ParamValues& values, const PruneTask& task) -> std::unique_ptr<Pruner> {
        return std::make_unique<RacePruner>(read_params(race_schema(), values), task.folds);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
