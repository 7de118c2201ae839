// Kernel values of all pairs of rows, for the steps that are built on them.
#pragma once

#include "runtime/core/archive.h"
#include "stdlib/models/kernel_function.h"

#include <optional>

namespace mlpc::steps {

// Entry (i, j) is that of row i of a and row j of b; row i depends on row i of a and on b alone.
Matrix kernel_matrix(const models::KernelFunction&, const Matrix& a, const Matrix& b);
void archive_kernel(models::KernelFunction&, Archive&);
// One over the number of columns where none is given.
double gamma_or_default(std::optional<double> gamma, std::size_t columns);

}  // namespace mlpc::steps
