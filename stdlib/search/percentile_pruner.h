// The pruner that gives up a trial which is behind most of those that went all the way; `median` and `percentile`.
#pragma once

#include "runtime/core/component.h"

#include <map>

namespace mlpc {

// What a rung of a trial is: a share of its effort, or one more fold.
enum class RungOf { Effort, Folds };

struct PercentileParams {
    double keep = 0.25;
    RungOf over = RungOf::Effort;
    std::int64_t startup = 5;
    std::int64_t warmup = 0;
    std::int64_t rungs = 4;
    std::int64_t least_trials = 1;
};
// All fields but `keep`.
Schema<PercentileParams> percentile_fields();

// Rules of Optuna's PercentilePruner, with rungs in the place of its steps: a trial ends where the best that it has shown so far is worse than
// that share of the values that whole trials had at the same rung.
class PercentilePruner final : public Pruner {
public:
    PercentilePruner(const PercentileParams& params, std::size_t folds);

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_; }
    bool gives_up(std::uint64_t trial, std::size_t rung, const Outcome&) override;

private:
    bool is_behind(std::size_t rung, double best) const;

    PercentileParams params_;
    std::vector<Rung> rungs_;
    std::map<std::uint64_t, std::vector<double>> under_way_;  // a trial's values by rung
    std::vector<std::vector<double>> whole_;                  // by rung, ascending: of trials that reached the last one
};

}  // namespace mlpc
