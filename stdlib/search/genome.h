// A point as evolutionary searches inherit it: a gene for every dimension, also for those that are inactive at the moment.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/space.h"

#include <vector>

namespace mlpc {

// Coordinates in the unit cube, as point_at takes them.
using Genome = std::vector<double>;

// Of a feasible point drawn by the prior. Throws RunError where none is found.
Genome random_genome(const SearchSpace&, const Rng&);

}  // namespace mlpc
