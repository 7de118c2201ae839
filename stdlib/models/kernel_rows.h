// Where the rows of a kernel matrix come from: from arguments that fit into memory, or from the rows of the table as they are asked for.
#pragma once

#include "stdlib/models/kernel_function.h"
#include "stdlib/models/smo.h"

#include <list>

namespace mlpc::models {

// Beyond so many rows the arguments of a kernel matrix are not held whole: they would take more than 200 MB.
inline constexpr Eigen::Index most_whole_rows = 7000;

// The kernel of some rows of a frame whose arguments are at hand: each row is computed when it is asked for first, and held.
class KernelPart final : public KernelRows {
public:
    // Of `rows` of the frame. Rows that follow one another in the frame are copied together.
    KernelPart(const KernelFunction&, const Eigen::MatrixXf& arguments, const RowIndex& rows);
    Eigen::Index size() const override { return cells_.rows(); }
    const float* row(Eigen::Index) override;
    double diagonal(Eigen::Index i) const override { return diagonal_[i]; }

private:
    KernelFunction kernel_;
    const Eigen::MatrixXf& arguments_;
    RowIndex rows_;
    std::vector<std::pair<Eigen::Index, Eigen::Index>> runs_;  // first row and how many
    Eigen::MatrixXf cells_;
    Vector diagonal_;
    std::vector<char> held_;
};

// The kernel of rows whose arguments are nobody else's.
class OwnKernel final : public KernelRows {
public:
    OwnKernel(const KernelFunction&, const Matrix& x);
    Eigen::Index size() const override { return part_.size(); }
    const float* row(Eigen::Index i) override { return part_.row(i); }
    double diagonal(Eigen::Index i) const override { return part_.diagonal(i); }

private:
    Eigen::MatrixXf arguments_;
    KernelPart part_;
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
