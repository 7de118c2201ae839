#include "compiler/syntax/print.h"

#include "compiler/syntax/literals.h"
#include "compiler/syntax/overloaded.h"
#include "compiler/syntax/print_expr.h"
#include "compiler/syntax/rows.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

namespace mlpc {
namespace {

using syntax::Doc;
using syntax::name_text;
using syntax::Row;

// Wider column lists are not a cell: they would push every type away.
constexpr std::size_t kWidestColumns = 40;

std::string joined(const std::vector<ast::Name>& names) {
    std::string text;
    for (const ast::Name& name : names) {
        text += (text.empty() ? "" : ", ") + name_text(name);
    }
    return text;
}

class PrintFile {
public:
    PrintFile(const ast::File& file, std::string_view text) : file_(file), text_(text), comments_(file.comments), docs_(comments_, text) {}

    std::string run() {
        for (const ast::Declaration& declaration : file_.declarations) {
            print(declaration);
        }
        take_own_comments(static_cast<std::uint32_t>(text_.size()) + 1);
        return syntax::write_rows(std::move(rows_));
    }

private:
    // --- rows
    bool blank_before(std::uint32_t offset) const {
        int newlines = 0;
        for (std::size_t i = offset; i > 0; --i) {
            const char c = text_[i - 1];
            const bool lone_return = c == '\r' && !(i < text_.size() && text_[i] == '\n');
            newlines += c == '\n' || lone_return ? 1 : 0;
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f') {
                break;
            }
        }
        return newlines > 1;
    }

    void add(Row row, std::uint32_t begin) {
        row.indent = indent_;
        row.blank_before = !block_opened_ && !rows_.empty() && blank_before(begin);
        block_opened_ = false;
        rows_.push_back(std::move(row));
    }

    // The comments before `offset`, each on its own line.
    void take_own_comments(std::uint32_t offset) {
        while (const ast::Comment* comment = comments_.peek_before(offset)) {
            add({.comment = comment->text}, comment->span.begin);
            comments_.pop();
        }
    }

    // Ends the last row, which ends at `end` in the text: comments that found no place inside it, and the one after it.
    void end_row(std::uint32_t end) {
        std::vector<const ast::Comment*> inside;
        while (const ast::Comment* comment = comments_.peek_before(end)) {
            inside.push_back(comment);
            comments_.pop();
        }
        const ast::Comment* next = comments_.peek();
        if (next != nullptr && !next->own_line && text_.substr(end, next->span.begin - end).find_first_of("\r\n") == std::string_view::npos) {
            inside.push_back(next);
            comments_.pop();
        }
        const std::size_t row = rows_.size() - 1;
        for (const ast::Comment* comment : inside) {
            if (rows_[row].comment.empty()) {
                rows_[row].comment = comment->text;
            } else {
                rows_.push_back({.indent = indent_, .comment = comment->text});
            }
        }
    }

    // A row on its own: `begin` and `end` are its place in the text.
    template <class MakeRow>
    void line(std::uint32_t begin, std::uint32_t end, MakeRow make_row) {
        take_own_comments(begin);
        add(make_row(), begin);
        end_row(end);
    }
    template <class MakeRow>
    void line(Span span, MakeRow make_row) {
        line(span.begin, span.end, make_row);
    }

    // A head that ends with `{`, the lines that `body` prints, and `}`.
    template <class MakeRow, class Body>
    void block(Span span, std::uint32_t head_end, MakeRow make_head, Body body) {
        line(span.begin, head_end, [&] {
            Row head = make_head();
            head.tail = head.tail ? Doc::concat({std::move(*head.tail), Doc::text(" {")}) : Doc::text("{");
            return head;
        });
        indent_ += 2;
        block_opened_ = true;
        body();
        take_own_comments(span.end - 1);
        indent_ -= 2;
        block_opened_ = true;
        add({.cells = {"}"}}, span.end - 1);
        block_opened_ = false;
        end_row(span.end);
    }

    bool had_block(Span span) const { return span.end > span.begin && text_[span.end - 1] == '}'; }

    template <class MakeRow, class Items, class PrintItem>
    void optional_block(Span span, std::uint32_t head_end, MakeRow make_head, const Items& items, PrintItem print_item) {
        if (items.empty() && !had_block(span)) {
            line(span, make_head);
            return;
        }
        block(span, head_end, make_head, [&] {
            for (const auto& item : items) {
                print_item(item);
            }
        });
    }

    static Row headed(std::string cell, Doc tail, std::string kind = "") {
        return {.cells = {std::move(cell)}, .tail = std::move(tail), .kind = std::move(kind)};
    }

    // --- declarations
    void print(const ast::Declaration& declaration) {
        const Span span = declaration.span;
        std::visit(syntax::Overloaded{
                       [&](const ast::Edition& d) { line(span, [&] { return headed("edition", docs_.expr(d.number)); }); },
                       [&](const ast::Import& d) { line(span, [&] { return headed("import", Doc::text(syntax::quote(d.path))); }); },
                       [&](const ast::Param& d) { line(span, [&] { return binding("param", d.name, d.value); }); },
                       [&](const ast::Seeds& d) { line(span, [&] { return seeds(d); }); },
                       [&](const ast::Data& d) { data(d, span); },
                       [&](const ast::Check& d) { check(d, span); },
                       [&](const ast::Split& d) { split(d, span); },
                       [&](const ast::Pipeline& d) { pipeline(d, span); },
                       [&](const ast::Network& d) { network(d, span); },
                       [&](const ast::Source& d) { source(d, span); },
                       [&](const ast::Model& d) { line(span, [&] { return binding("model", d.name, d.chain); }); },
                       [&](const ast::Search& d) { search(d, span); },
                       [&](const ast::Objective& d) { line(span, [&] { return objective(d); }); },
                       [&](const ast::Compare& d) { line(span, [&] { return headed("compare", docs_.names(d.models)); }); },
                       [&](const ast::Fit& d) { line(span, [&] { return fit(d); }); },
                       [&](const ast::Evaluate& d) { evaluate(d, span); },
                       [&](const ast::Report& d) { line(span, [&] { return headed("report", Doc::text(syntax::quote(d.path)), "output"); }); },
                       [&](const ast::Save& d) {
                           line(span, [&] { return headed("save", Doc::text(name_text(d.name) + " " + syntax::quote(d.path)), "output"); });
                       },
                       [&](const ast::Allow& d) {
                           line(span, [&] { return headed("allow " + name_text(d.code), Doc::text("because " + syntax::quote(d.reason)), "allow"); });
                       },
                   },
                   declaration.node);
    }

    Row binding(const std::string& keyword, const ast::Name& name, const ast::Expr& value) {
        return headed(keyword + " " + name_text(name), Doc::concat({Doc::text("= "), docs_.expr(value)}), keyword);
    }

    Row seeds(const ast::Seeds& seeds) {
        std::vector<Doc> tail = {docs_.expr(seeds.values)};
        if (!seeds.vary.empty()) {
            tail.push_back(Doc::text(" vary " + joined(seeds.vary)));
        }
        return headed(seeds.plural ? "seeds" : "seed", Doc::concat(std::move(tail)));
    }

    Row objective(const ast::Objective& objective) {
        Doc head = docs_.arguments(objective.parameters, name_text(objective.name) + "(", ")", objective.value.span.begin);
        return headed("objective", Doc::concat({std::move(head), Doc::text(" = "), docs_.expr(objective.value)}));
    }

    Row fit(const ast::Fit& fit) {
        Doc model = docs_.expr(fit.model);
        return headed("fit " + name_text(fit.name), Doc::concat({Doc::text("= "), std::move(model), Doc::text(" on "), docs_.expr(fit.on)}), "fit");
    }

    static Row subject(const char* keyword, const ast::Name& name) { return {.cells = {keyword}, .tail = Doc::text(name_text(name))}; }

    void data(const ast::Data& data, Span span) {
        const auto head = [&] { return binding("data", data.name, data.source); };
        if (!data.has_schema) {
            line(span, head);
            return;
        }
        block(span, data.source.span.end, head, [&] {
            for (const ast::SchemaLine& one : data.schema) {
                line(one.span, [&] { return schema_line(one); });
            }
        });
    }

    Row schema_line(const ast::SchemaLine& line) {
        using Kind = ast::SchemaLine::Kind;
        const bool matching = !line.pattern.empty() || line.kind == Kind::Matching;
        const std::string pattern = "matching " + syntax::quote(line.pattern);
        if (line.kind == Kind::Ignore) {
            return headed("ignore", matching ? Doc::text(pattern) : docs_.names(line.columns), "schema");
        }
        const std::string columns = (line.kind == Kind::Others ? "others" : matching ? pattern : joined(line.columns)) + ":";
        if (line.kind == Kind::Columns && line.columns.size() > 1 && syntax::display_width(columns) > kWidestColumns) {
            std::vector<Doc> tail = {docs_.names(line.columns), Doc::text(": "), docs_.expr(line.type)};
            for (const ast::Modifier& one : line.modifiers) {
                tail.push_back(Doc::text(" "));
                tail.push_back(modifier(one));
            }
            return {.tail = Doc::concat(std::move(tail))};
        }
        if (line.modifiers.empty()) {
            return headed(columns, docs_.expr(line.type), "schema");
        }
        std::vector<Doc> modifiers;
        Doc type = docs_.expr(line.type);
        for (const ast::Modifier& one : line.modifiers) {
            modifiers.push_back(Doc::text(modifiers.empty() ? "" : " "));
            modifiers.push_back(modifier(one));
        }
        return {.cells = {columns, type.flat()}, .tail = Doc::concat(std::move(modifiers)), .kind = "schema"};
    }

    Doc modifier(const ast::Modifier& modifier) {
        if (modifier.value == nullptr) {
            return Doc::text(name_text(modifier.word));
        }
        return Doc::concat({Doc::text(name_text(modifier.word) + " "), docs_.expr(*modifier.value)});
    }

    void check(const ast::Check& check, Span span) {
        block(
            span, check.data.span.end, [&] { return subject("check", check.data); },
            [&] {
                for (const ast::CheckRule& rule : check.rules) {
                    line(rule.span, [&] {
                        Doc condition = docs_.expr(rule.condition);
                        return Row{.tail = rule.warn ? Doc::concat({std::move(condition), Doc::text(" else warn")}) : std::move(condition)};
                    });
                }
            });
    }

    void split(const ast::Split& split, Span span) {
        block(
            span, split.data.span.end, [&] { return subject("split", split.data); },
            [&] {
                for (const ast::SplitClause& clause : split.clauses) {
                    line(clause.span, [&] { return split_clause(clause); });
                }
            });
    }

    Row split_clause(const ast::SplitClause& clause) {
        Row row{.cells = {std::string(text_.substr(clause.part_span.begin, clause.part_span.end - clause.part_span.begin))}, .kind = "split"};
        Doc form = split_form(clause);
        if (clause.options.empty()) {
            row.tail = std::move(form);
            return row;
        }
        row.cells.push_back(form.flat());
        std::vector<Doc> options;
        for (const ast::SplitOption& option : clause.options) {
            options.push_back(Doc::text((options.empty() ? "" : " ") + name_text(option.word)));
            if (option.value) {
                options.push_back(Doc::text(" "));
                options.push_back(docs_.expr(*option.value));
            }
        }
        row.tail = Doc::concat(std::move(options));
        return row;
    }

    Doc split_form(const ast::SplitClause& clause) {
        using Form = ast::SplitClause::Form;
        const auto with = [&](const char* word) {
            return clause.value ? Doc::concat({Doc::text(word), docs_.expr(*clause.value)}) : Doc::text(word);
        };
        switch (clause.form) {
            case Form::Value:
            case Form::File:
            case Form::Word:
                return with("");
            case Form::From:
                return with("from ");
            case Form::None:
                return Doc::text("none");
            case Form::Forward:
                return with("forward ");
            case Form::LeaveOneGroup:
                return Doc::text("leave one group");
            case Form::By:
                return with("by ");
        }
        return with("");
    }

    void pipeline(const ast::Pipeline& pipeline, Span span) {
        block(
            span, pipeline.name.span.end, [&] { return subject("pipeline", pipeline.name); },
            [&] {
                for (const ast::Branch& branch : pipeline.branches) {
                    line(branch.span, [&] { return this->branch(branch); });
                }
            });
    }

    // The steps of a branch are a chain that begins with its selector.
    Row branch(const ast::Branch& branch) {
        Doc selector = branch.then ? Doc::text("then") : docs_.expr(branch.selector);
        const auto* chain = std::get_if<ast::Chain>(&branch.chain.node);
        return this->branch(std::move(selector), chain != nullptr ? std::span(chain->links) : std::span(&branch.chain, 1));
    }

    Row branch(Doc selector, std::span<const ast::Expr> links) {
        std::vector<Doc> steps;
        for (const ast::Expr& link : links) {
            docs_.take_comments(link.span.begin, steps);
            if (&link != &links.front()) {
                steps.push_back(Doc::line());
            }
            steps.push_back(Doc::text("-> "));
            steps.push_back(docs_.expr(link));
        }
        Doc tail = Doc::group({Doc::nest(std::move(steps))});
        if (selector.flat_width() > kWidestColumns || selector.has_comment()) {
            return {.tail = Doc::concat({std::move(selector), Doc::text(" "), std::move(tail)})};
        }
        return headed(selector.flat(), std::move(tail), "branch");
    }

    void network(const ast::Network& network, Span span) {
        block(
            span, network.name.span.end, [&] { return subject("network", network.name); }, [&] { network_items(network.items); });
    }

    // Where a line begins with `then`, the others begin with the columns of their branch.
    static bool has_branches(const std::vector<ast::NetworkItem>& items) {
        return std::any_of(items.begin(), items.end(), [](const ast::NetworkItem& item) {
            const auto* layers = std::get_if<ast::Expr>(&item.node);
            const auto* chain = layers != nullptr ? std::get_if<ast::Chain>(&layers->node) : nullptr;
            const auto* first = chain != nullptr ? std::get_if<ast::NameRef>(&chain->links.front().node) : nullptr;
            return first != nullptr && !first->name.quoted && first->name.text == "then";
        });
    }

    void network_items(const std::vector<ast::NetworkItem>& items) {
        const bool branches = has_branches(items);
        const auto layers_row = [&](const ast::Expr& layers) {
            const auto* chain = branches ? std::get_if<ast::Chain>(&layers.node) : nullptr;
            if (chain == nullptr) {
                return Row{.tail = docs_.expr(layers)};
            }
            Doc first = docs_.expr(chain->links.front());
            return branch(std::move(first), std::span(chain->links).subspan(1));
        };
        for (const ast::NetworkItem& item : items) {
            std::visit(syntax::Overloaded{
                           [&](const ast::Expr& layers) { line(item.span, [&] { return layers_row(layers); }); },
                           [&](const ast::Repeat& repeat) {
                               const auto head = [&] {
                                   Doc count = docs_.expr(repeat.count);
                                   return Row{.cells = {"repeat"},
                                              .tail = repeat.each ? Doc::concat({std::move(count), Doc::text(" each")}) : std::move(count)};
                               };
                               block(item.span, repeat.count.span.end, head, [&] { network_items(repeat.items); });
                           },
                           [&](const ast::Train& train) {
                               const auto head = [&] { return Row{.cells = {"train"}, .tail = docs_.expr(train.optimiser)}; };
                               optional_block(item.span, train.optimiser.span.end, head, train.settings,
                                              [&](const ast::Clause& c) { clause(c, c.keyword.size()); });
                           },
                       },
                       item.node);
        }
    }

    void source(const ast::Source& source, Span span) {
        const auto head = [&] { return binding("source", source.name, source.file); };
        optional_block(span, source.file.span.end, head, source.clauses, [&](const ast::Clause& c) { clause(c); });
    }

    void search(const ast::Search& search, Span span) {
        const auto head = [&] {
            std::vector<Doc> tail = {Doc::text(name_text(search.name) + " over ")};
            tail.push_back(docs_.names(search.over));
            return headed("search", Doc::concat(std::move(tail)));
        };
        const std::uint32_t head_end = search.over.empty() ? search.name.span.end : search.over.back().span.end;
        optional_block(span, head_end, head, search.clauses, [&](const ast::Clause& c) { clause(c); });
    }

    void evaluate(const ast::Evaluate& evaluate, Span span) {
        const auto head = [&] { return subject("evaluate", evaluate.name); };
        optional_block(span, evaluate.name.span.end, head, evaluate.clauses, [&](const ast::Clause& c) { clause(c); });
    }

    // Only the first word of a clause's name is a cell: `errors by plan` lines up with `metrics mcc`.
    void clause(const ast::Clause& one) { clause(one, one.keyword.find(' ')); }

    // The first `cell` characters of its name are a cell.
    void clause(const ast::Clause& clause, std::size_t cell) {
        line(clause.span, [&] {
            std::vector<Doc> tail;
            if (cell < clause.keyword.size()) {
                tail.push_back(Doc::text(clause.keyword.substr(cell + 1) + " "));
            }
            if (clause.open) {
                tail.push_back(Doc::text("in "));
            }
            tail.push_back(docs_.list(clause.values));
            if (clause.on) {
                tail.push_back(Doc::text(" on "));
                tail.push_back(docs_.expr(*clause.on));
            }
            return headed(clause.keyword.substr(0, cell), Doc::concat(std::move(tail)), "clause");
        });
    }

    const ast::File& file_;
    std::string_view text_;
    syntax::CommentFeed comments_;
    syntax::ExprDoc docs_;
    std::vector<Row> rows_;
    std::size_t indent_ = 0;
    bool block_opened_ = false;  // no blank line after `{` and before `}`
};

}  // namespace

std::string print(const ast::File& file, const std::string& original_text) { return PrintFile(file, original_text).run(); }

}  // namespace mlpc
