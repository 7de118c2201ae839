#include "stdlib/models/softmax_loss.h"

#include <cmath>

namespace mlpc::models {

SoftmaxLoss::SoftmaxLoss(const DesignMatrix& x, const std::vector<int>& labels, Eigen::Index classes, const Vector& weights, double strength)
    : x_(x), labels_(labels), weights_(weights), strength_(strength), predictors_(classes == 2 ? 1 : classes) {
    probabilities_.resize(x.rows(), predictors_);
    residuals_.resize(x.rows(), predictors_);
}

Matrix SoftmaxLoss::predictors_of(const Vector& point) const {
    const Eigen::Index size = x_.columns() + 1;
    const Eigen::Map<const Matrix> blocks(point.data(), size, predictors_);
    Matrix z = x_.times(Matrix(blocks.topRows(size - 1)));
    z.rowwise() += blocks.row(size - 1);
    return z;
}

Vector SoftmaxLoss::back(const Matrix& by_row, const Vector& point) const {
    const Eigen::Index size = x_.columns() + 1;
    Vector out(dimensions());
    for (Eigen::Index k = 0; k < predictors_; ++k) {
        out.segment(k * size, size - 1) = x_.transposed_times(by_row.col(k)) + strength_ * point.segment(k * size, size - 1);
        out[(k + 1) * size - 1] = by_row.col(k).sum();
    }
    return out;
}

double SoftmaxLoss::binary_rows(const Vector& z) {
    double loss = 0;
    for (Eigen::Index row = 0; row < z.size(); ++row) {
        const double small = std::exp(-std::abs(z[row]));
        const double more = 1 / (1 + small), p = z[row] > 0 ? more : small / (1 + small);
        const bool positive = labels_[static_cast<std::size_t>(row)] == 1;
        loss += weights_[row] * (std::log1p(small) + std::max(0.0, positive ? -z[row] : z[row]));
        probabilities_(row, 0) = p;
        residuals_(row, 0) = weights_[row] * (positive ? -(z[row] > 0 ? small / (1 + small) : more) : p);
    }
    return loss;
}

double SoftmaxLoss::softmax_rows(Matrix z) {
    const Vector largest = z.rowwise().maxCoeff();
    z.colwise() -= largest;
    double loss = 0;
    for (Eigen::Index row = 0; row < z.rows(); ++row) {
        const auto label = labels_[static_cast<std::size_t>(row)];
        double sum = 0;
        for (Eigen::Index k = 0; k < predictors_; ++k) {
            probabilities_(row, k) = std::exp(z(row, k));
            sum += probabilities_(row, k);
        }
        loss += weights_[row] * (std::log(sum) - z(row, label));
        for (Eigen::Index k = 0; k < predictors_; ++k) {
            probabilities_(row, k) /= sum;
            residuals_(row, k) = weights_[row] * (probabilities_(row, k) - (k == label ? 1.0 : 0.0));
        }
    }
    return loss;
}

double SoftmaxLoss::at(const Vector& point, Vector& gradient) {
    Matrix z = predictors_of(point);
    double loss = predictors_ == 1 ? binary_rows(z.col(0)) : softmax_rows(std::move(z));
    gradient = back(residuals_, point);
    const Eigen::Map<const Matrix> blocks(point.data(), x_.columns() + 1, predictors_);
    loss += strength_ / 2 * blocks.topRows(x_.columns()).squaredNorm();
    return loss;
}

Vector SoftmaxLoss::curvature_times(const Vector& v) const {
    Matrix z = predictors_of(v);
    if (predictors_ == 1) {
        z.col(0).array() *= weights_.array() * probabilities_.col(0).array() * (1 - probabilities_.col(0).array());
        return back(z, v);
    }
    const Vector means = (probabilities_.array() * z.array()).rowwise().sum();
    z.colwise() -= means;
    z.array() *= probabilities_.array();
    z.array().colwise() *= weights_.array();
    return back(z, v);
}

Vector SoftmaxLoss::curvature_diagonal() const {
    const Eigen::Index size = x_.columns() + 1;
    Vector out(dimensions());
    for (Eigen::Index k = 0; k < predictors_; ++k) {
        const Vector own = weights_.array() * probabilities_.col(k).array() * (1 - probabilities_.col(k).array());
        out.segment(k * size, size - 1) = x_.weighted_squares(own).array() + strength_;
        out[(k + 1) * size - 1] = own.sum();
    }
    return out;
}

}  // namespace mlpc::models
