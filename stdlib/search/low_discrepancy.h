// Points that fill the unit cube more evenly than random ones do: Sobol and Halton sequences by index, Latin hypercubes by their size.
#pragma once

#include "runtime/core/rng.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace mlpc {

// A point of the cube [0, 1)^dimensions.
using UnitPoint = std::vector<double>;

// Sobol's sequence by Joe and Kuo's direction numbers, in Gray code order (Bratley and Fox 1988), 32 bits a coordinate. With a stream it is
// scrambled as Owen (1995) does, so that point 0 is no corner and the balance of the first 2^k points is kept. Dimensions beyond the 3,667 of
// the table are random.
class SobolSequence {
public:
    SobolSequence(std::size_t dimensions, std::optional<Rng> scramble);
    UnitPoint point(std::uint64_t index) const;  // of the first 2^32

private:
    std::size_t dimensions_;
    std::vector<std::vector<std::uint32_t>> directions_;  // of each dimension, by bit
    std::optional<Rng> scramble_;
    std::vector<std::uint64_t> seeds_;  // of each dimension's scrambling
};

// Halton's sequence: in dimension d the digits of the index to the base of the d-th prime, mirrored at the point. With a stream every digit's
// place has a random permutation of its own (Owen 2017, A randomized Halton algorithm in R). Dimensions beyond 1,000 are random.
class HaltonSequence {
public:
    HaltonSequence(std::size_t dimensions, std::optional<Rng> scramble);
    UnitPoint point(std::uint64_t index) const;  // of the first 2^32

private:
    struct Base {
        std::uint32_t prime;
        std::vector<std::vector<std::uint32_t>> permutations;  // by place; empty where nothing is scrambled
    };
    double coordinate(const Base&, std::uint64_t index) const;

    std::size_t dimensions_;
    std::vector<Base> bases_;
    std::optional<Rng> scramble_;
};

// Where a point lies in its cell of a Latin hypercube.
enum class Placement { Random, Centred };
// So many points of which every dimension has one in each of its equal parts (McKay, Beckman and Conover 1979). Of `designs` random ones that
// whose two nearest points are farthest from each other (Johnson, Moore and Ylvisaker 1990).
std::vector<UnitPoint> latin_hypercube(std::size_t points, std::size_t dimensions, Placement, std::size_t designs, const Rng&);

}  // namespace mlpc
