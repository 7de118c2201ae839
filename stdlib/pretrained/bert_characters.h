// What BERT's tokeniser asks of a character, by Unicode 14.0.
#pragma once

#include <array>

namespace mlpc::pretrained {

bool is_control(char32_t);      // a general category that begins with C, unassigned ones too, but no tab and no line end
bool is_mark(char32_t);         // a non-spacing mark
bool is_punctuation(char32_t);  // or an ASCII symbol
bool is_white_space(char32_t);
bool is_ideograph(char32_t);  // of those that BERT takes for a word each

// The canonical decomposition without non-spacing marks; 0 behind its last character.
std::array<char32_t, 3> without_marks(char32_t);
char32_t lower_case(char32_t);
bool has_case(char32_t);

}  // namespace mlpc::pretrained
