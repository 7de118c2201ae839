// A layer of BERT: attention between the pieces of a text, then two dense layers for each piece.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <cstdint>
#include <optional>

namespace mlpc::networks {

struct Linear {
    at::Tensor weight, bias;
    at::Tensor operator()(const at::Tensor& x) const;
};
struct Norm {
    at::Tensor weight, bias;
    double epsilon = 0;
    at::Tensor operator()(const at::Tensor& x) const;
};
// A dense layer as oneDNN's convolution with a window of one place, the only one of its functions in libtorch 1.13 that takes weights which
// were laid out for it before: OpenBLAS lays them out at every call, which a short text pays most for.
struct PackedLinear {
    PackedLinear() = default;
    explicit PackedLinear(const Linear&);
    // n × from × steps × 1, dense or oneDNN's own; what comes is of the same kind.
    at::Tensor operator()(const at::Tensor& x) const;
    at::Tensor weight, bias;
};

struct TransformerLayer {
    struct Packed {
        PackedLinear queries_keys_values, attended, intermediate, output;
    };
    Linear query, key, value, attended, intermediate, output;  // empty where `packed` is there
    Norm after_attention, after_output;
    std::int64_t heads = 1;
    std::optional<Packed> packed = {};  // once frozen

    // x: n × steps × hidden; `unseen` is added to what every step gives every other, or undefined.
    at::Tensor operator()(const at::Tensor& x, const at::Tensor& unseen) const;
    // Its weights will neither change nor be asked for from now on: those of dense layers are held packed alone, where oneDNN is there.
    void freeze();
};

}  // namespace mlpc::networks
