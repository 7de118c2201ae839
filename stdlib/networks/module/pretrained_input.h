// What every pre-trained network does with what it is given and with what it gives.
#pragma once

#include <ATen/core/ivalue.h>
#include <torch/types.h>
#include <nlohmann/json.hpp>

#include <cstdint>
#include <vector>

namespace mlpc::networks {

// Numbers laid out and normalised as the network expects them.
class PretrainedInput {
public:
    explicit PretrainedInput(const nlohmann::json& source);
    std::int64_t cells() const;  // of a row
    // From rows × cells, an image's by row, column, channel, or from rows × channels × height × width. Throws BackendError where it is
    // neither.
    torch::Tensor prepared(const torch::Tensor&) const;

private:
    std::vector<std::int64_t> extents_;  // {height, width, channels}, or {numbers}
    torch::Tensor scale_, shift_;        // by channel; undefined where nothing is to be done
};

// Rows × numbers of what a network gives: the maps of an image and the steps of a sequence become their means. Throws BackendError where it
// gives no tensor.
torch::Tensor numbers_of(const c10::IValue&);

}  // namespace mlpc::networks
