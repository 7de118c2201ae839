#include "stdlib/steps/truncated_svd.h"

#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "runtime/core/rng.h"

#include <fmt/format.h>
#include <Eigen/QR>

#include <algorithm>
#include <bit>

namespace mlpc::steps {

namespace {

// Up to this many rows or columns all products of them are calculated.
constexpr Eigen::Index most_for_products = 1000;
constexpr int power_iterations = 5;

// The width of the sketch, the same for many counts, so that one sketch answers them all.
Eigen::Index sketch_width(Eigen::Index count) {
    return static_cast<Eigen::Index>(std::max<std::uint64_t>(128, std::bit_ceil(static_cast<std::uint64_t>(count) + 10)));
}

// cellsᵀ · cells.
Matrix products_of_columns(const Cells& cells) {
    Matrix products = Matrix::Zero(cells.columns(), cells.columns());
    if (!cells.is_sparse()) {
        kernels::gram(cells.dense().data(), cells.rows(), cells.columns(), cells.rows(), nullptr, products.data());
        return products;
    }
    const SparseRows& sparse = cells.sparse();
    for (std::size_t row = 0; row < sparse.rows(); ++row) {
        for (std::uint64_t i = sparse.offsets[row]; i < sparse.offsets[row + 1]; ++i) {
            for (std::uint64_t j = sparse.offsets[row]; j < sparse.offsets[row + 1]; ++j) {
                products(sparse.indices[j], sparse.indices[i]) += sparse.values[i] * sparse.values[j];
            }
        }
    }
    return products;
}

// cells · cellsᵀ.
Matrix products_of_rows(const Cells& cells) {
    if (!cells.is_sparse()) {
        const Matrix transposed = cells.dense().transpose();
        Matrix products(cells.rows(), cells.rows());
        kernels::gram(transposed.data(), transposed.rows(), transposed.cols(), transposed.rows(), nullptr, products.data());
        return products;
    }
    const SparseRows& sparse = cells.sparse();
    Matrix products(cells.rows(), cells.rows());
    Vector spread = Vector::Zero(cells.columns());
    for (std::size_t row = 0; row < sparse.rows(); ++row) {
        for (std::uint64_t i = sparse.offsets[row]; i < sparse.offsets[row + 1]; ++i) {
            spread(sparse.indices[i]) = sparse.values[i];
        }
        for (std::size_t other = 0; other < sparse.rows(); ++other) {
            double sum = 0;
            for (std::uint64_t i = sparse.offsets[other]; i < sparse.offsets[other + 1]; ++i) {
                sum += sparse.values[i] * spread(sparse.indices[i]);
            }
            products(static_cast<Eigen::Index>(other), static_cast<Eigen::Index>(row)) = sum;
        }
        for (std::uint64_t i = sparse.offsets[row]; i < sparse.offsets[row + 1]; ++i) {
            spread(sparse.indices[i]) = 0;
        }
    }
    return products;
}

// How many of the eigenvalues of products are more than the rounding of these, at least one.
Eigen::Index count_above_rounding(const Vector& squares, Eigen::Index extent, Eigen::Index most) {
    const double rounding = squares.size() > 0 ? squares(0) * std::numeric_limits<double>::epsilon() * static_cast<double>(extent) : 0;
    Eigen::Index count = 0;
    while (count < std::min(most, squares.size()) && squares(count) > rounding) {
        ++count;
    }
    return std::max<Eigen::Index>(count, 1);
}

void normalise_columns(Matrix& vectors) {
    for (Eigen::Index j = 0; j < vectors.cols(); ++j) {
        const double length = vectors.col(j).stableNorm();
        vectors.col(j) /= length > 0 ? length : 1;
    }
}

Matrix orthonormal(const Matrix& columns) {
    const Eigen::HouseholderQR<Matrix> qr(columns);
    return qr.householderQ() * Matrix::Identity(columns.rows(), columns.cols());
}

// cellsᵀ · Q for a Q whose columns span nearly all that the cells make of `width` directions.
Matrix sketch(const Cells& cells, Eigen::Index width) {
    Rng rng = Rng::of_seed(0).child("truncated_svd");
    Matrix directions(cells.columns(), width);
    for (double& entry : directions.reshaped()) {
        entry = rng.normal();
    }
    Matrix basis = orthonormal(cells.times(directions));
    for (int i = 0; i < power_iterations; ++i) {
        basis = orthonormal(cells.times(orthonormal(cells.transposed_times(basis))));
    }
    return cells.transposed_times(basis);
}

}  // namespace

void fix_signs(Matrix& vectors) {
    for (Eigen::Index j = 0; j < vectors.cols(); ++j) {
        Eigen::Index largest = 0;
        for (Eigen::Index i = 1; i < vectors.rows(); ++i) {
            if (std::abs(vectors(i, j)) > std::abs(vectors(largest, j))) {
                largest = i;
            }
        }
        if (vectors.rows() > 0 && vectors(largest, j) < 0) {
            vectors.col(j) = -vectors.col(j);
        }
    }
}

void symmetric_eigen(const Matrix& symmetric, Vector& values, Matrix& vectors, std::string_view step) {
    const Eigen::Index size = symmetric.rows();
    values.resize(size);
    vectors.resize(size, size);
    const bool found = symmetric.allFinite() && kernels::symmetric_eigen(symmetric.data(), size, values.data(), vectors.data());
    if (!found || !values.allFinite()) {
        throw RunError(
            fmt::format("`{}` finds no components of these columns, whose values are too large or too far apart; `scale` them before", step));
    }
    values.reverseInPlace();
    vectors = vectors.rowwise().reverse().eval();
}

SingularVectors truncated_svd(const Cells& cells, Eigen::Index count, std::string_view step) {
    const Eigen::Index extent = std::max(cells.rows(), cells.columns());
    // As many as the sketch has whatever the count: a product's bits may depend on how many columns are multiplied at once.
    const Eigen::Index width = sketch_width(count);
    SingularVectors found;
    Vector squares;
    Matrix vectors;
    if (cells.columns() <= cells.rows() && cells.columns() <= most_for_products) {
        symmetric_eigen(products_of_columns(cells), squares, vectors, step);
        found.right = vectors.leftCols(count_above_rounding(squares, extent, width));
    } else if (cells.rows() <= most_for_products) {
        symmetric_eigen(products_of_rows(cells), squares, vectors, step);
        found.right = cells.transposed_times(vectors.leftCols(count_above_rounding(squares, extent, width)));
    } else {
        const Matrix sketched = sketch(cells, std::min(width, std::min(cells.rows(), cells.columns())));
        Matrix products(sketched.cols(), sketched.cols());
        kernels::gram(sketched.data(), sketched.rows(), sketched.cols(), sketched.rows(), nullptr, products.data());
        symmetric_eigen(products, squares, vectors, step);
        const Matrix kept = vectors.leftCols(count_above_rounding(squares, extent, width));
        found.right.resize(sketched.rows(), kept.cols());
        kernels::multiply(sketched.data(), sketched.rows(), sketched.cols(), sketched.rows(), kept.data(), kept.cols(), kept.rows(),
                          found.right.data(), found.right.rows());
    }
    found.right = found.right.leftCols(std::min(count, found.right.cols())).eval();
    normalise_columns(found.right);
    fix_signs(found.right);
    found.values = squares.head(found.right.cols()).cwiseMax(0).cwiseSqrt();
    return found;
}

bool begins_alike(Eigen::Index smaller, Eigen::Index larger) { return smaller <= larger && sketch_width(smaller) == sketch_width(larger); }

}  // namespace mlpc::steps
