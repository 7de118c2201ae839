// Coordinate descent on a quadratic with an L1 and an L2 penalty: the core of lasso, elastic net and penalised logistic regression.
#pragma once

#include "stdlib/models/design_matrix.h"

namespace mlpc::models {

struct ElasticPenalty {
    double l1 = 0, l2 = 0;  // l1 Σ|β| + l2 Σβ² / 2
};

// Minimises βᵀ gram β / 2 - linearᵀβ + penalty, from `start`, until a pass changes the objective by less than `enough` in any coordinate.
// Friedman, Hastie, Tibshirani 2010: Regularization paths for generalized linear models via coordinate descent, 2.2.
Vector descend_by_gram(const Matrix& gram, const Vector& linear, const ElasticPenalty&, Vector start, double enough, const FitContext&);

// A weighted least-squares problem in steps from a point: minimises Σ residualᵢ uᵢ + Σ weightᵢ uᵢ² / 2 + penalty(β + δ), u = X δ + shift.
struct WeightedSteps {
    const DesignMatrix& x;  // with columns prepared
    const Vector& residuals;
    const Vector& weights;
};
struct Step {
    Vector change;
    double shift = 0;     // of the intercept
    double greatest = 0;  // change of the objective by one coordinate in the first pass
};
// `share`: it ends where no coordinate changes the objective by more than this part of what the first pass did.
Step descend_by_columns(const WeightedSteps&, const ElasticPenalty&, const Vector& from, double share, const FitContext&);

}  // namespace mlpc::models
