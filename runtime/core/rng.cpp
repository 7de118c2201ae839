#include "runtime/core/rng.h"

#include <Random123/philox.h>

#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace mlpc {

namespace {

using Block = r123::Philox4x64::ctr_type;

// The counter's last word separates what a key is used for: numbers of the stream, children by number, children by name.
enum class Domain : std::uint64_t { Numbers, NumberedChild, NamedChild };

Block philox(StreamKey key, std::uint64_t x, std::uint64_t y, std::uint64_t z, Domain domain) {
    return r123::Philox4x64()({{x, y, z, static_cast<std::uint64_t>(domain)}}, {{key.a, key.b}});
}

std::uint64_t little_endian_word(std::string_view bytes) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return word;
}

}  // namespace

StreamKey StreamKey::child(std::uint64_t part) const {
    const Block block = philox(*this, part, 0, 0, Domain::NumberedChild);
    return {block[0], block[1]};
}

StreamKey StreamKey::child(std::string_view part) const {
    StreamKey key = *this;
    std::size_t begin = 0;
    do {
        const Block block = philox(key, little_endian_word(part.substr(begin, 8)), begin, part.size(), Domain::NamedChild);
        key = {block[0], block[1]};
        begin += 8;
    } while (begin < part.size());
    return key;
}

std::uint64_t Rng::bits() {
    if (left_ == 0) {
        const Block block = philox(key_, counter_++, 0, 0, Domain::Numbers);
        for (unsigned i = 0; i < 4; ++i) {
            block_[i] = block[i];
        }
        left_ = 4;
    }
    return block_[4 - left_--];
}

double Rng::uniform() { return static_cast<double>(bits() >> 11) * 0x1p-53; }

double Rng::uniform(double low, double high) {
    const double value = low + (high - low) * uniform();
    return value < high ? value : std::nextafter(high, low);  // the product may round up to `high`
}

std::uint64_t Rng::below(std::uint64_t bound) {
    assert(bound > 0 && "a range of no numbers");
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(bits()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        const std::uint64_t threshold = (0 - bound) % bound;
        while (static_cast<std::uint64_t>(product) < threshold) {
            product = static_cast<Wide>(bits()) * bound;
        }
    }
    return static_cast<std::uint64_t>(product >> 64);
}

double Rng::normal() {
    if (has_spare_) {
        has_spare_ = false;
        return spare_;
    }
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));  // 1 - u is never 0
    const double angle = 2 * std::numbers::pi * uniform();
    spare_ = radius * std::sin(angle);
    has_spare_ = true;
    return radius * std::cos(angle);
}

void Rng::shuffle(std::span<std::uint32_t> items) {
    for (std::size_t i = items.size(); i > 1; --i) {
        std::swap(items[i - 1], items[below(i)]);
    }
}

std::vector<std::uint32_t> Rng::choose(std::uint32_t n, std::uint32_t count) {
    assert(count <= n && "more choices than items");
    std::vector<std::uint32_t> items(n);
    std::iota(items.begin(), items.end(), 0u);
    for (std::uint32_t i = 0; i < count; ++i) {
        std::swap(items[i], items[i + below(n - i)]);
    }
    items.resize(count);
    return items;
}

}  // namespace mlpc
