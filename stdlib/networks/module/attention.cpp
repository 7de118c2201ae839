// A transformer's block, its norms in front (Xiong et al. 2020), with the weights of torch.nn.TransformerEncoderLayer.
#include "stdlib/networks/module/dropout.h"
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>

#include <cmath>

namespace mlpc::networks {

namespace {

class Attention final : public Layer {
public:
    Attention(const Json& layer, const Construction& construction)
        : channels_(layer.at("in").at("extents").at(1)), heads_(layer.at("params").at("heads")), dropout_(layer.at("params").at("dropout")) {
        const Json& given = layer.at("params").at("feed_forward");
        const std::int64_t hidden = given.is_null() ? 4 * channels_ : given.get<std::int64_t>();
        const auto within = [](std::int64_t fan_in) { return 1 / std::sqrt(static_cast<double>(fan_in)); };
        add("self_attn.in_proj_weight", construction.uniform("in", {3 * channels_, channels_}, std::sqrt(1.5 / static_cast<double>(channels_))));
        add("self_attn.in_proj_bias", Construction::constant({3 * channels_}, 0));
        add("self_attn.out_proj.weight", construction.uniform("out", {channels_, channels_}, within(channels_)));
        add("self_attn.out_proj.bias", Construction::constant({channels_}, 0));
        add("linear1.weight", construction.uniform("linear1.weight", {hidden, channels_}, within(channels_)));
        add("linear1.bias", construction.uniform("linear1.bias", {hidden}, within(channels_)));
        add("linear2.weight", construction.uniform("linear2.weight", {channels_, hidden}, within(hidden)));
        add("linear2.bias", construction.uniform("linear2.bias", {channels_}, within(hidden)));
        add("norm1.weight", Construction::constant({channels_}, 1));
        add("norm1.bias", Construction::constant({channels_}, 0));
        add("norm2.weight", Construction::constant({channels_}, 1));
        add("norm2.bias", Construction::constant({channels_}, 0));
    }
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        const at::Tensor looked = in + drop(look(normalised(in, 8), pass), pass);
        const at::Tensor hidden = drop(at::gelu(at::linear(normalised(looked, 10), of(4), of(5))), pass);
        return looked + drop(at::linear(hidden, of(6), of(7)), pass);
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        for (const Weight& weight : weights_) {
            weights.push_back({.name = prefix + weight.name, .tensor = weight.tensor});
        }
    }

private:
    const at::Tensor& of(std::size_t i) const { return weights_[i].tensor; }
    void add(const std::string& name, at::Tensor tensor) { weights_.push_back({.name = name, .tensor = std::move(tensor)}); }
    at::Tensor drop(const at::Tensor& x, Pass& pass) const { return dropped(x, x.sizes(), dropout_, pass); }
    at::Tensor normalised(const at::Tensor& x, std::size_t weight) const { return at::layer_norm(x, {channels_}, of(weight), of(weight + 1), 1e-5); }
    // Every step's weighted mean of all steps, head by head.
    at::Tensor look(const at::Tensor& in, Pass& pass) const {
        const std::int64_t rows = in.size(0), steps = in.size(1), share = channels_ / heads_;
        const at::Tensor projected = at::linear(in, of(0), of(1)).reshape({rows, steps, 3, heads_, share}).permute({2, 0, 3, 1, 4});
        const at::Tensor asked = projected[0] / std::sqrt(static_cast<double>(share));
        const at::Tensor shares = drop(at::softmax(at::matmul(asked, projected[1].transpose(-2, -1)), -1), pass);
        const at::Tensor seen = at::matmul(shares, projected[2]).transpose(1, 2).reshape({rows, steps, channels_});
        return at::linear(seen, of(2), of(3));
    }

    std::int64_t channels_, heads_;
    double dropout_;
    std::vector<Weight> weights_;
};

}  // namespace

std::unique_ptr<Layer> make_attention(const Json& layer, const Construction& construction) {
    return std::make_unique<Attention>(layer, construction);
}

}  // namespace mlpc::networks
