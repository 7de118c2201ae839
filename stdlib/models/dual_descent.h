// Dual coordinate descent for linear support vector machines whose loss has a kink: hinge and epsilon-insensitive.
#pragma once

#include "stdlib/models/design_matrix.h"
#include "stdlib/models/linear_fit.h"

namespace mlpc::models {

// Minimises |β|² / 2 + b² / 2 + Σ upperᵢ max(0, 1 - signᵢ (xᵢβ + b)). Hsieh et al. 2008: A dual coordinate descent method for large-scale
// linear SVM. `tolerance`: of the greatest projected gradient.
LinearState descend_hinge(const DesignMatrix& x, const Vector& signs, const Vector& upper, double tolerance, const FitContext&);

// Minimises |β|² / 2 + b² / 2 + Σ upperᵢ max(0, |yᵢ - xᵢβ - b| - epsilon). Ho, Lin 2012: Large-scale linear support vector regression.
LinearState descend_tube(const DesignMatrix& x, const Vector& y, const Vector& upper, double epsilon, double tolerance, const FitContext&);

}  // namespace mlpc::models
