// The features of a linear model as dense columns or as sparse rows, with the same products for both.
#pragma once

#include "stdlib/models/features.h"

#include <optional>

namespace mlpc::models {

// Sparse cells by column: those of column c are (rows[i], values[i]) for i in offsets[c] … offsets[c + 1], rows ascending.
struct SparseColumns {
    std::vector<std::uint64_t> offsets;
    std::vector<std::uint32_t> rows;
    std::vector<double> values;
    std::size_t bytes() const { return offsets.size() * sizeof offsets[0] + rows.size() * sizeof rows[0] + values.size() * sizeof values[0]; }
};

// The cells of a frame, sparse where one of its columns is. The frame must outlive it.
class DesignMatrix {
public:
    // Throws as checked_features.
    DesignMatrix(const Frame&, std::string_view model);
    // For a prediction by what was fitted on so many columns.
    DesignMatrix(const Frame&, std::string_view model, std::size_t columns);

    Eigen::Index rows() const { return rows_; }
    Eigen::Index columns() const { return columns_; }
    bool is_sparse() const { return sparse_ != nullptr; }
    Eigen::Map<const Matrix> dense() const { return dense_->matrix(); }
    const SparseRows& sparse() const { return *sparse_; }

    // X v. A row's sum is its own, whatever rows stand beside it.
    Vector times(const Vector& v) const;
    // X B, the same for several vectors.
    Matrix times(const Matrix& b) const;
    // Xᵀ v.
    Vector transposed_times(const Vector& v) const;
    // Xᵀ diag(weights) X's diagonal.
    Vector weighted_squares(const Vector& weights) const;

    // By column; the first call of a frame whose cells are sparse lays them out by column.
    void prepare_columns(const Frame&);
    double column_times(Eigen::Index c, const Vector& v) const;
    // v += factor · column c.
    void add_column(Eigen::Index c, double factor, Vector& v) const;
    // v += factor · weights · column c.
    void add_weighted_column(Eigen::Index c, double factor, const Vector& weights, Vector& v) const;

private:
    void check_sparse(const Frame&, std::string_view model) const;
    std::optional<Dense> dense_;
    std::shared_ptr<const SparseRows> sparse_;
    std::shared_ptr<const SparseColumns> by_column_;
    Eigen::Index rows_ = 0, columns_ = 0;
};

}  // namespace mlpc::models
