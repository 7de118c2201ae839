// What a network would take, against what its file allows.
#pragma once

#include "runtime/core/network.h"

namespace mlpc::networks {

// Of a described network with its head, of `outputs` numbers. Tables of embeddings count by the "levels" of their input.
std::int64_t parameter_count(const Described&, std::int64_t outputs);

// Bytes that training takes, as an estimate: 4 for each weight, its gradient and each slot that the optimiser keeps of it, and 8 for each
// number that a layer gives for a row of a batch, which backpropagation keeps with its gradient.
double memory_estimate(const Described&, std::int64_t outputs);

// Throws BeyondLimits, naming `model`, where the one is beyond "most_parameters" or the other beyond "most_memory", in bytes.
void require_limits(const Described&, std::int64_t outputs, const std::string& model);

}  // namespace mlpc::networks
