// What pruners that judge a trial fold by fold have in common.
#pragma once

#include "runtime/core/searcher.h"

namespace mlpc {

// One more fold a rung; the last is the whole trial.
std::vector<Rung> fold_rungs(std::size_t folds);

bool are_finite(const std::vector<double>& folds);
// Of each fold that both have, in order.
std::vector<double> differences(const std::vector<double>& folds, const std::vector<double>& others);

// The best trial that was evaluated on all folds.
class Leader {
public:
    // The earliest told of equals.
    void challenge(const Outcome&);
    bool exists() const { return !folds_.empty(); }
    double mean() const { return mean_; }
    const std::vector<double>& folds() const { return folds_; }

private:
    double mean_ = 0;
    std::vector<double> folds_;
};

}  // namespace mlpc
