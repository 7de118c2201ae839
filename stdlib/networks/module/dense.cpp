// Weighted sums of all numbers, and layers that only say how the numbers of a row are to be seen.
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/linear.h>

#include <cmath>

namespace mlpc::networks {

namespace {

class Dense final : public Layer {
public:
    Dense(std::int64_t in, std::int64_t units, const Construction& construction) {
        // As torch.nn.Linear: uniform within 1 / sqrt(fan in), which is He's initialisation with slope sqrt(5).
        const double bound = 1 / std::sqrt(static_cast<double>(in));
        weight_ = construction.uniform("weight", {units, in}, bound);
        bias_ = construction.uniform("bias", {units}, bound);
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return at::linear(in, weight_, bias_); }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
        weights.push_back({.name = prefix + "bias", .tensor = bias_});
    }

private:
    at::Tensor weight_, bias_;
};

class Flatten final : public Layer {
public:
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        return (in.dim() == 4 ? in.permute({0, 2, 3, 1}) : in).reshape({in.size(0), -1});
    }
};

class Image final : public Layer {
public:
    explicit Image(const Json& params) : extents_{params.at("height"), params.at("width"), params.at("channels")} {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override { return image_of(in, extents_, pass); }

private:
    std::vector<std::int64_t> extents_;
};

class Sequence final : public Layer {
public:
    explicit Sequence(std::int64_t steps) : steps_(steps) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return in.reshape({in.size(0), steps_, -1}); }

private:
    std::int64_t steps_;
};

class Rescale final : public Layer {
public:
    explicit Rescale(const Json& params) : by_(params.at("by")), offset_(params.at("offset")) {}
    at::Tensor forward(const at::Tensor& in, Pass&) const override {
        const at::Tensor scaled = in * by_;
        return offset_ == 0 ? scaled : scaled + offset_;
    }

private:
    double by_, offset_;
};

// What comes in are the codes of words already.
class Tokens final : public Layer {
public:
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return in; }
};

}  // namespace

std::unique_ptr<Layer> make_dense(const Json& layer, const Construction& construction) {
    return std::make_unique<Dense>(layer.at("in").at("extents").back(), layer.at("params").at("units"), construction);
}
std::unique_ptr<Layer> make_flatten(const Json&, const Construction&) { return std::make_unique<Flatten>(); }
std::unique_ptr<Layer> make_image(const Json& layer, const Construction&) { return std::make_unique<Image>(layer.at("params")); }
std::unique_ptr<Layer> make_sequence(const Json& layer, const Construction&) {
    return std::make_unique<Sequence>(layer.at("out").at("extents").front());
}
std::unique_ptr<Layer> make_rescale(const Json& layer, const Construction&) { return std::make_unique<Rescale>(layer.at("params")); }
std::unique_ptr<Layer> make_tokens(const Json&, const Construction&) { return std::make_unique<Tokens>(); }

}  // namespace mlpc::networks
