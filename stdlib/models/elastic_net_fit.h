// Least squares with an L1 and an L2 penalty, of dense and of sparse columns. Shared by lasso and elastic_net.
#pragma once

#include "stdlib/models/linear_fit.h"

namespace mlpc::models {

// Minimises Σ wᵢ (yᵢ - xᵢβ - b)² / (2 Σ wᵢ) + alpha (share Σ|β| + (1 - share) Σβ² / 2), the intercept b free.
LinearState fit_elastic_net(const Frame& x, const Target& y, double alpha, double share, std::string_view model, const FitContext&);

}  // namespace mlpc::models
