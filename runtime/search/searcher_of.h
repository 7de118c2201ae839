// The searcher that a `search` declares: its method, the points to try first, its pruner.
#pragma once

#include "runtime/core/experiment.h"

#include <memory>

namespace mlpc {

// How many evaluations may be in flight where that decides what is proposed.
std::size_t batch_of(const SearchSpec&);
// In the place of a seed and an outer fold (-1: over all training rows). Throws RunError where the method cannot search this space, or the
// clauses do not go together.
std::unique_ptr<Searcher> searcher_of(const Experiment&, const SearchSpec&, std::uint32_t seed, int outer, std::size_t folds);

}  // namespace mlpc
