// Pairs the brackets of a file, tells block braces from set braces, and repairs what does not pair, so that a missing `)` costs one line.
#pragma once

#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token.h"

#include <vector>

namespace mlpc::syntax {

// Deeper brackets are refused before a recursive pass can run out of stack.
inline constexpr int kMaxDepth = 200;

// The tokens with every bracket paired, LBRACE and RBRACE replaced by LBLOCK, RBLOCK, LSET and RSET, and block depths filled in.
std::vector<Token> match_brackets(std::vector<Token> tokens, Reporter& reporter);

}  // namespace mlpc::syntax
