// Where the rows of a kernel matrix come from: a matrix that fits into memory, or one that is computed as it is asked for.
#pragma once

#include "stdlib/models/kernel_function.h"
#include "stdlib/models/smo.h"

#include <list>

namespace mlpc::models {

// Beyond so many rows a kernel matrix is not held whole: it would take more than 200 MB.
inline constexpr Eigen::Index most_whole_rows = 7000;

// The matrix of all rows of x with each other: each row is computed when it is asked for first, and held.
class WholeKernel final : public KernelRows {
public:
    WholeKernel(const KernelFunction&, const Eigen::MatrixXf& arguments);
    Eigen::Index size() const override { return cells_.rows(); }
    const float* row(Eigen::Index) override;
    double diagonal(Eigen::Index i) const override { return diagonal_[i]; }

private:
    KernelFunction kernel_;
    const Eigen::MatrixXf& arguments_;
    Eigen::MatrixXf cells_;
    Vector diagonal_;
    std::vector<char> held_;
};

// The rows and columns `rows` of a matrix, gathered as they are asked for.
class KernelPart final : public KernelRows {
public:
    KernelPart(WholeKernel& whole, RowIndex rows);
    Eigen::Index size() const override { return cells_.rows(); }
    const float* row(Eigen::Index) override;
    double diagonal(Eigen::Index i) const override { return whole_.diagonal(rows_[static_cast<std::size_t>(i)]); }

private:
    WholeKernel& whole_;
    RowIndex rows_;
    Eigen::MatrixXf cells_;
    std::vector<char> held_;
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
