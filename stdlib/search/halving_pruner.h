// The pruner that lets one trial in eta go on from each rung, without waiting for the others.
#pragma once

#include "stdlib/search/brackets.h"
#include "stdlib/search/standing.h"

#include <vector>

namespace mlpc {

// What has been found at each rung of one bracket, and who goes on from it (Li et al. 2020; rules of Optuna's SuccessiveHalvingPruner).
class HalvingRule {
public:
    // Nobody goes on from a rung that no more than `startup` trials have reached.
    HalvingRule(std::size_t rungs, std::int64_t eta, std::size_t startup);
    // Told of a trial that has reached that rung; whether it ends there.
    bool gives_up(std::size_t rung, const Outcome&);

private:
    std::size_t eta_, startup_;
    std::vector<std::vector<Standing>> reached_;  // by rung, ascending
};

std::vector<Rung> rungs_of(std::span<const Share>);

}  // namespace mlpc
