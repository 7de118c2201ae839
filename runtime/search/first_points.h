// A searcher that is given points to try before those of its own.
#pragma once

#include "runtime/core/searcher.h"

#include <memory>
#include <vector>

namespace mlpc {

// The points count as the method's first trials: it hears of them, and proposes as many fewer. Methods whose proposals depend on no result
// propose all of theirs behind them.
std::unique_ptr<TrialSearcher> with_first_points(std::unique_ptr<TrialSearcher>, std::vector<Assignment> points);

}  // namespace mlpc
