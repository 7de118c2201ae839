// A pre-trained network inside of the module: what its file holds, as tensors that can be trained on, from the last block to the first.
#pragma once

#include "stdlib/networks/backend.h"

#include <torch/types.h>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mlpc::networks {

class Pretrained {
public:
    using Named = std::vector<std::pair<std::string, torch::Tensor>>;

    virtual ~Pretrained() = default;
    // Rows × cells of numbers (an image's by row, column, channel), rows × channels × height × width, or rows × codes; not normalised: that
    // is its own first step. Gives rows × width(). Draws no random numbers and changes nothing: its dropout is off and its running
    // statistics stay, also while it is trained on.
    virtual torch::Tensor forward(const torch::Tensor&) = 0;
    virtual std::int64_t width() const = 0;
    // Parameters that can be trained on, block by block, from the input to the output.
    virtual std::vector<Named> blocks() = 0;
    // All of its state by name: parameters and running statistics.
    virtual Named state() = 0;
    // Nothing of its state will change or be asked for from now on: it may be laid out for speed.
    virtual void freeze() {}
};

// An own copy of the network that `source` (the JSON of stdlib/pretrained/pretrained.h) names. Throws BackendError.
std::unique_ptr<Pretrained> open_pretrained(const nlohmann::json& source);
// By format: `open_network` is of a network of ours, the source's "contents" telling which and where in the file its weights lie.
std::unique_ptr<Pretrained> open_torchscript(const nlohmann::json& source);
std::unique_ptr<Pretrained> open_network(const nlohmann::json& source);
// The one that the parameters of a layer `pretrained` name, as a function of a row.
std::unique_ptr<Encoder> open_encoder(const nlohmann::json& layer_params);

// What the layer `pretrained` trains: `unfreeze` blocks from the last; where it is `gradual`, one more with every epoch. Their rate is that
// of the optimiser times the layer's `rate_factor`.
struct TrainedBlock {
    Pretrained::Named parameters;
    std::int64_t from_epoch = 1;
};
std::vector<TrainedBlock> trained_blocks(Pretrained&, const nlohmann::json& layer_params);

}  // namespace mlpc::networks
