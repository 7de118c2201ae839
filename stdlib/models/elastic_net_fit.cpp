#include "stdlib/models/elastic_net_fit.h"

#include "runtime/core/kernels.h"
#include "stdlib/models/coordinate_descent.h"

namespace mlpc::models {

namespace {

constexpr double precision = 1e-16;  // of the objective, as a part of the target's variance

// Columns taken from their means, each row times the root of its weight, and their products: what every alpha has in common.
struct Centred {
    Vector means;
    Matrix x;
    Matrix gram;
    std::size_t bytes() const { return static_cast<std::size_t>(x.size() + gram.size()) * sizeof(double); }
};

std::shared_ptr<const Centred> make_centred(const Frame& frame, const Vector& weights, std::string_view model) {
    const Dense dense = checked_features(frame, model);
    const auto x = dense.matrix();
    const double total = weights.sum();
    auto out = std::make_shared<Centred>();
    out->means.resize(x.cols());
    kernels::matvec_transposed(x.data(), x.rows(), x.cols(), x.rows(), weights.data(), out->means.data());
    out->means /= total;
    const Vector roots = (weights / total).cwiseSqrt();
    out->x.resize(x.rows(), x.cols());
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
        out->x.col(c) = (x.col(c).array() - out->means[c]) * roots.array();
        // What rounding leaves of a constant column must not be taken for information.
        if (out->x.col(c).norm() <= 1e-14 * std::abs(out->means[c])) {
            out->x.col(c).setZero();
        }
    }
    out->gram.resize(x.cols(), x.cols());
    kernels::gram(out->x.data(), x.rows(), x.cols(), x.rows(), nullptr, out->gram.data());
    return out;
}

LinearState fit_by_gram(const Frame& frame, const Target& y, const Vector& weights, const ElasticPenalty& penalty, std::string_view model,
                        const FitContext& context) {
    const auto make = [&] { return make_centred(frame, weights, model); };
    const auto centred = y.weights.empty() ? frame.derived<Centred>("elastic net, products", make) : make();
    const Eigen::Map<const Vector> values(y.values.data(), static_cast<Eigen::Index>(y.values.size()));
    const double total = weights.sum(), mean = weights.dot(values) / total;
    const Vector target = (values.array() - mean) * (weights / total).array().sqrt();
    Vector linear(centred->x.cols());
    kernels::matvec_transposed(centred->x.data(), centred->x.rows(), centred->x.cols(), centred->x.rows(), target.data(), linear.data());
    LinearState state;
    state.coefficients = descend_by_gram(centred->gram, linear, penalty, Vector::Zero(linear.size()), precision * target.squaredNorm(), context);
    state.intercept = mean - centred->means.dot(state.coefficients);
    return state;
}

LinearState fit_by_columns(const Frame& frame, const Target& y, const Vector& weights, const ElasticPenalty& penalty, std::string_view model,
                           const FitContext& context) {
    DesignMatrix x(frame, model);
    x.prepare_columns(frame);
    const Eigen::Map<const Vector> values(y.values.data(), x.rows());
    const Vector shares = weights / weights.sum();
    const double mean = shares.dot(values);
    const Vector residuals = shares.array() * (mean - values.array());
    const Step step = descend_by_columns({.x = x, .residuals = residuals, .weights = shares}, penalty, Vector::Zero(x.columns()), precision, context);
    return {.coefficients = step.change, .intercept = mean + step.shift};
}

}  // namespace

LinearState fit_elastic_net(const Frame& x, const Target& y, double alpha, double share, std::string_view model, const FitContext& context) {
    constexpr std::size_t widest = 2000;  // beyond it the products of all columns take longer than the descent
    const Vector weights = row_weights(y, model);
    const ElasticPenalty penalty{.l1 = alpha * share, .l2 = alpha * (1 - share)};
    const bool by_gram = !x.has_sparse() && x.columns() <= widest && x.columns() <= x.rows();
    return by_gram ? fit_by_gram(x, y, weights, penalty, model, context) : fit_by_columns(x, y, weights, penalty, model, context);
}

}  // namespace mlpc::models
