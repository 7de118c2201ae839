// The values of one dimension of a search space: all of them, some evenly spaced, or one drawn by its prior.
#pragma once

#include "runtime/core/space.h"

namespace mlpc {

// How many values it can take; nullopt where they are a continuum or unbounded.
std::optional<std::uint64_t> value_count(const Dimension&);
// All values of a dimension that has a value_count, ascending.
std::vector<double> all_values(const Dimension&);
// The prior probability of one of all_values.
double probability(const Dimension&, double value);
// All values where they are choices or steps, else up to `points` of them from low to high: evenly spaced, on a log scale where the
// prior is logarithmic, at the middles of equally likely shares where it is normal. Ascending, without duplicates.
std::vector<double> grid_values(const Dimension&, std::size_t points);
// The value below which the prior has the share u in [0, 1): of a uniform u, a draw. Normal priors are cut off at low and high where
// those differ.
double quantile(const Dimension&, double u);
// The share of the prior below a value, in [0, 1], the middle of its share where it has one: quantile's inverse.
double position(const Dimension&, double value);

}  // namespace mlpc
