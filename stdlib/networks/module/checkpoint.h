// A training that was stopped between two epochs, as bytes.
#pragma once

#include "stdlib/networks/module/trained_network.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc::networks {

// `epochs` of the training of the network `described` have ended; `best`: the best weights so far, none where no rows are held back.
std::string to_checkpoint(const Json& described, const std::vector<Weight>&, const TrainingState&, const std::vector<at::Tensor>& best,
                          const std::vector<Epoch>& epochs);

struct Checkpoint {
    TrainingState state;  // with the weights
    std::vector<at::Tensor> best;
    std::vector<Epoch> epochs;
};
// nullopt where it is of another network, of one that has ended more epochs than this one is given, or damaged.
std::optional<Checkpoint> read_checkpoint(std::string_view bytes, const Json& described, const std::vector<Weight>&);

}  // namespace mlpc::networks
