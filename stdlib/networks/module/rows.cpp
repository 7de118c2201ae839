#include "stdlib/networks/module/rows.h"

#include <ATen/ops/arange.h>

namespace mlpc::networks {

namespace {

// libtorch has no tensors of constants; none of these is ever written to.
template <class T>
at::Tensor view(const T* cells, at::IntArrayRef shape, at::ScalarType type) {
    return at::from_blob(const_cast<T*>(cells), shape, at::TensorOptions(type));
}

}  // namespace

std::vector<at::Tensor> views_of(const InputRows& rows) {
    std::vector<at::Tensor> views;
    for (const InputCells& input : rows.inputs) {
        const std::int64_t shape[] = {static_cast<std::int64_t>(rows.rows), static_cast<std::int64_t>(input.width)};
        views.push_back(input.numbers != nullptr ? view(input.numbers, shape, at::kFloat) : view(input.codes, shape, at::kLong));
    }
    return views;
}

std::vector<at::Tensor> rows_at(const std::vector<at::Tensor>& views, const at::Tensor& positions) {
    std::vector<at::Tensor> rows;
    for (const at::Tensor& all : views) {
        rows.push_back(all.index_select(0, positions));
    }
    return rows;
}

TruthViews views_of(const Truth& truth, std::size_t rows) {
    const std::int64_t shape[] = {static_cast<std::int64_t>(rows)};
    TruthViews views;
    views.truth = truth.classes != nullptr ? view(truth.classes, shape, at::kLong) : view(truth.values, shape, at::kFloat);
    if (truth.weights != nullptr) {
        views.weights = view(truth.weights, shape, at::kFloat);
    }
    return views;
}

at::Tensor block_positions(std::int64_t first, std::int64_t together, std::int64_t rows) {
    return at::arange(first, first + together, at::kLong).clamp_max(rows - 1);
}

}  // namespace mlpc::networks
