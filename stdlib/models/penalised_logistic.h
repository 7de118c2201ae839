// Logistic regression with an L1 penalty, alone or beside an L2 penalty.
#pragma once

#include "stdlib/models/coordinate_descent.h"

namespace mlpc::models {

// Minimises Σ wᵢ log loss + l1 Σ|β| + l2 Σβ² / 2, intercepts free. Labels are 0 … classes - 1; two classes have one predictor, more one
// each. Returns (columns + 1) × predictors, the intercepts in the last row. Throws as checked_features.
Matrix fit_penalised_logistic(const Frame& x, const std::vector<int>& labels, Eigen::Index classes, const Vector& weights, const ElasticPenalty&,
                              const FitContext&);

}  // namespace mlpc::models
