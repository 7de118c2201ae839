// The filter between lexer and parser: which newlines end a line, and which names are keywords by their place.
#pragma once

#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token.h"

#include <vector>

namespace mlpc::syntax {

// More operators in one operand are refused before a recursive pass can run out of stack.
inline constexpr int kMaxOperators = 1000;

// The tokens that the grammar reads: NEWLINE after every declaration and block line and nowhere else, keywords by place.
std::vector<Token> lay_out(const std::vector<Token>& tokens, Reporter& reporter);

}  // namespace mlpc::syntax
