#include "stdlib/models/kernel_rows.h"

#include <algorithm>

namespace mlpc::models {

WholeKernel::WholeKernel(const KernelFunction& kernel, const Eigen::MatrixXf& arguments, const RowIndex& rows) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    cells_.resize(size, size);
    Eigen::ArrayXf column;
    for (Eigen::Index j = 0; j < size; ++j) {
        const float* from = arguments.data() + rows[static_cast<std::size_t>(j)] * arguments.rows();
        column.resize(size - j);
        for (Eigen::Index i = j; i < size; ++i) {
            column[i - j] = from[rows[static_cast<std::size_t>(i)]];
        }
        kernel.apply(column);
        cells_.col(j).tail(size - j) = column;
    }
    for (Eigen::Index j = 0; j < size; ++j) {
        for (Eigen::Index i = 0; i < j; ++i) {
            cells_(i, j) = cells_(j, i);
        }
    }
}

WholeKernel WholeKernel::part(const RowIndex& rows) const {
    const auto size = static_cast<Eigen::Index>(rows.size());
    Eigen::MatrixXf cells(size, size);
    for (Eigen::Index j = 0; j < size; ++j) {
        const float* from = cells_.data() + rows[static_cast<std::size_t>(j)] * cells_.rows();
        for (Eigen::Index i = 0; i < size; ++i) {
            cells(i, j) = from[rows[static_cast<std::size_t>(i)]];
        }
    }
    return WholeKernel(std::move(cells));
}

CachedKernel::CachedKernel(const KernelFunction& kernel, Matrix x) : kernel_(kernel), x_(std::move(x)), diagonal_(x_.rows()) {
    constexpr std::size_t budget = 200'000'000;
    most_rows_ = std::max<std::size_t>(2, budget / (sizeof(float) * static_cast<std::size_t>(x_.rows())));
    place_.resize(static_cast<std::size_t>(x_.rows()));
    held_.assign(static_cast<std::size_t>(x_.rows()), 0);
    for (Eigen::Index i = 0; i < x_.rows(); ++i) {
        Matrix cell(1, 1);
        kernel_arguments(kernel_.kind, x_.row(i), x_.row(i), cell);
        Eigen::ArrayXf value = Eigen::ArrayXf::Constant(1, static_cast<float>(cell(0, 0)));
        kernel_.apply(value);
        diagonal_[i] = static_cast<double>(value[0]);
    }
}

Eigen::ArrayXf CachedKernel::compute(Eigen::Index i) const {
    Matrix cells(x_.rows(), 1);
    kernel_arguments(kernel_.kind, x_, x_.row(i), cells);
    Eigen::ArrayXf out = cells.col(0).cast<float>();
    kernel_.apply(out);
    return out;
}

const float* CachedKernel::row(Eigen::Index i) {
    const auto at = static_cast<std::size_t>(i);
    if (held_[at] != 0) {
        rows_.splice(rows_.begin(), rows_, place_[at]);
        return rows_.front().second.data();
    }
    if (rows_.size() == most_rows_) {
        held_[static_cast<std::size_t>(rows_.back().first)] = 0;
        rows_.pop_back();
    }
    rows_.emplace_front(i, compute(i));
    place_[at] = rows_.begin();
    held_[at] = 1;
    return rows_.front().second.data();
}

}  // namespace mlpc::models
