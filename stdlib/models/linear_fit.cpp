#include "stdlib/models/linear_fit.h"

#include "runtime/core/kernels.h"
#include "stdlib/models/design_matrix.h"

#include <cmath>
#include <optional>

namespace mlpc::models {

namespace {

Vector transposed_times(Eigen::Ref<const Matrix> x, const Vector& v) {
    Vector out(x.cols());
    kernels::matvec_transposed(x.data(), x.rows(), x.cols(), x.outerStride(), v.data(), out.data());
    return out;
}

// Rows scaled by the root of their weight, after the weighted means were taken off.
struct Centred {
    Matrix x;
    Vector y;
    Vector means;
    double mean = 0;
};

Centred centred(Eigen::Map<const Matrix> x, const Target& target, const Vector& weights) {
    const Eigen::Map<const Vector> y(target.values.data(), x.rows());
    const double total = weights.sum();
    const Vector roots = weights.cwiseSqrt();
    Centred out{.x = Matrix(x.rows(), x.cols()), .y = {}, .means = transposed_times(x, weights) / total, .mean = weights.dot(y) / total};
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
        const double mean = out.means[c];
        out.x.col(c) = (x.col(c).array() - mean) * roots.array();
        // What rounding leaves of a constant column must not be taken for information.
        if (out.x.col(c).squaredNorm() <= std::pow(1e-14 * mean, 2) * total) {
            out.x.col(c).setZero();
        }
    }
    out.y = (y.array() - out.mean) * roots.array();
    return out;
}

Vector residual_of(const Centred& problem, const Vector& coefficients) {
    Vector fitted(problem.y.size());
    kernels::matvec(problem.x.data(), problem.x.rows(), problem.x.cols(), problem.x.rows(), coefficients.data(), fitted.data());
    return problem.y - fitted;
}

// By the normal equations, columns scaled alike, with one step of refinement; nullopt where the columns are so nearly dependent that
// squaring their condition would cost digits.
std::optional<Vector> by_normal_equations(const Centred& problem, double alpha) {
    const Eigen::Index d = problem.x.cols();
    Matrix gram(d, d);
    kernels::gram(problem.x.data(), problem.x.rows(), d, problem.x.rows(), nullptr, gram.data());
    gram.diagonal().array() += alpha;
    if (gram.diagonal().minCoeff() <= 0) {
        return std::nullopt;
    }
    const Vector scale = gram.diagonal().cwiseSqrt().cwiseInverse();
    gram = scale.asDiagonal() * gram * scale.asDiagonal();
    constexpr double least_pivot = 1e-4;  // of a factor whose columns have length 1: a condition of some 1e8 in the gram matrix
    if (!kernels::cholesky(gram.data(), d) || gram.diagonal().minCoeff() < least_pivot) {
        return std::nullopt;
    }
    Vector coefficients = Vector::Zero(d);
    for (int step = 0; step < 2; ++step) {
        Vector gradient = transposed_times(problem.x, residual_of(problem, coefficients)) - alpha * coefficients;
        gradient.array() *= scale.array();
        kernels::cholesky_solve(gram.data(), d, gradient.data(), 1);
        coefficients.array() += scale.array() * gradient.array();
    }
    return coefficients;
}

// More columns than rows: β = Xᵀ (XXᵀ + alpha)⁻¹ y, with one step of refinement.
std::optional<Vector> by_dual(const Centred& problem, double alpha) {
    const Eigen::Index n = problem.x.rows();
    const Matrix transposed = problem.x.transpose();
    Matrix gram(n, n);
    kernels::gram(transposed.data(), transposed.rows(), n, transposed.rows(), nullptr, gram.data());
    const double least_pivot = 1e-4 * std::sqrt(gram.diagonal().maxCoeff() + alpha);
    gram.diagonal().array() += alpha;
    if (!kernels::cholesky(gram.data(), n) || gram.diagonal().minCoeff() < least_pivot) {
        return std::nullopt;
    }
    Vector dual = Vector::Zero(n);
    for (int step = 0; step < 2; ++step) {
        Vector correction = residual_of(problem, transposed_times(problem.x, dual)) - alpha * dual;
        kernels::cholesky_solve(gram.data(), n, correction.data(), 1);
        dual += correction;
    }
    return transposed_times(problem.x, dual);
}

// By an orthogonal decomposition that finds the rank; ridge as rows √alpha I below the data.
Vector by_decomposition(const Centred& problem, double alpha) {
    const Eigen::Index n = problem.x.rows(), d = problem.x.cols(), extra = alpha > 0 ? d : 0;
    Matrix x = Matrix::Zero(n + extra, d);
    Vector y = Vector::Zero(n + extra), coefficients(d);
    x.topRows(n) = problem.x;
    y.head(n) = problem.y;
    x.bottomRows(extra).diagonal().setConstant(std::sqrt(alpha));
    kernels::least_squares(x.data(), n + extra, d, n + extra, y.data(), coefficients.data());
    return coefficients;
}

Vector coefficients_of(const Centred& problem, double alpha) {
    const bool wide = problem.x.cols() > problem.x.rows();
    std::optional<Vector> found;
    if (!wide) {
        found = by_normal_equations(problem, alpha);
    } else if (alpha > 0) {
        found = by_dual(problem, alpha);
    }
    return found ? *found : by_decomposition(problem, alpha);
}

}  // namespace

LinearState fit_linear(Eigen::Map<const Matrix> x, const Target& y, const Vector& weights, double alpha) {
    const Centred problem = centred(x, y, weights);
    LinearState state{.coefficients = coefficients_of(problem, alpha), .intercept = 0};
    state.intercept = problem.mean - problem.means.dot(state.coefficients);
    return state;
}

Prediction FittedLinear::predict(const Frame& x) const {
    Vector values = DesignMatrix(x, name_, static_cast<std::size_t>(state_.coefficients.size())).times(state_.coefficients);
    values.array() += state_.intercept;
    return {.task = Task::Regression, .classes = nullptr, .values = std::move(values), .probabilities = {}};
}

void FittedLinear::archive(Archive& a) {
    a.field("coefficients", state_.coefficients);
    a.field("intercept", state_.intercept);
}

}  // namespace mlpc::models
