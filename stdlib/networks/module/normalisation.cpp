// Layers that bring what comes in to mean 0 and variance 1, over the batch, the row or groups of channels.
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/batch_norm.h>
#include <ATen/ops/group_norm.h>
#include <ATen/ops/layer_norm.h>

namespace mlpc::networks {

namespace {

class BatchNorm final : public Layer {
public:
    BatchNorm(std::int64_t channels, const Json& params)
        : momentum_(params.at("momentum")),
          epsilon_(params.at("epsilon")),
          weight_(Construction::constant({channels}, 1)),
          bias_(Construction::constant({channels}, 0)),
          mean_(at::zeros({channels})),
          variance_(at::ones({channels})) {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        const at::Tensor channels_first = in.dim() == 3 ? in.transpose(1, 2) : in;
        // A single value has no variance: it is normalised by the statistics so far.
        const bool by_batch = pass.training && in.numel() > mean_.numel();
        const at::Tensor out = at::batch_norm(channels_first, weight_, bias_, mean_, variance_, by_batch, momentum_, epsilon_, false);
        return in.dim() == 3 ? out.transpose(1, 2) : out;
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
        weights.push_back({.name = prefix + "bias", .tensor = bias_});
        weights.push_back({.name = prefix + "running_mean", .tensor = mean_, .learned = false});
        weights.push_back({.name = prefix + "running_var", .tensor = variance_, .learned = false});
    }

private:
    double momentum_, epsilon_;
    at::Tensor weight_, bias_, mean_, variance_;
};

// Of numbers over all of a row, of a sequence over the channels of each step, of an image over the channels of each place.
class LayerNorm final : public Layer {
public:
    LayerNorm(std::int64_t channels, const Json& params)
        : channels_(channels),
          epsilon_(params.at("epsilon")),
          weight_(Construction::constant({channels}, 1)),
          bias_(Construction::constant({channels}, 0)) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        const at::Tensor channels_last = in.dim() == 4 ? in.permute({0, 2, 3, 1}) : in;
        const at::Tensor out = at::layer_norm(channels_last, {channels_}, weight_, bias_, epsilon_);
        return in.dim() == 4 ? out.permute({0, 3, 1, 2}) : out;
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
        weights.push_back({.name = prefix + "bias", .tensor = bias_});
    }

private:
    std::int64_t channels_;
    double epsilon_;
    at::Tensor weight_, bias_;
};

class GroupNorm final : public Layer {
public:
    GroupNorm(std::int64_t channels, const Json& params)
        : groups_(params.at("groups")),
          epsilon_(params.at("epsilon")),
          weight_(Construction::constant({channels}, 1)),
          bias_(Construction::constant({channels}, 0)) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        const at::Tensor channels_first = in.dim() == 3 ? in.transpose(1, 2) : in;
        const at::Tensor out = at::group_norm(channels_first.contiguous(), groups_, weight_, bias_, epsilon_);
        return in.dim() == 3 ? out.transpose(1, 2) : out;
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
        weights.push_back({.name = prefix + "bias", .tensor = bias_});
    }

private:
    std::int64_t groups_;
    double epsilon_;
    at::Tensor weight_, bias_;
};

std::int64_t channels_into(const Json& layer) { return layer.at("in").at("extents").back(); }

}  // namespace

std::unique_ptr<Layer> make_batch_norm(const Json& layer, const Construction&) {
    return std::make_unique<BatchNorm>(channels_into(layer), layer.at("params"));
}
std::unique_ptr<Layer> make_layer_norm(const Json& layer, const Construction&) {
    return std::make_unique<LayerNorm>(channels_into(layer), layer.at("params"));
}
std::unique_ptr<Layer> make_group_norm(const Json& layer, const Construction&) {
    return std::make_unique<GroupNorm>(channels_into(layer), layer.at("params"));
}

}  // namespace mlpc::networks
