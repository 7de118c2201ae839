#include "stdlib/models/kernel_function.h"

#include "runtime/core/digest.h"
#include "runtime/core/kernels.h"
#include "runtime/core/support_vector_kernels.h"

#include <cmath>

namespace mlpc::models {

namespace {

void decay(double* cells, Eigen::Index count, double gamma) { kernels::decay(cells, count, gamma); }
void decay(float* cells, Eigen::Index count, float gamma) { kernels::decay_floats(cells, count, gamma); }

template <class Number>
void apply_to(const KernelFunction& kernel, Eigen::Ref<Eigen::Array<Number, Eigen::Dynamic, 1>> cells) {
    const auto gamma = static_cast<Number>(kernel.gamma), coef0 = static_cast<Number>(kernel.coef0);
    switch (kernel.kind) {
        case KernelKind::Rbf:
            decay(cells.data(), cells.size(), gamma);
            return;
        case KernelKind::Linear:
            return;
        case KernelKind::Poly: {
            const Eigen::Array<Number, Eigen::Dynamic, 1> base = gamma * cells + coef0;
            cells.setOnes();
            for (std::int64_t d = 0; d < kernel.degree; ++d) {
                cells *= base;
            }
            return;
        }
        case KernelKind::Sigmoid:
            for (Eigen::Index i = 0; i < cells.size(); ++i) {
                cells[i] = std::tanh(gamma * cells[i] + coef0);
            }
            return;
    }
}

}  // namespace

void KernelFunction::apply(Eigen::Ref<Eigen::ArrayXf> cells) const { apply_to<float>(*this, cells); }
void KernelFunction::apply(Eigen::Ref<Eigen::ArrayXd> cells) const { apply_to<double>(*this, cells); }

void kernel_arguments(KernelKind kind, Eigen::Ref<const Matrix> a, Eigen::Ref<const Matrix> b, Eigen::Ref<Matrix> out) {
    if (kind == KernelKind::Rbf) {
        kernels::squared_distances(a.data(), a.rows(), a.cols(), a.outerStride(), b.data(), b.rows(), b.outerStride(), out.data(), out.outerStride());
        return;
    }
    const Matrix transposed = b.transpose();
    kernels::multiply(a.data(), a.rows(), a.cols(), a.outerStride(), transposed.data(), transposed.cols(), transposed.rows(), out.data(),
                      out.outerStride());
}

Vector squared_lengths(const Matrix& x) {
    Vector squares = Vector::Zero(x.rows());
    for (const auto& column : x.colwise()) {
        squares += column.cwiseAbs2();
    }
    return squares;
}

Eigen::MatrixXf kernel_arguments_within(KernelKind kind, const Matrix& x) {
    constexpr Eigen::Index block = 32;  // columns that stay in the second-level cache
    const Eigen::Index rows = x.rows();
    Eigen::MatrixXf out(rows, rows);
    Matrix part(rows, block);
    // |a - b|² = |a|² + |b|² - 2 a·b. The cells are centred, so that what cancels is nothing that single precision would have kept.
    const bool distances = kind == KernelKind::Rbf;
    const Matrix cells = distances ? Matrix(x.rowwise() - x.colwise().mean()) : x;
    const Vector squares = distances ? squared_lengths(cells) : Vector();
    for (Eigen::Index begin = 0; begin < rows; begin += block) {
        const Eigen::Index count = std::min(block, rows - begin), below = rows - begin, after = below - count;
        kernel_arguments(KernelKind::Linear, cells.middleRows(begin, below), cells.middleRows(begin, count), part.topLeftCorner(below, count));
        for (Eigen::Index j = 0; j < count; ++j) {
            auto to = out.col(begin + j).tail(below);
            if (distances) {
                kernels::narrow_distances(part.col(j).data(), squares.data() + begin, squares[begin + j], below, to.data());
                to[j] = 0;
            } else {
                to = part.col(j).head(below).cast<float>();
            }
        }
        out.block(begin, begin + count, count, after) = out.block(begin + count, begin, after, count).transpose();
    }
    return out;
}

std::string name_of_cells(const Matrix& cells) {
    KeyBuilder name;
    name.add(static_cast<std::uint64_t>(cells.rows()));
    name.add_bytes(std::as_bytes(std::span<const double>(cells.data(), static_cast<std::size_t>(cells.size()))));
    return name.key().hex();
}

}  // namespace mlpc::models
