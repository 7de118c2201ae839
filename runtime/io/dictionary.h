// Texts to codes in order of first appearance.
#pragma once

#include "runtime/core/table.h"

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace mlpc {

// A text of at most 15 bytes as two words, zeros behind it: two of them are compared at once.
struct ShortText {
    static constexpr std::size_t most_bytes = 15;
    std::uint64_t first = 0, second = 0;
    std::uint64_t size = 0;

    // The first `size` of sixteen bytes.
    static ShortText of_sixteen(const char* at, std::size_t size) {
        static constexpr unsigned char keep[] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
                                                 0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0};
        std::uint64_t words[2], masks[2];
        std::memcpy(words, at, sizeof words);
        std::memcpy(masks, keep + 16 - size, sizeof masks);
        return {.first = words[0] & masks[0], .second = words[1] & masks[1], .size = size};
    }
    static ShortText of(std::string_view text) {
        char sixteen[16] = {};
        text.copy(sixteen, text.size());
        return of_sixteen(sixteen, text.size());
    }
    friend bool operator==(const ShortText&, const ShortText&) = default;
};

class Dictionary {
public:
    Dictionary() = default;
    explicit Dictionary(const Levels& levels);
    // The code of the text, which is new or old.
    std::int32_t add(std::string_view text);
    // Its code, or -1.
    std::int32_t find(std::string_view text) const;
    std::int32_t find(const ShortText& text) const;
    const Levels& levels() const { return levels_; }
    Levels release() { return std::move(levels_); }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::int32_t code = -1;
    };
    static std::uint64_t mix(std::uint64_t a, std::uint64_t b);
    static std::uint64_t hash_of(const ShortText& text);
    static std::uint64_t hash_of(std::string_view text);
    std::size_t slot_of(std::string_view text, std::uint64_t hash) const;
    void grow();
    Levels levels_;
    std::vector<ShortText> keys_;  // of the levels; of a longer one its size alone
    std::vector<Slot> slots_;      // a power of two of them, none where there are no levels
};

// Here and not in the source: they are called for every cell.

inline std::uint64_t Dictionary::mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Multiply and fold (as wyhash does); the order of codes does not depend on it.
inline std::uint64_t Dictionary::hash_of(const ShortText& text) {
    return mix(text.first ^ 0x9E3779B97F4A7C15U, text.second ^ (text.size * 0xE7037ED1A0B428DBU));
}

inline std::int32_t Dictionary::find(const ShortText& text) const {
    if (slots_.empty()) {
        return -1;
    }
    const std::uint64_t hash = hash_of(text);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot slot = slots_[at];
        if (slot.code < 0 || (slot.hash == hash >> 32 && keys_[static_cast<std::size_t>(slot.code)] == text)) {
            return slot.code;
        }
    }
}

}  // namespace mlpc
