#include "compiler/syntax/utf8.h"

#include <fmt/format.h>

namespace mlpc::syntax {
namespace {

bool is_continuation(std::string_view text, std::size_t i) { return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; }

// Length of the well-formed sequence at `i`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text, std::size_t i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    for (std::size_t k = 1; k < length; ++k) {
        if (!is_continuation(text, i + k)) {
            return 0;
        }
    }
    if (length < 3) {
        return length;
    }
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool beyond = first == 0xF4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

bool is_control(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F; }

}  // namespace

std::optional<Damage> find_damage(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto at = static_cast<std::uint32_t>(i);
        if (c == 0) {
            return Damage{at, at + 1, "a NUL byte"};
        }
        if (is_control(c)) {
            return Damage{at, at + 1, fmt::format("the control character 0x{:02X}", c)};
        }
        const std::size_t length = sequence_length(text, i);
        if (length == 0) {
            return Damage{at, at + 1, fmt::format("the byte 0x{:02X} where no character can have it", c)};
        }
        if (text.substr(i, length) == "\uFFFD") {
            return Damage{at, at + 3, "U+FFFD, which stands for a character that was lost in a conversion"};
        }
        i += length;
    }
    return std::nullopt;
}

}  // namespace mlpc::syntax
