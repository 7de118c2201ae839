#include "compiler/syntax/dump.h"

#include "compiler/syntax/literals.h"
#include "compiler/syntax/overloaded.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace mlpc {
namespace {

using mlpc::dump;
using syntax::Overloaded;
using syntax::quote;

std::string dump(const ast::Name& name) { return name.quoted ? "`" + name.text + "`" : name.text; }

std::string dump(const ast::ExprPtr& expr) { return expr ? dump(*expr) : "-"; }

std::string dump(const ast::Arg& arg) {
    switch (arg.kind) {
        case ast::Arg::Kind::Positional:
            return dump(arg.value);
        case ast::Arg::Kind::Fixed:
            return "(fixed " + dump(arg.name) + " " + dump(arg.value) + ")";
        case ast::Arg::Kind::Search:
            return "(search " + dump(arg.name) + " " + dump(arg.value) + ")";
    }
    return "";
}

template <class Item>
std::string dump_all(const std::vector<Item>& items) {
    std::string text;
    for (const Item& item : items) {
        text += " " + dump(item);
    }
    return text;
}

const char* text_of(ast::BinaryOp op) {
    static constexpr std::array names = {"or", "and", "==", "!=", "<", "<=", ">", ">=", "in", "matches", "+", "-", "*", "/", "%", "^"};
    return names[static_cast<std::size_t>(op)];
}

std::string dump_number(const ast::Number& number) {
    switch (number.form) {
        case ast::Number::Form::Integer:
            return fmt::format("{}", number.integer);
        case ast::Number::Form::Real:
            return fmt::format("(real {})", number.value);
        case ast::Number::Form::Percent:
            return fmt::format("(percent {})", number.value);
    }
    return "";
}

std::string dump_clause(const ast::Clause& clause) {
    return fmt::format("({}{}{}{})", clause.keyword, clause.open ? " in" : "", dump_all(clause.values), clause.on ? " on " + dump(*clause.on) : "");
}

class Dump {
public:
    std::string run(const ast::File& file) {
        for (const ast::Declaration& declaration : file.declarations) {
            std::visit(
                Overloaded{
                    [&](const ast::Edition& d) { line("edition " + dump(d.number)); },
                    [&](const ast::Import& d) { line("import " + quote(d.path)); },
                    [&](const ast::Param& d) { line("param " + dump(d.name) + " " + dump(d.value)); },
                    [&](const ast::Seeds& d) { line(fmt::format("{} {} (vary{})", d.plural ? "seeds" : "seed", dump(d.values), dump_all(d.vary))); },
                    [&](const ast::Data& d) { data(d); },
                    [&](const ast::Check& d) { check(d); },
                    [&](const ast::Split& d) { split(d); },
                    [&](const ast::Pipeline& d) { pipeline(d); },
                    [&](const ast::Network& d) { nested("network " + dump(d.name), [&] { network_items(d.items); }); },
                    [&](const ast::Source& d) { clauses("source " + dump(d.name) + " " + dump(d.file), d.clauses); },
                    [&](const ast::Model& d) { line("model " + dump(d.name) + " " + dump(d.chain)); },
                    [&](const ast::Search& d) { clauses(fmt::format("search {} (over{})", dump(d.name), dump_all(d.over)), d.clauses); },
                    [&](const ast::Objective& d) {
                        line(fmt::format("objective {} (parameters{}) {}", dump(d.name), dump_all(d.parameters), dump(d.value)));
                    },
                    [&](const ast::Compare& d) { line("compare" + dump_all(d.models)); },
                    [&](const ast::Fit& d) { line(fmt::format("fit {} {} on {}", dump(d.name), dump(d.model), dump(d.on))); },
                    [&](const ast::Evaluate& d) { clauses("evaluate " + dump(d.name), d.clauses); },
                    [&](const ast::Report& d) { line("report " + quote(d.path)); },
                    [&](const ast::Save& d) { line("save " + dump(d.name) + " " + quote(d.path)); },
                    [&](const ast::Allow& d) { line("allow " + dump(d.code) + " " + quote(d.reason)); },
                },
                declaration.node);
        }
        return std::move(text_);
    }

private:
    void line(const std::string& text) { text_ += std::string(indent_, ' ') + text + "\n"; }

    template <class Body>
    void nested(const std::string& head, Body body) {
        line(head);
        indent_ += 2;
        body();
        indent_ -= 2;
    }

    void clauses(const std::string& head, const std::vector<ast::Clause>& items) {
        nested(head, [&] {
            for (const ast::Clause& clause : items) {
                line(dump_clause(clause));
            }
        });
    }

    void data(const ast::Data& data) {
        nested(fmt::format("data {} {}{}", dump(data.name), dump(data.source), data.has_schema ? " schema" : ""), [&] {
            for (const ast::SchemaLine& one : data.schema) {
                schema_line(one);
            }
        });
    }

    void schema_line(const ast::SchemaLine& one) {
        static constexpr std::array kinds = {"columns", "matching", "others", "ignore"};
        std::string text = kinds[static_cast<std::size_t>(one.kind)] + dump_all(one.columns);
        text += one.pattern.empty() ? "" : " matching " + quote(one.pattern);
        text += one.kind == ast::SchemaLine::Kind::Ignore ? "" : ": " + dump(one.type);
        for (const ast::Modifier& modifier : one.modifiers) {
            text += fmt::format(" ({}{})", dump(modifier.word), modifier.value ? " " + dump(*modifier.value) : "");
        }
        line(text);
    }

    void check(const ast::Check& check) {
        nested("check " + dump(check.data), [&] {
            for (const ast::CheckRule& rule : check.rules) {
                line(dump(rule.condition) + (rule.warn ? " warn" : ""));
            }
        });
    }

    void split(const ast::Split& split) {
        static constexpr std::array parts = {"test", "folds", "outer", "duplicates"};
        static constexpr std::array forms = {"value", "from", "file", "none", "forward", "leave one group", "by", "word"};
        nested("split " + dump(split.data), [&] {
            for (const ast::SplitClause& clause : split.clauses) {
                std::string text = fmt::format("{} ({} {})", parts[static_cast<std::size_t>(clause.part)],
                                               forms[static_cast<std::size_t>(clause.form)], dump(clause.value));
                for (const ast::SplitOption& option : clause.options) {
                    text += fmt::format(" ({} {})", dump(option.word), dump(option.value));
                }
                line(text);
            }
        });
    }

    void pipeline(const ast::Pipeline& pipeline) {
        nested("pipeline " + dump(pipeline.name), [&] {
            for (const ast::Branch& branch : pipeline.branches) {
                line((branch.then ? "then" : dump(branch.selector)) + " -> " + dump(branch.chain));
            }
        });
    }

    void network_items(const std::vector<ast::NetworkItem>& items) {
        for (const ast::NetworkItem& item : items) {
            std::visit(Overloaded{
                           [&](const ast::Expr& layers) { line(dump(layers)); },
                           [&](const ast::Repeat& r) {
                               nested(fmt::format("repeat {}{}", dump(r.count), r.each ? " each" : ""), [&] { network_items(r.items); });
                           },
                           [&](const ast::Train& t) { clauses("train " + dump(t.optimiser), t.settings); },
                       },
                       item.node);
        }
    }

    std::string text_;
    std::size_t indent_ = 0;
};

}  // namespace

std::string dump(const ast::Expr& expr) {
    return std::visit(Overloaded{
                          [](const ast::Number& n) { return dump_number(n); },
                          [](const ast::String& s) { return quote(s.value); },
                          [](const ast::Bool& b) { return std::string(b.value ? "true" : "false"); },
                          [](const ast::None&) { return std::string("none"); },
                          [](const ast::Date& d) { return fmt::format("(date {})", d.days); },
                          [](const ast::Duration& d) { return fmt::format("(seconds {})", d.seconds); },
                          [](const ast::Size& s) { return fmt::format("(bytes {})", s.bytes); },
                          [](const ast::NameRef& r) { return dump(r.name); },
                          [](const ast::Member& m) { return fmt::format("(. {} {})", dump(m.object), dump(m.member)); },
                          [](const ast::Unary& u) { return fmt::format("({} {})", u.op == ast::UnaryOp::Not ? "not" : "-", dump(u.operand)); },
                          [](const ast::Binary& b) { return fmt::format("({} {} {})", text_of(b.op), dump(b.left), dump(b.right)); },
                          [](const ast::Range& r) {
                              return fmt::format("(range {} {}{}{})", dump(r.low), dump(r.high), r.log ? " log" : "",
                                                 r.step ? " step " + dump(r.step) : "");
                          },
                          [](const ast::Set& s) { return fmt::format("({}{})", s.ordered ? "ordered" : "set", dump_all(s.elements)); },
                          [](const ast::List& l) { return fmt::format("(list{})", dump_all(l.elements)); },
                          [](const ast::Record& r) { return fmt::format("(record{})", dump_all(r.fields)); },
                          [](const ast::Call& c) { return fmt::format("(call {}{})", dump(c.callee), dump_all(c.args)); },
                          [](const ast::Chain& c) { return fmt::format("(->{})", dump_all(c.links)); },
                          [](const ast::Alternatives& a) { return fmt::format("(|{})", dump_all(a.options)); },
                          [](const ast::Paren& p) { return fmt::format("(paren {})", dump(p.inner)); },
                          [](const ast::With& w) { return fmt::format("(with {} {})", dump(w.base), dump(w.with)); },
                          [](const ast::Matching& m) { return fmt::format("(matching {})", quote(m.pattern)); },
                          [](const ast::ErrorExpr&) { return std::string("(error)"); },
                      },
                      expr.node);
}

std::string dump(const ast::File& file) { return Dump().run(file); }

}  // namespace mlpc
