// A searcher that is given points to try before those of its own.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/searcher.h"

#include <memory>
#include <vector>

namespace mlpc {

// Whole points of ones that give some of their values: what they leave open is drawn by the prior, from a stream of each point's own. Throws
// RunError where no draw keeps the constraints and has all that the point gives.
std::vector<Assignment> completed(const std::vector<Assignment>&, const SearchSpace&, const Rng&);

// The points count as the method's first trials: it hears of them, and proposes as many fewer. Methods whose proposals depend on no result
// propose all of theirs behind them.
std::unique_ptr<TrialSearcher> with_first_points(std::unique_ptr<TrialSearcher>, std::vector<Assignment> points);

}  // namespace mlpc
