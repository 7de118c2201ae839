#include "stdlib/models/gaussian_process_fit.h"

#include "runtime/core/error.h"

#include <Eigen/Cholesky>

#include <cmath>
#include <limits>
#include <numbers>

namespace mlpc::models {

namespace {

// What rounding takes from the smallest eigenvalues, by the variance.
constexpr double jitter = 1e-10;

void add_noise(Matrix& covariance, double variance, double noise, const Vector& weights) {
    for (Eigen::Index row = 0; row < covariance.rows(); ++row) {
        covariance(row, row) += noise / weights[row] + jitter * variance;
    }
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

// log(1 + exp(-x)) without overflow.
double softplus_of_minus(double x) { return x > 0 ? std::log1p(std::exp(-x)) : -x + std::log1p(std::exp(x)); }

}  // namespace

Evidence regression_evidence(const Covariance& function, double noise, const Matrix& rows, const Vector& y, const Vector& weights) {
    const Matrix scaled = function.scaled(rows);
    Matrix slope;
    const Matrix covariance = function.within(scaled, slope);
    Matrix noisy = covariance;
    add_noise(noisy, function.variance, noise, weights);
    const Eigen::LLT<Matrix> factor(noisy);
    Evidence evidence{.log_likelihood = -std::numeric_limits<double>::infinity(), .gradient = Vector::Zero(2 + function.lengths.size())};
    if (factor.info() != Eigen::Success) {
        return evidence;
    }
    const Vector coefficients = factor.solve(y);
    const double log_determinant = 2 * factor.matrixLLT().diagonal().array().log().sum();
    evidence.log_likelihood = -0.5 * (y.dot(coefficients) + log_determinant + static_cast<double>(y.size()) * std::log(2 * std::numbers::pi));
    const Matrix m = coefficients * coefficients.transpose() - factor.solve(Matrix::Identity(y.size(), y.size()));
    evidence.gradient.head(1 + function.lengths.size()) = 0.5 * function.gradient(scaled, covariance, slope, m);
    evidence.gradient[0] += 0.5 * jitter * function.variance * m.trace();
    evidence.gradient[1 + function.lengths.size()] = 0.5 * noise * m.diagonal().cwiseQuotient(weights).sum();
    return evidence;
}

Vector regression_coefficients(const Covariance& function, double noise, const Matrix& rows, const Vector& y, const Vector& weights) {
    Matrix slope;
    Matrix covariance = function.within(function.scaled(rows), slope);
    add_noise(covariance, function.variance, noise, weights);
    const Eigen::LLT<Matrix> factor(covariance);
    if (factor.info() != Eigen::Success) {
        throw RunError("the covariance matrix of `gaussian_process` is singular: rows are equal or nearly so; raise `noise` or drop duplicates");
    }
    return factor.solve(y);
}

void BinaryPosterior::archive(Archive& a) {
    a.field("pull", pull);
    a.field("root", root);
    a.field("triangle", triangle);
    a.field("log_likelihood", log_likelihood);
}

BinaryPosterior binary_posterior(const Matrix& covariance, const Vector& y, const Vector& weights) {
    constexpr int most_steps = 100;
    constexpr double enough = 1e-10;
    const Eigen::Index rows = y.size();
    Vector mode = Vector::Zero(rows);
    BinaryPosterior posterior{.pull = {}, .root = {}, .triangle = {}, .log_likelihood = -std::numeric_limits<double>::infinity()};
    for (int step = 0; step < most_steps; ++step) {
        const Vector probability = mode.unaryExpr(&logistic);
        const Vector curvature = weights.array() * probability.array() * (1 - probability.array());
        posterior.root = curvature.cwiseSqrt();
        const Matrix rooted = posterior.root.asDiagonal() * covariance;
        Matrix b = rooted * posterior.root.asDiagonal();
        b.diagonal().array() += 1;
        const Eigen::LLT<Matrix> factor(b);
        posterior.triangle = factor.matrixL();
        posterior.pull = weights.cwiseProduct(y - probability);
        const Vector target = curvature.cwiseProduct(mode) + posterior.pull;
        const Vector a = target - posterior.root.cwiseProduct(factor.solve(rooted * target));
        mode = covariance * a;
        double log_likelihood = -0.5 * a.dot(mode) - posterior.triangle.diagonal().array().log().sum();
        for (Eigen::Index row = 0; row < rows; ++row) {
            log_likelihood -= weights[row] * softplus_of_minus(y[row] > 0.5 ? mode[row] : -mode[row]);
        }
        if (!(log_likelihood - posterior.log_likelihood >= enough)) {
            break;
        }
        posterior.log_likelihood = log_likelihood;
    }
    return posterior;
}

Evidence binary_evidence(const Covariance& function, const Matrix& rows, const Vector& y, const Vector& weights) {
    const Matrix scaled = function.scaled(rows);
    Matrix slope;
    const Matrix covariance = function.within(scaled, slope);
    const BinaryPosterior posterior = binary_posterior(covariance, y, weights);
    const auto lower = posterior.triangle.triangularView<Eigen::Lower>();
    // R = root (1 + root K root)^-1 root.
    const Matrix half = lower.solve(Matrix(posterior.root.asDiagonal()));
    const Matrix r = half.transpose() * half;
    const Matrix c = half * covariance;
    // y - probability at the mode, without the rows' weights.
    const Vector probability = y - posterior.pull.cwiseQuotient(weights);
    const Vector third = posterior.root.array().square() * (1 - 2 * probability.array());
    const Vector s2 = -0.5 * (covariance.diagonal() - c.colwise().squaredNorm().transpose()).cwiseProduct(third);
    // At the mode K^-1 f is the pull.
    const Vector u = s2 - r * (covariance * s2);
    const Matrix m =
        0.5 * (posterior.pull * posterior.pull.transpose() - r) + 0.5 * (u * posterior.pull.transpose() + posterior.pull * u.transpose());
    return {.log_likelihood = posterior.log_likelihood, .gradient = function.gradient(scaled, covariance, slope, m)};
}

double ordered_dot(const double* a, const double* b, Eigen::Index count) {
    double sums[4] = {0, 0, 0, 0};
    Eigen::Index i = 0;
    for (; i + 4 <= count; i += 4) {
        for (int lane = 0; lane < 4; ++lane) {
            sums[lane] += a[i + lane] * b[i + lane];
        }
    }
    for (; i < count; ++i) {
        sums[0] += a[i] * b[i];
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

double binary_probability(const BinaryPosterior& posterior, const double* covariance, double variance) {
    const Eigen::Index rows = posterior.pull.size();
    const double mean = ordered_dot(covariance, posterior.pull.data(), rows);
    Vector v(rows);
    for (Eigen::Index row = 0; row < rows; ++row) {
        v[row] = posterior.root[row] * covariance[row];
    }
    posterior.triangle.triangularView<Eigen::Lower>().solveInPlace(v);
    const double spread = variance - ordered_dot(v.data(), v.data(), rows);
    if (!(spread > 0)) {
        return logistic(mean);
    }
    // Williams, Barber 1998: Bayesian classification with Gaussian processes, appendix A: the logistic function as a sum of five error functions.
    constexpr double scales[] = {0.41, 0.4, 0.37, 0.44, 0.39};
    constexpr double shares[] = {-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654};
    const double alpha = 1 / (2 * spread);
    double probability = 0;
    for (int i = 0; i < 5; ++i) {
        const double integral = std::sqrt(std::numbers::pi / alpha) *
                                std::erf(scales[i] * mean * std::sqrt(alpha / (alpha + scales[i] * scales[i]))) /
                                (2 * std::sqrt(spread * 2 * std::numbers::pi));
        probability += shares[i] * (integral + 0.5);
    }
    return std::min(1.0, std::max(0.0, probability));
}

}  // namespace mlpc::models
