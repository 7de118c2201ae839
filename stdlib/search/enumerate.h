// The conditional product of the values of every dimension.
#pragma once

#include "runtime/core/space.h"

#include <functional>
#include <optional>
#include <vector>

namespace mlpc {

// Calls `visit` with every feasible point that can be made of `values` (per dimension), each once, the last dimension fastest, so that
// neighbours share the start of their pipeline. False where there are more than `limit` points, feasible or not: some are then missing.
bool enumerate_points(const SearchSpace&, const std::vector<std::vector<double>>& values, std::size_t limit,
                      const std::function<void(const Assignment&)>& visit);
// All feasible points of a finite space that has up to 20,000, feasible or not; nullopt of any other. Throws RunError where none is feasible.
std::optional<std::vector<Assignment>> points_of_small_space(const SearchSpace&);

}  // namespace mlpc
