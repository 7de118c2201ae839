// Minimises smooth functions within bounds.
#pragma once

#include "runtime/core/table.h"

#include <functional>

namespace mlpc::surrogate {

// The function at a point; fills the gradient, which has its size already. Infinity where the function is undefined.
using SmoothFunction = std::function<double(const Vector& point, Vector& gradient)>;

struct Box {
    Vector low, high;
};
struct BoxMinimum {
    Vector point;
    double value = 0;
};

// Projected L-BFGS: coordinates that press against a bound stand still in a step, the others go on (Bertsekas 1982, Projected Newton methods).
// `start` lies in the box, and the function is finite there. Ends after so many evaluations, or where a step no longer lessens the value.
BoxMinimum minimise_in_box(const SmoothFunction&, Vector start, const Box&, int most_evaluations, double enough = 1e-9);

}  // namespace mlpc::surrogate
