// Parse tree to expressions of the AST.
#pragma once

#include "compiler/syntax/antlr.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/reporter.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::syntax {

// Whatever the parser could not finish becomes ErrorExpr as a whole, so that no later pass works on half an expression.
class BuildExpr {
public:
    explicit BuildExpr(Reporter& reporter) : reporter_(reporter), text_(reporter.text()) {}

    using Parser = antlr::MlpParser;

    ast::Expr expr(Parser::ExprContext* tree);
    ast::Expr type(Parser::TypeContext* tree);
    ast::Expr selector(Parser::SelectorContext* tree);
    ast::Name name(Parser::NameContext* tree) const;
    std::vector<ast::Name> names(Parser::NamesContext* tree) const;
    std::vector<ast::Arg> parameters(Parser::ArgumentsContext* tree);
    std::string string(antlr4::tree::TerminalNode* node) const;

    Span span(const antlr4::Token* token) const;
    Span span(const antlr4::ParserRuleContext* tree) const;
    Span span(antlr4::tree::TerminalNode* node) const { return span(node->getSymbol()); }
    std::string_view text(Span at) const { return text_.substr(at.begin, at.end - at.begin); }

private:
    ast::Expr primary(Parser::ExprContext* tree);
    ast::Expr literal(const antlr4::Token* token);
    ast::Expr operation(Parser::ExprContext* tree);
    ast::Expr range(Parser::ExprContext* tree);
    ast::Expr range_suffix(Parser::ExprContext* tree);
    ast::Expr member(Parser::ExprContext* tree);
    ast::Expr braces(Parser::ArgumentsContext* tree, Span at, bool ordered);
    ast::Expr list(Parser::ArgumentsContext* tree, Span at);
    ast::Expr call(ast::Name callee, Parser::ArgumentsContext* tree, Span at);
    ast::Arg argument(Parser::ArgumentContext* tree);
    std::vector<ast::Expr> elements(Parser::ArgumentsContext* tree);

    Reporter& reporter_;
    std::string_view text_;
};

}  // namespace mlpc::syntax
