// The log loss of linear predictors over dense or sparse features, with its curvature as a product.
#pragma once

#include "stdlib/models/design_matrix.h"
#include "stdlib/models/newton_cg.h"

namespace mlpc::models {

// Of `classes` classes: two have one predictor (the log-odds of the second), more one each. A point is (columns + 1) × predictors, the
// intercepts in the last row; they are not penalised. The loss is Σ wᵢ log loss + strength |coefficients|² / 2.
class SoftmaxLoss final : public CurvedLoss {
public:
    // `labels` are 0 … classes - 1. All arguments must outlive it.
    SoftmaxLoss(const DesignMatrix&, const std::vector<int>& labels, Eigen::Index classes, const Vector& weights, double strength);

    Eigen::Index predictors() const { return predictors_; }
    Eigen::Index dimensions() const { return (x_.columns() + 1) * predictors_; }
    double at(const Vector& point, Vector& gradient) override;
    Vector curvature_times(const Vector& v) const override;
    Vector curvature_diagonal() const override;

private:
    double binary_rows(const Vector& z);
    double softmax_rows(Matrix z);
    Matrix predictors_of(const Vector& point) const;
    // One block per column of `by_row`: Xᵀ by_row and its sum, with the penalty on `point`.
    Vector back(const Matrix& by_row, const Vector& point) const;

    const DesignMatrix& x_;
    const std::vector<int>& labels_;
    const Vector& weights_;
    double strength_;
    Eigen::Index predictors_;
    Matrix probabilities_, residuals_;  // rows × predictors
};

}  // namespace mlpc::models
