#include "runtime/core/unicode.h"

#include "runtime/core/error.h"

#include <clocale>
#include <cstdint>
#include <cstring>
#include <cwctype>

namespace mlpc {
namespace {

locale_t unicode_locale() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (locale == nullptr) {
        throw RunError("the C library has no locale C.UTF-8, which case conversion needs");
    }
    return locale;
}

// Length of the well-formed sequence at the front of `rest`, 0 if there is none (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view rest) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < rest.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        return continues(1) ? 2 : 0;
    }
    if (first >= 0xE0 && first <= 0xEF) {
        return continues(1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF) && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        return continues(1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

bool is_ascii(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) >= 0x80) {
            return false;
        }
    }
    return true;
}

bool is_name_start(char32_t c) { return c == U'_' || iswalpha_l(static_cast<wint_t>(c), unicode_locale()); }
bool is_name_part(char32_t c) { return is_name_start(c) || (c >= U'0' && c <= U'9'); }

}  // namespace

std::size_t find_malformed_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (at + sizeof(eight) <= text.size()) {
            std::memcpy(&eight, text.data() + at, sizeof(eight));
            if ((eight & 0x8080808080808080U) == 0) {
                at += sizeof(eight);
                continue;
            }
        }
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) {
            return at;
        }
        at += length;
    }
    return std::string_view::npos;
}

std::u32string decode_utf8(std::string_view text) {
    std::u32string points;
    points.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0) {
            points.push_back(U'\uFFFD');
            ++at;
            continue;
        }
        constexpr unsigned char payload_of_first[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        char32_t point = static_cast<unsigned char>(text[at]) & payload_of_first[length];
        for (std::size_t i = 1; i < length; ++i) {
            point = (point << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
        }
        points.push_back(point);
        at += length;
    }
    return points;
}

std::string encode_utf8(std::u32string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    const auto put = [&](char32_t value) { bytes.push_back(static_cast<char>(static_cast<unsigned char>(value))); };
    for (const char32_t c : text) {
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6));
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | (c >> 18));
            put(0x80 | ((c >> 12) & 0x3F));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return bytes;
}

std::string to_lower(std::string_view text) {
    std::u32string points = decode_utf8(text);
    for (char32_t& c : points) {
        c = static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), unicode_locale()));
    }
    return encode_utf8(points);
}

std::string to_upper(std::string_view text) {
    std::u32string points = decode_utf8(text);
    for (char32_t& c : points) {
        c = static_cast<char32_t>(towupper_l(static_cast<wint_t>(c), unicode_locale()));
    }
    return encode_utf8(points);
}

bool is_bare_name(std::string_view text) {
    for (const std::string_view reserved : {"in", "and", "or", "not", "true", "false", "none"}) {
        if (text == reserved) {
            return false;
        }
    }
    if (text.empty()) {
        return false;
    }
    const std::u32string points = is_ascii(text) ? std::u32string(text.begin(), text.end()) : decode_utf8(text);
    for (const char32_t c : points) {
        if (!is_name_part(c)) {
            return false;
        }
    }
    return is_name_start(points.front());
}

std::string written_name(std::string_view name) {
    if (is_bare_name(name)) {
        return std::string(name);
    }
    return "`" + std::string(name) + "`";
}

std::string written_text(std::string_view text) {
    std::string literal = "\"";
    for (const char c : text) {
        switch (c) {
            case '"':
                literal += "\\\"";
                break;
            case '\\':
                literal += "\\\\";
                break;
            case '\n':
                literal += "\\n";
                break;
            case '\t':
                literal += "\\t";
                break;
            case '\r':
                literal += "\\r";
                break;
            default:
                literal.push_back(c);
        }
    }
    return literal + "\"";
}

}  // namespace mlpc
