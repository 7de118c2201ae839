// A searcher that spends its budget in brackets of successive halving: trials that do well on a share of the effort go on to more of it.
#pragma once

#include "stdlib/search/brackets.h"
#include "stdlib/search/point_pool.h"

#include <memory>

namespace mlpc {

// Where the points of new trials come from.
class PointSource {
public:
    virtual ~PointSource() = default;
    // nullopt where there are no more.
    virtual std::optional<Assignment> next(std::uint64_t trial) = 0;
    // Of every evaluation, in the order told.
    virtual void learn(const Suggestion&, const Outcome&) = 0;
};

// Draws by the prior, those of a small finite space each once.
std::unique_ptr<PointSource> random_points(PointPool);

// `rounds` of brackets, or as many as take `trials` new trials; never more trials than there are points.
HyperbandBudget budget_of(std::int64_t rounds, std::optional<std::int64_t> trials, const PointPool&);

// The brackets in order. A rung begins when all results of the one before are there; a failed or abandoned trial never goes on. While a rung
// waits for results, the next bracket begins, so that evaluations in flight are as many as may be.
std::unique_ptr<Searcher> bracket_searcher(std::vector<Bracket>, std::unique_ptr<PointSource>);

}  // namespace mlpc
