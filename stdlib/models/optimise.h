// Minimisers of smooth convex losses, for models that are fitted by one.
#pragma once

#include "runtime/core/component.h"

#include <functional>

namespace mlpc::models {

// The loss at a point; fills the gradient, and the Hessian (both triangles) where it is not null.
using SmoothLoss = std::function<double(const Vector& point, Vector& gradient, Matrix* hessian)>;

struct Minimum {
    Vector point;
    bool converged = false;
};

// Newton's method with a line search. The Hessian of the last full step serves again where the point hardly moved, so that the last digits
// cost a gradient each. A loss below `floor` is as good as none: the minimum lies at infinity.
Minimum minimise_newton(const SmoothLoss&, Vector start, double floor, const FitContext&);

// L-BFGS (Nocedal, Wright: Numerical Optimization, 2nd ed., 7.2), for points with too many coordinates for a Hessian.
Minimum minimise_lbfgs(const SmoothLoss&, Vector start, double floor, const FitContext&);

}  // namespace mlpc::models
