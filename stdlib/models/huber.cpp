// Linear regression that large errors do not lead astray: Huber's loss with the scale of the errors estimated along.
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/linear_fit.h"
#include "stdlib/models/optimise.h"

#include <cmath>

namespace mlpc {

namespace {

struct HuberParams {
    double epsilon = 1.35;
    double alpha = 1e-4;
};

const Schema<HuberParams>& huber_schema() {
    static const Schema<HuberParams> schema = {
        field(&HuberParams::epsilon, {.name = "epsilon",
                                      .doc = "From how many times their scale errors count by size instead of by square",
                                      .valid = {.low = 1},
                                      .search = {.low = 1, .high = 3}}),
        field(&HuberParams::alpha, {.name = "alpha",
                                    .doc = "Strength of the penalty alpha |coefficients|²",
                                    .valid = {.low = 0},
                                    .search = {.low = 1e-6, .high = 1e1, .log = true}}),
    };
    return schema;
}

// Columns with mean 0 and length √rows, for the conditioning; the penalty is on the coefficients of the columns as they were.
struct Standardised {
    Vector means, scales;
    Matrix x;
};

Standardised standardised(Eigen::Map<const Matrix> x) {
    Standardised out{.means = Vector(x.cols()), .scales = Vector(x.cols()), .x = x};
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
        auto column = out.x.col(c);
        double sum = 0, squares = 0;
        for (Eigen::Index row = 0; row < x.rows(); ++row) {
            sum += x(row, c);
        }
        out.means[c] = sum / static_cast<double>(x.rows());
        for (Eigen::Index row = 0; row < x.rows(); ++row) {
            column[row] -= out.means[c];
            squares += column[row] * column[row];
        }
        const double scale = std::sqrt(squares / static_cast<double>(x.rows()));
        // What rounding leaves of a constant column must not be taken for information.
        const bool varies = scale > 1e-14 * std::abs(out.means[c]);
        out.scales[c] = varies ? scale : 0;
        column.array() *= varies ? 1 / scale : 0;
    }
    return out;
}

// Huber 1981 with the concomitant scale σ = exp(last coordinate): Σ wᵢ (σ + H(rᵢ / σ) σ) + alpha |β|². A point is the coefficients of the
// standardised columns, the intercept, and log σ.
class HuberLoss {
public:
    HuberLoss(const Standardised& data, const Target& y, const Vector& weights, HuberParams params)
        : data_(data), y_(y.values.data(), data.x.rows()), weights_(weights), total_(weights.sum()), params_(params) {}

    double operator()(const Vector& point, Vector& gradient, Matrix*) const {
        const Eigen::Index columns = data_.x.cols();
        const double sigma = std::exp(point[columns + 1]), bound = params_.epsilon * sigma;
        Vector residual(data_.x.rows());
        kernels::matvec(data_.x.data(), data_.x.rows(), columns, data_.x.rows(), point.data(), residual.data());
        double loss = total_ * sigma, by_sigma = total_, by_intercept = 0;
        for (Eigen::Index row = 0; row < residual.size(); ++row) {
            const double error = residual[row] + point[columns] - y_[row], size = std::abs(error), weight = weights_[row];
            if (size <= bound) {
                loss += weight * error * error / sigma;
                by_sigma -= weight * (error / sigma) * (error / sigma);
                residual[row] = 2 * weight * error / sigma;
            } else {
                loss += weight * (2 * params_.epsilon * size - sigma * params_.epsilon * params_.epsilon);
                by_sigma -= weight * params_.epsilon * params_.epsilon;
                residual[row] = 2 * weight * params_.epsilon * (error > 0 ? 1 : -1);
            }
            by_intercept += residual[row];
        }
        kernels::matvec_transposed(data_.x.data(), data_.x.rows(), columns, data_.x.rows(), residual.data(), gradient.data());
        for (Eigen::Index c = 0; c < columns; ++c) {
            if (data_.scales[c] > 0) {
                const double beta = point[c] / data_.scales[c];
                loss += params_.alpha * beta * beta;
                gradient[c] += 2 * params_.alpha * beta / data_.scales[c];
            }
        }
        gradient[columns] = by_intercept;
        gradient[columns + 1] = by_sigma * sigma;
        return loss;
    }

private:
    const Standardised& data_;
    Eigen::Map<const Vector> y_;
    const Vector& weights_;
    double total_;
    HuberParams params_;
};

class Huber final : public Model {
public:
    explicit Huber(HuberParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Dense dense = models::checked_features(x, "huber");
        const Standardised data = standardised(dense.matrix());
        const Vector weights = models::row_weights(y, "huber");
        const HuberLoss loss(data, y, weights, params_);
        const Eigen::Index columns = data.x.cols();
        const Eigen::Map<const Vector> values(y.values.data(), data.x.rows());
        Vector start = Vector::Zero(columns + 2);
        start[columns] = weights.dot(values) / weights.sum();
        const double spread = std::sqrt(weights.dot((values.array() - start[columns]).square().matrix()) / weights.sum());
        if (!(spread > 0)) {
            return std::make_unique<models::FittedLinear>("huber",
                                                          models::LinearState{.coefficients = Vector::Zero(columns), .intercept = values[0]});
        }
        start[columns + 1] = std::log(spread);
        const Vector point = models::minimise_lbfgs(std::cref(loss), start, -1, context).point;
        if (!point.allFinite()) {
            throw RunError("`huber` did not converge to finite coefficients; look for infinite or huge values of the target");
        }
        models::LinearState state{.coefficients = Vector::Zero(columns), .intercept = point[columns]};
        for (Eigen::Index c = 0; c < columns; ++c) {
            state.coefficients[c] = data.scales[c] > 0 ? point[c] / data.scales[c] : 0;
        }
        state.intercept -= data.means.dot(state.coefficients);
        return std::make_unique<models::FittedLinear>("huber", std::move(state));
    }

private:
    HuberParams params_;
};

}  // namespace

void add_huber(Catalog& catalog) {
    ComponentInfo info;
    info.name = "huber";
    info.kind = ComponentKind::Model;
    info.summary = "Linear regression that is robust against outliers of the target";
    info.source = "Huber, Ronchetti 2009: Robust Statistics, 2nd ed., 7.7; Owen 2007: A robust hybrid of lasso and ridge regression";
    info.example = "huber(epsilon in 1.0..3.0)";
    info.params = specs_of(huber_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Huber>(read_params(huber_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("huber"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
