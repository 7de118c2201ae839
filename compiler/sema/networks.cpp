// `network NAME { … }` to the template of runtime/core/network.h, once for each chain that names it.
#include "compiler/sema/networks.h"

#include "compiler/syntax/print.h"

#include <algorithm>
#include <array>

namespace mlpc::sema {

namespace {

constexpr std::array selector_words{"numeric", "category", "ordinal", "boolean", "date", "text", "all"};

std::span<const ast::Expr> links_of(const ast::Expr& e) {
    const auto* chain = std::get_if<ast::Chain>(&e.node);
    return chain != nullptr ? std::span<const ast::Expr>(chain->links) : std::span<const ast::Expr>(&e, 1);
}

bool is_word(const ast::Expr& e, std::string_view word) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    return name != nullptr && !name->name.quoted && name->name.text == word;
}

std::vector<std::string> names_in(const ast::Expr& selector) {
    if (const auto* name = std::get_if<ast::NameRef>(&selector.node)) {
        const bool is_type = !name->name.quoted && std::ranges::find(selector_words, name->name.text) != selector_words.end();
        return is_type ? std::vector<std::string>() : std::vector{name->name.text};
    }
    std::vector<std::string> names;
    if (const auto* set = std::get_if<ast::Set>(&selector.node)) {
        for (const ast::Expr& element : set->elements) {
            const std::vector<std::string> inner = names_in(element);
            names.insert(names.end(), inner.begin(), inner.end());
        }
    }
    return names;
}

Json select_of(const Selector& s) {
    switch (s.kind) {
        case Selector::Kind::Type:
            return {{"type", mlpc::name_of(s.type)}};
        case Selector::Kind::Names:
            return {{"names", s.names}};
        case Selector::Kind::Pattern:
            return {{"pattern", s.pattern}};
        default:
            return nullptr;
    }
}

Span covering(std::span<const ast::Expr> links) { return {links.front().span.file, links.front().span.begin, links.back().span.end}; }

}  // namespace

std::string Sema::NetworkDraft::numbered(const std::string& name) {
    const int number = ++counted[name];
    return number == 1 ? name : fmt::format("{}_{}", name, number);
}

Sema::Opening Sema::NetworkDraft::opening(const std::string& owner) const {
    return {context.space, context.conditions, context.model + "." + (owner.empty() ? "" : owner + ".")};
}

Json Sema::NetworkDraft::value(const Binding& binding, const ParamSpec& spec, const std::string& label) {
    if (const auto* fixed = std::get_if<ParamValue>(&binding)) {
        return networks::to_json(*fixed);
    }
    ParamSpec own = spec;
    own.name = label;
    own.path = own.resource = false;
    specs.push_back(std::move(own));
    record.params.push_back(binding);
    record.shaping.push_back(!in_training && spec.type != ParamType::Real && spec.type != ParamType::OptionalReal);
    return {{"$", record.params.size() - 1}};
}

Json Sema::NetworkDraft::choice(DimensionId dimension, const std::string& label, const std::vector<std::string>& names, std::vector<Json> options) {
    ParamSpec spec{.name = label, .doc = "The alternative that is chosen", .words = names};
    spec.type = ParamType::Word;
    spec.fallback = ParamValue{Word{names.front()}};
    return {{"choose", value(dimension, spec, label)}, {"names", names}, {"options", std::move(options)}};
}

// --- lines ----------------------------------------------------------------------------------------------------------
bool Sema::begins_with_selector(const ast::Expr& e) const {
    const ast::Expr& first = links_of(e).front();
    if (std::holds_alternative<ast::Set>(first.node) || std::holds_alternative<ast::Matching>(first.node)) {
        return true;
    }
    const auto* name = std::get_if<ast::NameRef>(&first.node);
    if (name == nullptr) {
        return false;
    }
    if (name->name.quoted || std::ranges::find(selector_words, name->name.text) != selector_words.end()) {
        return true;
    }
    const std::string& text = name->name.text;
    const bool is_layer = catalog_.find(ComponentKind::Layer, text) != nullptr || symbols_.contains(text) || text == "then";
    return !is_layer && std::any_of(plan_.data.begin(), plan_.data.end(), [&](const DataSpec& data) {
        return std::any_of(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& c) { return c.name == text; });
    });
}

Json Sema::network_input(const ast::Expr* selector_expr, const Json& layers, const std::vector<std::string>& named, Span at, NetworkDraft& draft) {
    Json input{{"select", nullptr}, {"except", Json::array()}, {"layers", layers}};
    std::optional<Selector> chosen;
    if (selector_expr != nullptr) {
        chosen = selector(*selector_expr, *draft.context.data, named);
        draft.ok = draft.ok && chosen.has_value();
    }
    if (chosen) {
        input["select"] = select_of(*chosen);
        input["except"] = chosen->except;
    }
    draft.record.selectors.push_back(std::move(chosen));
    draft.record.selected_at.push_back(at);
    return input;
}

// Branches stand first, and what stands behind them says so by `then`; a network without branches is one chain of all its lines.
void Sema::network_lines(const ast::Network& network, NetworkDraft& draft) {
    std::vector<std::string> named;
    bool has_branches = false;
    for (const ast::NetworkItem& item : network.items) {
        const auto* line = std::get_if<ast::Expr>(&item.node);
        if (line != nullptr && begins_with_selector(*line)) {
            has_branches = true;
            const std::vector<std::string> names = names_in(links_of(*line).front());
            named.insert(named.end(), names.begin(), names.end());
        }
    }
    Json inputs = Json::array(), then = Json::array();
    Span behind;  // the first line that is no branch
    for (const ast::NetworkItem& item : network.items) {
        const auto misplaced = [&](Span at, const std::string& what) -> Diagnostic& {
            draft.ok = false;
            return diags_.report(at, diag::LineMisplaced, what);
        };
        Json layers = Json::array();
        if (const auto* repeat = std::get_if<ast::Repeat>(&item.node)) {
            layers = repeated(*repeat, draft);
        } else if (const auto* line = std::get_if<ast::Expr>(&item.node)) {
            const std::span<const ast::Expr> links = links_of(*line);
            const bool is_branch = begins_with_selector(*line), is_then = is_word(links.front(), "then");
            if (const auto* options = std::get_if<ast::Alternatives>(&line->node);
                options != nullptr && begins_with_selector(options->options.front())) {
                diags_.report(line->span, diag::BareAlternatives).help("`|` binds looser than `->`: write `a -> (b | c)`");
                draft.ok = false;
                continue;
            }
            if ((is_branch || is_then) && links.size() == 1) {
                misplaced(line->span, fmt::format("`{}` has no layers", text_of(line->span)))
                    .help(fmt::format("`{} -> none` passes on what comes in", text_of(line->span)));
                continue;
            }
            layers = layers_of(is_branch || is_then ? links.subspan(1) : links, draft);
            if (is_branch) {
                if (behind.end != 0) {
                    misplaced(line->span, "branches stand before all other layers").note(behind, "this acts on all branches side by side");
                }
                inputs.push_back(network_input(&links.front(), layers, named, links.front().span, draft));
                continue;
            }
            if (is_then && !has_branches) {
                misplaced(links.front().span, "`then` follows branches, and there are none").help("drop `then ->`: lines follow each other");
            } else if (!is_then && has_branches) {
                misplaced(line->span, "this line is neither a branch nor behind `then`")
                    .help(fmt::format("write `then -> {}` for layers that act on all branches side by side", text_of(line->span)));
            }
        } else {
            continue;
        }
        behind = behind.end == 0 ? item.span : behind;
        then.insert(then.end(), layers.begin(), layers.end());
    }
    if (!has_branches) {
        inputs.push_back(network_input(nullptr, then, named, network.name.span, draft));
        then = Json::array();
    }
    draft.record.architecture = {{"inputs", std::move(inputs)}, {"then", std::move(then)}};
}

// --- layers ---------------------------------------------------------------------------------------------------------
Json Sema::layers_of(std::span<const ast::Expr> links, NetworkDraft& draft) {
    Json all = Json::array();
    for (const ast::Expr& link : links) {
        const Json layers = layers_of(link, draft);
        all.insert(all.end(), layers.begin(), layers.end());
    }
    return all;
}

Json Sema::layers_of(const ast::Expr& e, NetworkDraft& draft) {
    if (const auto* paren = std::get_if<ast::Paren>(&e.node)) {
        return layers_of(*paren->inner, draft);
    }
    if (const auto* chain = std::get_if<ast::Chain>(&e.node)) {
        return layers_of(std::span<const ast::Expr>(chain->links), draft);
    }
    if (const auto* options = std::get_if<ast::Alternatives>(&e.node)) {
        return layer_alternatives(options->options, e.span, draft);
    }
    if (std::holds_alternative<ast::None>(e.node)) {
        return Json::array();
    }
    if (const auto* call = std::get_if<ast::Call>(&e.node)) {
        return layer(call->callee, call->args, e.span, draft);
    }
    if (const auto* name = std::get_if<ast::NameRef>(&e.node)) {
        return layer(name->name, {}, e.span, draft);
    }
    draft.ok = false;
    if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
        diags_.report(e.span, diag::LayerExpected, text_of(e.span));
    }
    return Json::array();
}

Json Sema::layer_alternatives(const std::vector<ast::Expr>& options, Span span, NetworkDraft& draft) {
    if (draft.context.space == nullptr) {
        diags_.report(span, diag::NothingSearches, "|");
        draft.ok = false;
        return Json::array();
    }
    Dimension d;
    d.kind = Dimension::Kind::Choice;
    d.span = span;
    std::vector<std::string> names;
    std::string head;
    for (const ast::Expr& option : options) {
        head = head.empty() ? head_name(option) : head;
        const std::string text = print(option);
        if (std::find(names.begin(), names.end(), text) != names.end()) {
            diags_.report(option.span, diag::GivenTwice, fmt::format("`{}`", text_of(option.span)));
            draft.ok = false;
            return Json::array();
        }
        names.push_back(text);
        d.choices.push_back({Word{text}});
    }
    const int number = ++draft.counted["| " + head];
    const std::string label = number == 1 ? head : fmt::format("{}_{}", head, number);
    const Opening opening = draft.opening("");
    const DimensionId id = add_dimension(*draft.context.space, std::move(d), opening, opening.prefix + label);
    std::vector<Json> chains;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        draft.context.conditions.push_back({id, {i}});
        chains.push_back(layers_of(options[i], draft));
        draft.context.conditions.pop_back();
    }
    return Json::array({draft.choice(id, label, names, std::move(chains))});
}

void Sema::report_unknown_layer(const ast::Name& name) {
    if (is_import_missing() || name.text.empty()) {
        return;
    }
    if (const Symbol* symbol = find(name.text); symbol != nullptr) {
        if (!symbol->failed) {
            diags_.report(name.span, diag::WrongKindOfName, name.text, std::string(name_of(symbol->kind)), "a layer")
                .note(symbol->span, "declared here");
        }
        return;
    }
    Diagnostic& d = diags_.report(name.span, diag::UnknownComponent, "layer", name.text);
    if (catalog_.find(ComponentKind::Step, name.text) != nullptr) {
        d.help(fmt::format("`{0}` is a step: it stands before the network, in a pipeline or in `model NAME = {0}(…) -> NETWORK`", name.text));
        return;
    }
    if (catalog_.find(ComponentKind::Model, name.text) != nullptr) {
        d.help(fmt::format("`{}` is a model of its own; a network's head, which predicts, is added behind its last layer", name.text));
        return;
    }
    if (catalog_.find(ComponentKind::Augmentation, name.text) != nullptr) {
        d.help(fmt::format("`{0}` changes rows while the network is trained: `augment {0}` in its `train` block", name.text));
        return;
    }
    if (catalog_.find(ComponentKind::Optimiser, name.text) != nullptr) {
        d.help(fmt::format("`{0}` trains the network: `train {0}` below its layers", name.text));
        return;
    }
    std::vector<std::string> known = catalog_.names(ComponentKind::Layer);
    const std::vector<std::string> sources = names_of({Symbol::Kind::Source});
    known.insert(known.end(), sources.begin(), sources.end());
    if (const std::string near = did_you_mean(name.text, known); !near.empty()) {
        d.help(fmt::format("did you mean `{}`?", near)).fix(name.span, near, fmt::format("write `{}`", near));
    } else {
        d.help("`mlpc list layers` shows them all");
    }
}

Json Sema::layer(const ast::Name& name, std::span<const ast::Arg> args, Span span, NetworkDraft& draft) {
    const Symbol* symbol = find(name.text);
    const bool is_source = symbol != nullptr && symbol->kind == Symbol::Kind::Source;
    const ComponentInfo* info = catalog_.find(ComponentKind::Layer, is_source ? "pretrained" : name.text);
    const auto source = is_source && info != nullptr ? trainable_source(name, draft.record.name) : std::nullopt;
    if (info == nullptr || (is_source && !source)) {
        if (!is_source) {
            report_unknown_layer(name);
        }
        draft.ok = false;
        return Json::array();
    }
    draft.record.layers.push_back({name.text, span});
    Json layer{{"layer", info->name}, {"id", draft.record.layers.size()}, {"params", Json::object()}, {"chains", Json::array()}};
    const std::string label = draft.numbered(name.text);
    const auto is_chain = [](const ast::Arg& arg) { return arg.kind == ast::Arg::Kind::Positional; };
    const auto most = static_cast<std::ptrdiff_t>(std::min(args.size(), info->most_chains));
    const auto first_param = std::find_if_not(args.begin(), args.begin() + most, is_chain);
    std::for_each(args.begin(), first_param, [&](const ast::Arg& arg) { layer["chains"].push_back(layers_of(arg.value, draft)); });
    if (layer["chains"].size() < info->least_chains) {
        const bool one = info->least_chains == 1;
        diags_
            .report(span, diag::MissingArgument, name.text,
                    one ? "a chain of layers" : fmt::format("at least {} chains of layers", info->least_chains))
            .help(fmt::format("for instance `{}`", info->example));
        draft.ok = false;
    }
    const Opening opening = draft.opening(label);
    const auto chains = static_cast<std::size_t>(first_param - args.begin());
    const Arguments resolved = arguments(*info, args.subspan(chains), span, nullptr, &opening);
    draft.ok = draft.ok && resolved.ok;
    for (std::size_t i = 0; resolved.ok && i < resolved.params.size(); ++i) {
        const ParamSpec& spec = info->params[i];
        layer["params"][spec.name] = draft.value(resolved.params[i], spec, label + "." + spec.name);
    }
    if (source) {
        layer["params"]["source"] = networks::to_json(*source);
    }
    return Json::array({std::move(layer)});
}

// --- repeats --------------------------------------------------------------------------------------------------------
Json Sema::repeated_lines(const ast::Repeat& repeat, NetworkDraft& draft) {
    Json all = Json::array();
    for (const ast::NetworkItem& item : repeat.items) {
        Json layers = Json::array();
        if (const auto* line = std::get_if<ast::Expr>(&item.node)) {
            if (begins_with_selector(*line) || is_word(links_of(*line).front(), "then")) {
                diags_.report(line->span, diag::LineMisplaced, "branches cannot stand in `repeat`")
                    .help("what is repeated is given what the layers before it give");
                draft.ok = false;
                continue;
            }
            layers = layers_of(*line, draft);
        } else if (const auto* inner = std::get_if<ast::Repeat>(&item.node)) {
            layers = repeated(*inner, draft);
        } else {
            diags_.report(item.span, diag::LineMisplaced, "`train` stands below all layers, not in `repeat`");
            draft.ok = false;
        }
        all.insert(all.end(), layers.begin(), layers.end());
    }
    return all;
}

// Copies with parameters of their own, those of a copy only where the depth reaches it.
Json Sema::variants(const ast::Repeat& repeat, DimensionId id, const ParamSpec& spec, NetworkDraft& draft) {
    SearchSpace& space = *draft.context.space;
    if (Dimension& d = space.dimensions[id.index]; d.choices.empty()) {
        const auto step = static_cast<std::int64_t>(d.step.value_or(1));
        for (auto depth = static_cast<std::int64_t>(d.low); depth <= static_cast<std::int64_t>(d.high); depth += step) {
            d.choices.push_back({depth});
        }
        d.kind = Dimension::Kind::Ordered;
        d.prior = Dimension::Prior::Uniform;
        d.low = d.high = 0;
        d.step.reset();
    }
    const std::vector<ParamValue> depths = space.dimensions[id.index].choices;
    std::int64_t most = 0;
    for (const ParamValue& depth : depths) {
        most = std::max(most, detail::integer_of(depth));
    }
    Json copies = Json::array();
    for (std::int64_t copy = 1; copy <= most; ++copy) {
        Condition reaches{id, {}};
        for (std::uint32_t i = 0; i < depths.size(); ++i) {
            if (detail::integer_of(depths[i]) >= copy) {
                reaches.choices.push_back(i);
            }
        }
        draft.context.conditions.push_back(std::move(reaches));
        copies.push_back(repeated_lines(repeat, draft));
        draft.context.conditions.pop_back();
    }
    return Json::array({{{"repeat", draft.value(id, spec, spec.name)}, {"variants", std::move(copies)}}});
}

Json Sema::repeated(const ast::Repeat& repeat, NetworkDraft& draft) {
    static const ComponentInfo owner = [] {
        ComponentInfo info;
        info.name = network_model;
        return info;
    }();
    const ast::Expr* count = &repeat.count;
    std::string label = "repeat";
    const auto* named = std::get_if<ast::Binary>(&count->node);
    const auto* name = named != nullptr && named->op == ast::BinaryOp::In ? std::get_if<ast::NameRef>(&named->left->node) : nullptr;
    if (name != nullptr) {
        label = name->name.text;
        count = named->right.get();
    }
    const int number = ++draft.counted["repeat " + label];
    label = number == 1 ? label : fmt::format("{}_{}", label, number);
    ParamSpec spec{.name = label, .doc = "How often the layers are repeated", .valid = {.low = 0, .high = repeat.each ? 100.0 : 1000.0}};
    spec.type = ParamType::Integer;
    spec.fallback = ParamValue{std::int64_t{1}};
    const bool open = name != nullptr || std::holds_alternative<ast::Range>(count->node) || std::holds_alternative<ast::Set>(count->node);
    const Opening opening = draft.opening("");
    const auto depth = bind_value(owner, spec, *count, open, count->span, nullptr, &opening);
    if (!depth) {
        draft.ok = false;
        return Json::array();
    }
    if (const auto* id = std::get_if<DimensionId>(&*depth)) {
        return repeat.each ? variants(repeat, *id, spec, draft)
                           : Json::array({{{"repeat", draft.value(*id, spec, label)}, {"layers", repeated_lines(repeat, draft)}}});
    }
    const std::int64_t times = detail::integer_of(std::get<ParamValue>(*depth));
    if (!repeat.each) {
        return Json::array({{{"repeat", times}, {"layers", repeated_lines(repeat, draft)}}});
    }
    Json copies = Json::array();
    for (std::int64_t copy = 0; copy < times; ++copy) {
        const Json layers = repeated_lines(repeat, draft);
        copies.insert(copies.end(), layers.begin(), layers.end());
    }
    return copies;
}

// --- the whole ------------------------------------------------------------------------------------------------------
std::optional<Pipe> Sema::network(const ast::Network& network, Span used, ChainContext& context) {
    tried_networks_.insert(network.name.text);
    NetworkDraft draft{.context = context, .record = {}, .specs = {}, .counted = {}};
    const ComponentInfo* model = catalog_.find(ComponentKind::Model, network_model);
    draft.record.name = network.name.text;
    draft.record.model = context.model;
    draft.record.declared = network.name.span;
    draft.record.used = used;
    draft.record.conditions = context.conditions;
    const ast::Train* train = nullptr;
    Span trained;
    bool has_layers = false;
    for (const ast::NetworkItem& item : network.items) {
        const auto* settings = std::get_if<ast::Train>(&item.node);
        has_layers = has_layers || settings == nullptr;
        if (settings != nullptr && train != nullptr) {
            diags_.report(item.span, diag::GivenTwice, "`train`").note(trained, "first given here");
            draft.ok = false;
        } else if (settings != nullptr) {
            train = settings;
            trained = item.span;
        }
    }
    if (!has_layers) {
        diags_.report(network.name.span, diag::EmptyNetwork, network.name.text)
            .help("write at least one, for instance `dense(32) -> relu`; without any, `logistic` and `linear` are the same model");
        return std::nullopt;
    }
    draft.record.params.resize(2);
    draft.record.shaping.resize(2);
    draft.specs.resize(2);
    network_lines(network, draft);
    draft.in_training = true;
    draft.record.architecture["train"] = training(train, draft);
    if (!draft.ok) {
        return std::nullopt;
    }
    if (model == nullptr) {
        return unavailable("a `network`", network.name.text, used);
    }
    auto declared = std::make_shared<ComponentInfo>(*model);
    declared->params.resize(2);
    declared->params.insert(declared->params.end(), draft.specs.begin() + 2, draft.specs.end());
    draft.record.params[0] = ParamValue{draft.record.architecture.dump()};
    StepPipe step;
    step.component = declared.get();
    step.name = network.name.text;
    step.params = draft.record.params;
    step.effect = Effect::Supervised;
    step.stream = context.model + "/" + context.place + network_model;
    networks_[declared.get()] = std::make_shared<const NetworkRecord>(std::move(draft.record));
    plan_.declared.push_back(std::move(declared));
    return Pipe{std::move(step), used};
}

}  // namespace mlpc::sema
