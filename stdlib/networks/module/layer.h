// A layer that runs: what the module makes of a LAYER of the JSON of runtime/core/network.h.
//
// What flows between layers, n rows at a time: numbers [n, width], codes of categories [n, columns] and of words [n, steps] as int64, an image
// [n, channels, height, width], a sequence [n, steps, channels].
#pragma once

#include "stdlib/networks/backend.h"
#include "stdlib/networks/module/tensor.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mlpc::networks {

using Json = nlohmann::json;

class ImageAugmentation;

// How one batch goes through the layers.
struct Pass {
    bool training = false;
    at::Generator generator;                          // of this batch's masks and noise; set where training
    const ImageAugmentation* augmentation = nullptr;  // what happens to an image where it enters; null: nothing
};

// A tensor that is kept with the network. It shares its cells with the layer's own.
struct Weight {
    std::string name;  // unique in the network: "then.2.weight"
    at::Tensor tensor;
    bool learned = true;  // false: a statistic that training passes keep up, or what is frozen for good
    double rate = 1;      // its learning rate is this times the network's
};

class Layer {
public:
    virtual ~Layer() = default;
    // Changes nothing in the layer unless the pass is training: many threads may evaluate it at once.
    virtual at::Tensor forward(const at::Tensor& in, Pass&) const = 0;
    // Appends what is kept, in an order of its own that never changes. A learned tensor without requires_grad is left alone by the optimiser.
    virtual void add_weights(const std::string&, std::vector<Weight>&) const {}
    // From 1, before its first batch: gradual unfreezing turns requires_grad on.
    virtual void epoch_begins(std::int64_t) {}
};

using Layers = std::vector<std::unique_ptr<Layer>>;

// What a layer is made with.
struct Construction {
    // Of this layer's weights; nullopt: they will be read, and their memory is not touched before it is known to be as much as there is.
    std::optional<std::uint64_t> seed;
    std::vector<std::int64_t> levels = {};  // of the columns, where the input is of categories
    // Uniform in -bound … bound, normal(0, 1), or all alike; learned.
    at::Tensor uniform(std::string_view name, at::IntArrayRef shape, double bound) const;
    at::Tensor normal(std::string_view name, at::IntArrayRef shape) const;
    static at::Tensor constant(at::IntArrayRef shape, double value);
    Construction below(std::uint64_t part) const;
};

// `layer`: a described LAYER.
std::unique_ptr<Layer> make_layer(const Json& layer, const Construction&);
Layers make_layers(const Json& list, const Construction&);

at::Tensor forward_all(const Layers&, at::Tensor, Pass&);
void add_weights_of(const Layers&, const std::string& prefix, std::vector<Weight>&);
void epoch_begins_in(const Layers&, std::int64_t epoch);
// Cells row by row, channels together, as a tensor of channels × height × width for each row, changed as the pass says.
at::Tensor image_of(const at::Tensor& cells, const std::vector<std::int64_t>& height_width_channels, Pass&);

// One row each in make_layer's table; a file holds what is of one kind.
using LayerFactory = std::unique_ptr<Layer>(const Json& layer, const Construction&);
LayerFactory make_dense, make_flatten, make_image, make_sequence, make_rescale, make_tokens;
LayerFactory make_conv, make_depthwise_conv, make_separable_conv;
LayerFactory make_max_pool, make_average_pool, make_global_max_pool, make_global_average_pool;
LayerFactory make_batch_norm, make_layer_norm, make_group_norm;
LayerFactory make_activation;
LayerFactory make_dropout, make_spatial_dropout, make_noise;
LayerFactory make_embedding, make_position, make_lstm, make_gru, make_attention;
LayerFactory make_residual, make_parallel;
LayerFactory make_pretrained;

}  // namespace mlpc::networks
