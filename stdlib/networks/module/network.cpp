#include "stdlib/networks/module/network.h"

#include "stdlib/networks/module/augmentation.h"

#include <ATen/ops/linear.h>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace mlpc::networks {

namespace {

bool is_sequence(const Json& shape) { return shape.at("kind") == "sequence" || shape.at("kind") == "tokens"; }

// Whether a layer multiplies a matrix by the steps of all rows at once, which are as many rows of a product; convolutions, pools and norms take
// the rows one by one.
bool multiplies_steps(const Json& layers) {
    static const std::set<std::string> multiplying = {"attention", "dense", "gru", "lstm", "pretrained"};
    return std::any_of(layers.begin(), layers.end(), [](const Json& layer) {
        const Json& chains = layer.at("chains");
        const bool over_steps = is_sequence(layer.at("in")) || is_sequence(layer.at("out"));
        return (over_steps && multiplying.contains(layer.at("layer"))) || std::any_of(chains.begin(), chains.end(), multiplies_steps);
    });
}

}  // namespace

Network::Network(const Json& described, std::int64_t outputs, std::optional<std::uint64_t> seed) {
    const Construction construction{.seed = seed};
    for (const Json& branch : described.at("inputs")) {
        const Json& shape = branch.at("in");
        Construction own = construction.below(inputs_.size());
        own.levels = branch.value("levels", std::vector<std::int64_t>{});
        Input input;
        if (shape.at("kind") == "image") {
            input.image = shape.at("extents").get<std::vector<std::int64_t>>();
        } else if (shape.at("kind") == "sequence") {
            input.steps = shape.at("extents").at(0);
        }
        input.layers = make_layers(branch.at("layers"), own);
        rows_together_ = multiplies_steps(branch.at("layers")) ? 1 : rows_together_;
        add_weights_of(input.layers, fmt::format("inputs.{}.", inputs_.size()), weights_);
        inputs_.push_back(std::move(input));
    }
    // Numbered behind every input, so that the number of inputs does not shift the names of what each of them has.
    constexpr std::uint64_t then_place = 1'000'000, head_place = then_place + 1;
    Construction then = construction.below(then_place);
    if (inputs_.size() == 1) {
        then.levels = described.at("inputs")[0].value("levels", std::vector<std::int64_t>{});
    }
    then_ = make_layers(described.at("then"), then);
    rows_together_ = multiplies_steps(described.at("then")) ? 1 : rows_together_;
    add_weights_of(then_, "then.", weights_);

    const std::int64_t width = described.at("out").at("extents").at(0);
    const double bound = 1 / std::sqrt(static_cast<double>(width));
    const Construction head = construction.below(head_place);
    head_weight_ = head.uniform("weight", {outputs, width}, bound);
    head_bias_ = head.uniform("bias", {outputs}, bound);
    weights_.push_back({.name = "head.weight", .tensor = head_weight_});
    weights_.push_back({.name = "head.bias", .tensor = head_bias_});
}

at::Tensor Network::seen(const Input& input, const at::Tensor& cells, Pass& pass) {
    if (input.steps > 0) {
        return cells.reshape({cells.size(0), input.steps, -1});
    }
    return input.image.empty() ? cells : image_of(cells, input.image, pass);
}

at::Tensor Network::forward(const std::vector<at::Tensor>& inputs, Pass& pass) const {
    std::vector<at::Tensor> ends;
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
        ends.push_back(forward_all(inputs_[i].layers, seen(inputs_[i], inputs.at(i), pass), pass));
    }
    const at::Tensor joined = ends.size() == 1 ? ends.front() : at::cat(ends, 1);
    return at::linear(forward_all(then_, joined, pass), head_weight_, head_bias_);
}

void Network::epoch_begins(std::int64_t epoch) {
    for (const Input& input : inputs_) {
        epoch_begins_in(input.layers, epoch);
    }
    epoch_begins_in(then_, epoch);
}

std::int64_t Network::parameters() const {
    std::int64_t cells = 0;
    for (const Weight& weight : weights_) {
        cells += weight.learned ? weight.tensor.numel() : 0;
    }
    return cells;
}

}  // namespace mlpc::networks
