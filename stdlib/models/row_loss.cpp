#include "stdlib/models/row_loss.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

namespace mlpc::models {

Vector PredictorLoss::predictors_of(const Vector& point) const {
    Vector z = x_.times(Vector(point.head(x_.columns())));
    z.array() += point[x_.columns()];
    return z;
}

Vector PredictorLoss::back(const Vector& by_row, const Vector& point) const {
    Vector out(x_.columns() + 1);
    out.head(x_.columns()) = x_.transposed_times(by_row) + strength_ * point.head(x_.columns());
    out[x_.columns()] = by_row.sum() + intercept_ * point[x_.columns()];
    return out;
}

double PredictorLoss::at(const Vector& point, Vector& gradient) {
    const Vector z = predictors_of(point);
    slope_.resize(z.size());
    curvature_.resize(z.size());
    double loss = 0;
    for (Eigen::Index row = 0; row < z.size(); ++row) {
        const RowTerm term = row_(z[row], row);
        loss += weights_[row] * term.loss;
        slope_[row] = weights_[row] * term.slope;
        curvature_[row] = weights_[row] * term.curvature;
    }
    gradient = back(slope_, point);
    const double b = point[x_.columns()];
    return loss + strength_ / 2 * point.head(x_.columns()).squaredNorm() + intercept_ / 2 * b * b;
}

Vector PredictorLoss::curvature_times(const Vector& v) const { return back(predictors_of(v).cwiseProduct(curvature_), v); }

Vector PredictorLoss::curvature_diagonal() const {
    Vector out(x_.columns() + 1);
    out.head(x_.columns()) = x_.weighted_squares(curvature_).array() + strength_;
    out[x_.columns()] = curvature_.sum() + intercept_;
    return out;
}

LinearState minimise_row_loss(const DesignMatrix& x, RowLoss row, const Vector& weights, double strength, Intercept intercept, double start,
                              std::string_view model, const FitContext& context) {
    PredictorLoss loss(x, std::move(row), weights, strength, intercept);
    Vector point = Vector::Zero(x.columns() + 1);
    point[x.columns()] = start;
    point = minimise_newton_cg(loss, std::move(point), 0, context).point;
    if (!point.allFinite()) {
        throw RunError(fmt::format("`{}` did not converge to finite coefficients; put `scale(standard)` before it", model));
    }
    return {.coefficients = point.head(x.columns()), .intercept = point[x.columns()]};
}

}  // namespace mlpc::models
