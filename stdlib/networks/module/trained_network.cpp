#include "stdlib/networks/module/trained_network.h"

#include "stdlib/networks/module/guarded.h"
#include "stdlib/networks/module/rows.h"
#include "stdlib/networks/module/safetensors.h"

#include <ATen/ops/softmax.h>

#include <c10/core/InferenceMode.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>

namespace mlpc::networks {

std::vector<at::Tensor> copies_of(const std::vector<Weight>& weights) {
    std::vector<at::Tensor> copies;
    for (const Weight& weight : weights) {
        copies.push_back(weight.tensor.detach().clone());
    }
    return copies;
}

void put_into(const std::vector<Weight>& weights, const std::vector<at::Tensor>& cells) {
    const at::NoGradGuard no_gradients;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        at::Tensor(weights[i].tensor).copy_(cells.at(i));
    }
}

void Trained::predict(const InputRows& rows, float* out) const {
    guarded([&] {
        const c10::InferenceMode inference;
        for_each_block(views_of(rows), rows.rows, network_->rows_together(),
                       [&](const std::vector<at::Tensor>& inputs, std::int64_t first, std::int64_t count) {
                           Pass pass;
                           const at::Tensor given = network_->forward(inputs, pass);
                           const at::Tensor answer = (truths_ == Truths::Classes ? at::softmax(given, 1) : given).contiguous();
                           std::memcpy(out + first * outputs_, answer.data_ptr<float>(), static_cast<std::size_t>(count * outputs_) * sizeof(float));
                       });
    });
}

std::string Trained::weights() const {
    return guarded([&] {
        std::vector<std::pair<std::string, at::Tensor>> named;
        for (const Weight& weight : network_->weights()) {
            named.emplace_back(weight.name, weight.tensor);
        }
        return to_safetensors(named);
    });
}

void Trained::set_state(TrainingState state, std::vector<Epoch> epochs) {
    state_ = std::move(state);
    epochs_ = std::move(epochs);
}

std::unique_ptr<TrainedNetwork> load_network(const Json& described, std::int64_t outputs, Truths truths, const std::string& weights) {
    const std::map<std::string, StoredTensor> stored = read_safetensors(weights);
    auto network = std::make_unique<Network>(described, outputs, std::nullopt);
    std::vector<at::Tensor> cells;
    for (const Weight& weight : network->weights()) {
        const auto found = stored.find(weight.name);
        if (found == stored.end()) {
            throw BackendError(fmt::format("the weights lack `{}`: they are of another network", weight.name));
        }
        if (found->second.shape != weight.tensor.sizes().vec()) {
            throw BackendError(fmt::format("the weights have `{}` of {}, and the network needs {}: they are of another network", weight.name,
                                           fmt::join(found->second.shape, " × "), fmt::join(weight.tensor.sizes().vec(), " × ")));
        }
        if (found->second.type != "F32") {
            throw BackendError(fmt::format("the weights have `{}` as {}, and a saved network has F32", weight.name, found->second.type));
        }
        cells.push_back(as_float(weight.name, found->second));
    }
    if (stored.size() != cells.size()) {
        throw BackendError(fmt::format("there are {} weights, and the network has {}: they are of another network", stored.size(), cells.size()));
    }
    put_into(network->weights(), cells);
    return std::make_unique<Trained>(std::move(network), outputs, truths);
}

}  // namespace mlpc::networks
