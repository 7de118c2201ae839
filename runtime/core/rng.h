// Counter-based random numbers (Philox 4x64-10), addressed by name and never by call order: seed, purpose, place in the plan, fold.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace mlpc {

// 128-bit name of a stream: two words that key the generator.
struct StreamKey {
    std::uint64_t a = 0, b = 0;
    // The stream named `part` below this one; different parts and different orders give unrelated streams.
    StreamKey child(std::string_view part) const;
    StreamKey child(std::uint64_t part) const;
    friend bool operator==(StreamKey, StreamKey) = default;
};

// A cursor on one stream. Copies start where the original stands. The numbers are a pure function of the key.
class Rng {
public:
    explicit Rng(StreamKey key) : key_(key) {}
    static Rng of_seed(std::uint64_t seed) { return Rng(StreamKey{seed, 0}); }
    // An independent stream; does not move this one.
    Rng child(std::uint64_t part) const { return Rng(key_.child(part)); }
    Rng child(std::string_view part) const { return Rng(key_.child(part)); }

    std::uint64_t bits();
    double uniform();                              // [0, 1), 53 bits
    double uniform(double low, double high);       // [low, high)
    std::uint64_t below(std::uint64_t bound);      // 0 … bound-1, unbiased (Lemire 2019); bound > 0
    double normal();                               // mean 0, sd 1 (Box-Muller, both values used)
    void shuffle(std::span<std::uint32_t> items);  // Fisher-Yates
    // `count` of 0 … n-1 without replacement, in random order.
    std::vector<std::uint32_t> choose(std::uint32_t n, std::uint32_t count);

private:
    StreamKey key_;
    std::uint64_t counter_ = 0;
    std::uint64_t block_[4] = {};
    unsigned left_ = 0;
    bool has_spare_ = false;
    double spare_ = 0;
};

}  // namespace mlpc
