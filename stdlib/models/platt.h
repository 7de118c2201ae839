// Probabilities from decisions: Platt's sigmoid, and one distribution from those of all pairs of classes.
#pragma once

#include "runtime/core/table.h"

namespace mlpc::models {

// P(positive | decision) = 1 / (1 + exp(slope · decision + offset)).
struct Sigmoid {
    double slope = 0, offset = 0;
    double probability(double decision) const;
};
// Lin, Lin, Weng 2007: A note on Platt's probabilistic outputs for support vector machines.
Sigmoid fit_sigmoid(const Vector& decisions, const std::vector<bool>& positive, const Vector& weights);

// pairs(a, b): the probability of class a where only a and b are possible. Wu, Lin, Weng 2004: Probability estimates for multi-class
// classification by pairwise coupling, second method.
Vector couple_pairs(const Matrix& pairs);

}  // namespace mlpc::models
