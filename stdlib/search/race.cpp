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

// On how many leading folds a trial is equal to the best one.
std::size_t equal_folds(const std::vector<double>& folds, const std::vector<double>& others) {
    const std::size_t both = std::min(folds.size(), others.size());
    return static_cast<std::size_t>(std::mismatch(folds.begin(), folds.begin() + static_cast<std::ptrdiff_t>(both), others.begin()).first -
                                    folds.begin());
}

// How trials went on that were equal to the best one on their first folds, by the number of these: of scores that are counts of rows, such as
// accuracy, many are, and hardly one becomes better than the best.
class Ties {
public:
    // So many say something: on one fold trials are equal that differ.
    static constexpr std::size_t fewest_folds = 2;

    explicit Ties(std::size_t folds) : known_(folds + 1), better_(folds + 1) {}

    void learn(std::size_t equal, bool better) {
        for (std::size_t folds = fewest_folds; folds <= equal; ++folds) {
            ++known_[folds];
            better_[folds] += better ? 1 : 0;
        }
    }
    // That one more will be better: a half before any is known (Laplace's rule of succession).
    double chance(std::size_t equal) const { return static_cast<double>(better_[equal] + 1) / static_cast<double>(known_[equal] + 2); }

private:
    std::vector<std::size_t> known_, better_;
};

// A race between each trial and the best so far, fold by fold, in which all trials together tell how much a fold's difference says.
class RacePruner final : public Pruner {
public:
    RacePruner(const RaceParams& params, std::size_t folds) : params_(params), rungs_(fold_rungs(folds)), ties_(rungs_.size()) {}

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_; }

    bool gives_up(std::uint64_t, std::size_t rung, const Outcome& outcome) override {
        if (rung + 1 == rungs_.size()) {
            take_in(outcome);
            return false;
        }
        if (!leader_.exists() || outcome.folds.size() < static_cast<std::size_t>(params_.startup) || !(chance(outcome.folds) < params_.chance)) {
            return false;
        }
        // One that is given up for being equal tells nothing of how such trials go on.
        if (const std::size_t equal = equal_folds(outcome.folds, leader_.folds()); equal < outcome.folds.size()) {
            ties_.learn(equal, false);
        }
        return true;
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
        if (leader_.exists() && !outcome.failed) {
            ties_.learn(equal_folds(outcome.folds, leader_.folds()), outcome.value < leader_.mean());
        }
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

    // That the mean over all folds will be better than the best trial's: of one that is equal to it so far, as often as others like it were;
    // else as where differences by fold are normal: the mean of those to come lies around the mean of those seen, with the variance of both.
    double chance(const std::vector<double>& folds) const {
        if (!are_finite(folds)) {
            return 1;
        }
        if (folds.size() >= Ties::fewest_folds && equal_folds(folds, leader_.folds()) == folds.size()) {
            return ties_.chance(folds.size());
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
    Ties ties_;
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
