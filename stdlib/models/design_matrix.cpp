#include "stdlib/models/design_matrix.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

namespace mlpc::models {

namespace {

std::shared_ptr<const SparseColumns> transposed(const SparseRows& x) {
    auto out = std::make_shared<SparseColumns>();
    out->offsets.assign(x.columns + 1, 0);
    for (const std::uint32_t c : x.indices) {
        ++out->offsets[c + 1];
    }
    std::partial_sum(out->offsets.begin(), out->offsets.end(), out->offsets.begin());
    out->rows.resize(x.indices.size());
    out->values.resize(x.indices.size());
    std::vector<std::uint64_t> next(out->offsets.begin(), out->offsets.end() - 1);
    for (std::size_t row = 0; row < x.rows(); ++row) {
        for (std::uint64_t i = x.offsets[row]; i < x.offsets[row + 1]; ++i) {
            const std::uint64_t to = next[x.indices[i]]++;
            out->rows[to] = static_cast<std::uint32_t>(row);
            out->values[to] = x.values[i];
        }
    }
    return out;
}

}  // namespace

DesignMatrix::DesignMatrix(const Frame& x, std::string_view model)
    : rows_(static_cast<Eigen::Index>(x.rows())), columns_(static_cast<Eigen::Index>(x.columns())) {
    if (!x.has_sparse()) {
        dense_.emplace(checked_features(x, model));
        return;
    }
    sparse_ = x.sparse_rows();
    check_sparse(x, model);
}

DesignMatrix::DesignMatrix(const Frame& x, std::string_view model, std::size_t columns)
    : rows_(static_cast<Eigen::Index>(x.rows())), columns_(static_cast<Eigen::Index>(x.columns())) {
    if (!x.has_sparse()) {
        dense_.emplace(checked_features(x, model, columns));
        return;
    }
    require_column_count(x, model, columns);
    sparse_ = x.sparse_rows();
    check_sparse(x, model);
}

void DesignMatrix::check_sparse(const Frame& x, std::string_view model) const {
    for (std::size_t i = 0; i < sparse_->values.size(); ++i) {
        if (!is_within_bounds(sparse_->values[i])) {
            refuse_column(x, sparse_->indices[i], model);
        }
    }
}

Vector DesignMatrix::times(const Vector& v) const {
    Vector out(rows_);
    if (!is_sparse()) {
        const auto x = dense();
        kernels::matvec(x.data(), rows_, columns_, rows_, v.data(), out.data());
        return out;
    }
    for (Eigen::Index row = 0; row < rows_; ++row) {
        double sum = 0;
        const auto r = static_cast<std::size_t>(row);
        for (std::uint64_t i = sparse_->offsets[r]; i < sparse_->offsets[r + 1]; ++i) {
            sum += sparse_->values[i] * v[sparse_->indices[i]];
        }
        out[row] = sum;
    }
    return out;
}

Matrix DesignMatrix::times(const Matrix& b) const {
    Matrix out(rows_, b.cols());
    for (Eigen::Index k = 0; k < b.cols(); ++k) {
        out.col(k) = times(Vector(b.col(k)));
    }
    return out;
}

Vector DesignMatrix::transposed_times(const Vector& v) const {
    Vector out = Vector::Zero(columns_);
    if (!is_sparse()) {
        const auto x = dense();
        kernels::matvec_transposed(x.data(), rows_, columns_, rows_, v.data(), out.data());
        return out;
    }
    for (Eigen::Index row = 0; row < rows_; ++row) {
        const auto r = static_cast<std::size_t>(row);
        const double factor = v[row];
        for (std::uint64_t i = sparse_->offsets[r]; i < sparse_->offsets[r + 1]; ++i) {
            out[sparse_->indices[i]] += factor * sparse_->values[i];
        }
    }
    return out;
}

Vector DesignMatrix::weighted_squares(const Vector& weights) const {
    Vector out = Vector::Zero(columns_);
    if (!is_sparse()) {
        for (Eigen::Index c = 0; c < columns_; ++c) {
            const double* cells = dense().data() + c * rows_;
            for (Eigen::Index row = 0; row < rows_; ++row) {
                out[c] += weights[row] * cells[row] * cells[row];
            }
        }
        return out;
    }
    for (Eigen::Index row = 0; row < rows_; ++row) {
        const auto r = static_cast<std::size_t>(row);
        for (std::uint64_t i = sparse_->offsets[r]; i < sparse_->offsets[r + 1]; ++i) {
            out[sparse_->indices[i]] += weights[row] * sparse_->values[i] * sparse_->values[i];
        }
    }
    return out;
}

void DesignMatrix::prepare_columns(const Frame& x) {
    if (is_sparse()) {
        by_column_ = x.derived<SparseColumns>("sparse cells by column", [this] { return transposed(*sparse_); });
    }
}

double DesignMatrix::column_times(Eigen::Index c, const Vector& v) const {
    if (!is_sparse()) {
        double out = 0;
        kernels::matvec_transposed(dense().data() + c * rows_, rows_, 1, rows_, v.data(), &out);
        return out;
    }
    const auto column = static_cast<std::size_t>(c);
    double sum = 0;
    for (std::uint64_t i = by_column_->offsets[column]; i < by_column_->offsets[column + 1]; ++i) {
        sum += by_column_->values[i] * v[by_column_->rows[i]];
    }
    return sum;
}

void DesignMatrix::add_column(Eigen::Index c, double factor, Vector& v) const {
    if (!is_sparse()) {
        const double* cells = dense().data() + c * rows_;
        for (Eigen::Index row = 0; row < rows_; ++row) {
            v[row] += factor * cells[row];
        }
        return;
    }
    const auto column = static_cast<std::size_t>(c);
    for (std::uint64_t i = by_column_->offsets[column]; i < by_column_->offsets[column + 1]; ++i) {
        v[by_column_->rows[i]] += factor * by_column_->values[i];
    }
}

void DesignMatrix::add_weighted_column(Eigen::Index c, double factor, const Vector& weights, Vector& v) const {
    if (!is_sparse()) {
        const double* cells = dense().data() + c * rows_;
        for (Eigen::Index row = 0; row < rows_; ++row) {
            v[row] += factor * weights[row] * cells[row];
        }
        return;
    }
    const auto column = static_cast<std::size_t>(c);
    for (std::uint64_t i = by_column_->offsets[column]; i < by_column_->offsets[column + 1]; ++i) {
        v[by_column_->rows[i]] += factor * weights[by_column_->rows[i]] * by_column_->values[i];
    }
}

}  // namespace mlpc::models
