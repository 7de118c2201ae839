// Whether the best values of a number lie at an end of its range.
#pragma once

#include "runtime/reading/observations.h"
#include "runtime/reading/search_reading.h"

namespace mlpc {

struct EdgeFinding {
    Edge edge = Edge::None;
    std::size_t seeds = 0;  // that agree
};
// `top`: so many observations count as the best; `p_value`: of a difference along the axis. None where the end is one that the parameter
// itself is likely to have: 0, an integer's 1, a share's 1.
EdgeFinding edge_of(const SearchRecord&, const Observations&, std::size_t axis, std::size_t top, double p_value);

}  // namespace mlpc
