// A Searcher that goes along a sequence of points of the unit cube.
#pragma once

#include "runtime/core/component.h"
#include "stdlib/search/low_discrepancy.h"

#include <functional>

namespace mlpc {

using CubeSequence = std::function<UnitPoint(std::uint64_t index)>;

// Every dimension has a coordinate of its own, looked at where it is active. Points that break a constraint, and of a small finite space those
// that were proposed before, are passed over.
std::unique_ptr<Searcher> sequence_searcher(const SearchSpace&, CubeSequence, std::uint64_t trials, const Rng&);

}  // namespace mlpc
