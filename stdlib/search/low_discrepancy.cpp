#include "stdlib/search/low_discrepancy.h"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <numeric>
#include <string>

namespace mlpc {
namespace {

constexpr int bits = 32;
constexpr double resolution = 1.0 / 4294967296.0;  // 2^-32
constexpr std::size_t most_sobol_dimensions = BOOST_RANDOM_SOBOL_MAX_DIMENSION;
constexpr std::size_t most_halton_dimensions = 1000;

// The direction numbers of each dimension, read off Boost's points: bit k's is what points 2^k and 2^k - 1 of the Gray code order differ in.
std::vector<std::vector<std::uint32_t>> sobol_directions(std::size_t dimensions) {
    using Engine = boost::random::sobol_engine<std::uint32_t, bits>;
    Engine engine(dimensions);
    std::vector<std::vector<std::uint32_t>> directions(dimensions, std::vector<std::uint32_t>(bits));
    for (int k = 0; k < bits; ++k) {
        // Boost leaves point 0 out: its number n is point n + 1.
        const std::uint32_t number = (std::uint32_t{1} << k) - 1;
        std::vector<std::uint32_t> before(dimensions, 0);
        if (number > 0) {
            engine.seed(number - 1);
            std::generate(before.begin(), before.end(), [&] { return engine(); });
        }
        engine.seed(number);
        for (std::size_t d = 0; d < dimensions; ++d) {
            directions[d][static_cast<std::size_t>(k)] = engine() ^ before[d];
        }
    }
    return directions;
}

std::uint64_t mixed(std::uint64_t z) {  // the finaliser of SplitMix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

// Owen's nested uniform scrambling: each bit is flipped or not by a coin that belongs to the bits before it.
std::uint32_t scrambled(std::uint32_t x, std::uint64_t seed) {
    std::uint32_t flips = 0;
    for (int k = 0; k < bits; ++k) {
        const std::uint64_t prefix = k == 0 ? 0 : x >> (bits - k);
        const std::uint64_t node = (std::uint64_t{1} << k) | prefix;
        flips = flips << 1 | static_cast<std::uint32_t>(mixed(seed + node * 0x9e3779b97f4a7c15ULL) >> 63);
    }
    return x ^ flips;
}

std::vector<std::uint32_t> first_primes(std::size_t count) {
    std::vector<std::uint32_t> primes;
    for (std::uint32_t n = 2; primes.size() < count; ++n) {
        const auto divides = [n](std::uint32_t p) { return n % p == 0; };
        const auto end = std::find_if(primes.begin(), primes.end(), [n](std::uint32_t p) { return p * p > n; });
        if (std::none_of(primes.begin(), end, divides)) {
            primes.push_back(n);
        }
    }
    return primes;
}

// How many digits of that base tell 2^32 numbers apart.
std::size_t digits_of(std::uint32_t base) {
    std::size_t digits = 0;
    for (std::uint64_t reach = 1; reach < std::uint64_t{1} << bits; reach *= base) {
        ++digits;
    }
    return digits;
}

std::vector<std::vector<std::uint32_t>> digit_permutations(std::uint32_t base, const Rng& rng) {
    std::vector<std::vector<std::uint32_t>> permutations(digits_of(base), std::vector<std::uint32_t>(base));
    for (std::size_t place = 0; place < permutations.size(); ++place) {
        std::iota(permutations[place].begin(), permutations[place].end(), 0u);
        rng.child(place).shuffle(permutations[place]);
    }
    return permutations;
}

// Of a dimension that no sequence has.
double random_coordinate(const std::optional<Rng>& scramble, std::size_t d, std::uint64_t index) {
    return scramble.value_or(Rng::of_seed(0)).child("random").child(d).child(index).uniform();
}

double squared_distance(const UnitPoint& a, const UnitPoint& b) {
    double sum = 0;
    for (std::size_t d = 0; d < a.size(); ++d) {
        sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
}

double least_distance(const std::vector<UnitPoint>& points) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            least = std::min(least, squared_distance(points[i], points[j]));
        }
    }
    return least;
}

std::vector<UnitPoint> random_latin_hypercube(std::size_t count, std::size_t dimensions, Placement placement, const Rng& rng) {
    std::vector<UnitPoint> points(count, UnitPoint(dimensions));
    std::vector<std::uint32_t> cells(count);
    for (std::size_t d = 0; d < dimensions; ++d) {
        Rng stream = rng.child(d);
        std::iota(cells.begin(), cells.end(), 0u);
        stream.shuffle(cells);
        for (std::size_t i = 0; i < count; ++i) {
            const double within = placement == Placement::Centred ? 0.5 : stream.uniform();
            points[i][d] = (cells[i] + within) / static_cast<double>(count);
        }
    }
    return points;
}

}  // namespace

SobolSequence::SobolSequence(std::size_t dimensions, std::optional<Rng> scramble)
    : dimensions_(dimensions), directions_(sobol_directions(std::clamp<std::size_t>(dimensions, 1, most_sobol_dimensions))), scramble_(scramble) {
    for (std::size_t d = 0; scramble_ && d < directions_.size(); ++d) {
        seeds_.push_back(scramble_->child(d).bits());
    }
}

UnitPoint SobolSequence::point(std::uint64_t index) const {
    assert(index < std::uint64_t{1} << bits && "the direction numbers have 32 bits");
    UnitPoint point(dimensions_);
    for (std::size_t d = 0; d < dimensions_; ++d) {
        if (d >= directions_.size()) {
            point[d] = random_coordinate(scramble_, d, index);
            continue;
        }
        std::uint32_t x = 0;
        for (std::uint64_t gray = index ^ (index >> 1); gray != 0; gray &= gray - 1) {
            x ^= directions_[d][static_cast<std::size_t>(std::countr_zero(gray))];
        }
        // A scrambled point stands in the middle of its cell, never on the cube's face.
        point[d] = scramble_ ? (scrambled(x, seeds_[d]) + 0.5) * resolution : x * resolution;
    }
    return point;
}

HaltonSequence::HaltonSequence(std::size_t dimensions, std::optional<Rng> scramble) : dimensions_(dimensions), scramble_(scramble) {
    for (const std::uint32_t prime : first_primes(std::min(dimensions, most_halton_dimensions))) {
        bases_.push_back({prime, {}});
        if (scramble_) {
            bases_.back().permutations = digit_permutations(prime, scramble_->child(prime));
        }
    }
}

double HaltonSequence::coordinate(const Base& base, std::uint64_t index) const {
    double coordinate = 0, share = 1;
    const std::size_t digits = digits_of(base.prime);
    for (std::size_t place = 0; place < digits; ++place, index /= base.prime) {
        const auto digit = static_cast<std::uint32_t>(index % base.prime);
        share /= base.prime;
        coordinate += share * (scramble_ ? base.permutations[place][digit] : digit);
    }
    return scramble_ ? std::min(coordinate + share / 2, 1 - resolution / 2) : coordinate;
}

UnitPoint HaltonSequence::point(std::uint64_t index) const {
    assert(index < std::uint64_t{1} << bits && "the digits tell 2^32 numbers apart");
    UnitPoint point(dimensions_);
    for (std::size_t d = 0; d < dimensions_; ++d) {
        point[d] = d < bases_.size() ? coordinate(bases_[d], index) : random_coordinate(scramble_, d, index);
    }
    return point;
}

std::vector<UnitPoint> latin_hypercube(std::size_t points, std::size_t dimensions, Placement placement, std::size_t designs, const Rng& rng) {
    std::vector<UnitPoint> best;
    double farthest = -1;
    for (std::size_t design = 0; design < designs; ++design) {
        std::vector<UnitPoint> candidate = random_latin_hypercube(points, dimensions, placement, rng.child(design));
        const double distance = designs > 1 ? least_distance(candidate) : 0;
        if (distance > farthest) {
            farthest = distance;
            best = std::move(candidate);
        }
    }
    return best;
}

}  // namespace mlpc
