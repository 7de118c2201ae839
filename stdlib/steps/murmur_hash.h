// MurmurHash3_x86_32 of Austin Appleby (public domain), the hash that hashing vectorizers share.
#pragma once

#include <cstdint>
#include <string_view>

namespace mlpc::text {

std::uint32_t murmur_hash(std::string_view bytes, std::uint32_t seed);

}  // namespace mlpc::text
