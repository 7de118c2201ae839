// Texts to codes in order of first appearance.
#pragma once

#include "runtime/core/table.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace mlpc {

class Dictionary {
public:
    Dictionary() = default;
    explicit Dictionary(const Levels& levels);
    // The code of the text, which is new or old.
    std::int32_t add(std::string_view text);
    // Its code, or -1.
    std::int32_t find(std::string_view text) const;
    const Levels& levels() const { return levels_; }
    Levels release() { return std::move(levels_); }

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::int32_t code = -1;
    };
    std::size_t slot_of(std::string_view text, std::uint64_t hash) const;
    void grow();
    Levels levels_;
    std::vector<Slot> slots_ = std::vector<Slot>(16);
};

}  // namespace mlpc
