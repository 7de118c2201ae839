// Smooth losses of one linear predictor, row by row, over dense or sparse features.
#pragma once

#include "stdlib/models/design_matrix.h"
#include "stdlib/models/linear_fit.h"
#include "stdlib/models/newton_cg.h"

#include <functional>

namespace mlpc::models {

// What a row costs at a value of the predictor, with its first and second derivative (where it has a kink in the slope, either side's).
struct RowTerm {
    double loss = 0, slope = 0, curvature = 0;
};
using RowLoss = std::function<RowTerm(double predictor, Eigen::Index row)>;

// The intercept is free, or penalised like a coefficient, as LIBLINEAR does.
enum class Intercept { Free, Penalised };

// Σ wᵢ loss(xᵢβ + b) + strength |β|² / 2. A point is β, then b.
class PredictorLoss final : public CurvedLoss {
public:
    PredictorLoss(const DesignMatrix& x, RowLoss row, const Vector& weights, double strength, Intercept intercept)
        : x_(x), row_(std::move(row)), weights_(weights), strength_(strength), intercept_(intercept == Intercept::Penalised ? strength : 0) {}

    double at(const Vector& point, Vector& gradient) override;
    Vector curvature_times(const Vector& v) const override;
    Vector curvature_diagonal() const override;

private:
    Vector predictors_of(const Vector& point) const;
    Vector back(const Vector& by_row, const Vector& point) const;

    const DesignMatrix& x_;
    RowLoss row_;
    const Vector& weights_;
    double strength_, intercept_;
    Vector slope_, curvature_;
};

// Its minimum. `start` is the intercept's first value. Throws RunError, naming the model, where that is not finite.
LinearState minimise_row_loss(const DesignMatrix& x, RowLoss row, const Vector& weights, double strength, Intercept intercept, double start,
                              std::string_view model, const FitContext&);

}  // namespace mlpc::models
