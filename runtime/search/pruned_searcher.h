// A searcher whose trials climb the rungs of a pruner instead of being evaluated whole at once.
#pragma once

#include "runtime/core/searcher.h"

#include <memory>

namespace mlpc {

// Trials that go on come before new ones. The searcher within is told of a trial once: when it ends, with what it had found by then, or as
// one that was evaluated whole with the value that the pruner expects of it.
std::unique_ptr<Searcher> pruned_searcher(std::unique_ptr<TrialSearcher>, std::unique_ptr<Pruner>);

}  // namespace mlpc
