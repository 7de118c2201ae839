#include "compiler/syntax/print_expr.h"

#include "compiler/syntax/literals.h"
#include "compiler/syntax/overloaded.h"
#include "compiler/syntax/print.h"

#include <utility>

namespace mlpc::syntax {
namespace {

const char* text_of(ast::BinaryOp op) {
    switch (op) {
        case ast::BinaryOp::Or:
            return "or";
        case ast::BinaryOp::And:
            return "and";
        case ast::BinaryOp::Equal:
            return "==";
        case ast::BinaryOp::NotEqual:
            return "!=";
        case ast::BinaryOp::Less:
            return "<";
        case ast::BinaryOp::LessEqual:
            return "<=";
        case ast::BinaryOp::Greater:
            return ">";
        case ast::BinaryOp::GreaterEqual:
            return ">=";
        case ast::BinaryOp::In:
            return "in";
        case ast::BinaryOp::Matches:
            return "matches";
        case ast::BinaryOp::Add:
            return "+";
        case ast::BinaryOp::Subtract:
            return "-";
        case ast::BinaryOp::Multiply:
            return "*";
        case ast::BinaryOp::Divide:
            return "/";
        case ast::BinaryOp::Remainder:
            return "%";
        case ast::BinaryOp::Power:
            return "^";
    }
    return "";
}

bool is_spaced(const ast::ExprPtr& expr) {
    const auto* binary = expr ? std::get_if<ast::Binary>(&expr->node) : nullptr;
    return binary != nullptr && binary->op != ast::BinaryOp::Power;
}

// `manual [{…}]` is a call in the tree and has no parentheses in the text.
bool is_manual(const ast::Call& call) {
    return call.callee.text == "manual" && !call.callee.quoted && call.args.size() == 1 && call.args[0].kind == ast::Arg::Kind::Positional &&
           std::holds_alternative<ast::List>(call.args[0].value.node);
}

}  // namespace

std::string name_text(const ast::Name& name) { return name.quoted ? "`" + name.text + "`" : name.text; }

void ExprDoc::take_comments(std::uint32_t offset, std::vector<Doc>& into) {
    while (const ast::Comment* comment = comments_.peek_before(offset)) {
        into.push_back(Doc::comment(comment->text, comment->own_line));
        comments_.pop();
    }
}

Doc ExprDoc::expr(const ast::Expr& expr) {
    return std::visit(Overloaded{
                          [](const ast::Number& n) { return Doc::text(n.text); },
                          [](const ast::String& s) { return Doc::text(quote(s.value)); },
                          [](const ast::Bool& b) { return Doc::text(b.value ? "true" : "false"); },
                          [](const ast::None&) { return Doc::text("none"); },
                          [](const ast::Date& d) { return Doc::text(d.text); },
                          [](const ast::Duration& d) { return Doc::text(d.text); },
                          [](const ast::Size& s) { return Doc::text(s.text); },
                          [](const ast::NameRef& r) { return Doc::text(name_text(r.name)); },
                          [&](const ast::Member& m) {
                              return Doc::concat({this->expr(*m.object), Doc::text("." + name_text(m.member))});
                          },
                          [&](const ast::Unary& u) {
                              return Doc::concat({Doc::text(u.op == ast::UnaryOp::Not ? "not " : "-"), this->expr(*u.operand)});
                          },
                          [&](const ast::Binary& b) { return binary(expr, b); },
                          [&](const ast::Range& r) { return range(r); },
                          [&](const ast::Set& s) { return bracketed(s.elements, s.ordered ? "ordered {" : "{", "}", expr.span.end); },
                          [&](const ast::List& l) { return bracketed(l.elements, "[", "]", expr.span.end); },
                          [&](const ast::Record& r) { return arguments(r.fields, "{", "}", expr.span.end); },
                          [&](const ast::Call& c) { return call(expr, c); },
                          [&](const ast::Chain& c) { return sequence(c.links, "-> "); },
                          [&](const ast::Alternatives& a) { return sequence(a.options, "| "); },
                          [&](const ast::Paren& p) {
                              std::vector<Doc> inner;
                              take_comments(p.inner->span.begin, inner);
                              inner.push_back(Doc::soft_line());
                              inner.push_back(this->expr(*p.inner));
                              take_comments(expr.span.end, inner);
                              return Doc::group({Doc::text("("), Doc::nest(std::move(inner)), Doc::soft_line(), Doc::text(")")});
                          },
                          [&](const ast::With& w) {
                              return Doc::concat({this->expr(*w.base), Doc::text(" with "), this->expr(*w.with)});
                          },
                          [](const ast::Matching& m) { return Doc::text("matching " + quote(m.pattern)); },
                          [&](const ast::ErrorExpr&) {
                              const bool known = expr.span.end <= original_.size() && expr.span.begin < expr.span.end;
                              return Doc::text(known ? std::string(original_.substr(expr.span.begin, expr.span.end - expr.span.begin)) : "…");
                          },
                      },
                      expr.node);
}

Doc ExprDoc::binary(const ast::Expr&, const ast::Binary& binary) {
    Doc left = expr(*binary.left);
    if (binary.op == ast::BinaryOp::Power) {
        return Doc::concat({std::move(left), Doc::text("^"), expr(*binary.right)});
    }
    std::vector<Doc> parts = {std::move(left), Doc::text(std::string(" ") + text_of(binary.op))};
    const bool breakable = binary.op != ast::BinaryOp::Matches;
    take_comments(breakable ? binary.right->span.begin : 0, parts);
    parts.push_back(breakable ? Doc::indented_line() : Doc::text(" "));
    parts.push_back(expr(*binary.right));
    return Doc::fill(std::move(parts));
}

Doc ExprDoc::range(const ast::Range& range) {
    std::vector<Doc> parts;
    const bool spaced = is_spaced(range.low) || is_spaced(range.high);
    if (range.low) {
        parts.push_back(expr(*range.low));
    }
    parts.push_back(Doc::text(spaced && range.low && range.high ? " .. " : ".."));
    if (range.high) {
        parts.push_back(expr(*range.high));
    }
    if (range.log) {
        parts.push_back(Doc::text(" log"));
    }
    if (range.step) {
        parts.push_back(Doc::text(" step "));
        parts.push_back(expr(*range.step));
    }
    return Doc::concat(std::move(parts));
}

Doc ExprDoc::sequence(const std::vector<ast::Expr>& items, const char* separator) {
    std::vector<Doc> rest;
    std::vector<Doc> parts = {expr(items.front())};
    for (std::size_t i = 1; i < items.size(); ++i) {
        take_comments(items[i].span.begin, rest);
        rest.push_back(Doc::line());
        rest.push_back(Doc::text(separator));
        rest.push_back(expr(items[i]));
    }
    parts.push_back(Doc::nest(std::move(rest)));
    return Doc::group(std::move(parts));
}

Doc ExprDoc::bracketed(const std::vector<ast::Expr>& items, std::string open, std::string close, std::uint32_t end) {
    std::vector<Doc> inner;
    for (std::size_t i = 0; i < items.size(); ++i) {
        take_comments(items[i].span.begin, inner);
        inner.push_back(i == 0 ? Doc::soft_line() : Doc::line());
        inner.push_back(expr(items[i]));
        if (i + 1 < items.size()) {
            inner.push_back(Doc::text(","));
        }
    }
    take_comments(end, inner);
    const bool records = !items.empty() && std::holds_alternative<ast::Record>(items.front().node);
    Doc body = Doc::nest({records ? Doc::concat(std::move(inner)) : Doc::fill(std::move(inner))});
    return Doc::group({Doc::text(std::move(open)), std::move(body), Doc::soft_line(), Doc::text(std::move(close))});
}

Doc ExprDoc::arguments(const std::vector<ast::Arg>& args, std::string open, std::string close, std::uint32_t end) {
    std::vector<Doc> inner;
    for (std::size_t i = 0; i < args.size(); ++i) {
        take_comments(args[i].span.begin, inner);
        inner.push_back(i == 0 ? Doc::soft_line() : Doc::line());
        inner.push_back(argument(args[i]));
        if (i + 1 < args.size()) {
            inner.push_back(Doc::text(","));
        }
    }
    take_comments(end, inner);
    return Doc::group({Doc::text(std::move(open)), Doc::nest(std::move(inner)), Doc::soft_line(), Doc::text(std::move(close))});
}

Doc ExprDoc::argument(const ast::Arg& arg) {
    switch (arg.kind) {
        case ast::Arg::Kind::Positional:
            return expr(arg.value);
        case ast::Arg::Kind::Fixed:
            return Doc::concat({Doc::text(name_text(arg.name) + ": "), expr(arg.value)});
        case ast::Arg::Kind::Search:
            return Doc::concat({Doc::text(name_text(arg.name) + " in "), expr(arg.value)});
    }
    return expr(arg.value);
}

Doc ExprDoc::call(const ast::Expr& expr, const ast::Call& call) {
    if (is_manual(call)) {
        return Doc::concat({Doc::text("manual "), this->expr(call.args[0].value)});
    }
    return arguments(call.args, name_text(call.callee) + "(", ")", expr.span.end);
}

Doc ExprDoc::list(const std::vector<ast::Expr>& items) {
    std::vector<Doc> parts;
    for (std::size_t i = 0; i < items.size(); ++i) {
        take_comments(items[i].span.begin, parts);
        if (i > 0) {
            parts.push_back(Doc::indented_line());
        }
        parts.push_back(expr(items[i]));
        if (i + 1 < items.size()) {
            parts.push_back(Doc::text(","));
        }
    }
    return Doc::fill(std::move(parts));
}

Doc ExprDoc::names(const std::vector<ast::Name>& names) {
    std::vector<Doc> parts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        take_comments(names[i].span.begin, parts);
        if (i > 0) {
            parts.push_back(Doc::indented_line());
        }
        parts.push_back(Doc::text(name_text(names[i]) + (i + 1 < names.size() ? "," : "")));
    }
    return Doc::fill(std::move(parts));
}

}  // namespace mlpc::syntax

namespace mlpc {

std::string print(const ast::Expr& expr) {
    const std::vector<ast::Comment> none;
    syntax::CommentFeed comments(none);
    return syntax::ExprDoc(comments, "").expr(expr).flat();
}

}  // namespace mlpc
