#include "stdlib/models/gaussian_classes.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::models {

namespace {

ClassRows rows_of(Eigen::Map<const Matrix> x, const Vector& weights, const RowIndex& rows, std::int32_t label) {
    ClassRows out{.label = label, .count = static_cast<double>(rows.size()), .weight = 0, .mean = {}, .centred = x(rows, Eigen::all)};
    const Vector own = weights(rows);
    out.weight = own.sum();
    out.mean.resize(x.cols());
    kernels::matvec_transposed(out.centred.data(), out.centred.rows(), x.cols(), out.centred.rows(), own.data(), out.mean.data());
    out.mean /= out.weight;
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
        auto column = out.centred.col(c);
        column.array() -= out.mean[c];
        column.array() *= own.array().sqrt();
        // What rounding leaves of a constant column must not be taken for a variance.
        if (column.squaredNorm() <= std::pow(1e-14 * out.mean[c], 2) * out.weight) {
            column.setZero();
        }
    }
    return out;
}

}  // namespace

std::vector<ClassRows> rows_by_class(const Frame& frame, const Target& y, Eigen::Index most_columns, std::string_view model) {
    const Dense dense = checked_features(frame, model);
    const auto x = dense.matrix();
    if (x.cols() > most_columns) {
        throw RunError(fmt::format("`{}` would have to hold the covariances of {} columns; put `pca` or `select_k_best` before it", model, x.cols()));
    }
    const Vector weights = row_weights(y, model);
    std::vector<RowIndex> rows(y.class_count());
    for (std::uint32_t row = 0; row < y.labels.size(); ++row) {
        if (weights[row] > 0) {
            rows[static_cast<std::size_t>(y.labels[row])].push_back(row);
        }
    }
    std::vector<ClassRows> classes;
    for (std::size_t c = 0; c < rows.size(); ++c) {
        if (!rows[c].empty()) {
            classes.push_back(rows_of(x, weights, rows[c], static_cast<std::int32_t>(c)));
        }
    }
    if (classes.size() < 2) {
        throw RunError(fmt::format("`{}` got training rows of the one class `{}`; it needs two, so split `stratified`, or use `dummy`", model,
                                   y.classes->at(static_cast<std::size_t>(classes[0].label))));
    }
    return classes;
}

Matrix scatter_of(const Matrix& centred) {
    Matrix out(centred.cols(), centred.cols());
    kernels::gram(centred.data(), centred.rows(), centred.cols(), centred.rows(), nullptr, out.data());
    return out;
}

double ledoit_wolf_shrinkage(const Matrix& centred) {
    const auto n = static_cast<double>(centred.rows()), d = static_cast<double>(centred.cols());
    const Matrix covariance = scatter_of(centred) / n;
    const double mean = covariance.trace() / d, squares = covariance.squaredNorm();
    double fourth = 0;
    for (Eigen::Index row = 0; row < centred.rows(); ++row) {
        double sum = 0;
        for (Eigen::Index c = 0; c < centred.cols(); ++c) {
            sum += centred(row, c) * centred(row, c);
        }
        fourth += sum * sum;
    }
    const double apart = (squares - 2 * mean * covariance.trace() + d * mean * mean) / d;
    const double noise = std::min(apart, (fourth / n - squares) / (d * n));
    return noise > 0 ? noise / apart : 0;
}

Matrix shrunk(Matrix covariance, double shrinkage) {
    const double mean = covariance.trace() / static_cast<double>(covariance.rows());
    covariance *= 1 - shrinkage;
    covariance.diagonal().array() += shrinkage * mean;
    return covariance;
}

Matrix probabilities_of_logs(const Matrix& logs, const std::vector<std::int32_t>& present, Eigen::Index classes) {
    Matrix out = Matrix::Zero(logs.rows(), classes);
    for (Eigen::Index row = 0; row < logs.rows(); ++row) {
        double largest = logs(row, 0), sum = 0;
        for (Eigen::Index k = 1; k < logs.cols(); ++k) {
            largest = std::max(largest, logs(row, k));
        }
        for (Eigen::Index k = 0; k < logs.cols(); ++k) {
            sum += out(row, present[static_cast<std::size_t>(k)]) = std::exp(logs(row, k) - largest);
        }
        for (const std::int32_t c : present) {
            out(row, c) /= sum;
        }
    }
    return out;
}

}  // namespace mlpc::models
