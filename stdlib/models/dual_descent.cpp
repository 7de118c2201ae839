#include "stdlib/models/dual_descent.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::models {

namespace {

constexpr int most_passes = 20'000;

// Rows side by side, with the intercept's coefficient behind the others.
class Rows {
public:
    explicit Rows(const DesignMatrix& x) : x_(x), beta_(Vector::Zero(x.columns())) {
        if (!x.is_sparse()) {
            transposed_ = x.dense().transpose();
        }
    }
    double times(Eigen::Index row) const {
        double sum = intercept_;
        if (!x_.is_sparse()) {
            const double* cells = transposed_.data() + row * transposed_.rows();
            for (Eigen::Index c = 0; c < transposed_.rows(); ++c) {
                sum += cells[c] * beta_[c];
            }
            return sum;
        }
        const SparseRows& cells = x_.sparse();
        const auto r = static_cast<std::size_t>(row);
        for (std::uint64_t i = cells.offsets[r]; i < cells.offsets[r + 1]; ++i) {
            sum += cells.values[i] * beta_[cells.indices[i]];
        }
        return sum;
    }
    // β += factor · row.
    void add(Eigen::Index row, double factor) {
        intercept_ += factor;
        if (!x_.is_sparse()) {
            const double* cells = transposed_.data() + row * transposed_.rows();
            for (Eigen::Index c = 0; c < transposed_.rows(); ++c) {
                beta_[c] += factor * cells[c];
            }
            return;
        }
        const SparseRows& cells = x_.sparse();
        const auto r = static_cast<std::size_t>(row);
        for (std::uint64_t i = cells.offsets[r]; i < cells.offsets[r + 1]; ++i) {
            beta_[cells.indices[i]] += factor * cells.values[i];
        }
    }
    double square(Eigen::Index row) const {
        double sum = 1;
        if (!x_.is_sparse()) {
            return sum + transposed_.col(row).squaredNorm();
        }
        const SparseRows& cells = x_.sparse();
        const auto r = static_cast<std::size_t>(row);
        for (std::uint64_t i = cells.offsets[r]; i < cells.offsets[r + 1]; ++i) {
            sum += cells.values[i] * cells.values[i];
        }
        return sum;
    }
    LinearState state() && { return {.coefficients = std::move(beta_), .intercept = intercept_}; }

private:
    const DesignMatrix& x_;
    Matrix transposed_;
    Vector beta_;
    double intercept_ = 0;
};

// Passes over the rows in random order, each moving one dual variable, until `step` moves none by more than the tolerance. The order is
// drawn from a stream of its own that is always the same: the minimum does not depend on it.
template <class Move>
void sweep(Eigen::Index rows, double tolerance, const FitContext& context, const Move& move) {
    Rng rng = Rng::of_seed(0).child("dual coordinate descent");
    std::vector<std::uint32_t> order(static_cast<std::size_t>(rows));
    std::iota(order.begin(), order.end(), 0u);
    for (int pass = 0; pass < most_passes; ++pass) {
        context.check_cancelled();
        rng.shuffle(order);
        double violation = 0;
        for (const std::uint32_t row : order) {
            violation = std::max(violation, move(row));
        }
        if (violation <= tolerance) {
            return;
        }
    }
}

}  // namespace

LinearState descend_hinge(const DesignMatrix& x, const Vector& signs, const Vector& upper, double tolerance, const FitContext& context) {
    Rows rows(x);
    Vector alpha = Vector::Zero(x.rows()), squares(x.rows());
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        squares[row] = rows.square(row);
    }
    sweep(x.rows(), tolerance, context, [&](std::uint32_t row) {
        const double gradient = signs[row] * rows.times(row) - 1;
        const bool held = (alpha[row] <= 0 && gradient > 0) || (alpha[row] >= upper[row] && gradient < 0);
        if (held || upper[row] == 0) {
            return 0.0;
        }
        const double next = std::clamp(alpha[row] - gradient / squares[row], 0.0, upper[row]);
        rows.add(row, (next - alpha[row]) * signs[row]);
        alpha[row] = next;
        return std::abs(gradient);
    });
    return std::move(rows).state();
}

LinearState descend_tube(const DesignMatrix& x, const Vector& y, const Vector& upper, double epsilon, double tolerance, const FitContext& context) {
    Rows rows(x);
    Vector alpha = Vector::Zero(x.rows()), squares(x.rows());
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        squares[row] = rows.square(row);
    }
    sweep(x.rows(), tolerance, context, [&](std::uint32_t row) {
        // One variable a row, from -upper to upper; the objective has a kink at zero.
        const double gradient = rows.times(row) - y[row], above = gradient + epsilon, below = gradient - epsilon, here = alpha[row];
        const double unbounded = above < squares[row] * here   ? here - above / squares[row]
                                 : below > squares[row] * here ? here - below / squares[row]
                                                               : 0;
        const double next = std::clamp(unbounded, -upper[row], upper[row]);
        rows.add(row, next - here);
        alpha[row] = next;
        return std::abs(next - here) * squares[row];
    });
    return std::move(rows).state();
}

}  // namespace mlpc::models
