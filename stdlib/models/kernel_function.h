// Kernels of support vector machines and Gaussian processes, computed from squared distances or inner products that all their parameters share.
#pragma once

#include "runtime/core/table.h"

#include <string>

namespace mlpc::models {

enum class KernelKind { Rbf, Linear, Poly, Sigmoid };

struct KernelFunction {
    KernelKind kind = KernelKind::Rbf;
    double gamma = 1, coef0 = 0;
    std::int64_t degree = 3;

    // Squared distances (rbf) or inner products of pairs of rows become values of the kernel.
    void apply(Eigen::Ref<Eigen::ArrayXf> cells) const;
    void apply(Eigen::Ref<Eigen::ArrayXd> cells) const;
};

// out (a's rows × b's rows) = what `kind` is a function of: each cell depends on its two rows alone.
void kernel_arguments(KernelKind kind, Eigen::Ref<const Matrix> a, Eigen::Ref<const Matrix> b, Eigen::Ref<Matrix> out);
// Of the rows of x with each other, in single precision.
Eigen::MatrixXf kernel_arguments_within(KernelKind kind, const Matrix& x);

// Of each row.
Vector squared_lengths(const Matrix& x);

// A name of the cells: equal matrices have equal names.
std::string name_of_cells(const Matrix&);

}  // namespace mlpc::models
