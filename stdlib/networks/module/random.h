// Random numbers of a training, addressed by name: seed, purpose, epoch, batch. Never libtorch's own generator, which all threads share.
#pragma once

#include "stdlib/networks/module/tensor.h"

#include <cstdint>
#include <string_view>

namespace mlpc::networks {

// The seed named `part` below this one; different parts and different orders give unrelated seeds.
std::uint64_t seed_below(std::uint64_t seed, std::string_view part);
std::uint64_t seed_below(std::uint64_t seed, std::uint64_t part);

at::Generator generator_of(std::uint64_t seed);

}  // namespace mlpc::networks
