// What the reader of the language expects at a place, in words: no rule or token names.
#pragma once

#include "compiler/syntax/antlr.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

struct Expectation {
    std::string text;                // "`=` after the model's name"
    std::vector<std::string> words;  // the words that could stand here, for "did you mean"
    bool name = false;               // a name and no value
};
Expectation expectation_at(antlr4::Parser& parser, std::string_view source);

// "the end of the line", "the text \"x\"", "`->`".
std::string describe(const antlr4::Token& token, std::string_view source);

}  // namespace mlpc::syntax
