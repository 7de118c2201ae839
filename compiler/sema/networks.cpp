// `network NAME { … }` to the template of runtime/core/network.h, once for each chain that names it.
#include "compiler/sema/networks.h"

#include <algorithm>
#include <array>

namespace mlpc::sema {

namespace {

constexpr std::array selector_words{"numeric", "category", "ordinal", "boolean", "date", "text", "all"};

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

}  // namespace

std::span<const ast::Expr> links_of(const ast::Expr& e) {
    const auto* chain = std::get_if<ast::Chain>(&e.node);
    return chain != nullptr ? std::span<const ast::Expr>(chain->links) : std::span<const ast::Expr>(&e, 1);
}

bool is_word(const ast::Expr& e, std::string_view word) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    return name != nullptr && !name->name.quoted && name->name.text == word;
}

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
