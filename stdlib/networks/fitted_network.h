// A trained network with what its inputs and its target are to it.
#pragma once

#include "runtime/core/error.h"
#include "stdlib/models/outcome.h"
#include "stdlib/networks/input_cells.h"
#include "stdlib/networks/network_model.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc::networks {

// Numbers are predicted as (value - mean) / sd.
struct Scale {
    double mean = 0, sd = 1;
};

// Everything but the weights.
struct NetworkState {
    std::string component;
    Json network;  // described
    models::OutcomeSchema outcome;
    Scale scale;
    std::size_t columns = 0;  // that it was fitted on
    std::vector<NetworkInput> inputs;

    std::int64_t outputs() const { return is_classification(outcome.task) ? outcome.class_count() : 1; }
    void archive(Archive&);
};

class FittedNetwork final : public FittedModel {
public:
    explicit FittedNetwork(BackendOf backend_of) : backend_of_(backend_of) {}
    FittedNetwork(NetworkState state, std::shared_ptr<const TrainedNetwork> trained)
        : state_(std::move(state)), trained_(std::move(trained)), can_go_on_(true) {}

    Prediction predict(const Frame&) const override;
    void archive(Archive&) override;
    std::vector<Epoch> epochs() const override { return can_go_on_ ? trained_->epochs() : std::vector<Epoch>(); }

    const TrainedNetwork& network() const { return *trained_; }
    const Json& description() const { return state_.network; }
    // Whether the training is still in memory, with what the optimiser keeps.
    bool can_go_on() const { return can_go_on_; }
    // Whether the other is the same but for more epochs.
    bool goes_on_to(const NetworkState&) const;

private:
    BackendOf backend_of_ = nullptr;  // to read with
    NetworkState state_;
    std::shared_ptr<const TrainedNetwork> trained_;
    bool can_go_on_ = false;
};

// "layer `conv`", the one with that id; empty where there is none.
std::string layer_name(const Json& network, std::uint32_t id);

// Runs `work`; what goes wrong in it becomes a RunError that names the network and the layer.
template <class Work>
auto in_words(const std::string& component, const Json& network, Work work) {
    try {
        return work();
    } catch (const NetworkError& error) {
        const std::string layer = layer_name(network, error.layer());
        throw RunError("`" + component + "`" + (layer.empty() ? "" : ", " + layer) + ": " + error.what());
    } catch (const BackendError& error) {
        throw RunError("`" + component + "`: " + error.what());
    }
}

}  // namespace mlpc::networks
