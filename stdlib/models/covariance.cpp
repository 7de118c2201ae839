#include "stdlib/models/covariance.h"

#include "runtime/core/kernels.h"

#include <cmath>

namespace mlpc::models {

namespace {

Matrix squared_distances(const Matrix& a, const Matrix& b) {
    Matrix out(a.rows(), b.rows());
    kernels::squared_distances(a.data(), a.rows(), a.cols(), a.rows(), b.data(), b.rows(), b.rows(), out.data(), out.rows());
    return out;
}

// The correlation at a squared distance, and what its derivative by log length is per squared distance.
struct Correlation {
    double value, slope;
};
Correlation correlation(CovarianceKind kind, double squared) {
    switch (kind) {
        case CovarianceKind::Rbf: {
            const double value = std::exp(-squared / 2);
            return {value, value};
        }
        case CovarianceKind::Matern32: {
            const double r = std::sqrt(3 * squared), decay = std::exp(-r);
            return {(1 + r) * decay, 3 * decay};
        }
        case CovarianceKind::Matern52:
            break;
    }
    const double r = std::sqrt(5 * squared), decay = std::exp(-r);
    return {(1 + r + r * r / 3) * decay, 5.0 / 3 * (1 + r) * decay};
}

}  // namespace

Matrix Covariance::scaled(Eigen::Ref<const Matrix> rows) const {
    Matrix out = rows;
    for (Eigen::Index c = 0; c < out.cols(); ++c) {
        out.col(c) /= lengths[lengths.size() == 1 ? 0 : c];
    }
    return out;
}

Matrix Covariance::between(const Matrix& a, const Matrix& b) const {
    return squared_distances(a, b).unaryExpr([&](double squared) { return variance * correlation(kind, squared).value; });
}

Matrix Covariance::within(const Matrix& rows, Matrix& slope) const {
    Matrix out = squared_distances(rows, rows);
    slope.resize(out.rows(), out.cols());
    for (Eigen::Index i = 0; i < out.size(); ++i) {
        const Correlation here = correlation(kind, out.data()[i]);
        out.data()[i] = variance * here.value;
        slope.data()[i] = variance * here.slope;
    }
    return out;
}

Vector Covariance::gradient(const Matrix& rows, const Matrix& covariance, const Matrix& slope, const Matrix& m) const {
    // Of the squared difference of a and b in column j: a² + b² - 2ab, summed over pairs with weights that are symmetric.
    const Matrix weights = m.cwiseProduct(slope);
    const Vector totals = weights.rowwise().sum();
    const Matrix weighted = weights * rows;
    Vector by_column(rows.cols());
    for (Eigen::Index j = 0; j < rows.cols(); ++j) {
        by_column[j] = 2 * (rows.col(j).cwiseAbs2().dot(totals) - rows.col(j).dot(weighted.col(j)));
    }
    Vector out(1 + lengths.size());
    out[0] = m.cwiseProduct(covariance).sum();
    if (lengths.size() == 1) {
        out[1] = by_column.sum();
    } else {
        out.tail(lengths.size()) = by_column;
    }
    return out;
}

}  // namespace mlpc::models
