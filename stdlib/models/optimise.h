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

struct NewtonLimits {
    int most_steps = 200;
    double tiny = 1e-20;  // squared length of the last step in the metric of the loss, per unit of loss
    double floor = 0;     // a loss below it is as good as none: the minimum lies at infinity
};

// Newton's method with a line search. The Hessian of the last full step serves again where the point hardly moved, so that the last digits
// cost a gradient each.
Minimum minimise_newton(const SmoothLoss&, Vector start, const NewtonLimits&, const FitContext&);

// L-BFGS (Nocedal, Wright: Numerical Optimization, 2nd ed., 7.2), for points with too many coordinates for a Hessian.
// It ends where no coordinate of the gradient exceeds `share` of the greatest one at the start.
Minimum minimise_lbfgs(const SmoothLoss&, Vector start, double floor, const FitContext&, double share = 1e-10, int most_steps = 5000);

// A loss near a point: what it is there, its gradient and its Hessian (both triangles).
struct QuadraticModel {
    Vector point;
    double loss = 0;
    Vector gradient;
    Matrix hessian;
};
// Quasi-Newton steps (BFGS from the Hessian given) that ask for gradients alone: for a minimum near a point whose Hessian is known. The
// step after the last that is longer than `tiny` (as NewtonLimits::tiny) is taken too, and brings the length down much further.
Minimum minimise_near(const SmoothLoss&, QuadraticModel, double tiny, const FitContext&);

// The Hessian at a point, roughly: square blocks on its diagonal, side by side, one after the other along the point.
using HessianBlocks = std::function<Matrix(const Vector& point)>;
// Quasi-Newton steps as minimise_near's, from blocks at the start and, where many steps are left, at later points: for a loss of many predictors
// over the same columns, whose whole Hessian costs more than many gradients. The predictors of the start sum to zero in every column, and so do
// those of each point (what the loss of softmax leaves open, and a penalty asks for).
Minimum minimise_in_blocks(const SmoothLoss&, Vector start, const HessianBlocks&, double tiny, int most_steps, const FitContext&);

}  // namespace mlpc::models
