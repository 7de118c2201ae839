// What a training leaves: the network with the best weights it had, and where the training stood.
#pragma once

#include "stdlib/networks/backend.h"
#include "stdlib/networks/module/loss.h"
#include "stdlib/networks/module/network.h"
#include "stdlib/networks/module/optimiser.h"
#include "stdlib/networks/module/schedule.h"

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace mlpc::networks {

// From here the training goes on as if it had not ended. Draws are named by seed, epoch and batch, so that no generator has a place.
struct TrainingState {
    std::vector<at::Tensor> weights;  // the last, as Network::weights
    std::vector<OptimiserSlot> slots;
    ScheduleState schedule;
    double best = std::numeric_limits<double>::infinity();  // loss of the rows held back
    std::int64_t waited = 0;                                // epochs since
    bool stopped = false;
};

std::vector<at::Tensor> copies_of(const std::vector<Weight>&);
// Equal in number and shape.
void put_into(const std::vector<Weight>&, const std::vector<at::Tensor>& cells);

class Trained final : public TrainedNetwork {
public:
    Trained(std::unique_ptr<Network> network, std::int64_t outputs, Truths truths)
        : network_(std::move(network)), outputs_(outputs), truths_(truths) {}
    void predict(const InputRows&, float* out) const override;
    std::string weights() const override;
    const std::vector<Epoch>& epochs() const override { return epochs_; }
    std::int64_t parameters() const override { return network_->parameters(); }

    Network& network() { return *network_; }
    const Network& network() const { return *network_; }
    const std::optional<TrainingState>& state() const { return state_; }
    void set_state(TrainingState state, std::vector<Epoch> epochs);

private:
    std::unique_ptr<Network> network_;
    std::int64_t outputs_;
    Truths truths_;
    std::vector<Epoch> epochs_;
    std::optional<TrainingState> state_;
};

// Of weights() of a network of the same description. Throws BackendError.
std::unique_ptr<TrainedNetwork> load_network(const Json& described, std::int64_t outputs, Truths, const std::string& weights);

}  // namespace mlpc::networks
