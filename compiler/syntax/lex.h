// Text to tokens: ANTLR's lexer, byte offsets, and the mistakes that show in a single token.
#pragma once

#include "compiler/syntax/ast.h"
#include "compiler/syntax/reporter.h"
#include "compiler/syntax/token.h"

#include <vector>

namespace mlpc::syntax {

struct Lexed {
    std::vector<Token> tokens;  // newlines included, comments not; ends with NEWLINE and the end of the file
    std::vector<ast::Comment> comments;
};

// Text that is not UTF-8, or another language's, is reported once and gives no tokens.
Lexed lex(Reporter& reporter);

}  // namespace mlpc::syntax
