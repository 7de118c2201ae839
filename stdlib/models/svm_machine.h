// A fitted support vector machine: the vectors, the decisions over them, and what fits on the same rows share.
#pragma once

#include "runtime/core/archive.h"
#include "stdlib/models/kernel_function.h"

#include <memory>

namespace mlpc::models {

// What all fits on one frame share, whatever their parameters.
struct SvmRows {
    Matrix x;                // rows of one class lie together
    std::string name;        // of the cells of x
    Eigen::MatrixXf within;  // empty where there are too many rows
    std::size_t bytes() const {
        return static_cast<std::size_t>(x.size()) * sizeof(double) + static_cast<std::size_t>(within.size()) * sizeof(float);
    }
};
// `order`: the rows of the frame as they are to lie.
std::shared_ptr<const SvmRows> svm_rows(const Frame& frame, KernelKind kind, const RowIndex& order);

// Coefficients of rows in one decision, Σ coefficient K(row, ·) - rho.
struct SvmDecision {
    RowIndex rows;
    std::vector<double> coefficients;
    double rho = 0;
};

// Support vectors and the decisions over them.
class SvmMachine {
public:
    SvmMachine() = default;
    SvmMachine(KernelFunction kernel, std::shared_ptr<const SvmRows> training, const std::vector<SvmDecision>& decisions);
    // rows × decisions.
    Matrix decide(const Frame& frame, Eigen::Map<const Matrix> x) const;
    Eigen::Index columns() const { return vectors_.cols(); }
    void archive(Archive&);

private:
    // Kernel arguments of the rows of x (rows) with all training rows (columns), which all machines of these rows share; null where they would
    // take too much memory, or this machine comes from an archive. They have the bits that computing them again would give.
    std::shared_ptr<const Matrix> shared_with(const Frame&, Eigen::Map<const Matrix> x) const;
    // From the kernel arguments of some rows of x (rows) with the support vectors (columns), which become values of the kernel.
    void decide_rows(Eigen::Ref<Eigen::ArrayXd> cells, Eigen::Index first, Eigen::Index count, Matrix& out) const;

    KernelFunction kernel_;
    Matrix vectors_;
    std::vector<std::uint32_t> offsets_{0}, members_;  // of decision k: support vectors members_[offsets_[k]] … members_[offsets_[k + 1] - 1]
    std::vector<double> coefficients_, rhos_;
    std::shared_ptr<const SvmRows> training_;
    RowIndex training_rows_;  // of the support vectors
};

}  // namespace mlpc::models
