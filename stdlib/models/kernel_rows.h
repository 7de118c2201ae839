// Where the rows of a kernel matrix come from: a matrix that fits into memory, or one that is computed as it is asked for.
#pragma once

#include "stdlib/models/kernel_function.h"
#include "stdlib/models/smo.h"

#include <list>

namespace mlpc::models {

// Beyond so many rows a kernel matrix is not held whole: it would take more than 200 MB.
inline constexpr Eigen::Index most_whole_rows = 7000;

// The matrix of some rows of x with each other, all of whose cells are held.
class WholeKernel final : public KernelRows {
public:
    explicit WholeKernel(Eigen::MatrixXf cells) : cells_(std::move(cells)) {}
    // From the arguments of all rows, those of `rows`.
    WholeKernel(const KernelFunction&, const Eigen::MatrixXf& arguments, const RowIndex& rows);
    // The rows and columns of `rows`.
    WholeKernel part(const RowIndex& rows) const;

    Eigen::Index size() const override { return cells_.rows(); }
    const float* row(Eigen::Index i) override { return cells_.data() + i * cells_.rows(); }
    double diagonal(Eigen::Index i) const override { return static_cast<double>(cells_(i, i)); }

private:
    Eigen::MatrixXf cells_;
};

// Keeps the rows asked for last.
class CachedKernel final : public KernelRows {
public:
    CachedKernel(const KernelFunction&, Matrix x);
    Eigen::Index size() const override { return x_.rows(); }
    const float* row(Eigen::Index) override;
    double diagonal(Eigen::Index i) const override { return diagonal_[i]; }

private:
    Eigen::ArrayXf compute(Eigen::Index) const;
    KernelFunction kernel_;
    Matrix x_;
    Vector diagonal_;
    std::size_t most_rows_;
    std::list<std::pair<Eigen::Index, Eigen::ArrayXf>> rows_;  // last used first
    std::vector<std::list<std::pair<Eigen::Index, Eigen::ArrayXf>>::iterator> place_;
    std::vector<char> held_;
};

}  // namespace mlpc::models
