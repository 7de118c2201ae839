// Whether bytes are UTF-8 text, before anything reads them as such.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mlpc::syntax {

struct Damage {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::string what;  // "a NUL byte"
};

// The first place that is no text: malformed UTF-8, a control character, or U+FFFD, which stands for text that was lost before.
std::optional<Damage> find_damage(std::string_view text);

}  // namespace mlpc::syntax
