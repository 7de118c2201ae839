#include "runtime/io/dictionary.h"

#include <cstring>

namespace mlpc {
namespace {

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Multiply and fold, eight bytes at a time (as wyhash does); the order of codes does not depend on it.
std::uint64_t hash_of(std::string_view text) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U, other = 0xE7037ED1A0B428DBU;
    std::uint64_t hash = text.size() * odd;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, text.data() + at, 8);
        hash = mix(hash ^ eight, other);
    }
    std::uint64_t rest = 0;
    std::memcpy(&rest, text.data() + at, text.size() - at);
    return mix(hash ^ rest, odd);
}

}  // namespace

Dictionary::Dictionary(const Levels& levels) {
    for (const std::string& level : levels) {
        add(level);
    }
}

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.code < 0 || (slot.hash == hash >> 32 && levels_[static_cast<std::size_t>(slot.code)] == text)) {
            return at;
        }
    }
}

std::int32_t Dictionary::find(std::string_view text) const { return slots_[slot_of(text, hash_of(text))].code; }

std::int32_t Dictionary::add(std::string_view text) {
    const std::uint64_t hash = hash_of(text);
    Slot& slot = slots_[slot_of(text, hash)];
    if (slot.code >= 0) {
        return slot.code;
    }
    slot = {.hash = static_cast<std::uint32_t>(hash >> 32), .code = static_cast<std::int32_t>(levels_.size())};
    const std::int32_t code = slot.code;
    levels_.emplace_back(text);
    if (levels_.size() * 2 > slots_.size()) {
        grow();
    }
    return code;
}

void Dictionary::grow() {
    slots_.assign(slots_.size() * 2, Slot{});
    for (std::size_t code = 0; code < levels_.size(); ++code) {
        const std::uint64_t hash = hash_of(levels_[code]);
        const std::size_t mask = slots_.size() - 1;
        std::size_t at = hash & mask;
        while (slots_[at].code >= 0) {
            at = (at + 1) & mask;
        }
        slots_[at] = {.hash = static_cast<std::uint32_t>(hash >> 32), .code = static_cast<std::int32_t>(code)};
    }
}

}  // namespace mlpc
