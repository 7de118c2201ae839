#include "stdlib/steps/murmur_hash.h"

#include <bit>

namespace mlpc::text {

namespace {

// The next `count` bytes as a little-endian number.
std::uint32_t number_at(std::string_view bytes, std::size_t offset, std::size_t count) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        number |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[offset + i])) << (8 * i);
    }
    return number;
}

std::uint32_t scrambled(std::uint32_t block) { return std::rotl(block * 0xCC9E2D51U, 15) * 0x1B873593U; }

}  // namespace

std::uint32_t murmur_hash(std::string_view bytes, std::uint32_t seed) {
    std::uint32_t hash = seed;
    std::size_t at = 0;
    for (; at + 4 <= bytes.size(); at += 4) {
        hash = std::rotl(hash ^ scrambled(number_at(bytes, at, 4)), 13) * 5 + 0xE6546B64U;
    }
    hash ^= scrambled(number_at(bytes, at, bytes.size() - at));
    hash ^= static_cast<std::uint32_t>(bytes.size());
    hash = (hash ^ hash >> 16) * 0x85EBCA6BU;
    hash = (hash ^ hash >> 13) * 0xC2B2AE35U;
    return hash ^ hash >> 16;
}

}  // namespace mlpc::text
