// Products of all cells of a frame with a matrix, dense or sparse as the cells are.
#pragma once

#include "runtime/core/table.h"

namespace mlpc::steps {

// The cells of a frame of numbers without missing ones, read the way they lie. The frame must outlive it.
class Cells {
public:
    explicit Cells(const Frame&);
    Eigen::Index rows() const { return rows_; }
    Eigen::Index columns() const { return columns_; }
    bool is_sparse() const { return sparse_ != nullptr; }
    const SparseRows& sparse() const { return *sparse_; }
    const Matrix& dense() const { return dense_; }  // empty where the cells are sparse

    // cells · right (columns × n). Any row's result depends on that row alone.
    Matrix times(const Matrix& right) const;
    // cellsᵀ · right (rows × n).
    Matrix transposed_times(const Matrix& right) const;
    double sum() const;

private:
    std::shared_ptr<const SparseRows> sparse_;
    Matrix dense_;
    Eigen::Index rows_ = 0, columns_ = 0;
};

}  // namespace mlpc::steps
