// Layers of a `network` and their alternatives, to the LAYERs of runtime/core/network.h.
#include "compiler/sema/networks.h"
#include "compiler/syntax/print.h"

#include <algorithm>

namespace mlpc::sema {

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
    if (name.text == "repeat") {
        return repeated_chain(args, span, draft);
    }
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

}  // namespace mlpc::sema
