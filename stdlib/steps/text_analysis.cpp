#include "stdlib/steps/text_analysis.h"

#include "runtime/core/error.h"
#include "runtime/core/pattern.h"
#include "runtime/core/unicode.h"
#include "stdlib/steps/stop_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace mlpc::text {

namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters and numbers of any script, as the regular expression `\w` of most languages has them.
bool is_word_character(char32_t c) {
    static const std::vector<bool> known = [] {
        constexpr char32_t end_of_letters = 0x40000;
        const Pattern letter_or_number("[\\p{L}\\p{N}_]");
        std::vector<bool> is_one(end_of_letters);
        for (char32_t point = 0; point < end_of_letters; ++point) {
            is_one[point] = (point < 0xD800 || point > 0xDFFF) && letter_or_number.matches_whole(encode_utf8(std::u32string_view(&point, 1)));
        }
        return is_one;
    }();
    return c < known.size() && known[c];
}

std::array<bool, 128> ascii_word_characters() {
    std::array<bool, 128> is_one{};
    for (char c = '0'; c <= 'z'; ++c) {
        is_one[static_cast<std::size_t>(c)] = (c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 'a';
    }
    return is_one;
}

// Bytes of the character at the front of well-formed UTF-8, or 1.
std::size_t character_length(std::string_view rest) {
    const auto first = static_cast<unsigned char>(rest.front());
    const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return std::min(length, rest.size());
}

bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

// The two characters whose small form needs more than the character itself (Unicode, SpecialCasing.txt).
std::u32string with_special_cases(const std::u32string& points) {
    std::u32string out;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool ends_word = i > 0 && is_word_character(points[i - 1]) && (i + 1 == points.size() || !is_word_character(points[i + 1]));
        if (points[i] == U'\u0130') {
            out += U"i\u0307";
        } else {
            out += points[i] == U'\u03A3' && ends_word ? U'\u03C2' : points[i];
        }
    }
    return out;
}

std::string lower_case(std::string_view text) {
    if (!is_ascii(text)) {
        return to_lower(encode_utf8(with_special_cases(decode_utf8(text))));
    }
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

constexpr std::u32string_view unaccented_forms =
#include "stdlib/steps/unaccented.def"
    ;

std::unordered_map<char32_t, std::u32string_view> read_unaccented_forms() {
    std::unordered_map<char32_t, std::u32string_view> forms;
    for (std::size_t begin = 0; begin < unaccented_forms.size();) {
        const std::size_t end = unaccented_forms.find(U'\u241F', begin);
        forms.emplace(unaccented_forms[begin], unaccented_forms.substr(begin + 1, end - begin - 1));
        begin = end + 1;
    }
    return forms;
}

// Unicode, chapter 3.12.
void append_hangul(char32_t syllable, std::u32string& out) {
    const char32_t index = syllable - 0xAC00;
    out += static_cast<char32_t>(0x1100 + index / 588);
    out += static_cast<char32_t>(0x1161 + index % 588 / 28);
    if (index % 28 != 0) {
        out += static_cast<char32_t>(0x11A7 + index % 28);
    }
}

std::string without_accents(const std::string& text) {
    if (is_ascii(text)) {
        return text;
    }
    static const std::unordered_map<char32_t, std::u32string_view> forms = read_unaccented_forms();
    std::u32string out;
    for (const char32_t c : decode_utf8(text)) {
        if (c >= 0xAC00 && c <= 0xD7A3) {
            append_hangul(c, out);
            continue;
        }
        const auto form = forms.find(c);
        out += form == forms.end() ? std::u32string_view(&c, 1) : form->second;
    }
    return encode_utf8(out);
}

}  // namespace

std::string Analysis::to_string() const {
    return fmt::format("{}..{} {}{}{}{}", least(), most(), counts_characters() ? "characters" : "words", lowercase ? ", lower case" : "",
                       strip_accents ? ", without accents" : "", stop_words == StopWords::English ? ", without English stop words" : "");
}

void require_lengths(const Analysis& analysis, std::string_view component) {
    const auto require = [&](const Interval& lengths, std::string_view param) {
        const bool whole = lengths.low == std::floor(lengths.low) && lengths.high == std::floor(lengths.high);
        if (!whole || lengths.low < 1 || lengths.high < lengths.low) {
            throw RunError(
                fmt::format("`{}` counts runs of {} from a whole number to one that is not smaller, and not of {}..{}; write for instance "
                            "`{}: {}`",
                            component, param, lengths.low, lengths.high, param, param == "words" ? "1..2" : "3..5"));
        }
    };
    require(analysis.words, "words");
    if (analysis.counts_characters()) {
        require(analysis.characters, "characters");
    }
}

std::string prepared(std::string_view text, const Analysis& analysis) {
    std::string result = analysis.lowercase ? lower_case(text) : std::string(text);
    return analysis.strip_accents ? without_accents(result) : result;
}

std::vector<std::string_view> words_in(std::string_view text, const Analysis& analysis) {
    static constexpr std::size_t shortest = 2;
    static const std::array<bool, 128> is_ascii_word = ascii_word_characters();
    std::vector<std::string_view> words;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at;
        std::size_t characters = 0;
        while (at < text.size()) {
            const auto byte = static_cast<unsigned char>(text[at]);
            const std::size_t length = byte < 0x80 ? 1 : character_length(text.substr(at));
            if (byte < 0x80 ? !is_ascii_word[byte] : !is_word_character(decode_utf8(text.substr(at, length)).front())) {
                break;
            }
            at += length;
            ++characters;
        }
        const std::string_view word = text.substr(begin, at - begin);
        if (characters >= shortest && !(analysis.stop_words == StopWords::English && is_english_stop_word(word))) {
            words.push_back(word);
        }
        if (at < text.size()) {
            at += character_length(text.substr(at));
        }
    }
    return words;
}

std::vector<std::u32string> padded_words_in(std::string_view text) {
    std::vector<std::u32string> words;
    std::u32string word = U" ";
    const auto finish = [&] {
        if (word.size() > 1) {
            words.push_back(word + U' ');
        }
        word = U" ";
    };
    for (const char32_t c : decode_utf8(text)) {
        if (is_space(c)) {
            finish();
        } else {
            word += c;
        }
    }
    finish();
    return words;
}

}  // namespace mlpc::text
