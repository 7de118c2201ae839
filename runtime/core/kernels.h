// Dense double kernels, compiled for several instruction sets and picked when the program starts; everything that is O(rows × columns²) goes
// through them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

// Matrices are column-major with a leading dimension. All kernels run on one thread and give the same bits each time on one variant. Those
// marked row-wise give a row the same bits whatever other rows stand beside it, so that predictions do not depend on the batch.
namespace mlpc::kernels {

using Index = std::ptrdiff_t;

// "baseline", "v3" or "v4" (the x86-64 levels): the best the processor has, or what the environment's MLPC_KERNELS asks for.
// Throws RunError where that is unknown or the processor lacks it.
std::string_view variant();
// Whether that is a variant and this processor can run it.
bool supports(std::string_view variant);

// out (cols × cols, both triangles) = XᵀWX; weights null: W = 1.
void gram(const double* x, Index rows, Index cols, Index ld, const double* weights, double* out);
// out (m × n) = A (m × k) B (k × n). Row-wise in A.
void multiply(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout);
// out (k × n, dense) = AᵀB with A (m × k), B (m × n).
void multiply_transposed(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out);
// out (m) = A v. Row-wise, and the same bits on every variant.
void matvec(const double* a, Index m, Index n, Index lda, const double* v, double* out);
// out (n) = Aᵀ v.
void matvec_transposed(const double* a, Index m, Index n, Index lda, const double* v, double* out);
// out (m × n) = squared Euclidean distances between the rows of A (m × d) and B (n × d), summed over d in order: each depends on its two
// rows alone, and has the same bits on every variant.
void squared_distances(const double* a, Index m, Index d, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout);

// Cells become exp(-rate · cell), as squared distances become the cells of an exponential kernel; the bits of each hang on it alone.
void decay(double* cells, Index count, double rate);
void decay_floats(float* cells, Index count, float rate);

// Replaces the lower triangle of the positive definite A (n × n, dense) by its Cholesky factor; false where it is not definite.
bool cholesky(double* a, Index n);
// b (n × k) := A⁻¹ b, given the factor.
void cholesky_solve(const double* factor, Index n, double* b, Index k);
// Eigenvalues ascending and eigenvectors as columns of the symmetric A (n × n, dense); false where the iteration fails.
bool symmetric_eigen(const double* a, Index n, double* values, double* vectors);
// The shortest of the v that minimise |A v - b| (A m × n).
void least_squares(const double* a, Index m, Index n, Index lda, const double* b, double* out);

// One pass over the rows of a binary logistic loss Σ wᵢ log(1 + exp(-sᵢ zᵢ)), z = X β + intercept, sᵢ = ±1. Columns of zeros and few ones
// (one-hot levels) may be given as lists: row i has a one in the indicators ones[offsets[i]] … ones[offsets[i + 1] - 1], ascending.
struct LogisticInput {
    const double* x = nullptr;
    Index rows = 0, cols = 0, ld = 0;
    Index indicators = 0;
    const std::uint32_t* offsets = nullptr;  // rows + 1
    const std::uint32_t* ones = nullptr;
    const double* signs = nullptr;
    const double* weights = nullptr;  // null: 1
    const double* beta = nullptr;     // of the columns of x, of the indicators, the intercept
};
// Returns the loss. gradient: as beta. hessian: both triangles, or null where it is not wanted.
double logistic_pass(const LogisticInput&, double* gradient, double* hessian);

// One pass of the multinomial loss -Σ wᵢ log softmax(X B + intercepts)[label].
struct SoftmaxInput {
    const double* x = nullptr;
    Index rows = 0, cols = 0, ld = 0;
    Index classes = 0;
    const int* labels = nullptr;
    const double* weights = nullptr;  // null: 1
    const double* beta = nullptr;     // (cols + 1) × classes, the intercepts in the last row
};
// Returns the loss. gradient: (cols + 1) × classes. hessian: ((cols + 1) · classes)² in the order of beta, or null.
double softmax_pass(const SoftmaxInput&, double* gradient, double* hessian);
// The blocks of the Hessian on its diagonal, one after the other: (cols + 1) × (cols + 1) · classes.
void softmax_blocks(const SoftmaxInput&, double* blocks);

}  // namespace mlpc::kernels
