// What lies in a text, counted before it is read: where it can be divided, and how many lines there are.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace mlpc {

// A part of a text that ends with a line, or with the text.
struct TextBlock {
    std::size_t size = 0;
    bool plain = true;        // UTF-8 without a NUL byte
    bool odd_quotes = false;  // an odd number of double quotes
    // Newlines behind an even number of the block's quotes, and behind an odd one.
    std::size_t lines_even = 0, lines_odd = 0;
};
// One after the other the whole text; counted on several threads.
std::vector<TextBlock> survey_text(std::string_view text);

}  // namespace mlpc
