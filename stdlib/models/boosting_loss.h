// The losses that boosting lessens: what a model predicts before the first tree, gradients and hessians, and what a leaf of a robust loss
// holds.
#pragma once

#include "runtime/core/target.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace mlpc::models {

enum class NumberLoss { Squared, Absolute, Poisson, Quantile };

// Of classes: the log loss, on log-odds where there are two and on one score a class where there are more.
class BoostingLoss {
public:
    // `quantile` counts for NumberLoss::Quantile. Throws RunError, naming `model`, where a count to be learned by Poisson is negative or all
    // are 0. The target must outlive it.
    BoostingLoss(const Target&, NumberLoss, double quantile, std::string_view model);

    Eigen::Index scores() const;  // a row
    Vector first_scores(const Vector& weights) const;
    // Both by row and score, for these scores (rows × scores()); rows of weight 0 count for nothing.
    void derivatives(const Matrix& scores, const Vector& weights, Matrix& gradients, Matrix& hessians) const;
    // Weighted mean over the rows.
    double mean(const Matrix& scores, const Vector& weights, std::span<const std::uint32_t> rows) const;
    // Whether a leaf of its trees holds what leaf_value() says instead of a quotient of sums.
    bool sets_leaves() const;
    double leaf_value(const Matrix& scores, const Vector& weights, std::span<const std::uint32_t> rows) const;

private:
    double loss_of(const Matrix& scores, std::size_t row) const;
    std::pair<double, double> number_gradient(double score, double y) const;

    const Target& y_;
    NumberLoss loss_;
    double quantile_;
};

// Class probabilities, or numbers, of scores.
Matrix boosted_probabilities(const Matrix& scores);
Vector boosted_numbers(const Matrix& scores, NumberLoss);

}  // namespace mlpc::models
