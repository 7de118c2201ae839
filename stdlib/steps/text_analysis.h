// How a text is cut into what is counted: runs of words, or runs of the characters of a word.
#pragma once

#include "runtime/core/param.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::text {

enum class StopWords { None, English };

// The parameters that all components share which count words.
struct Analysis {
    Interval words{1, 1};
    Interval characters{0, 0};
    bool lowercase = true;
    bool strip_accents = false;
    StopWords stop_words = StopWords::None;

    bool counts_characters() const { return characters.high > 0; }
    std::size_t least() const { return static_cast<std::size_t>(counts_characters() ? characters.low : words.low); }
    std::size_t most() const { return static_cast<std::size_t>(counts_characters() ? characters.high : words.high); }
    // Equal texts, equal results.
    std::string to_string() const;
};

// Throws RunError where a range of lengths is not one; `component` is named.
void require_lengths(const Analysis&, std::string_view component);

template <class P>
Schema<P> analysis_fields() {
    return {
        field<P, Interval>(&P::words,
                           {.name = "words",
                            .doc = "How many words that follow each other count as one term: `1..2` takes single words and pairs; a word is "
                                   "two or more letters, digits or underscores of any script",
                            .valid = {.low = 1, .high = 20}}),
        field<P, Interval>(&P::characters,
                           {.name = "characters",
                            .doc = "Counts runs of so many characters within a word and the blanks around it, in place of words: `3..5`; "
                                   "`0..0`: words",
                            .valid = {.low = 0, .high = 50}}),
        field<P, bool>(&P::lowercase, {.name = "lowercase", .doc = "Takes capital and small letters for the same"}),
        field<P, bool>(&P::strip_accents, {.name = "strip_accents",
                                           .doc = "Takes letters with and without accents for the same, and compatibility forms for the plain ones"}),
        field<P, StopWords>(
            &P::stop_words,
            {.name = "stop_words",
             .doc = "Words that are left out before runs are formed: the 318 `english` ones of the Glasgow Information Retrieval Group; "
                    "not where characters are counted",
             .words = {"none", "english"}}),
    };
}

// The text as it is compared: lower case and without accents, where those are asked for.
std::string prepared(std::string_view text, const Analysis&);
// Runs of two or more letters, digits or underscores; stop words left out. They point into `prepared`.
std::vector<std::string_view> words_in(std::string_view prepared, const Analysis&);
// What stands between white space, with a blank before and behind.
std::vector<std::u32string> padded_words_in(std::string_view prepared);

}  // namespace mlpc::text
