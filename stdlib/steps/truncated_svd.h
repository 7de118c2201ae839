// The largest singular values and vectors of a frame's cells, not centred.
#pragma once

#include "stdlib/steps/cell_product.h"

#include <string_view>

namespace mlpc::steps {

// By falling singular value; those that are more than rounding, at most as many as asked for.
struct SingularVectors {
    Matrix right;   // columns × count, orthonormal, in each the entry of largest magnitude positive
    Vector values;  // count
};

// Exact where one side of the cells is small, else from a random sketch (Halko, Martinsson, Tropp 2011) of a fixed stream. Throws RunError
// where the cells are too large for their products, naming `step`.
SingularVectors truncated_svd(const Cells&, Eigen::Index count, std::string_view step);
// Whether truncated_svd(cells, larger) begins with what truncated_svd(cells, smaller) gives, bit for bit.
bool begins_alike(Eigen::Index smaller, Eigen::Index larger);

// The entry of largest magnitude of each column becomes positive.
void fix_signs(Matrix& vectors);
// Eigenvalues, largest first, and eigenvectors of a symmetric matrix. Throws RunError where they cannot be found, naming `step`.
void symmetric_eigen(const Matrix& symmetric, Vector& values, Matrix& vectors, std::string_view step);

}  // namespace mlpc::steps
