#include "stdlib/models/kernel_rows.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mlpc::models {

namespace {

RowIndex all_rows(Eigen::Index count) {
    RowIndex rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), 0U);
    return rows;
}

}  // namespace

KernelPart::KernelPart(const KernelFunction& kernel, const Eigen::MatrixXf& arguments, const RowIndex& rows)
    : kernel_(kernel),
      arguments_(arguments),
      rows_(rows),
      cells_(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows.size())),
      held_(rows.size(), 0) {
    Eigen::ArrayXf diagonal = arguments.diagonal()(rows);
    kernel_.apply(diagonal);
    diagonal_ = diagonal.cast<double>();
    for (const std::uint32_t row : rows) {
        if (runs_.empty() || runs_.back().first + runs_.back().second != row) {
            runs_.emplace_back(row, 0);
        }
        ++runs_.back().second;
    }
}

const float* KernelPart::row(Eigen::Index i) {
    if (held_[static_cast<std::size_t>(i)] == 0) {
        const auto from = arguments_.col(rows_[static_cast<std::size_t>(i)]);
        Eigen::Index at = 0;
        for (const auto& [first, count] : runs_) {
            cells_.col(i).segment(at, count) = from.segment(first, count);
            at += count;
        }
        kernel_.apply(cells_.col(i).array());
        held_[static_cast<std::size_t>(i)] = 1;
    }
    return cells_.data() + i * cells_.rows();
}

OwnKernel::OwnKernel(const KernelFunction& kernel, const Matrix& x)
    : arguments_(kernel_arguments_within(kernel.kind, x)), part_(kernel, arguments_, all_rows(x.rows())) {}

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
