// Covariance functions of Gaussian processes, and the gradient of what is computed from them.
#pragma once

#include "runtime/core/table.h"

namespace mlpc::models {

// Rasmussen, Williams 2006: Gaussian processes for machine learning, 4.2. r is the distance of two rows whose columns are divided by lengths.
enum class CovarianceKind { Rbf, Matern32, Matern52 };

struct Covariance {
    CovarianceKind kind = CovarianceKind::Rbf;
    double variance = 1;
    Vector lengths;  // one for all columns, or one for each

    // Columns divided by their lengths: what the functions below take.
    Matrix scaled(Eigen::Ref<const Matrix> rows) const;
    // a's rows × b's rows, both scaled; each cell depends on its two rows alone.
    Matrix between(const Matrix& a, const Matrix& b) const;
    // Of the scaled rows with each other; `slope` is filled with the derivative by the logarithm of one length for all columns, per squared
    // distance.
    Matrix within(const Matrix& rows, Matrix& slope) const;
    // The sums over all pairs of rows of m (symmetric) times the derivative of their covariance by the logarithms of the variance and of each
    // length. `covariance` and `slope` are those of `within`.
    Vector gradient(const Matrix& rows, const Matrix& covariance, const Matrix& slope, const Matrix& m) const;
};

}  // namespace mlpc::models
