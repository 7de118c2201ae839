#include "stdlib/networks/module/random.h"

#include <ATen/CPUGeneratorImpl.h>

namespace mlpc::networks {

// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of the input reaches every bit of the output.
std::uint64_t seed_below(std::uint64_t seed, std::uint64_t part) {
    std::uint64_t mixed = seed * 0x9e3779b97f4a7c15ULL + part + 0x632be59bd9b4e019ULL;
    for (int round = 0; round < 2; ++round) {
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebULL;
        mixed ^= mixed >> 31;
    }
    return mixed;
}

std::uint64_t seed_below(std::uint64_t seed, std::string_view part) {
    std::uint64_t mixed = seed_below(seed, part.size());
    for (const char c : part) {
        mixed = seed_below(mixed, static_cast<unsigned char>(c));
    }
    return mixed;
}

at::Generator generator_of(std::uint64_t seed) { return at::detail::createCPUGenerator(seed); }

}  // namespace mlpc::networks
