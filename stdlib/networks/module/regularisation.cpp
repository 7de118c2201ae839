// Layers that disturb what comes in while the network is trained, by the batch's own generator.
#include "stdlib/networks/module/dropout.h"

namespace mlpc::networks {

at::Tensor dropped(const at::Tensor& in, at::IntArrayRef shape, double rate, Pass& pass) {
    if (!pass.training || rate == 0) {
        return in;
    }
    return in * at::empty(shape).bernoulli_(1 - rate, pass.generator).div_(1 - rate);
}

namespace {

class Dropout final : public Layer {
public:
    explicit Dropout(double rate) : rate_(rate) {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override { return dropped(in, in.sizes(), rate_, pass); }

private:
    double rate_;
};

// Whole channels at a time.
class SpatialDropout final : public Layer {
public:
    explicit SpatialDropout(double rate) : rate_(rate) {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        const std::vector<std::int64_t> shape =
            in.dim() == 4 ? std::vector<std::int64_t>{in.size(0), in.size(1), 1, 1} : std::vector<std::int64_t>{in.size(0), 1, in.size(2)};
        return dropped(in, shape, rate_, pass);
    }

private:
    double rate_;
};

class Noise final : public Layer {
public:
    explicit Noise(double sd) : sd_(sd) {}
    at::Tensor forward(const at::Tensor& in, Pass& pass) const override {
        return pass.training && sd_ > 0 ? in + at::empty(in.sizes()).normal_(0, sd_, pass.generator) : in;
    }

private:
    double sd_;
};

}  // namespace

std::unique_ptr<Layer> make_dropout(const Json& layer, const Construction&) { return std::make_unique<Dropout>(layer.at("params").at("rate")); }
std::unique_ptr<Layer> make_spatial_dropout(const Json& layer, const Construction&) {
    return std::make_unique<SpatialDropout>(layer.at("params").at("rate"));
}
std::unique_ptr<Layer> make_noise(const Json& layer, const Construction&) { return std::make_unique<Noise>(layer.at("params").at("sd")); }

}  // namespace mlpc::networks
