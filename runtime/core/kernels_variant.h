// The body of the kernels, included once by each kernels_VARIANT.cpp with its own -march, its own name for Eigen's namespace and
// MLPC_KERNELS_NAMESPACE. Nothing here may instantiate a template of another library: the linker would share its code, built for one
// processor, with every variant (the test kernels_symbols looks for that).

#include "runtime/core/kernels_table.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

#include <utility>

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {
namespace {

using Eigen::internal::padd;
using Eigen::internal::pload;
using Eigen::internal::ploadu;
using Eigen::internal::pmadd;
using Eigen::internal::pmul;
using Eigen::internal::pset1;
using Eigen::internal::pstore;
using Eigen::internal::pstoreu;
using Eigen::internal::psub;

using Pack = Eigen::internal::packet_traits<double>::type;
constexpr Index width = Eigen::internal::packet_traits<double>::size;
constexpr Index block_rows = 512;           // a block of rows and its panels stay in the second-level cache
constexpr Index tile = width == 8 ? 4 : 3;  // tile² accumulators + 2 tile operands fit the registers

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using ConstView = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

ConstView view(const double* a, Index rows, Index cols, Index ld) { return {a, rows, cols, Eigen::OuterStride<>(ld)}; }

constexpr Index packs(Index n) { return (n + width - 1) / width; }

Pack zero() { return pset1<Pack>(0.0); }

// The first `count` numbers, the rest zero.
Pack load_part(const double* from, Index count) {
    EIGEN_ALIGN_MAX double cells[width] = {};
    for (Index i = 0; i < count; ++i) {
        cells[i] = from[i];
    }
    return pload<Pack>(cells);
}

Pack load_some(const double* from, Index count) { return count >= width ? ploadu<Pack>(from) : load_part(from, count); }

void store_some(double* to, Pack p, Index count) {
    if (count >= width) {
        pstoreu(to, p);
        return;
    }
    EIGEN_ALIGN_MAX double cells[width];
    pstore(cells, p);
    for (Index i = 0; i < count; ++i) {
        to[i] = cells[i];
    }
}

// --- XᵀWX ---------------------------------------------------------------------------------------------------------

// Columns of a block of rows, `tile` columns side by side packet by packet, padded with zeros in both directions.
class Panels {
public:
    Panels(Index rows, Index cols) : groups_((cols + tile - 1) / tile), stride_(packs(rows) * tile * width), cells_(groups_ * stride_) {
        cells_.setZero();
    }
    // Column c = cells · scale (null: 1), `rows` of them.
    void put(Index c, const double* cells, const double* scale, Index rows) {
        double* to = cells_.data() + c / tile * stride_ + c % tile * width;
        for (Index r = 0; r < rows; r += width, to += tile * width) {
            const Pack p = load_some(cells + r, rows - r);
            pstoreu(to, scale == nullptr ? p : pmul(p, load_some(scale + r, rows - r)));
        }
    }
    const double* group(Index g) const { return cells_.data() + g * stride_; }
    Index groups() const { return groups_; }

private:
    Index groups_, stride_;
    Vector cells_;
};

// out (tile × tile, dense) = the sums over rows of the products of two groups.
void multiply_groups(const double* a, const double* b, Index steps, double* out) {
    Pack sums[tile][tile];
    for (auto& row : sums) {
        for (Pack& sum : row) {
            sum = zero();
        }
    }
    for (Index s = 0; s < steps; ++s, a += tile * width, b += tile * width) {
        Pack left[tile];
        for (Index i = 0; i < tile; ++i) {
            left[i] = ploadu<Pack>(a + i * width);
        }
        for (Index j = 0; j < tile; ++j) {
            const Pack right = ploadu<Pack>(b + j * width);
            for (Index i = 0; i < tile; ++i) {
                sums[i][j] = pmadd(left[i], right, sums[i][j]);
            }
        }
    }
    for (Index j = 0; j < tile; ++j) {
        for (Index i = 0; i < tile; ++i) {
            out[i + j * tile] = Eigen::internal::predux(sums[i][j]);
        }
    }
}

// Adds the products of group gi of `left` and gj of `right` to their place in out (rows × cols).
void add_group_products(const Panels& left, Index gi, Index rows, const Panels& right, Index gj, Index cols, Index steps, double* out, Index ld) {
    double cells[tile * tile];
    multiply_groups(left.group(gi), right.group(gj), steps, cells);
    for (Index j = 0; j < tile && gj * tile + j < cols; ++j) {
        for (Index i = 0; i < tile && gi * tile + i < rows; ++i) {
            out[gi * tile + i + (gj * tile + j) * ld] += cells[i + j * tile];
        }
    }
}

// The lower triangle of out (cols × cols) += LᵀR over the rows of the panels.
void add_products(const Panels& left, const Panels& right, Index rows, Index cols, double* out, Index ld) {
    for (Index gj = 0; gj < right.groups(); ++gj) {
        for (Index gi = gj; gi < left.groups(); ++gi) {
            add_group_products(left, gi, cols, right, gj, cols, packs(rows), out, ld);
        }
    }
}

void mirror_lower(double* a, Index n) {
    for (Index j = 0; j < n; ++j) {
        for (Index i = 0; i < j; ++i) {
            a[i + j * n] = a[j + i * n];
        }
    }
}

// So many columns that the panels of a block would leave the second-level cache: Eigen's product blocks over them too.
void wide_gram(const double* x, Index rows, Index cols, Index ld, const double* weights, double* out) {
    Eigen::Map<Matrix> sum(out, cols, cols);
    sum.setZero();
    for (Index r = 0; r < rows; r += block_rows) {
        const Index count = rows - r < block_rows ? rows - r : block_rows;
        const Matrix block = view(x + r, count, cols, ld);
        Matrix scaled = block;
        if (weights != nullptr) {
            scaled.array().colwise() *= Eigen::Map<const Vector>(weights + r, count).array();
        }
        sum.triangularView<Eigen::Lower>() += scaled.transpose() * block;
    }
    mirror_lower(out, cols);
}

constexpr Index widest_panels = 256;

void gram(const double* x, Index rows, Index cols, Index ld, const double* weights, double* out) {
    if (cols > widest_panels) {
        wide_gram(x, rows, cols, ld, weights, out);
        return;
    }
    Eigen::Map<Matrix>(out, cols, cols).setZero();
    Panels plain(block_rows, cols), scaled(weights == nullptr ? 0 : block_rows, weights == nullptr ? 0 : cols);
    for (Index r = 0; r < rows; r += block_rows) {
        const Index count = rows - r < block_rows ? rows - r : block_rows;
        for (Index c = 0; c < cols; ++c) {
            plain.put(c, x + r + c * ld, nullptr, count);
            if (weights != nullptr) {
                scaled.put(c, x + r + c * ld, weights + r, count);
            }
        }
        add_products(weights == nullptr ? plain : scaled, plain, count, cols, out, cols);
    }
    mirror_lower(out, cols);
}

// --- products -----------------------------------------------------------------------------------------------------

// A block of rows, packet by packet, the columns of a packet side by side.
void pack_rows(const double* a, Index rows, Index cols, Index ld, double* to) {
    for (Index r = 0; r < rows; r += width) {
        for (Index c = 0; c < cols; ++c, to += width) {
            pstoreu(to, load_some(a + r + c * ld, rows - r));
        }
    }
}

// `unroll`: where g++ 12 unrolls a loop over sums late it stores each of them in every step, which halves the speed.

// Two packets of rows × `columns` columns of b; every sum runs over k in order, padded rows included, so that a row's bits are its own.
template <int columns>
void multiply_packets(const double* packed, Index k, const double* b, Index ldb, double* out, Index ldout, Index rows) {
    Pack low[columns], high[columns];
#pragma GCC unroll 16
    for (int j = 0; j < columns; ++j) {
        low[j] = zero();
        high[j] = zero();
    }
    for (Index i = 0; i < k; ++i) {
        const Pack first = ploadu<Pack>(packed + i * width);
        const Pack second = ploadu<Pack>(packed + (k + i) * width);
#pragma GCC unroll 16
        for (int j = 0; j < columns; ++j) {
            const Pack factor = pset1<Pack>(b[i + j * ldb]);
            low[j] = pmadd(first, factor, low[j]);
            high[j] = pmadd(second, factor, high[j]);
        }
    }
#pragma GCC unroll 16
    for (int j = 0; j < columns; ++j) {
        store_some(out + j * ldout, low[j], rows);
        if (rows > width) {
            store_some(out + width + j * ldout, high[j], rows - width);
        }
    }
}

void multiply(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout) {
    Vector packed = Vector::Zero((packs(block_rows) + 1) * width * k);  // packets are taken in twos
    for (Index r = 0; r < m; r += block_rows) {
        const Index count = m - r < block_rows ? m - r : block_rows;
        pack_rows(a + r, count, k, lda, packed.data());
        for (Index j = 0; j < n; j += 4) {
            for (Index p = 0; p < count; p += 2 * width) {
                const double* rows = packed.data() + p * k;
                double* to = out + r + p + j * ldout;
                switch (n - j) {
                    case 1:
                        multiply_packets<1>(rows, k, b + j * ldb, ldb, to, ldout, count - p);
                        break;
                    case 2:
                        multiply_packets<2>(rows, k, b + j * ldb, ldb, to, ldout, count - p);
                        break;
                    case 3:
                        multiply_packets<3>(rows, k, b + j * ldb, ldb, to, ldout, count - p);
                        break;
                    default:
                        multiply_packets<4>(rows, k, b + j * ldb, ldb, to, ldout, count - p);
                        break;
                }
            }
        }
    }
}

void multiply_transposed(const double* a, Index m, Index k, Index lda, const double* b, Index n, Index ldb, double* out) {
    Eigen::Map<Matrix>(out, k, n).setZero();
    Panels left(block_rows, k), right(block_rows, n);
    for (Index r = 0; r < m; r += block_rows) {
        const Index count = m - r < block_rows ? m - r : block_rows;
        for (Index c = 0; c < k; ++c) {
            left.put(c, a + r + c * lda, nullptr, count);
        }
        for (Index c = 0; c < n; ++c) {
            right.put(c, b + r + c * ldb, nullptr, count);
        }
        for (Index g = 0; g < right.groups(); ++g) {
            for (Index h = 0; h < left.groups(); ++h) {
                add_group_products(left, h, k, right, g, n, packs(count), out, k);
            }
        }
    }
}

// A multiplication and an addition, never fused: one result on every variant.
Pack multiply_then_add(Pack a, Pack b, Pack sum) { return padd(sum, pmul(a, b)); }

// out (count) += A v over some columns, one column after the other in each row.
template <int columns>
void add_columns(const double* a, Index count, Index lda, const double* v, double* out) {
    Pack factors[columns];
    for (int c = 0; c < columns; ++c) {
        factors[c] = pset1<Pack>(v[c]);
    }
    for (Index i = 0; i < count; i += width) {
        Pack sum = load_some(out + i, count - i);
        for (int c = 0; c < columns; ++c) {
            __builtin_prefetch(a + i + (c + columns) * lda);  // the columns that follow, in far memory
            sum = multiply_then_add(load_some(a + i + c * lda, count - i), factors[c], sum);
        }
        store_some(out + i, sum, count - i);
    }
}

void matvec(const double* a, Index m, Index n, Index lda, const double* v, double* out) {
    for (Index r = 0; r < m; r += block_rows) {
        const Index count = m - r < block_rows ? m - r : block_rows;
        for (Index i = 0; i < count; ++i) {
            out[r + i] = 0;
        }
        Index c = 0;
        for (; c + 4 <= n; c += 4) {
            add_columns<4>(a + r + c * lda, count, lda, v + c, out + r);
        }
        for (; c < n; ++c) {
            add_columns<1>(a + r + c * lda, count, lda, v + c, out + r);
        }
    }
}

// out (columns) += Aᵀ v over a block of rows. Loads need no alignment, so that the order of a sum is the same wherever the cells lie.
template <int columns>
void add_dots(const double* a, Index rows, Index lda, const double* v, double* out) {
    Pack sums[columns];
    for (Pack& sum : sums) {
        sum = zero();
    }
    Index r = 0;
    for (; r + width <= rows; r += width) {
        const Pack factor = ploadu<Pack>(v + r);
        for (int c = 0; c < columns; ++c) {
            sums[c] = pmadd(ploadu<Pack>(a + r + c * lda), factor, sums[c]);
        }
    }
    for (int c = 0; c < columns && r < rows; ++c) {
        sums[c] = pmadd(load_part(a + r + c * lda, rows - r), load_part(v + r, rows - r), sums[c]);
    }
    for (int c = 0; c < columns; ++c) {
        out[c] += Eigen::internal::predux(sums[c]);
    }
}

void add_matvec_transposed(const double* a, Index rows, Index cols, Index lda, const double* v, double* out) {
    Index c = 0;
    for (; c + 4 <= cols; c += 4) {
        add_dots<4>(a + c * lda, rows, lda, v, out + c);
    }
    for (; c < cols; ++c) {
        add_dots<1>(a + c * lda, rows, lda, v, out + c);
    }
}

void matvec_transposed(const double* a, Index m, Index n, Index lda, const double* v, double* out) {
    Eigen::Map<Vector>(out, n).setZero();
    for (Index r = 0; r < m; r += block_rows) {
        add_matvec_transposed(a + r, m - r < block_rows ? m - r : block_rows, n, lda, v + r, out);
    }
}

// One packet of rows of A against four rows of B, `packed` and `queries` side by side by dimension.
void distances_to_four(const double* packed, const double* queries, Index d, double* out, Index ldout, Index rows, Index columns) {
    Pack sums[4] = {zero(), zero(), zero(), zero()};
    for (Index k = 0; k < d; ++k) {
        const Pack cells = ploadu<Pack>(packed + k * width);
        for (int q = 0; q < 4; ++q) {
            const Pack difference = psub(cells, pset1<Pack>(queries[4 * k + q]));
            sums[q] = multiply_then_add(difference, difference, sums[q]);
        }
    }
    for (Index q = 0; q < columns; ++q) {
        store_some(out + q * ldout, sums[q], rows);
    }
}

void squared_distances(const double* a, Index m, Index d, Index lda, const double* b, Index n, Index ldb, double* out, Index ldout) {
    constexpr Index few = 64;
    Vector packed(packs(few) * width * d), queries = Vector::Zero((n + 3) / 4 * 4 * d);
    for (Index q = 0; q < n; ++q) {
        for (Index k = 0; k < d; ++k) {
            queries[q / 4 * 4 * d + 4 * k + q % 4] = b[q + k * ldb];
        }
    }
    for (Index r = 0; r < m; r += few) {
        const Index count = m - r < few ? m - r : few;
        pack_rows(a + r, count, d, lda, packed.data());
        for (Index q = 0; q < n; q += 4) {
            for (Index p = 0; p < count; p += width) {
                double* to = out + r + p + q * ldout;
                distances_to_four(packed.data() + p * d, queries.data() + q * d, d, to, ldout, count - p, n - q < 4 ? n - q : 4);
            }
        }
    }
}

// --- factorisations -----------------------------------------------------------------------------------------------

// Factorisations work on copies: Eigen's own memory is aligned, and with that the order of its sums is fixed.
bool cholesky(double* a, Index n) {
    Eigen::Map<Matrix> matrix(a, n, n);
    const Eigen::LLT<Matrix> factor(matrix);
    matrix = factor.matrixLLT();
    return factor.info() == Eigen::Success && matrix.diagonal().allFinite();
}

void cholesky_solve(const double* factor, Index n, double* b, Index k) {
    const Matrix lower = Eigen::Map<const Matrix>(factor, n, n);
    Matrix sides = Eigen::Map<const Matrix>(b, n, k);
    lower.triangularView<Eigen::Lower>().solveInPlace(sides);
    lower.triangularView<Eigen::Lower>().transpose().solveInPlace(sides);
    Eigen::Map<Matrix>(b, n, k) = sides;
}

bool symmetric_eigen(const double* a, Index n, double* values, double* vectors) {
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(Eigen::Map<const Matrix>(a, n, n));
    if (solver.info() != Eigen::Success) {
        return false;
    }
    Eigen::Map<Vector>(values, n) = solver.eigenvalues();
    Eigen::Map<Matrix>(vectors, n, n) = solver.eigenvectors();
    return true;
}

void least_squares(const double* a, Index m, Index n, Index lda, const double* b, double* out) {
    const Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition(view(a, m, n, lda));
    const Vector side = Eigen::Map<const Vector>(b, m);
    const Vector solution = decomposition.solve(side);
    Eigen::Map<Vector>(out, n) = solution;
}

}  // namespace
}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE

#include "runtime/core/kernels_cuts.h"
#include "runtime/core/kernels_floats.h"
#include "runtime/core/kernels_losses.h"
#include "runtime/core/kernels_support_vectors.h"

namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE {

Table table() {
    return {.gram = gram,
            .multiply = multiply,
            .multiply_transposed = multiply_transposed,
            .matvec = matvec,
            .matvec_transposed = matvec_transposed,
            .squared_distances = squared_distances,
            .cholesky = cholesky,
            .cholesky_solve = cholesky_solve,
            .symmetric_eigen = symmetric_eigen,
            .least_squares = least_squares,
            .logistic_pass = logistic_pass,
            .softmax_pass = softmax_pass,
            .softmax_blocks = softmax_blocks,
            .group_scores = group_scores,
            .positions_up_to = positions_up_to,
            .decay = decay,
            .decay_floats = decay_floats,
            .narrow_distances = narrow_distances,
            .move_violations = move_violations,
            .most_violating = most_violating,
            .best_partner = best_partner,
            .best_cut = best_cut,
            .sum_columns = sum_columns};
}

}  // namespace mlpc::kernels::MLPC_KERNELS_NAMESPACE
