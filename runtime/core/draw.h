// Points drawn from a search space by its priors.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/space.h"

namespace mlpc {

// A stream per dimension by its name, so that a dimension more does not change the others' values. Constraints are not looked at.
Assignment draw_by_prior(const SearchSpace&, const Rng&);
// The first of such draws that satisfies the constraints. Throws RunError where thousands in a row do not.
Assignment draw_feasible(const SearchSpace&, const Rng&);
// The points of a finite space in the order in which draws by the prior without replacement would take them.
std::vector<Assignment> drawn_without_replacement(const SearchSpace&, const std::vector<Assignment>& points, const Rng&);

}  // namespace mlpc
