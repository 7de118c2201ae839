// Newton's method whose steps are found by conjugate gradients, for losses with too many coordinates for a Hessian.
#pragma once

#include "stdlib/models/optimise.h"

namespace mlpc::models {

class CurvedLoss {
public:
    virtual ~CurvedLoss() = default;
    // The loss at a point; fills the gradient. What follows speaks of the last point given.
    virtual double at(const Vector& point, Vector& gradient) = 0;
    virtual Vector curvature_times(const Vector& v) const = 0;
    virtual Vector curvature_diagonal() const = 0;
};

// Dembo, Eisenstat, Steihaug 1982: Inexact Newton methods. `floor`: a loss below it is as good as none, the minimum lies at infinity.
Minimum minimise_newton_cg(CurvedLoss&, Vector start, double floor, const FitContext&);

}  // namespace mlpc::models
