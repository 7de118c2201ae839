// From the codes of words and categories to numbers, and where in a sequence they stand.
#include "stdlib/networks/module/layer.h"

#include <ATen/ops/arange.h>
#include <ATen/ops/cos.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/sin.h>
#include <ATen/ops/tensor.h>

#include <cmath>

namespace mlpc::networks {

namespace {

// The padding is 0 and stays so.
class WordEmbedding final : public Layer {
public:
    WordEmbedding(std::int64_t words, std::int64_t size, const Construction& construction) : weight_(construction.normal("weight", {words, size})) {
        const at::NoGradGuard no_gradients;
        weight_.select(0, 0).zero_();
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return at::embedding(weight_, in, 0); }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
    }

private:
    at::Tensor weight_;
};

// The tables of all columns lie below each other, each with a last row for what was never seen, which tells nothing until it is trained on.
class CategoryEmbedding final : public Layer {
public:
    CategoryEmbedding(const std::vector<std::int64_t>& levels, std::int64_t size, const Construction& construction) {
        std::vector<std::int64_t> first;
        std::int64_t rows = 0;
        for (const std::int64_t count : levels) {
            first.push_back(rows);
            rows += count + 1;
        }
        weight_ = construction.normal("weight", {rows, size});
        first_ = at::tensor(first, at::kLong);
        const at::NoGradGuard no_gradients;
        for (std::size_t column = 0; column < levels.size(); ++column) {
            weight_.select(0, first[column] + levels[column]).zero_();
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return at::embedding(weight_, in + first_).reshape({in.size(0), -1}); }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
    }

private:
    at::Tensor weight_, first_;
};

class LearnedPosition final : public Layer {
public:
    LearnedPosition(std::int64_t steps, std::int64_t channels, const Construction& construction)
        : weight_(construction.normal("weight", {steps, channels})) {
        const at::NoGradGuard no_gradients;
        if (construction.seed) {
            weight_.mul_(0.02);  // as in BERT: small beside the words
        }
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return in + weight_; }
    void add_weights(const std::string& prefix, std::vector<Weight>& weights) const override {
        weights.push_back({.name = prefix + "weight", .tensor = weight_});
    }

private:
    at::Tensor weight_;
};

// Vaswani et al. (2017), section 3.5: sines in even channels, cosines in odd ones.
class SinusoidalPosition final : public Layer {
public:
    SinusoidalPosition(std::int64_t steps, std::int64_t channels) : waves_(at::zeros({steps, channels})) {
        const at::Tensor step = at::arange(steps, at::kFloat).unsqueeze(1);
        const at::Tensor even = at::exp(at::arange(0, channels, 2, at::kFloat) * (-std::log(10000.0) / static_cast<double>(channels)));
        waves_.slice(1, 0, channels, 2).copy_(at::sin(step * even));
        waves_.slice(1, 1, channels, 2).copy_(at::cos(step * even).slice(1, 0, channels / 2));
    }
    at::Tensor forward(const at::Tensor& in, Pass&) const override { return in + waves_; }

private:
    at::Tensor waves_;
};

}  // namespace

std::unique_ptr<Layer> make_embedding(const Json& layer, const Construction& construction) {
    const auto extents = layer.at("in").at("extents").get<std::vector<std::int64_t>>();
    const std::int64_t size = layer.at("params").at("size");
    if (layer.at("in").at("kind") == "tokens") {
        return std::make_unique<WordEmbedding>(extents.at(1), size, construction);
    }
    return std::make_unique<CategoryEmbedding>(construction.levels, size, construction);
}

std::unique_ptr<Layer> make_position(const Json& layer, const Construction& construction) {
    const Json& extents = layer.at("in").at("extents");
    if (layer.at("params").at("kind") == "learned") {
        return std::make_unique<LearnedPosition>(extents.at(0), extents.at(1), construction);
    }
    return std::make_unique<SinusoidalPosition>(extents.at(0), extents.at(1));
}

}  // namespace mlpc::networks
