// Stochastic gradient descent of a linear model, a row at a time (Bottou 2012: Stochastic gradient descent tricks).
#pragma once

#include "runtime/core/component.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/design_matrix.h"
#include "stdlib/models/linear_fit.h"

#include <limits>

namespace mlpc::models {

enum class SgdLoss { Auto, Hinge, Log, ModifiedHuber, SquaredHinge, Squared, Huber, EpsilonInsensitive };
enum class SgdPenalty { L2, L1, ElasticNet, None };
enum class SgdRate { Auto, Optimal, Constant, InverseScaling };

struct SgdParams {
    SgdLoss loss = SgdLoss::Auto;
    SgdPenalty penalty = SgdPenalty::L2;
    double alpha = 1e-4;
    double l1_ratio = 0.15;
    SgdRate rate = SgdRate::Auto;
    double eta0 = 0.01;
    double power = 0.25;
    double epsilon = 0.1;
    std::int64_t epochs = 1000;
    double tolerance = 1e-3;
    bool average = false;
    ClassWeight class_weight = ClassWeight::None;
};

// Where a descent stands between two epochs; with it the next ones go on as if there had been no break. Coefficients are `scale` times `beta`,
// so that shrinking them all costs one product.
struct SgdState {
    Vector beta, penalised, mean;
    double scale = 1, intercept = 0, mean_intercept = 0, due = 0;
    std::int64_t steps = 0, epochs = 0;
    double best = std::numeric_limits<double>::infinity();  // mean training loss of an epoch
    std::int64_t without_gain = 0;                          // epochs since

    LinearState coefficients(bool average) const;
};

// The state before the first step.
SgdState sgd_start(const DesignMatrix&, const SgdParams&);
// Goes on to `params.epochs` epochs, or to where the loss falls no more. `y` are signs, or numbers. Throws RunError where the coefficients
// leave the range of numbers.
SgdState sgd_descend(SgdState, const DesignMatrix&, const Vector& y, const Vector& weights, const SgdParams&, const Rng&, const FitContext&);

}  // namespace mlpc::models
