#include "compiler/syntax/token_kinds.h"

#include "compiler/syntax/antlr.h"

namespace mlpc::syntax {

using antlr::MlpParser;

bool is_opener(std::size_t type) {
    switch (type) {
        case MlpParser::LPAREN:
        case MlpParser::LBRACKET:
        case MlpParser::LBRACE:
        case MlpParser::LBLOCK:
        case MlpParser::LSET:
            return true;
        default:
            return false;
    }
}

bool is_closer(std::size_t type) {
    switch (type) {
        case MlpParser::RPAREN:
        case MlpParser::RBRACKET:
        case MlpParser::RBRACE:
        case MlpParser::RBLOCK:
        case MlpParser::RSET:
            return true;
        default:
            return false;
    }
}

bool ends_operand(std::size_t type) {
    switch (type) {
        case MlpParser::NAME:
        case MlpParser::BACKQUOTED:
        case MlpParser::INTEGER:
        case MlpParser::REAL:
        case MlpParser::PERCENT:
        case MlpParser::QUANTITY:
        case MlpParser::DATE:
        case MlpParser::STRING:
        case MlpParser::TRUE:
        case MlpParser::FALSE:
        case MlpParser::NONE:
        case MlpParser::ERROR:
        case MlpParser::LOG:
        case MlpParser::DOTDOT_OPEN:
            return true;
        default:
            return is_closer(type);
    }
}

bool begins_operand(std::size_t type) {
    switch (type) {
        case MlpParser::LPAREN:
        case MlpParser::LSET:
        case MlpParser::LBRACKET:
        case MlpParser::MINUS:
        case MlpParser::NOT:
        case MlpParser::DOTDOT:
            return true;
        case MlpParser::LOG:
        case MlpParser::DOTDOT_OPEN:
            return false;
        default:
            return ends_operand(type) && !is_closer(type);
    }
}

bool continues_line(std::size_t type) {
    switch (type) {
        case MlpParser::ARROW:
        case MlpParser::BAR:
        case MlpParser::COMMA:
        case MlpParser::COLON:
        case MlpParser::ASSIGN:
        case MlpParser::EQUAL:
        case MlpParser::NOT_EQUAL:
        case MlpParser::LESS:
        case MlpParser::LESS_EQUAL:
        case MlpParser::GREATER:
        case MlpParser::GREATER_EQUAL:
        case MlpParser::PLUS:
        case MlpParser::MINUS:
        case MlpParser::STAR:
        case MlpParser::SLASH:
        case MlpParser::REMAINDER:
        case MlpParser::CARET:
        case MlpParser::IN:
        case MlpParser::WITHIN:
        case MlpParser::AND:
        case MlpParser::OR:
        case MlpParser::NOT:
            return true;
        default:
            return is_opener(type);
    }
}

bool cannot_begin_line(std::size_t type) {
    const bool may_begin = type == MlpParser::MINUS || type == MlpParser::NOT || is_opener(type) || continues_previous_line(type);
    return type == MlpParser::DOT || (continues_line(type) && !may_begin);
}

bool continues_previous_line(std::size_t type) { return type == MlpParser::ARROW || type == MlpParser::BAR; }

}  // namespace mlpc::syntax
