#include "stdlib/networks/module/layer.h"

#include "stdlib/networks/module/augmentation.h"
#include "stdlib/networks/module/random.h"

#include <fmt/format.h>

#include <map>

namespace mlpc::networks {

namespace {

at::Tensor learned(at::Tensor cells) { return cells.set_requires_grad(true); }

const std::map<std::string, LayerFactory*, std::less<>>& factories() {
    static const std::map<std::string, LayerFactory*, std::less<>> table{
        {"attention", make_attention},
        {"average_pool", make_average_pool},
        {"batch_norm", make_batch_norm},
        {"conv", make_conv},
        {"dense", make_dense},
        {"depthwise_conv", make_depthwise_conv},
        {"dropout", make_dropout},
        {"elu", make_activation},
        {"embedding", make_embedding},
        {"flatten", make_flatten},
        {"gelu", make_activation},
        {"global_average_pool", make_global_average_pool},
        {"global_max_pool", make_global_max_pool},
        {"group_norm", make_group_norm},
        {"gru", make_gru},
        {"image", make_image},
        {"layer_norm", make_layer_norm},
        {"leaky_relu", make_activation},
        {"lstm", make_lstm},
        {"max_pool", make_max_pool},
        {"noise", make_noise},
        {"parallel", make_parallel},
        {"position", make_position},
        {"pretrained", make_pretrained},
        {"relu", make_activation},
        {"rescale", make_rescale},
        {"residual", make_residual},
        {"selu", make_activation},
        {"separable_conv", make_separable_conv},
        {"sequence", make_sequence},
        {"sigmoid", make_activation},
        {"silu", make_activation},
        {"softplus", make_activation},
        {"spatial_dropout", make_spatial_dropout},
        {"tanh", make_activation},
        {"tokens", make_tokens},
    };
    return table;
}

}  // namespace

at::Tensor Construction::uniform(std::string_view name, at::IntArrayRef shape, double bound) const {
    const at::Tensor cells = at::empty(shape);
    return learned(seed ? cells.uniform_(-bound, bound, generator_of(seed_below(*seed, name))) : cells);
}

at::Tensor Construction::normal(std::string_view name, at::IntArrayRef shape) const {
    const at::Tensor cells = at::empty(shape);
    return learned(seed ? cells.normal_(0, 1, generator_of(seed_below(*seed, name))) : cells);
}

at::Tensor Construction::constant(at::IntArrayRef shape, double value) { return learned(at::full(shape, value)); }

Construction Construction::below(std::uint64_t part) const {
    return {.seed = seed ? std::optional(seed_below(*seed, part)) : std::nullopt, .levels = levels};
}

std::unique_ptr<Layer> make_layer(const Json& layer, const Construction& construction) {
    const auto name = layer.at("layer").get<std::string>();
    const auto found = factories().find(name);
    if (found == factories().end()) {
        throw BackendError(fmt::format("the library of networks knows no layer `{}`: it was built for another version of mlpc", name));
    }
    return found->second(layer, construction);
}

Layers make_layers(const Json& list, const Construction& construction) {
    Layers layers;
    for (const Json& layer : list) {
        layers.push_back(make_layer(layer, construction.below(layers.size())));
    }
    return layers;
}

at::Tensor forward_all(const Layers& layers, at::Tensor x, Pass& pass) {
    for (const auto& layer : layers) {
        x = layer->forward(x, pass);
    }
    return x;
}

void add_weights_of(const Layers& layers, const std::string& prefix, std::vector<Weight>& weights) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        layers[i]->add_weights(fmt::format("{}{}.", prefix, i), weights);
    }
}

void epoch_begins_in(const Layers& layers, std::int64_t epoch) {
    for (const auto& layer : layers) {
        layer->epoch_begins(epoch);
    }
}

at::Tensor image_of(const at::Tensor& cells, const std::vector<std::int64_t>& extents, Pass& pass) {
    const at::Tensor image = cells.reshape({cells.size(0), extents.at(0), extents.at(1), extents.at(2)}).permute({0, 3, 1, 2}).contiguous();
    return pass.augmentation == nullptr ? image : pass.augmentation->changed(image, pass.generator);
}

}  // namespace mlpc::networks
