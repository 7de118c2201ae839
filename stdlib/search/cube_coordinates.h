// Points of a search space by coordinates in the unit cube: in each dimension the share of its prior that lies below the value.
#pragma once

#include "runtime/core/space.h"

#include <optional>
#include <vector>

namespace mlpc {

// The point at these coordinates, each in [0, 1]; those of inactive dimensions are skipped. Constraints are not looked at.
Assignment point_at(const SearchSpace&, const std::vector<double>& coordinates);

// The coordinates that stand for one value.
struct Cell {
    double low = 0, high = 1;
};
// nullopt where the values are a continuum, so that a value has one coordinate.
std::optional<Cell> cell_of(const Dimension&, double value);

}  // namespace mlpc
