#include "stdlib/networks/module/transformer_layer.h"

#include <ATen/Context.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/mkldnn_convolution.h>
#include <ATen/ops/mkldnn_reorder_conv2d_weight.h>
#include <ATen/ops/softmax.h>

#include <cmath>

namespace mlpc::networks {

namespace {

// oneDNN compiles for every length and keeps a thousand of what it has compiled: longer texts go through the dense layers in parts of this
// length, doubled as often as it fits, and one that is shorter.
constexpr std::int64_t shortest_part = 64;

// Steps as the places of an image.
at::Tensor as_image(const at::Tensor& x) { return x.transpose(1, 2).unsqueeze(3); }
at::Tensor as_steps(const at::Tensor& image) { return image.squeeze(3).transpose(1, 2); }

struct Asked {
    at::Tensor queries, keys, values;
};
at::Tensor attend(const Asked& asked, std::int64_t heads, const at::Tensor& unseen) {
    const std::int64_t rows = asked.queries.size(0), steps = asked.queries.size(1), width = asked.queries.size(2) / heads;
    const auto by_head = [&](const at::Tensor& t) { return t.reshape({rows, steps, heads, width}).transpose(1, 2); };
    at::Tensor scores = at::matmul(by_head(asked.queries / std::sqrt(static_cast<double>(width))), by_head(asked.keys).transpose(2, 3));
    if (unseen.defined()) {
        scores = scores + unseen;
    }
    return at::matmul(at::softmax(scores, 3), by_head(asked.values)).transpose(1, 2).reshape({rows, steps, asked.queries.size(2)});
}

std::vector<std::int64_t> parts_of(std::int64_t steps) {
    std::vector<std::int64_t> parts;
    for (; steps > shortest_part; steps -= parts.back()) {
        parts.push_back(shortest_part);
        while (2 * parts.back() <= steps) {
            parts.back() *= 2;
        }
    }
    if (steps > 0) {
        parts.push_back(steps);
    }
    return parts;
}

// What a function of each step by itself gives for all of them.
template <class OfSteps>
at::Tensor by_parts(const at::Tensor& x, OfSteps function) {
    const std::vector<std::int64_t> lengths = parts_of(x.size(1));
    if (lengths.size() == 1) {
        return function(x);
    }
    std::vector<at::Tensor> parts;
    for (const at::Tensor& part : x.split_with_sizes(lengths, 1)) {
        parts.push_back(function(part));
    }
    return at::cat(parts, 1);
}

at::Tensor packed_layer(const TransformerLayer& layer, const at::Tensor& x, const at::Tensor& unseen) {
    const at::Tensor asked = by_parts(x, [&](const at::Tensor& part) { return as_steps(layer.packed->queries_keys_values(as_image(part))); });
    const std::vector<at::Tensor> parts = asked.split(x.size(2), 2);
    const at::Tensor attended = attend({parts[0], parts[1], parts[2]}, layer.heads, unseen);
    const at::Tensor seen =
        layer.after_attention(by_parts(attended, [&](const at::Tensor& part) { return as_steps(layer.packed->attended(as_image(part))); }) + x);
    return layer.after_output(by_parts(seen,
                                       [&](const at::Tensor& part) {
                                           // Between the two dense layers the numbers stay as oneDNN has them.
                                           const at::Tensor inner = at::gelu(layer.packed->intermediate(as_image(part).contiguous().to_mkldnn()));
                                           return as_steps(layer.packed->output(inner).to_dense());
                                       }) +
                              seen);
}

}  // namespace

at::Tensor Linear::operator()(const at::Tensor& x) const { return at::linear(x, weight, bias); }

at::Tensor Norm::operator()(const at::Tensor& x) const { return at::layer_norm(x, weight.sizes(), weight, bias, epsilon); }

PackedLinear::PackedLinear(const Linear& linear)
    : weight(at::mkldnn_reorder_conv2d_weight(linear.weight.unsqueeze(2).unsqueeze(3).to_mkldnn(), {0, 0}, {1, 1}, {1, 1}, 1)), bias(linear.bias) {}

at::Tensor PackedLinear::operator()(const at::Tensor& x) const { return at::mkldnn_convolution(x, weight, bias, {0, 0}, {1, 1}, {1, 1}, 1); }

at::Tensor TransformerLayer::operator()(const at::Tensor& x, const at::Tensor& unseen) const {
    if (packed) {
        return packed_layer(*this, x, unseen);
    }
    const at::Tensor seen = after_attention(attended(attend({query(x), key(x), value(x)}, heads, unseen)) + x);
    return after_output(output(at::gelu(intermediate(seen))) + seen);
}

void TransformerLayer::freeze() {
    if (!at::globalContext().hasMKLDNN()) {
        return;
    }
    const Linear together{.weight = at::cat({query.weight, key.weight, value.weight}), .bias = at::cat({query.bias, key.bias, value.bias})};
    packed = Packed{.queries_keys_values = PackedLinear(together),
                    .attended = PackedLinear(attended),
                    .intermediate = PackedLinear(intermediate),
                    .output = PackedLinear(output)};
    query = key = value = attended = intermediate = output = {};
}

}  // namespace mlpc::networks
