#include "stdlib/search/gp_posterior.h"

#include "runtime/core/kernels.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

GpPosterior::GpPosterior(GpColumns columns, GpParameters parameters)
    : columns_(std::move(columns)),
      parameters_(std::move(parameters)),
      covariance_(parameters_.covariance(columns_)),
      noise_(std::exp(parameters_.log_noise)) {}

void GpPosterior::reserve(Eigen::Index rows) {
    if (rows <= inverse_.rows()) {
        return;
    }
    const Eigen::Index capacity = std::max<Eigen::Index>(16, 2 * rows);
    scaled_.conservativeResize(capacity, static_cast<Eigen::Index>(columns_.length_of.size()));
    Matrix inverse = Matrix::Zero(capacity, capacity);
    inverse.topLeftCorner(count_, count_) = inverse_.topLeftCorner(count_, count_);
    inverse_ = std::move(inverse);
}

Matrix GpPosterior::covariances(const Matrix& scaled_rows) const {
    return (covariance_.between(scaled_.topRows(count_), scaled_rows).array() + level_variance).matrix();
}

void GpPosterior::append(const Vector& row) {
    reserve(count_ + 1);
    const Matrix scaled = covariance_.scaled(warp(row.transpose(), parameters_, columns_));
    Vector projection(count_), last(count_);
    if (count_ > 0) {
        const Vector k = covariances(scaled).col(0);
        kernels::matvec(inverse_.data(), count_, count_, inverse_.rows(), k.data(), projection.data());
        kernels::matvec_transposed(inverse_.data(), count_, count_, inverse_.rows(), projection.data(), last.data());
    }
    const double whole = covariance_.variance + level_variance + noise_ + jitter * covariance_.variance;
    const double left = std::max(whole - projection.squaredNorm(), noise_ + jitter * covariance_.variance);
    const double pivot = std::sqrt(left);
    scaled_.row(count_) = scaled;
    inverse_.row(count_).head(count_) = -last.transpose() / pivot;
    inverse_(count_, count_) = 1 / pivot;
    ++count_;
}

void GpPosterior::set_values(const Matrix& values) {
    values_ = values;
    Vector whitened(count_);
    coefficients_.resize(count_, values.cols());
    for (Eigen::Index set = 0; set < values.cols(); ++set) {
        kernels::matvec(inverse_.data(), count_, count_, inverse_.rows(), values.col(set).data(), whitened.data());
        kernels::matvec_transposed(inverse_.data(), count_, count_, inverse_.rows(), whitened.data(), coefficients_.col(set).data());
    }
}

void GpPosterior::predict(const Matrix& rows, Matrix& means, Vector& deviations) const {
    const Matrix k = covariances(covariance_.scaled(warp(rows, parameters_, columns_)));
    means = k.transpose() * coefficients_;
    Matrix projections(count_, rows.rows());
    kernels::multiply(inverse_.data(), count_, count_, inverse_.rows(), k.data(), rows.rows(), count_, projections.data(), count_);
    const double whole = covariance_.variance + level_variance;
    deviations = (whole - projections.colwise().squaredNorm().transpose().array()).max(jitter * covariance_.variance).sqrt();
}

Belief GpPosterior::predict(const Vector& row) const {
    const Matrix scaled = covariance_.scaled(warp(row.transpose(), parameters_, columns_));
    const Vector k = covariances(scaled).col(0);
    Vector projection(count_), pull(count_);
    kernels::matvec(inverse_.data(), count_, count_, inverse_.rows(), k.data(), projection.data());
    kernels::matvec_transposed(inverse_.data(), count_, count_, inverse_.rows(), projection.data(), pull.data());
    const double least = jitter * covariance_.variance;
    const double spread = covariance_.variance + level_variance - projection.squaredNorm();
    // By the row's coordinates, the covariance with a row at the squared distance r² falls by 5/3 (1 + √5 r) exp(-√5 r) times the difference.
    const Matrix others = scaled_.topRows(count_);
    Vector falls(count_);
    for (Eigen::Index i = 0; i < count_; ++i) {
        const double r = std::sqrt(5 * (others.row(i) - scaled.row(0)).squaredNorm());
        falls[i] = -covariance_.variance * 5.0 / 3 * (1 + r) * std::exp(-r);
    }
    const Vector bend = warp_slopes(row, parameters_, columns_).cwiseQuotient(covariance_.lengths);
    const auto slopes = [&](const auto& weights) -> Vector {
        const Vector weighted = falls.cwiseProduct(weights);
        return (weighted.sum() * scaled.row(0).transpose() - others.transpose() * weighted).cwiseProduct(bend);
    };
    Belief out{.means = coefficients_.transpose() * k,
               .deviation = std::sqrt(std::max(spread, least)),
               .mean_slopes = Matrix(row.size(), coefficients_.cols()),
               .deviation_slope = Vector::Zero(row.size())};
    for (Eigen::Index set = 0; set < coefficients_.cols(); ++set) {
        out.mean_slopes.col(set) = slopes(coefficients_.col(set));
    }
    if (spread > least) {
        out.deviation_slope = -slopes(pull) / out.deviation;
    }
    return out;
}

Matrix GpPosterior::fitted_means() const {
    // K (K + noise)⁻¹ y = y - noise (K + noise)⁻¹ y.
    return values_ - noise_ * coefficients_;
}

}  // namespace mlpc::surrogate
