#include "runtime/io/dictionary.h"

#include <algorithm>

namespace mlpc {

Dictionary::Dictionary(const Levels& levels) {
    for (const std::string& level : levels) {
        add(level);
    }
}

// Eight bytes at a time, for those that are too long to be compared as a whole.
std::uint64_t Dictionary::hash_of(std::string_view text) {
    if (text.size() <= ShortText::most_bytes) {
        return hash_of(ShortText::of(text));
    }
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

std::size_t Dictionary::slot_of(std::string_view text, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
        const Slot& slot = slots_[at];
        if (slot.code < 0 || (slot.hash == hash >> 32 && levels_[static_cast<std::size_t>(slot.code)] == text)) {
            return at;
        }
    }
}

std::int32_t Dictionary::find(std::string_view text) const { return slots_.empty() ? -1 : slots_[slot_of(text, hash_of(text))].code; }

std::int32_t Dictionary::add(std::string_view text) {
    if (levels_.size() * 2 >= slots_.size()) {
        grow();
    }
    const std::uint64_t hash = hash_of(text);
    Slot& slot = slots_[slot_of(text, hash)];
    if (slot.code < 0) {
        slot = {.hash = static_cast<std::uint32_t>(hash >> 32), .code = static_cast<std::int32_t>(levels_.size())};
        levels_.emplace_back(text);
        keys_.push_back(text.size() <= ShortText::most_bytes ? ShortText::of(text) : ShortText{.size = text.size()});
    }
    return slot.code;
}

void Dictionary::grow() {
    constexpr std::size_t fewest = 16;
    slots_.assign(std::max(fewest, slots_.size() * 2), Slot{});
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t code = 0; code < levels_.size(); ++code) {
        const std::uint64_t hash = hash_of(levels_[code]);
        std::size_t at = hash & mask;
        while (slots_[at].code >= 0) {
            at = (at + 1) & mask;
        }
        slots_[at] = {.hash = static_cast<std::uint32_t>(hash >> 32), .code = static_cast<std::int32_t>(code)};
    }
}

}  // namespace mlpc
