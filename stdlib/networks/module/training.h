// The training of a network: epochs of mini-batches, until the rows held back say that it is enough.
#pragma once

#include "stdlib/networks/backend.h"

#include <memory>

namespace mlpc::networks {

// Throws BackendError, Cancelled.
std::unique_ptr<TrainedNetwork> train_network(const TrainingJob&);

}  // namespace mlpc::networks
