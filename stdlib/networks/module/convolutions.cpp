// Convolutions over the places of an image or the steps of a sequence, as the input is.
#include "stdlib/networks/module/layer.h"
#include "stdlib/networks/module/sliding.h"

#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>

#include <cmath>

namespace mlpc::networks {

namespace {

struct Kernel {
    std::int64_t in = 1, out = 1, size = 3, stride = 1, dilation = 1, groups = 1;
    bool same = true, bias = true;
};

class Conv final : public Layer {
public:
    Conv(const Kernel& kernel, Places places, const Construction& construction) : kernel_(kernel), places_(places) {
        std::vector<std::int64_t> shape{kernel.out, kernel.in / kernel.groups};
        shape.resize(places == Places::Image ? 4 : 3, kernel.size);
        std::int64_t fan_in = 1;
        for (std::size_t i = 1; i < shape.size(); ++i) {
            fan_in *= shape[i];
        }
        // As torch.nn.Conv2d.
        const double bound = 1 / std::sqrt(static_cast<double>(fan_in));
        weight_ = construction.uniform("weight", shape, bound);
        if (kernel.bias) {
            bias_ = construction.uniform("bias", {kernel.out}, bound);
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        const c10::optional<at::Tensor> bias = kernel_.bias ? c10::optional<at::Tensor>(bias_) : c10::nullopt;
        const std::int64_t reach = kernel_.same ? kernel_.dilation * (kernel_.size - 1) : 0;
        const std::int64_t stride = kernel_.size == 1 ? 1 : kernel_.stride, before = kernel_.size == 1 ? kernel_.stride : 1;
        if (places_ == Places::Image) {
            const Padded padded = padded_for(every_so_many(in, before), reach, places_);
            return at::conv2d(padded.cells, weight_, bias, stride, padded.left, kernel_.dilation, kernel_.groups);
        }
        const Padded padded = padded_for(every_so_many(in.transpose(1, 2), before), reach, places_);
        return at::conv1d(padded.cells, weight_, bias, stride, padded.left, kernel_.dilation, kernel_.groups).transpose(1, 2);
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
        if (kernel_.bias) {
            weights.push_back({.name = prefix + "bias", .tensor = bias_});
        }
    }

private:
    Kernel kernel_;
    Places places_;
    at::Tensor weight_, bias_;
};

class Separable final : public Layer {
public:
    Separable(const Kernel& depthwise, const Kernel& pointwise, Places places, const Construction& construction)
        : depthwise_(depthwise, places, construction.below(0)), pointwise_(pointwise, places, construction.below(1)) {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override { return pointwise_.forward(depthwise_.forward(in, pass), pass); }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        depthwise_.add_weights(prefix + "depthwise.", weights);
        pointwise_.add_weights(prefix + "pointwise.", weights);
    }

private:
    Conv depthwise_, pointwise_;
};

// What every convolution says of its window; channels and groups are left to it.
Kernel window_of(const Json& layer) {
    const Json& params = layer.at("params");
    const std::int64_t in = layer.at("in").at("extents").back();
    return {.in = in,
            .out = in,
            .size = params.at("kernel"),
            .stride = params.at("stride"),
            .dilation = params.value("dilation", std::int64_t{1}),
            .groups = in,
            .same = params.at("padding") == "same"};
}

}  // namespace

std::unique_ptr<Layer> make_conv(const Json& layer, const Construction& construction) {
    const Json& params = layer.at("params");
    Kernel kernel = window_of(layer);
    kernel.out = params.at("channels");
    kernel.groups = params.at("groups");
    kernel.bias = params.at("bias");
    return std::make_unique<Conv>(kernel, places_of(layer), construction);
}
std::unique_ptr<Layer> make_depthwise_conv(const Json& layer, const Construction& construction) {
    Kernel kernel = window_of(layer);
    kernel.out = kernel.in * layer.at("params").at("multiplier").get<std::int64_t>();
    return std::make_unique<Conv>(kernel, places_of(layer), construction);
}
std::unique_ptr<Layer> make_separable_conv(const Json& layer, const Construction& construction) {
    Kernel depthwise = window_of(layer);
    depthwise.bias = false;
    const Kernel pointwise{.in = depthwise.in, .out = layer.at("params").at("channels"), .size = 1};
    return std::make_unique<Separable>(depthwise, pointwise, places_of(layer), construction);
}

}  // namespace mlpc::networks
