#include "compiler/syntax/declaration_start.h"

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/token_kinds.h"
#include "compiler/syntax/vocabulary.h"

namespace mlpc::syntax {

using antlr::MlpParser;

bool begins_declaration(const std::vector<Token>& tokens, std::size_t index, std::string_view source) {
    const Token& token = tokens[index];
    const bool unindented = token.begin == 0 || source[token.begin - 1] == '\n' || source[token.begin - 1] == '\r';
    if (token.type != MlpParser::NAME || !unindented) {
        return false;
    }
    const std::size_t next = tokens[index + 1].type;
    const bool subject_follows = next == MlpParser::LBRACE || next == MlpParser::LSET || (ends_operand(next) && !is_closer(next));
    return subject_follows && contains(declaration_words(), text_of(token, source));
}

}  // namespace mlpc::syntax
