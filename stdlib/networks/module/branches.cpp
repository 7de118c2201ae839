// Layers whose arguments are chains of layers, each given what comes in.
#include "stdlib/networks/module/layer.h"
#include "stdlib/networks/module/sliding.h"

#include <ATen/ops/conv1d.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/linear.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::networks {

namespace {

// Weighted sums of channels without bias, every so many places.
class Projection {
public:
    Projection(const Json& from, const Json& to, const Construction& construction) {
        const std::int64_t in = from.at("extents").back(), out = to.at("extents").back();
        for (std::size_t axis = 0; axis + 1 < from.at("extents").size(); ++axis) {  // a side of one place says nothing of the stride
            const std::int64_t places = from.at("extents").at(axis), left = to.at("extents").at(axis);
            stride_ = std::max(stride_, (places + left - 1) / left);
        }
        std::vector<std::int64_t> shape{out, in};  // and a window of one place
        shape.resize(from.at("extents").size() + 1, 1);
        weight_ = construction.uniform("shortcut", shape, 1 / std::sqrt(static_cast<double>(in)));
    }
    at::Tensor of(const at::Tensor& in) const {
        if (in.dim() == 2) {
            return at::linear(in, weight_);
        }
        if (in.dim() == 4) {
            return at::conv2d(every_so_many(in, stride_), weight_);
        }
        return at::conv1d(every_so_many(in.transpose(1, 2), stride_), weight_).transpose(1, 2);
    }
    const at::Tensor& weight() const { return weight_; }

private:
    at::Tensor weight_;
    std::int64_t stride_ = 1;
};

class Residual final : public Layer {
public:
    Residual(const Json& layer, const Construction& construction) : chain_(make_layers(layer.at("chains").at(0), construction.below(0))) {
        if (layer.at("params").at("shortcut") == "projection") {
            projection_ = std::make_unique<Projection>(layer.at("in"), layer.at("out"), construction);
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        return forward_all(chain_, in, pass) + (projection_ == nullptr ? in : projection_->of(in));
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        add_weights_of(chain_, prefix, weights);
        if (projection_ != nullptr) {
            weights.push_back({.name = prefix + "shortcut.weight", .tensor = projection_->weight()});
        }
    }
    void epoch_begins(std::int64_t epoch) override { epoch_begins_in(chain_, epoch); }

private:
    Layers chain_;
    std::unique_ptr<Projection> projection_;
};

class Parallel final : public Layer {
public:
    Parallel(const Json& layer, const Construction& construction) {
        for (const Json& chain : layer.at("chains")) {
            chains_.push_back(make_layers(chain, construction.below(chains_.size())));
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        std::vector<at::Tensor> ends;
        for (const Layers& chain : chains_) {
            ends.push_back(forward_all(chain, in, pass));
        }
        // An image's channels come before its places, a sequence's behind its steps.
        return at::cat(ends, ends.front().dim() == 4 ? 1 : -1);
    }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        for (std::size_t i = 0; i < chains_.size(); ++i) {
            add_weights_of(chains_[i], fmt::format("{}{}.", prefix, i), weights);
        }
    }
    void epoch_begins(std::int64_t epoch) override {
        for (const Layers& chain : chains_) {
            epoch_begins_in(chain, epoch);
        }
    }

private:
    std::vector<Layers> chains_;
};

}  // namespace

std::unique_ptr<Layer> make_residual(const Json& layer, const Construction& construction) { return std::make_unique<Residual>(layer, construction); }
std::unique_ptr<Layer> make_parallel(const Json& layer, const Construction& construction) { return std::make_unique<Parallel>(layer, construction); }

}  // namespace mlpc::networks
