// The rows that a network is given, as tensors on the caller's own memory.
#pragma once

#include "stdlib/networks/backend.h"
#include "stdlib/networks/module/tensor.h"

#include <algorithm>
#include <vector>

namespace mlpc::networks {

std::vector<at::Tensor> views_of(const InputRows&);
// Copies of the rows at these positions.
std::vector<at::Tensor> rows_at(const std::vector<at::Tensor>& views, const at::Tensor& positions);

struct TruthViews {
    at::Tensor truth;    // int64 classes or float values, an entry a row
    at::Tensor weights;  // undefined where every row weighs 1
};
TruthViews views_of(const Truth&, std::size_t rows);

// The positions of `together` rows from `first` on; behind the last row it is filled up with copies of it.
at::Tensor block_positions(std::int64_t first, std::int64_t together, std::int64_t rows);
// Gives `take` the rows block by block, where each begins and how many of it count.
template <class Take>
void for_each_block(const std::vector<at::Tensor>& views, std::size_t rows, std::int64_t together, Take take) {
    const auto all = static_cast<std::int64_t>(rows);
    for (std::int64_t first = 0; first < all; first += together) {
        take(rows_at(views, block_positions(first, together, all)), first, std::min(together, all - first));
    }
}

}  // namespace mlpc::networks
