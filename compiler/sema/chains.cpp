// Chains, pipelines and alternatives, resolved for one search.
#include "compiler/sema/sema.h"

#include "compiler/syntax/print.h"

#include <algorithm>

namespace mlpc::sema {

std::string head_name(const ast::Expr& e) {
    if (const auto* call = std::get_if<ast::Call>(&e.node)) {
        return call->callee.text;
    }
    if (const auto* name = std::get_if<ast::NameRef>(&e.node)) {
        return name->name.text;
    }
    if (const auto* chain = std::get_if<ast::Chain>(&e.node)) {
        return head_name(chain->links.front());
    }
    if (const auto* paren = std::get_if<ast::Paren>(&e.node)) {
        return head_name(*paren->inner);
    }
    return "";
}

namespace {

std::optional<ColumnType> selector_type(const std::string& name) {
    if (name == "numeric")
        return ColumnType::Numeric;
    if (name == "category")
        return ColumnType::Category;
    if (name == "ordinal")
        return ColumnType::Ordinal;
    if (name == "boolean")
        return ColumnType::Boolean;
    if (name == "date")
        return ColumnType::Date;
    if (name == "text")
        return ColumnType::Text;
    return std::nullopt;
}

std::vector<std::string> columns_named(const ast::Expr& selector) {
    std::vector<std::string> names;
    if (const auto* set = std::get_if<ast::Set>(&selector.node)) {
        for (const ast::Expr& e : set->elements) {
            if (const auto* n = std::get_if<ast::NameRef>(&e.node)) {
                names.push_back(n->name.text);
            }
        }
    } else if (const auto* n = std::get_if<ast::NameRef>(&selector.node);
               n != nullptr && (n->name.quoted || (!selector_type(n->name.text) && n->name.text != "all"))) {
        names.push_back(n->name.text);
    }
    return names;
}

// The effect under every value that open parameters can take: the one that learns most.
Effect strongest_effect(const ComponentInfo& info, const std::vector<Binding>& params, const SearchSpace* space) {
    ParamValues values;
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto* fixed = std::get_if<ParamValue>(&params[i]);
        values.push_back(fixed != nullptr ? *fixed : info.params[i].fallback);
    }
    Effect strongest = info.effect(values);
    for (std::size_t i = 0; i < params.size(); ++i) {
        const auto* open = std::get_if<DimensionId>(&params[i]);
        if (open == nullptr) {
            continue;
        }
        const Dimension& dimension = space->dimensions[open->index];
        ParamValues tried = values;
        for (const ParamValue& choice : dimension.choices.empty() ? std::vector{value_of(dimension, dimension.low)} : dimension.choices) {
            tried[i] = choice;
            strongest = std::max(strongest, info.effect(tried));
        }
    }
    return strongest;
}

// However they are written: `scale(standard)` is `scale()`. What is open is never the same.
bool is_same_step(const Pipe& a, const Pipe& b) {
    const auto* left = std::get_if<StepPipe>(&a.node);
    const auto* right = std::get_if<StepPipe>(&b.node);
    const bool comparable = left != nullptr && right != nullptr && left->component != nullptr && left->named.empty() && left->members.empty() &&
                            right->named.empty() && right->members.empty();
    return comparable && left->component == right->component && left->params == right->params;
}

const char* forbidden_role(const ColumnSpec& c) {
    if (c.target)
        return "is the target";
    if (c.id)
        return "is an `id`";
    if (c.known_after_target)
        return "is known after the target";
    if (c.from_target)
        return "is computed from the target";
    return nullptr;
}

}  // namespace

std::optional<Pipe> Sema::unavailable(std::string what, std::string name, Span span) {
    plan_.unavailable.push_back({std::move(what), span});
    StepPipe step;
    step.name = std::move(name);
    step.effect = Effect::Supervised;
    return Pipe{std::move(step), span};
}

std::optional<Pipe> Sema::chain(const ast::Expr& e, ChainContext& context) {
    const auto* chain_node = std::get_if<ast::Chain>(&e.node);
    if (chain_node == nullptr) {
        return link(e, context);
    }
    SequencePipe sequence;
    bool ok = true;
    for (const ast::Expr& part : chain_node->links) {
        auto pipe = link(part, context);
        ok = ok && pipe.has_value();
        if (pipe) {
            sequence.parts.push_back(std::move(*pipe));
        }
    }
    return ok ? std::optional(Pipe{std::move(sequence), e.span}) : std::nullopt;
}

std::optional<Pipe> Sema::link(const ast::Expr& e, ChainContext& context) {
    if (const auto* paren = std::get_if<ast::Paren>(&e.node)) {
        return chain(*paren->inner, context);
    }
    if (std::holds_alternative<ast::Chain>(e.node)) {
        return chain(e, context);
    }
    if (const auto* options = std::get_if<ast::Alternatives>(&e.node)) {
        return alternatives(options->options, e.span, context);
    }
    if (std::holds_alternative<ast::None>(e.node)) {
        return Pipe{SequencePipe{}, e.span};
    }
    if (const auto* call = std::get_if<ast::Call>(&e.node)) {
        return call_link(call->callee, call->args, nullptr, e.span, context);
    }
    if (const auto* with = std::get_if<ast::With>(&e.node)) {
        if (const auto* base = std::get_if<ast::Call>(&with->base->node)) {
            return call_link(base->callee, base->args, with->with.get(), e.span, context);
        }
        diags_.report(with->with->span, diag::WithNotTaken, text_of(with->base->span));
        return std::nullopt;
    }
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    if (name == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::StepExpected, text_of(e.span));
        }
        return std::nullopt;
    }
    Symbol* symbol = find(name->name.text);
    if (symbol == nullptr) {
        return call_link(name->name, {}, nullptr, e.span, context);
    }
    using Kind = Symbol::Kind;
    if (symbol->failed) {
        return std::nullopt;
    }
    if (!context.visiting.insert(name->name.text).second) {
        diags_.report(e.span, diag::ContainsItself, name->name.text).note(symbol->span, "declared here");
        return std::nullopt;
    }
    std::optional<Pipe> result;
    if (symbol->kind == Kind::Pipeline) {
        ChainContext inner = context;
        inner.place = context.place + name->name.text + ".";
        result = pipeline(std::get<ast::Pipeline>(symbol->declaration->node), inner);
    } else if (symbol->kind == Kind::Model) {
        result = chain(std::get<ast::Model>(symbol->declaration->node).chain, context);
    } else if (symbol->kind == Kind::Network) {
        result = network(std::get<ast::Network>(symbol->declaration->node), e.span, context);
    } else if (symbol->kind == Kind::Source) {
        result = pretrained_link(*symbol, e.span);
    } else {
        diags_.report(e.span, diag::WrongKindOfName, name->name.text, std::string(name_of(symbol->kind)), "a step, a pipeline or a model")
            .note(symbol->span, "declared here");
    }
    context.visiting.erase(name->name.text);
    return result;
}

std::optional<Pipe> Sema::alternatives(const std::vector<ast::Expr>& options, Span span, ChainContext& context) {
    if (context.space == nullptr) {
        diags_.report(span, diag::NothingSearches, "|");
        return std::nullopt;
    }
    Dimension d;
    d.kind = Dimension::Kind::Choice;
    d.span = span;
    for (const ast::Expr& option : options) {
        ParamValue word{Word{print(option)}};
        if (std::find(d.choices.begin(), d.choices.end(), word) != d.choices.end()) {
            diags_.report(option.span, diag::GivenTwice, fmt::format("`{}`", text_of(option.span)));
            return std::nullopt;
        }
        d.choices.push_back(std::move(word));
    }
    std::string name;
    for (const ast::Expr& option : options) {
        name = name.empty() ? head_name(option) : name;
    }
    const DimensionId id =
        add_dimension(*context.space, std::move(d), {context.space, context.conditions, {}}, context.model + "." + context.place + name);
    AlternativesPipe result{id, {}};
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        ChainContext inner = context;
        inner.conditions.push_back({id, {i}});
        auto pipe = chain(options[i], inner);
        if (!pipe) {
            return std::nullopt;
        }
        if (std::any_of(result.options.begin(), result.options.end(), [&](const Pipe& before) { return is_same_step(before, *pipe); })) {
            diags_.report(options[i].span, diag::GivenTwice, fmt::format("`{}`", text_of(options[i].span)));
            return std::nullopt;
        }
        result.options.push_back(std::move(*pipe));
    }
    return Pipe{std::move(result), span};
}

std::optional<Pipe> Sema::call_link(const ast::Name& callee, const std::vector<ast::Arg>& args, const ast::Expr* with, Span span,
                                    ChainContext& context) {
    const ComponentInfo* info = catalog_.find(ComponentKind::Step, callee.text);
    const bool is_model = info == nullptr && catalog_.find(ComponentKind::Model, callee.text) != nullptr;
    if (is_model && callee.text == network_model) {
        diags_.report(callee.span, diag::UnknownComponent, "model", callee.text)
            .help("`network NAME { … }` declares one, and its name stands in the chain");
        return std::nullopt;
    }
    if (is_model) {
        info = catalog_.find(ComponentKind::Model, callee.text);
    }
    if (info == nullptr) {
        if (is_import_missing()) {
            return std::nullopt;
        }
        std::vector<std::string> known = catalog_.names(ComponentKind::Step);
        const std::vector<std::string> models = catalog_.names(ComponentKind::Model);
        known.insert(known.end(), models.begin(), models.end());
        const std::vector<std::string> pipelines =
            names_of({Symbol::Kind::Pipeline, Symbol::Kind::Model, Symbol::Kind::Network, Symbol::Kind::Source});
        known.insert(known.end(), pipelines.begin(), pipelines.end());
        Diagnostic& d = diags_.report(callee.span, diag::UnknownComponent, "step or model", callee.text);
        if (catalog_.find(ComponentKind::Layer, callee.text) != nullptr) {
            d.help(fmt::format("`{0}` is a layer: `network NAME {{ {0} … }}` declares a network, which then ends a chain", callee.text));
        } else if (callee.text == "augment" || catalog_.find(ComponentKind::Augmentation, callee.text) != nullptr) {
            d.help("augmentation is a part of how a network is trained: `train adam { augment flip }`");
        } else if (const std::string near = did_you_mean(callee.text, known); !near.empty()) {
            d.help(fmt::format("did you mean `{}`?", near)).fix(callee.span, near, fmt::format("write `{}`", near));
        }
        return std::nullopt;
    }
    if (info->most_learners > 0) {
        return combination(*info, args, with, span, context);
    }
    if (with != nullptr) {
        diags_.report(with->span, diag::WithNotTaken, info->name);
        return std::nullopt;
    }
    const Opening opening{context.space, context.conditions, context.model + "." + (is_model ? "" : context.place + callee.text + ".")};
    Arguments resolved = arguments(*info, args, span, &context.data->columns, &opening);
    if (!resolved.ok) {
        return std::nullopt;
    }
    for (const NamedExpression& named : resolved.named) {
        for (const std::string& used : columns_of(named.expression)) {
            for (const ColumnSpec& c : context.data->columns) {
                if (c.name == used && (c.target || c.known_after_target || c.from_target)) {
                    plan_.feature_uses.push_back({named.name, "is computed from the target", span, c.span});
                }
            }
        }
    }
    if (const std::size_t source = info->find_param("source");
        is_model && source < info->params.size() && resolved.params[source] == Binding(info->params[source].fallback)) {
        diags_.report(span, diag::MissingArgument, info->name, "the name of a pre-trained `source`")
            .help(fmt::format("for instance `{}`", info->example));
        return std::nullopt;
    }
    StepPipe step;
    step.component = info;
    step.name = callee.text;
    step.params = std::move(resolved.params);
    step.named = std::move(resolved.named);
    step.stream = context.model + "/" + context.place + callee.text;
    if (!is_model) {
        step.effect = strongest_effect(*info, step.params, context.space);
    } else {
        step.effect = Effect::Supervised;
    }
    return Pipe{std::move(step), span};
}

std::optional<Selector> Sema::selector(const ast::Expr& e, const DataSpec& data, const std::vector<std::string>& named_elsewhere) {
    Selector s;
    if (const auto* matching = std::get_if<ast::Matching>(&e.node)) {
        s.kind = Selector::Kind::Pattern;
        s.pattern = matching->pattern;
        if (!is_pattern(s.pattern, e.span)) {
            return std::nullopt;
        }
        s.except = named_elsewhere;
        return s;
    }
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    if (name != nullptr && !name->name.quoted && name->name.text == "all") {
        s.kind = Selector::Kind::Features;
        return s;
    }
    if (name != nullptr && !name->name.quoted) {
        if (const auto type = selector_type(name->name.text)) {
            s.kind = Selector::Kind::Type;
            s.type = *type;
            s.except = named_elsewhere;
            return s;
        }
    }
    s.kind = Selector::Kind::Names;
    const auto* set = std::get_if<ast::Set>(&e.node);
    if (name == nullptr && set == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::SelectorExpected, text_of(e.span));
        }
        return std::nullopt;
    }
    std::vector<std::string> known{"numeric", "category", "ordinal", "boolean", "date", "text", "all"};
    bool open = false;
    for (const ColumnSpec& c : data.columns) {
        known.push_back(c.name);
        open |= c.which != ColumnSpec::Which::Named;
    }
    bool ok = true;
    const auto take = [&](const ast::Name& column) {
        const auto at = std::find_if(data.columns.begin(), data.columns.end(),
                                     [&](const ColumnSpec& c) { return c.name == column.text && c.which == ColumnSpec::Which::Named; });
        if (at == data.columns.end() && !open) {
            Diagnostic& d = diags_.report(column.span, diag::UnknownColumn, fmt::format("`{}`", data.name), "column", column.text);
            if (const std::string near = did_you_mean(column.text, known); !near.empty()) {
                d.help(fmt::format("did you mean `{}`?", near)).fix(column.span, near, fmt::format("write `{}`", near));
            }
            ok = false;
            return;
        }
        if (at != data.columns.end() && forbidden_role(*at) != nullptr) {
            plan_.feature_uses.push_back({column.text, forbidden_role(*at), column.span, at->span});
        }
        s.names.push_back(column.text);
    };
    if (name != nullptr) {
        take(name->name);
    } else {
        for (const ast::Expr& element : set->elements) {
            if (const auto* n = std::get_if<ast::NameRef>(&element.node)) {
                take(n->name);
            } else if (!std::holds_alternative<ast::ErrorExpr>(element.node)) {
                diags_.report(element.span, diag::SelectorExpected, text_of(element.span));
                ok = false;
            }
        }
    }
    return ok ? std::optional(s) : std::nullopt;
}

std::optional<Pipe> Sema::pipeline(const ast::Pipeline& p, ChainContext& context) {
    std::vector<std::string> named;
    for (const ast::Branch& branch : p.branches) {
        if (!branch.then) {
            const std::vector<std::string> names = columns_named(branch.selector);
            named.insert(named.end(), names.begin(), names.end());
        }
    }
    BranchesPipe result;
    bool ok = true;
    for (const ast::Branch& branch : p.branches) {
        auto pipe = chain(branch.chain, context);
        if (branch.then) {
            ok = ok && pipe.has_value();
            if (pipe) {
                result.then.push_back(std::move(*pipe));
            }
            continue;
        }
        auto columns = selector(branch.selector, *context.data, named);
        ok = ok && pipe && columns;
        if (pipe && columns) {
            result.branches.push_back({std::move(*columns), std::move(*pipe), branch.span});
        }
    }
    if (ok) {
        note_unused_columns(result, *context.data, p.name.span);
    }
    return ok ? std::optional(Pipe{std::move(result), p.name.span}) : std::nullopt;
}

}  // namespace mlpc::sema
