#include "compiler/driver/dump_ast.h"

#include "compiler/syntax/print.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

class Dump {
public:
    std::string text;

    void line(int depth, const std::string& what) { text += std::string(static_cast<std::size_t>(2 * depth), ' ') + what + "\n"; }

    void expr(int depth, const ast::Expr& e) {
        std::visit(
            [&](const auto& n) {
                using N = std::decay_t<decltype(n)>;
                if constexpr (std::is_same_v<N, ast::Call>) {
                    line(depth, "call " + n.callee.text);
                    args(depth + 1, n.args);
                } else if constexpr (std::is_same_v<N, ast::Chain>) {
                    line(depth, "chain");
                    list(depth + 1, n.links);
                } else if constexpr (std::is_same_v<N, ast::Alternatives>) {
                    line(depth, "alternatives");
                    list(depth + 1, n.options);
                } else if constexpr (std::is_same_v<N, ast::Set>) {
                    line(depth, n.ordered ? "ordered set" : "set");
                    list(depth + 1, n.elements);
                } else if constexpr (std::is_same_v<N, ast::List>) {
                    line(depth, "list");
                    list(depth + 1, n.elements);
                } else if constexpr (std::is_same_v<N, ast::Record>) {
                    line(depth, "record");
                    args(depth + 1, n.fields);
                } else if constexpr (std::is_same_v<N, ast::Paren>) {
                    expr(depth, *n.inner);
                } else if constexpr (std::is_same_v<N, ast::Binary>) {
                    line(depth, "binary");
                    expr(depth + 1, *n.left);
                    expr(depth + 1, *n.right);
                } else if constexpr (std::is_same_v<N, ast::With>) {
                    line(depth, "with");
                    expr(depth + 1, *n.base);
                    expr(depth + 1, *n.with);
                } else if constexpr (std::is_same_v<N, ast::ErrorExpr>) {
                    line(depth, "error");
                } else {
                    line(depth, print(e));
                }
            },
            e.node);
    }

    void args(int depth, const std::vector<ast::Arg>& list) {
        for (const ast::Arg& a : list) {
            const char* kind = a.kind == ast::Arg::Kind::Search ? " in" : ":";
            if (a.kind != ast::Arg::Kind::Positional) {
                line(depth, a.name.text + kind);
            }
            expr(a.kind == ast::Arg::Kind::Positional ? depth : depth + 1, a.value);
        }
    }
    void list(int depth, const std::vector<ast::Expr>& items) {
        for (const ast::Expr& e : items) {
            expr(depth, e);
        }
    }
    void clauses(int depth, const std::vector<ast::Clause>& list_of) {
        for (const ast::Clause& c : list_of) {
            line(depth, "clause " + c.keyword);
            list(depth + 1, c.values);
        }
    }
    void items(int depth, const std::vector<ast::NetworkItem>& list_of) {
        for (const ast::NetworkItem& item : list_of) {
            if (const auto* layer = std::get_if<ast::Expr>(&item.node)) {
                expr(depth, *layer);
            } else if (const auto* repeat = std::get_if<ast::Repeat>(&item.node)) {
                line(depth, "repeat");
                expr(depth + 1, repeat->count);
                items(depth + 1, repeat->items);
            } else {
                const auto& train = std::get<ast::Train>(item.node);
                line(depth, "train");
                expr(depth + 1, train.optimiser);
                clauses(depth + 1, train.settings);
            }
        }
    }

    void operator()(const ast::Edition& d) { line(0, "edition"), expr(1, d.number); }
    void operator()(const ast::Import& d) { line(0, "import " + d.path); }
    void operator()(const ast::Param& d) { line(0, "param " + d.name.text), expr(1, d.value); }
    void operator()(const ast::Seeds& d) { line(0, "seeds"), expr(1, d.values); }
    void operator()(const ast::Data& d) {
        line(0, "data " + d.name.text);
        expr(1, d.source);
        for (const ast::SchemaLine& s : d.schema) {
            std::vector<std::string> names;
            for (const ast::Name& n : s.columns) {
                names.push_back(n.text);
            }
            line(1, fmt::format("columns {}{}", fmt::join(names, ", "), s.pattern.empty() ? "" : " matching " + s.pattern));
            if (s.kind != ast::SchemaLine::Kind::Ignore) {
                expr(2, s.type);
            }
            for (const ast::Modifier& m : s.modifiers) {
                line(2, "modifier " + m.word.text);
            }
        }
    }
    void operator()(const ast::Check& d) {
        line(0, "check " + d.data.text);
        for (const ast::CheckRule& r : d.rules) {
            line(1, r.warn ? "rule, else warn" : "rule");
            expr(2, r.condition);
        }
    }
    void operator()(const ast::Split& d) {
        line(0, "split " + d.data.text);
        constexpr const char* parts[] = {"test", "folds", "outer", "duplicates"};
        for (const ast::SplitClause& c : d.clauses) {
            line(1, parts[static_cast<int>(c.part)]);
            if (c.value) {
                expr(2, *c.value);
            }
            for (const ast::SplitOption& o : c.options) {
                line(2, "option " + o.word.text);
            }
        }
    }
    void operator()(const ast::Pipeline& d) {
        line(0, "pipeline " + d.name.text);
        for (const ast::Branch& b : d.branches) {
            line(1, b.then ? "then" : "branch");
            if (!b.then) {
                expr(2, b.selector);
            }
            expr(2, b.chain);
        }
    }
    void operator()(const ast::Network& d) { line(0, "network " + d.name.text), items(1, d.items); }
    void operator()(const ast::Source& d) { line(0, "source " + d.name.text), expr(1, d.file), clauses(1, d.clauses); }
    void operator()(const ast::Model& d) { line(0, "model " + d.name.text), expr(1, d.chain); }
    void operator()(const ast::Search& d) { line(0, "search " + d.name.text + " over " + names(d.over)), clauses(1, d.clauses); }
    void operator()(const ast::Objective& d) { line(0, "objective " + d.name.text), args(1, d.parameters), expr(1, d.value); }
    void operator()(const ast::Compare& d) { line(0, "compare " + names(d.models)); }
    void operator()(const ast::Fit& d) { line(0, "fit " + d.name.text), expr(1, d.model), expr(1, d.on); }
    void operator()(const ast::Evaluate& d) { line(0, "evaluate " + d.name.text), clauses(1, d.clauses); }
    void operator()(const ast::Report& d) { line(0, "report " + d.path); }
    void operator()(const ast::Save& d) { line(0, "save " + d.name.text + " " + d.path); }
    void operator()(const ast::Allow& d) { line(0, "allow " + d.code.text + " because " + d.reason); }

private:
    static std::string names(const std::vector<ast::Name>& list_of) {
        std::vector<std::string> out;
        for (const ast::Name& n : list_of) {
            out.push_back(n.text);
        }
        return fmt::format("{}", fmt::join(out, ", "));
    }
};

}  // namespace

std::string dump_ast(const ast::File& file) {
    Dump dump;
    for (const ast::Declaration& declaration : file.declarations) {
        std::visit(dump, declaration.node);
    }
    return dump.text;
}

}  // namespace mlpc
