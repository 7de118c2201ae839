#include "compiler/syntax/build_expr.h"

#include "compiler/syntax/literals.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;

ast::ExprPtr boxed(ast::Expr expr) { return std::make_unique<ast::Expr>(std::move(expr)); }

template <class Node>
bool is(const ast::Expr& expr) {
    return std::holds_alternative<Node>(expr.node);
}

std::optional<ast::BinaryOp> binary_op(std::size_t type) {
    switch (type) {
        case MlpParser::OR:
            return ast::BinaryOp::Or;
        case MlpParser::AND:
            return ast::BinaryOp::And;
        case MlpParser::EQUAL:
            return ast::BinaryOp::Equal;
        case MlpParser::NOT_EQUAL:
            return ast::BinaryOp::NotEqual;
        case MlpParser::LESS:
            return ast::BinaryOp::Less;
        case MlpParser::LESS_EQUAL:
            return ast::BinaryOp::LessEqual;
        case MlpParser::GREATER:
            return ast::BinaryOp::Greater;
        case MlpParser::GREATER_EQUAL:
            return ast::BinaryOp::GreaterEqual;
        case MlpParser::IN:
            return ast::BinaryOp::In;
        case MlpParser::MATCHES:
            return ast::BinaryOp::Matches;
        case MlpParser::PLUS:
            return ast::BinaryOp::Add;
        case MlpParser::MINUS:
            return ast::BinaryOp::Subtract;
        case MlpParser::STAR:
            return ast::BinaryOp::Multiply;
        case MlpParser::SLASH:
            return ast::BinaryOp::Divide;
        case MlpParser::REMAINDER:
            return ast::BinaryOp::Remainder;
        case MlpParser::CARET:
            return ast::BinaryOp::Power;
        default:
            return std::nullopt;
    }
}

// `a -> b` after `a` is a chain already makes it longer; the same for `|`.
template <class Sequence, std::vector<ast::Expr> Sequence::*items>
ast::Expr append(ast::Expr left, ast::Expr right, Span at) {
    if (auto* sequence = std::get_if<Sequence>(&left.node)) {
        (sequence->*items).push_back(std::move(right));
        left.span = at;
        return left;
    }
    Sequence sequence;
    (sequence.*items).push_back(std::move(left));
    (sequence.*items).push_back(std::move(right));
    return {std::move(sequence), at};
}

}  // namespace

Span BuildExpr::span(const antlr4::Token* token) const {
    return reporter_.span(static_cast<std::uint32_t>(token->getStartIndex()), static_cast<std::uint32_t>(token->getStopIndex() + 1));
}

Span BuildExpr::span(const antlr4::ParserRuleContext* tree) const {
    const Span begin = span(tree->start);
    const Span end = tree->stop == nullptr ? begin : span(tree->stop);
    return {begin.file, begin.begin, std::max(begin.begin, end.end)};
}

ast::Name BuildExpr::name(Parser::NameContext* tree) const {
    const Span at = span(tree);
    const std::string_view written = text(at);
    if (!written.starts_with('`')) {
        return {.text = std::string(written), .span = at};
    }
    return {.text = std::string(written.substr(1, written.size() - 2)), .span = at, .quoted = true};
}

std::vector<ast::Name> BuildExpr::names(Parser::NamesContext* tree) const {
    std::vector<ast::Name> result;
    for (Parser::NameContext* one : tree->name()) {
        if (one->exception == nullptr) {
            result.push_back(name(one));
        }
    }
    return result;
}

std::string BuildExpr::string(antlr4::tree::TerminalNode* node) const { return read_string(text(span(node))); }

ast::Expr BuildExpr::expr(Parser::ExprContext* tree) {
    if (tree->exception != nullptr) {
        return {ast::ErrorExpr{}, span(tree)};
    }
    return tree->op == nullptr ? primary(tree) : operation(tree);
}

ast::Expr BuildExpr::primary(Parser::ExprContext* tree) {
    const Span at = span(tree);
    switch (tree->start->getType()) {
        case MlpParser::LPAREN:
            return {ast::Paren{boxed(expr(tree->expr(0)))}, at};
        case MlpParser::LSET:
            return braces(tree->arguments(), at, false);
        case MlpParser::ORDERED:
            return braces(tree->arguments(), at, true);
        case MlpParser::LBRACKET:
            return list(tree->arguments(), at);
        case MlpParser::MANUAL: {
            const Span word = span(tree->start);
            ast::Call call{.callee = {.text = std::string(text(word)), .span = word}};
            const Span brackets = cover(span(tree->LBRACKET()), span(tree->RBRACKET()));
            call.args.push_back({.value = list(tree->arguments(), brackets), .span = brackets});
            return {std::move(call), at};
        }
        case MlpParser::MATCHING:
            return {ast::Matching{string(tree->STRING())}, at};
        case MlpParser::NAME:
        case MlpParser::BACKQUOTED:
            if (tree->LPAREN() == nullptr) {
                return {ast::NameRef{name(tree->name())}, at};
            }
            return call(name(tree->name()), tree->arguments(), at);
        default:
            return literal(tree->start);
    }
}

ast::Expr BuildExpr::literal(const antlr4::Token* token) {
    const Span at = span(token);
    switch (token->getType()) {
        case MlpParser::INTEGER:
            return read_number(text(at), ast::Number::Form::Integer, at, reporter_);
        case MlpParser::REAL:
            return read_number(text(at), ast::Number::Form::Real, at, reporter_);
        case MlpParser::PERCENT:
            return read_number(text(at), ast::Number::Form::Percent, at, reporter_);
        case MlpParser::QUANTITY:
            return read_quantity(text(at), at, reporter_);
        case MlpParser::DATE:
            return read_date(text(at), at, reporter_);
        case MlpParser::STRING:
            return {ast::String{read_string(text(at))}, at};
        case MlpParser::TRUE:
            return {ast::Bool{true}, at};
        case MlpParser::FALSE:
            return {ast::Bool{false}, at};
        case MlpParser::NONE:
            return {ast::None{}, at};
        default:
            return {ast::ErrorExpr{}, at};
    }
}

ast::Expr BuildExpr::operation(Parser::ExprContext* tree) {
    const Span at = span(tree);
    const std::size_t op = tree->op->getType();
    switch (op) {
        case MlpParser::DOT:
            return member(tree);
        case MlpParser::DOTDOT:
        case MlpParser::DOTDOT_OPEN:
            return range(tree);
        case MlpParser::LOG:
        case MlpParser::STEP:
            return range_suffix(tree);
        case MlpParser::WITH:
            return {ast::With{boxed(expr(tree->expr(0))), boxed(expr(tree->expr(1)))}, at};
        case MlpParser::ARROW:
            return append<ast::Chain, &ast::Chain::links>(expr(tree->expr(0)), expr(tree->expr(1)), at);
        case MlpParser::BAR:
            return append<ast::Alternatives, &ast::Alternatives::options>(expr(tree->expr(0)), expr(tree->expr(1)), at);
        default:
            break;
    }
    if (tree->expr(1) == nullptr) {
        const ast::UnaryOp unary = op == MlpParser::NOT ? ast::UnaryOp::Not : ast::UnaryOp::Minus;
        return {ast::Unary{unary, boxed(expr(tree->expr(0)))}, at};
    }
    return {ast::Binary{*binary_op(op), span(tree->op), boxed(expr(tree->expr(0))), boxed(expr(tree->expr(1)))}, at};
}

ast::Expr BuildExpr::range(Parser::ExprContext* tree) {
    const bool opens = tree->start == tree->op;
    const bool closes = tree->op->getType() == MlpParser::DOTDOT && !opens;
    ast::Range range;
    if (!opens) {
        range.low = boxed(expr(tree->expr(0)));
    }
    if (opens || closes) {
        range.high = boxed(expr(tree->expr(opens ? 0 : 1)));
    }
    if ((range.low && is<ast::Range>(*range.low)) || (range.high && is<ast::Range>(*range.high))) {
        reporter_.report_once(span(tree), span(tree->op), diag::SyntaxExpected, "one `..` in a range", "a second one");
        return {ast::ErrorExpr{}, span(tree)};
    }
    return {std::move(range), span(tree)};
}

ast::Expr BuildExpr::range_suffix(Parser::ExprContext* tree) {
    ast::Expr base = expr(tree->expr(0));
    base.span = span(tree);
    auto* range = std::get_if<ast::Range>(&base.node);
    if (range == nullptr || range->log || range->step) {
        if (!is<ast::ErrorExpr>(base)) {
            reporter_.report_once(span(tree), span(tree->op), diag::RangeSuffix, std::string(text(span(tree->op))));
        }
        return {ast::ErrorExpr{}, base.span};
    }
    if (tree->op->getType() == MlpParser::LOG) {
        range->log = true;
    } else {
        range->step = boxed(expr(tree->expr(1)));
    }
    return base;
}

ast::Expr BuildExpr::member(Parser::ExprContext* tree) { return {ast::Member{boxed(expr(tree->expr(0))), name(tree->name())}, span(tree)}; }

ast::Expr BuildExpr::call(ast::Name callee, Parser::ArgumentsContext* tree, Span at) { return {ast::Call{std::move(callee), parameters(tree)}, at}; }

std::vector<ast::Arg> BuildExpr::parameters(Parser::ArgumentsContext* tree) {
    std::vector<ast::Arg> args;
    if (tree == nullptr) {
        return args;
    }
    for (Parser::ArgumentContext* one : tree->argument()) {
        args.push_back(argument(one));
    }
    return args;
}

ast::Arg BuildExpr::argument(Parser::ArgumentContext* tree) {
    const Span at = span(tree);
    if (tree->exception != nullptr) {
        return {.value = {ast::ErrorExpr{}, at}, .span = at};
    }
    ast::Expr first = expr(tree->expr(0));
    if (tree->COLON() != nullptr) {
        ast::Expr value = expr(tree->expr(1));
        auto* reference = std::get_if<ast::NameRef>(&first.node);
        if (reference == nullptr) {
            reporter_.report_once(at, first.span, diag::SyntaxExpected, "a parameter's name before `:`", "a value");
            return {.value = {ast::ErrorExpr{}, at}, .span = at};
        }
        return {.kind = ast::Arg::Kind::Fixed, .name = std::move(reference->name), .value = std::move(value), .span = at};
    }
    auto* binary = std::get_if<ast::Binary>(&first.node);
    if (binary == nullptr || binary->op != ast::BinaryOp::In || !is<ast::NameRef>(*binary->left)) {
        return {.value = std::move(first), .span = at};
    }
    ast::Name name = std::move(std::get<ast::NameRef>(binary->left->node).name);
    ast::Expr space = std::move(*binary->right);
    return {.kind = ast::Arg::Kind::Search, .name = std::move(name), .value = std::move(space), .span = at};
}

ast::Expr BuildExpr::braces(Parser::ArgumentsContext* tree, Span at, bool ordered) {
    std::size_t fields = 0;
    if (tree != nullptr) {
        for (Parser::ArgumentContext* one : tree->argument()) {
            fields += one->COLON() != nullptr ? 1 : 0;
        }
    }
    if (fields == 0) {
        return {ast::Set{elements(tree), ordered}, at};
    }
    std::vector<ast::Arg> args = parameters(tree);
    for (const ast::Arg& arg : args) {
        const bool mixed = arg.kind == ast::Arg::Kind::Positional && !is<ast::ErrorExpr>(arg.value);
        if (mixed || ordered) {
            reporter_.report_once(at, at, diag::MixedBraces);
            return {ast::ErrorExpr{}, at};
        }
    }
    return {ast::Record{std::move(args)}, at};
}

ast::Expr BuildExpr::list(Parser::ArgumentsContext* tree, Span at) { return {ast::List{elements(tree)}, at}; }

std::vector<ast::Expr> BuildExpr::elements(Parser::ArgumentsContext* tree) {
    std::vector<ast::Expr> result;
    if (tree == nullptr) {
        return result;
    }
    for (Parser::ArgumentContext* one : tree->argument()) {
        if (one->exception != nullptr) {
            result.push_back({ast::ErrorExpr{}, span(one)});
            continue;
        }
        if (one->COLON() != nullptr) {
            reporter_.report_once(span(one), span(one->COLON()), diag::SyntaxExpected, "`,` or `]`", "`:`");
        }
        result.push_back(expr(one->expr(0)));
    }
    return result;
}

ast::Expr BuildExpr::type(Parser::TypeContext* tree) {
    const Span at = span(tree);
    if (tree->exception != nullptr) {
        return {ast::ErrorExpr{}, at};
    }
    if (tree->LPAREN() == nullptr) {
        return {ast::NameRef{name(tree->name())}, at};
    }
    return call(name(tree->name()), tree->arguments(), at);
}

ast::Expr BuildExpr::selector(Parser::SelectorContext* tree) {
    const Span at = span(tree);
    if (tree->exception != nullptr) {
        return {ast::ErrorExpr{}, at};
    }
    if (tree->STRING() != nullptr) {
        return {ast::Matching{string(tree->STRING())}, at};
    }
    return tree->name() != nullptr ? ast::Expr{ast::NameRef{name(tree->name())}, at} : braces(tree->arguments(), at, false);
}

}  // namespace mlpc::syntax
