#include "stdlib/steps/kernel_matrix.h"

namespace mlpc::steps {

Matrix kernel_matrix(const models::KernelFunction& kernel, const Matrix& a, const Matrix& b) {
    Eigen::ArrayXd cells(a.rows() * b.rows());
    Eigen::Map<Matrix> matrix(cells.data(), a.rows(), b.rows());
    models::kernel_arguments(kernel.kind, a, b, matrix);
    kernel.apply(cells);
    return matrix;
}

void archive_kernel(models::KernelFunction& kernel, Archive& a) {
    auto kind = static_cast<std::int32_t>(kernel.kind);
    a.field("kernel", kind);
    a.field("gamma", kernel.gamma);
    a.field("coef0", kernel.coef0);
    a.field("degree", kernel.degree);
    kernel.kind = static_cast<models::KernelKind>(kind);
}

double gamma_or_default(std::optional<double> gamma, std::size_t columns) {
    return gamma ? *gamma : 1 / static_cast<double>(columns > 0 ? columns : 1);
}

}  // namespace mlpc::steps
