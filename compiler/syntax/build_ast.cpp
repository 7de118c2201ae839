#include "compiler/syntax/build_ast.h"

#include "compiler/syntax/build_expr.h"
#include "compiler/syntax/split_clause.h"
#include "compiler/syntax/vocabulary.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace mlpc::syntax {
namespace {

using antlr::MlpParser;
using Node = decltype(ast::Declaration::node);

bool failed(const antlr4::ParserRuleContext* tree) { return tree == nullptr || tree->exception != nullptr; }

class BuildAst {
public:
    explicit BuildAst(Reporter& reporter) : reporter_(reporter), build_(reporter) {}

    std::vector<ast::Declaration> run(MlpParser::FileContext* tree) {
        std::vector<ast::Declaration> result;
        for (MlpParser::DeclarationContext* one : tree->declaration()) {
            auto* child = one->children.empty() ? nullptr : dynamic_cast<antlr4::ParserRuleContext*>(one->children.front());
            if (child == nullptr) {
                continue;
            }
            if (std::optional<Node> node = declaration(child)) {
                result.push_back({.node = std::move(*node), .span = build_.span(one), .keyword_span = build_.span(one->start)});
            }
        }
        return result;
    }

private:
    std::optional<Node> declaration(antlr4::ParserRuleContext* tree) {
        switch (tree->getRuleIndex()) {
            case MlpParser::RuleEdition:
                return edition(static_cast<MlpParser::EditionContext*>(tree));
            case MlpParser::RuleImportFile:
                return import_file(static_cast<MlpParser::ImportFileContext*>(tree));
            case MlpParser::RuleParam:
                return param(static_cast<MlpParser::ParamContext*>(tree));
            case MlpParser::RuleSeeds:
                return seeds(static_cast<MlpParser::SeedsContext*>(tree));
            case MlpParser::RuleData:
                return data(static_cast<MlpParser::DataContext*>(tree));
            case MlpParser::RuleCheck:
                return check(static_cast<MlpParser::CheckContext*>(tree));
            case MlpParser::RuleSplit:
                return split(static_cast<MlpParser::SplitContext*>(tree));
            case MlpParser::RulePipeline:
                return pipeline(static_cast<MlpParser::PipelineContext*>(tree));
            case MlpParser::RuleNetwork:
                return network(static_cast<MlpParser::NetworkContext*>(tree));
            case MlpParser::RuleSource:
                return source(static_cast<MlpParser::SourceContext*>(tree));
            case MlpParser::RuleModel:
                return model(static_cast<MlpParser::ModelContext*>(tree));
            case MlpParser::RuleSearch:
                return search(static_cast<MlpParser::SearchContext*>(tree));
            case MlpParser::RuleObjective:
                return objective(static_cast<MlpParser::ObjectiveContext*>(tree));
            case MlpParser::RuleCompare:
                return compare(static_cast<MlpParser::CompareContext*>(tree));
            case MlpParser::RuleFit:
                return fit(static_cast<MlpParser::FitContext*>(tree));
            case MlpParser::RuleEvaluate:
                return evaluate(static_cast<MlpParser::EvaluateContext*>(tree));
            case MlpParser::RuleReport:
                return report(static_cast<MlpParser::ReportContext*>(tree));
            case MlpParser::RuleSave:
                return save(static_cast<MlpParser::SaveContext*>(tree));
            default:
                return allow(static_cast<MlpParser::AllowContext*>(tree));
        }
    }

    ast::Expr expr_or_error(MlpParser::ExprContext* tree, const antlr4::ParserRuleContext* around) {
        return failed(tree) ? ast::Expr{ast::ErrorExpr{}, build_.span(around)} : build_.expr(tree);
    }
    std::optional<ast::Name> name(MlpParser::NameContext* tree) const { return failed(tree) ? std::nullopt : std::optional(build_.name(tree)); }

    // `name = value`, the value ErrorExpr where it could not be read.
    struct Binding {
        ast::Name name;
        ast::Expr value;
    };
    std::optional<Binding> binding(MlpParser::BindingContext* tree) {
        if (tree == nullptr) {
            return std::nullopt;
        }
        auto bound = name(tree->name());
        if (!bound) {
            return std::nullopt;
        }
        return Binding{std::move(*bound), expr_or_error(tree->expr(), tree)};
    }
    std::optional<ast::Name> subject(MlpParser::SubjectContext* tree) const { return tree == nullptr ? std::nullopt : name(tree->name()); }

    std::optional<Node> edition(MlpParser::EditionContext* tree) { return ast::Edition{expr_or_error(tree->expr(), tree)}; }

    std::optional<Node> import_file(MlpParser::ImportFileContext* tree) {
        if (failed(tree)) {
            return std::nullopt;
        }
        return ast::Import{build_.string(tree->STRING()), build_.span(tree->STRING())};
    }

    std::optional<Node> param(MlpParser::ParamContext* tree) {
        auto bound = binding(tree->binding());
        return bound ? std::optional<Node>(ast::Param{std::move(bound->name), std::move(bound->value)}) : std::nullopt;
    }

    std::optional<Node> seeds(MlpParser::SeedsContext* tree) {
        ast::Seeds seeds{.values = expr_or_error(tree->expr(), tree), .plural = tree->SEEDS() != nullptr};
        if (tree->names() != nullptr) {
            seeds.vary = build_.names(tree->names());
        }
        return seeds;
    }

    // --- data
    std::optional<Node> data(MlpParser::DataContext* tree) {
        auto bound = binding(tree->binding());
        if (!bound) {
            return std::nullopt;
        }
        ast::Data data{.name = std::move(bound->name), .source = std::move(bound->value)};
        data.has_schema = tree->schemaBlock() != nullptr;
        if (data.has_schema) {
            for (MlpParser::SchemaLineContext* line : tree->schemaBlock()->schemaLine()) {
                if (auto read = schema_line(line)) {
                    data.schema.push_back(std::move(*read));
                }
            }
        }
        return data;
    }

    std::optional<ast::SchemaLine> schema_line(MlpParser::SchemaLineContext* tree) {
        ast::SchemaLine line{.type = {ast::ErrorExpr{}, build_.span(tree)}, .span = build_.span(tree)};
        if (tree->ignored() != nullptr) {
            line.kind = ast::SchemaLine::Kind::Ignore;
            return failed(tree->ignored()) ? std::nullopt : read_columns(std::move(line), tree->ignored()->STRING(), tree->ignored()->names());
        }
        MlpParser::ColumnsContext* columns = tree->columns();
        if (failed(columns)) {
            return std::nullopt;
        }
        if (tree->type() != nullptr) {
            line.type = build_.type(tree->type());
        }
        for (MlpParser::ModifierContext* one : tree->modifier()) {
            if (failed(one)) {
                continue;
            }
            if (awaits_function(line.modifiers) && one->expr() == nullptr && one->KNOWN() == nullptr) {
                take_function(line.modifiers.back(), build_.name(one->name()));
            } else {
                line.modifiers.push_back(modifier(one, line.span));
            }
        }
        if (columns->OTHERS() != nullptr) {
            line.kind = ast::SchemaLine::Kind::Others;
            return line;
        }
        line.kind = columns->STRING() != nullptr ? ast::SchemaLine::Kind::Matching : ast::SchemaLine::Kind::Columns;
        return read_columns(std::move(line), columns->STRING(), columns->names());
    }

    std::optional<ast::SchemaLine> read_columns(ast::SchemaLine line, antlr4::tree::TerminalNode* pattern, MlpParser::NamesContext* names) {
        if (pattern != nullptr) {
            line.pattern = build_.string(pattern);
        } else {
            line.columns = build_.names(names);
        }
        return line;
    }

    // `transform log` is two names in the grammar.
    static bool awaits_function(const std::vector<ast::Modifier>& modifiers) {
        return !modifiers.empty() && modifiers.back().kind == ast::Modifier::Kind::Transform && modifiers.back().value == nullptr;
    }
    static void take_function(ast::Modifier& transform, ast::Name function) {
        const Span at = function.span;
        transform.span = cover(transform.span, at);
        transform.value = std::make_unique<ast::Expr>(ast::Expr{ast::NameRef{std::move(function)}, at});
    }

    ast::Modifier modifier(MlpParser::ModifierContext* tree, Span line) {
        using Kind = ast::Modifier::Kind;
        ast::Modifier result{.span = build_.span(tree)};
        Span word = build_.span(tree->start);
        if (tree->KNOWN() != nullptr) {
            result.kind = Kind::KnownAfter;
            word = cover(word, build_.span(tree->AFTER()));
            result.word = {.text = "known after", .span = word};
            ast::Name column = build_.name(tree->name());
            const Span at = column.span;
            result.value = std::make_unique<ast::Expr>(ast::Expr{ast::NameRef{std::move(column)}, at});
            return result;
        }
        if (tree->expr() != nullptr) {
            result.kind = tree->WITHIN() != nullptr ? Kind::In : Kind::Positive;
            result.word = {.text = std::string(build_.text(word)), .span = word};
            result.value = std::make_unique<ast::Expr>(build_.expr(tree->expr()));
            return result;
        }
        result.word = build_.name(tree->name());
        result.kind = modifier_kind(result.word);
        if (result.kind == Kind::Unknown) {
            report_unknown_modifier(result.word, line);
        }
        return result;
    }

    static ast::Modifier::Kind modifier_kind(const ast::Name& word) {
        using Kind = ast::Modifier::Kind;
        static const std::vector<std::pair<std::string, Kind>> kinds = {{"target", Kind::Target},      {"id", Kind::Id},
                                                                        {"group", Kind::Group},        {"time", Kind::Time},
                                                                        {"weight", Kind::Weight},      {"optional", Kind::Optional},
                                                                        {"transform", Kind::Transform}};
        const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto& kind) { return kind.first == word.text; });
        return word.quoted || found == kinds.end() ? Kind::Unknown : found->second;
    }

    void report_unknown_modifier(const ast::Name& word, Span line) {
        Diagnostic* diagnostic = reporter_.report_once(line, word.span, diag::UnknownModifier, word.text);
        if (diagnostic == nullptr) {
            return;
        }
        const std::string meant = did_you_mean(word.text, modifier_words());
        if (meant.empty()) {
            diagnostic->help(
                "after the type stand `target`, `id`, `group`, `time`, `weight`, `optional`, `in`, `positive`, `transform` or `known after`");
        } else {
            diagnostic->help("did you mean `" + meant + "`?").fix(word.span, meant, "write `" + meant + "`");
        }
    }

    // --- blocks of rules, of splits and of clauses
    template <class Tree>
    bool has_block(Tree* block, const antlr4::ParserRuleContext* declaration, const char* content) {
        if (block != nullptr) {
            return true;
        }
        const Span around = build_.span(declaration);
        const Span end{around.file, around.end, around.end};
        reporter_.report_once(around, end, diag::SyntaxExpected, std::string("`{` and ") + content, "the end of the line");
        return false;
    }

    std::optional<Node> check(MlpParser::CheckContext* tree) {
        auto data = subject(tree->subject());
        if (!has_block(tree->ruleBlock(), tree, "the rules") || !data) {
            return std::nullopt;
        }
        ast::Check check{.data = std::move(*data)};
        for (MlpParser::RuleLineContext* line : tree->ruleBlock()->ruleLine()) {
            if (!failed(line)) {
                check.rules.push_back(rule(line));
            }
        }
        return check;
    }

    ast::CheckRule rule(MlpParser::RuleLineContext* tree) {
        ast::CheckRule rule{.condition = build_.expr(tree->expr()), .span = build_.span(tree)};
        if (tree->ELSE() == nullptr) {
            return rule;
        }
        rule.warn = true;
        const ast::Name word = build_.name(tree->name());
        if (word.text != "warn") {
            if (Diagnostic* diagnostic = reporter_.report_once(rule.span, word.span, diag::ElseWithoutWarn, word.text)) {
                diagnostic->fix(word.span, "warn", "write `warn`");
            }
        }
        return rule;
    }

    std::optional<Node> split(MlpParser::SplitContext* tree) {
        auto data = subject(tree->subject());
        if (!has_block(tree->splitBlock(), tree, "what is set apart") || !data) {
            return std::nullopt;
        }
        ast::Split split{.data = std::move(*data)};
        for (MlpParser::SplitLineContext* line : tree->splitBlock()->splitLine()) {
            if (auto clause = split_clause(line)) {
                split.clauses.push_back(std::move(*clause));
            }
        }
        return split;
    }

    std::optional<ast::SplitClause> split_clause(MlpParser::SplitLineContext* tree) {
        if (failed(tree)) {
            return std::nullopt;
        }
        std::vector<ast::Expr> words;
        for (MlpParser::ExprContext* one : tree->expr()) {
            words.push_back(build_.expr(one));
        }
        const Span at = build_.span(tree->WORD());
        const ast::Name part{.text = std::string(build_.text(at)), .span = at};
        return read_split_clause(part, std::move(words), build_.span(tree), reporter_);
    }

    std::vector<ast::Clause> clauses(MlpParser::ClauseBlockContext* tree, Block block) {
        std::vector<ast::Clause> result;
        if (tree == nullptr) {
            return result;
        }
        for (MlpParser::ClauseLineContext* line : tree->clauseLine()) {
            if (!failed(line)) {
                result.push_back(clause(line, block));
            }
        }
        return result;
    }

    ast::Clause clause(MlpParser::ClauseLineContext* tree, Block block) {
        ast::Clause clause{.keyword_span = build_.span(tree->WORD(0)), .span = build_.span(tree)};
        for (antlr4::tree::TerminalNode* word : tree->WORD()) {
            clause.keyword += (clause.keyword.empty() ? "" : " ") + std::string(build_.text(build_.span(word)));
            clause.keyword_span = cover(clause.keyword_span, build_.span(word));
        }
        std::vector<MlpParser::ExprContext*> values = tree->expr();
        if (tree->ON() != nullptr) {
            clause.on = std::make_unique<ast::Expr>(build_.expr(values.back()));
            values.pop_back();
        }
        for (MlpParser::ExprContext* value : values) {
            clause.values.push_back(build_.expr(value));
        }
        clause.open = tree->IN() != nullptr;
        if (clause.open && block != Block::Train) {
            const Span at = build_.span(tree->IN());
            reporter_.report_once(clause.span, at, diag::SyntaxExpected, "a value", "`in`");
        }
        check_clause(clause, block);
        return clause;
    }

    void check_clause(const ast::Clause& clause, Block block) {
        const auto& words = clause_words(block);
        if (contains(words, clause.keyword)) {
            if (clause.values.empty()) {
                reporter_.report_once(clause.span, clause.keyword_span, diag::ClauseWithoutValue, clause.keyword);
            }
            return;
        }
        Diagnostic* diagnostic =
            reporter_.report_once(clause.span, clause.keyword_span, diag::UnknownClause, std::string(block_name(block)), clause.keyword);
        if (diagnostic == nullptr) {
            return;
        }
        const std::string meant = did_you_mean(clause.keyword, words);
        if (!meant.empty()) {
            diagnostic->help("did you mean `" + meant + "`?").fix(clause.keyword_span, meant, "write `" + meant + "`");
            return;
        }
        diagnostic->help("its clauses are " + joined(words));
    }

    static std::string joined(const std::vector<std::string>& words) {
        std::string text;
        for (std::size_t i = 0; i < words.size(); ++i) {
            text += (i == 0 ? "`" : i + 1 == words.size() ? " and `" : ", `") + words[i] + "`";
        }
        return text;
    }

    // --- pipelines and networks
    std::optional<Node> pipeline(MlpParser::PipelineContext* tree) {
        auto bound = subject(tree->subject());
        if (!has_block(tree->branchBlock(), tree, "the branches") || !bound) {
            return std::nullopt;
        }
        ast::Pipeline pipeline{.name = std::move(*bound)};
        for (MlpParser::BranchLineContext* line : tree->branchBlock()->branchLine()) {
            if (!failed(line)) {
                pipeline.branches.push_back(branch(line));
            }
        }
        return pipeline;
    }

    ast::Branch branch(MlpParser::BranchLineContext* tree) {
        ast::Branch branch{.then = tree->THEN() != nullptr,
                           .selector = {ast::ErrorExpr{}, build_.span(tree->start)},
                           .chain = build_.expr(tree->expr()),
                           .span = build_.span(tree)};
        if (!branch.then) {
            branch.selector = build_.selector(tree->selector());
        }
        if (std::holds_alternative<ast::Alternatives>(branch.chain.node)) {
            if (Diagnostic* diagnostic = reporter_.report_once(branch.span, branch.chain.span, diag::BareAlternatives)) {
                diagnostic->help("`|` binds looser than `->`: write `a -> (b | c)`");
            }
        }
        return branch;
    }

    std::optional<Node> network(MlpParser::NetworkContext* tree) {
        auto bound = subject(tree->subject());
        if (!has_block(tree->networkBlock(), tree, "the layers") || !bound) {
            return std::nullopt;
        }
        return ast::Network{std::move(*bound), network_items(tree->networkBlock())};
    }

    std::vector<ast::NetworkItem> network_items(MlpParser::NetworkBlockContext* tree) {
        std::vector<ast::NetworkItem> items;
        for (MlpParser::NetworkLineContext* line : tree->networkLine()) {
            if (auto item = network_item(line)) {
                items.push_back(std::move(*item));
            }
        }
        return items;
    }

    std::optional<ast::NetworkItem> network_item(MlpParser::NetworkLineContext* tree) {
        const Span at = build_.span(tree);
        if (tree->blockHead() == nullptr) {
            return failed(tree) ? std::nullopt : std::optional(ast::NetworkItem{build_.expr(tree->expr()), at});
        }
        ast::Expr head = expr_or_error(tree->blockHead()->expr(), tree->blockHead());
        if (tree->TRAIN() != nullptr) {
            return ast::NetworkItem{ast::Train{std::move(head), clauses(tree->clauseBlock(), Block::Train)}, at};
        }
        if (!has_block(tree->networkBlock(), tree->blockHead(), "the layers that are repeated")) {
            return std::nullopt;
        }
        return ast::NetworkItem{ast::Repeat{std::move(head), tree->EACH() != nullptr, network_items(tree->networkBlock())}, at};
    }

    // --- models and what is done with them
    std::optional<Node> source(MlpParser::SourceContext* tree) {
        auto bound = binding(tree->binding());
        if (!bound) {
            return std::nullopt;
        }
        return ast::Source{std::move(bound->name), std::move(bound->value), clauses(tree->clauseBlock(), Block::Source)};
    }

    std::optional<Node> model(MlpParser::ModelContext* tree) {
        auto bound = binding(tree->binding());
        return bound ? std::optional<Node>(ast::Model{std::move(bound->name), std::move(bound->value)}) : std::nullopt;
    }

    std::optional<Node> search(MlpParser::SearchContext* tree) {
        auto bound = tree->searchHead() == nullptr ? std::nullopt : name(tree->searchHead()->name());
        if (!bound) {
            return std::nullopt;
        }
        ast::Search search{.name = std::move(*bound)};
        if (tree->searchHead()->names() != nullptr) {
            search.over = build_.names(tree->searchHead()->names());
        }
        search.clauses = clauses(tree->clauseBlock(), Block::Search);
        return search;
    }

    std::optional<Node> objective(MlpParser::ObjectiveContext* tree) {
        auto bound = name(tree->name());
        if (!bound) {
            return std::nullopt;
        }
        return ast::Objective{std::move(*bound), build_.parameters(tree->arguments()), expr_or_error(tree->expr(), tree)};
    }

    std::optional<Node> compare(MlpParser::CompareContext* tree) {
        if (tree->names() == nullptr) {
            return std::nullopt;
        }
        return ast::Compare{build_.names(tree->names())};
    }

    std::optional<Node> fit(MlpParser::FitContext* tree) {
        auto bound = name(tree->name());
        if (!bound) {
            return std::nullopt;
        }
        return ast::Fit{std::move(*bound), expr_or_error(tree->expr(0), tree), expr_or_error(tree->expr(1), tree)};
    }

    std::optional<Node> evaluate(MlpParser::EvaluateContext* tree) {
        auto bound = subject(tree->subject());
        if (!bound) {
            return std::nullopt;
        }
        return ast::Evaluate{std::move(*bound), clauses(tree->clauseBlock(), Block::Evaluate)};
    }

    std::optional<Node> report(MlpParser::ReportContext* tree) {
        if (failed(tree)) {
            return std::nullopt;
        }
        return ast::Report{build_.string(tree->STRING()), build_.span(tree->STRING())};
    }

    std::optional<Node> save(MlpParser::SaveContext* tree) {
        if (failed(tree)) {
            return std::nullopt;
        }
        return ast::Save{build_.name(tree->name()), build_.string(tree->STRING()), build_.span(tree->STRING())};
    }

    std::optional<Node> allow(MlpParser::AllowContext* tree) {
        if (failed(tree)) {
            return std::nullopt;
        }
        return ast::Allow{build_.name(tree->name()), build_.string(tree->STRING()), build_.span(tree->STRING())};
    }

    Reporter& reporter_;
    BuildExpr build_;
};

}  // namespace

std::vector<ast::Declaration> build_ast(MlpParser::FileContext* tree, Reporter& reporter) { return BuildAst(reporter).run(tree); }

}  // namespace mlpc::syntax
