// Content hashes: SHA-256 for what is written down (locks, models), a 128-bit key for nodes of the plan.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mlpc {

// First 128 bits of SHA-256 over a canonical byte stream.
struct Key {
    std::uint64_t high = 0, low = 0;
    friend auto operator<=>(const Key&, const Key&) = default;
    std::string hex() const;
};
struct KeyHash {
    std::size_t operator()(const Key& k) const { return k.low; }
};

// Feeds values, each with its type and length, so that no two different sequences give the same bytes.
class KeyBuilder {
public:
    KeyBuilder();
    ~KeyBuilder();
    KeyBuilder(const KeyBuilder&) = delete;
    KeyBuilder& operator=(const KeyBuilder&) = delete;
    KeyBuilder& add(std::string_view text);
    KeyBuilder& add(std::uint64_t number);
    KeyBuilder& add(double number);  // by bits; every NaN alike, -0.0 as 0.0
    KeyBuilder& add(const Key& key);
    KeyBuilder& add_bytes(std::span<const std::byte> bytes);
    Key key() const;  // may be asked more than once

private:
    void* context_;
};

std::string sha256_hex(std::span<const std::byte> bytes);
std::string sha256_hex(std::string_view text);
std::string sha256_of_file(const std::string& path);  // throws RunError

}  // namespace mlpc
