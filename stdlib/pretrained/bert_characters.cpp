#include "stdlib/pretrained/bert_characters.h"

#include "runtime/core/error.h"

#include <clocale>
#include <cstdint>
#include <cwctype>
#include <unordered_map>
#include <vector>

namespace mlpc::pretrained {
namespace {

constexpr std::uint8_t control = 1, mark = 2, punctuation = 4;

class Characters {
public:
    Characters() : classes_(0x110000) {
        // Symbols such as `$` and `+` are no punctuation in Unicode, but BERT splits at them.
        for (const auto& [first, last] : {std::pair{U'!', U'/'}, {U':', U'@'}, {U'[', U'`'}, {U'{', U'~'}}) {
            mark_range(punctuation, first, last);
        }
#define MLPC_CONTROL(first, last) mark_range(control, first, last);
#define MLPC_MARK(first, last) mark_range(mark, first, last);
#define MLPC_PUNCTUATION(first, last) mark_range(punctuation, first, last);
#define MLPC_BARE(point, first, second, third) bare_[point] = {first, second, third};
#include "stdlib/pretrained/bert_characters.def"
    }
    bool is(std::uint8_t kind, char32_t c) const { return c < classes_.size() && (classes_[c] & kind) != 0; }
    std::array<char32_t, 3> bare(char32_t c) const {
        const auto found = bare_.find(c);
        return found == bare_.end() ? std::array<char32_t, 3>{c} : found->second;
    }

private:
    void mark_range(std::uint8_t kind, char32_t first, char32_t last) {
        for (char32_t c = first; c <= last; ++c) {
            classes_[c] |= kind;
        }
    }

    std::vector<std::uint8_t> classes_;
    std::unordered_map<char32_t, std::array<char32_t, 3>> bare_;
};

const Characters& characters() {
    static const Characters all;
    return all;
}

locale_t unicode_locale() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (locale == nullptr) {
        throw RunError("the C library has no locale C.UTF-8, which case conversion needs");
    }
    return locale;
}

// A syllable as its consonant, vowel and final consonant (Unicode 15, section 3.12).
std::array<char32_t, 3> jamo(char32_t syllable) {
    const char32_t index = syllable - 0xAC00;
    const char32_t last = index % 28;
    return {0x1100 + index / 588, 0x1161 + index % 588 / 28, last == 0 ? 0 : 0x11A7 + last};
}

}  // namespace

bool is_control(char32_t c) { return characters().is(control, c); }
bool is_mark(char32_t c) { return characters().is(mark, c); }
bool is_punctuation(char32_t c) { return characters().is(punctuation, c); }

bool is_white_space(char32_t c) {
    return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_ideograph(char32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
           (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B820 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

std::array<char32_t, 3> without_marks(char32_t c) {
    if (c >= 0xAC00 && c <= 0xD7A3) {
        return jamo(c);
    }
    if (is_mark(c)) {
        return {};
    }
    return characters().bare(c);
}

char32_t lower_case(char32_t c) { return static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), unicode_locale())); }

bool has_case(char32_t c) {
    return iswupper_l(static_cast<wint_t>(c), unicode_locale()) != 0 || iswlower_l(static_cast<wint_t>(c), unicode_locale()) != 0;
}

}  // namespace mlpc::pretrained
