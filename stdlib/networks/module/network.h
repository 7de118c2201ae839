// A network that runs: its inputs' chains side by side, what follows, and the head that predicts.
#pragma once

#include "stdlib/networks/module/layer.h"

#include <vector>

namespace mlpc::networks {

class Network {
public:
    // `described`: a described NETWORK of runtime/core/network.h; `seed`: of the first weights, nullopt where others will be put into it.
    Network(const Json& described, std::int64_t outputs, std::optional<std::uint64_t> seed);
    // rows × outputs, before any softmax. `inputs`: the cells of each, rows × width.
    at::Tensor forward(const std::vector<at::Tensor>& inputs, Pass&) const;
    void epoch_begins(std::int64_t epoch);
    // Behind them all the head's, `head.weight` and `head.bias`.
    const std::vector<Weight>& weights() const { return weights_; }
    // Cells of all tensors that are learned.
    std::int64_t parameters() const;
    std::size_t inputs() const { return inputs_.size(); }
    // How many rows are to be evaluated at once, always: the bits of a row's result then depend on nothing but the row. Matrices of other sizes
    // are multiplied in another order, and within one of more than eight rows OpenBLAS takes some rows otherwise than others on processors
    // without AVX-512. Where a layer multiplies a matrix by the steps of a sequence, they are rows of a product, so that a sequence goes alone.
    std::int64_t rows_together() const { return rows_together_; }

private:
    struct Input {
        std::vector<std::int64_t> image;  // height, width, channels, where one comes in
        std::int64_t steps = 0;           // where a sequence comes in
        Layers layers;
    };
    static at::Tensor seen(const Input&, const at::Tensor& cells, Pass&);

    std::vector<Input> inputs_;
    Layers then_;
    at::Tensor head_weight_, head_bias_;
    std::vector<Weight> weights_;
    std::int64_t rows_together_ = 8;
};

}  // namespace mlpc::networks
