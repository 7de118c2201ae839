#include "stdlib/steps/cell_product.h"

#include "runtime/core/kernels.h"
#include "stdlib/steps/columns.h"
#include "stdlib/steps/statistics.h"

namespace mlpc::steps {

Cells::Cells(const Frame& x) : rows_(static_cast<Eigen::Index>(x.rows())), columns_(static_cast<Eigen::Index>(x.columns())) {
    if (x.has_sparse()) {
        sparse_ = x.sparse_rows();
    } else {
        dense_ = copy_of_cells(x);
    }
}

Matrix Cells::times(const Matrix& right) const {
    if (!is_sparse()) {
        Matrix out(rows_, right.cols());
        kernels::multiply(dense_.data(), rows_, columns_, rows_, right.data(), right.cols(), columns_, out.data(), rows_);
        return out;
    }
    const Matrix by_row = right.transpose();  // what a cell is multiplied by lies side by side
    Matrix out(right.cols(), rows_);
    for (Eigen::Index row = 0; row < rows_; ++row) {
        auto sum = out.col(row);
        sum.setZero();
        const auto at = static_cast<std::size_t>(row);
        for (std::uint64_t i = sparse_->offsets[at]; i < sparse_->offsets[at + 1]; ++i) {
            sum += sparse_->values[i] * by_row.col(sparse_->indices[i]);
        }
    }
    return out.transpose();
}

Matrix Cells::transposed_times(const Matrix& right) const {
    if (!is_sparse()) {
        Matrix out(columns_, right.cols());
        kernels::multiply_transposed(dense_.data(), rows_, columns_, rows_, right.data(), right.cols(), rows_, out.data());
        return out;
    }
    const Matrix by_row = right.transpose();
    Matrix out = Matrix::Zero(right.cols(), columns_);
    for (Eigen::Index row = 0; row < rows_; ++row) {
        const auto at = static_cast<std::size_t>(row);
        for (std::uint64_t i = sparse_->offsets[at]; i < sparse_->offsets[at + 1]; ++i) {
            out.col(sparse_->indices[i]) += sparse_->values[i] * by_row.col(row);
        }
    }
    return out.transpose();
}

double Cells::sum() const { return is_sparse() ? sum_of(sparse_->values) : sum_of({dense_.data(), static_cast<std::size_t>(dense_.size())}); }

}  // namespace mlpc::steps
