// `train OPTIMISER { … }` of a network: its settings and the parts that they name.
#include "compiler/sema/networks.h"

#include "compiler/syntax/print.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

struct TrainParams {
    std::int64_t epochs = 30, batch = 64;
    std::optional<std::int64_t> stop_early;
    double hold = 0.1;
    std::optional<double> clip;
    std::string class_weight = "none";
    std::optional<std::int64_t> most_parameters;
    std::optional<double> most_memory;
};

const Schema<TrainParams>& train_schema() {
    static const Schema<TrainParams> fields{
        field(&TrainParams::epochs, {.name = "epochs", .doc = "Passes over the rows", .valid = {.low = 1, .high = 1e6}, .search = {5, 50}}),
        field(&TrainParams::batch, {.name = "batch", .doc = "Rows of a step", .valid = {.low = 1, .high = 1e6}, .search = {16, 256, true}}),
        field(&TrainParams::stop_early, {.name = "stop_early",
                                         .doc = "Epochs without a better loss on the rows held back after which training ends",
                                         .valid = {.low = 1, .high = 1e6}}),
        field(&TrainParams::hold, {.name = "hold",
                                   .doc = "Share of the rows that is held back to see when to stop",
                                   .valid = {.low = 0, .high = 1, .open_low = true, .open_high = true}}),
        field(&TrainParams::clip, {.name = "clip", .doc = "Largest norm of the gradient", .valid = {.low = 0, .open_low = true}}),
        field(&TrainParams::class_weight, {.name = "class_weight",
                                           .doc = "How much a row of each class counts",
                                           .words = {"none", "balanced"},
                                           .search = {.words = {"none", "balanced"}}}),
        field(&TrainParams::most_parameters,
              {.name = "most_parameters", .doc = "Networks with more are not trained: their trial fails", .valid = {.low = 1}}),
        field(&TrainParams::most_memory,
              {.name = "most_memory", .doc = "Bytes; networks that need more are not trained: their trial fails", .valid = {.low = 1}}),
    };
    return fields;
}

const ComponentInfo& settings() {
    static const ComponentInfo info = [] {
        ComponentInfo made;
        made.name = "train";
        made.params = specs_of(train_schema());
        return made;
    }();
    return info;
}

std::string setting_name(const std::string& keyword) {
    std::string name = keyword;
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

std::optional<ComponentKind> part_kind(const std::string& keyword) {
    if (keyword == "schedule") {
        return ComponentKind::Schedule;
    }
    if (keyword == "loss") {
        return ComponentKind::Loss;
    }
    return keyword == "augment" ? std::optional(ComponentKind::Augmentation) : std::nullopt;
}

constexpr const char* over = "over";

}  // namespace

Json Sema::training_alternatives(ComponentKind kind, const std::vector<ast::Expr>& options, Span span, const std::string& label,
                                 NetworkDraft& draft) {
    if (draft.context.space == nullptr) {
        diags_.report(span, diag::NothingSearches, label);
        draft.ok = false;
        return nullptr;
    }
    Dimension d;
    d.kind = Dimension::Kind::Choice;
    d.span = span;
    std::vector<std::string> names;
    for (const ast::Expr& option : options) {
        names.push_back(print(option));
        if (std::count(names.begin(), names.end(), names.back()) > 1) {
            diags_.report(option.span, diag::GivenTwice, fmt::format("`{}`", text_of(option.span)));
            draft.ok = false;
            return nullptr;
        }
        d.choices.push_back({Word{names.back()}});
    }
    const std::string own = draft.numbered(label);
    const Opening opening = draft.opening("");
    const DimensionId id = add_dimension(*draft.context.space, std::move(d), opening, opening.prefix + own);
    std::vector<Json> parts;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        draft.context.conditions.push_back({id, {i}});
        parts.push_back(training_part(kind, options[i], label, draft));
        draft.context.conditions.pop_back();
    }
    return draft.choice(id, own, names, std::move(parts));
}

// A part, or alternatives of them; null for `none`.
Json Sema::training_part(ComponentKind kind, const ast::Expr& e, const std::string& label, NetworkDraft& draft) {
    if (const auto* paren = std::get_if<ast::Paren>(&e.node)) {
        return training_part(kind, *paren->inner, label, draft);
    }
    if (const auto* options = std::get_if<ast::Alternatives>(&e.node)) {
        return training_alternatives(kind, options->options, e.span, label, draft);
    }
    if (std::holds_alternative<ast::None>(e.node) && kind != ComponentKind::Optimiser) {
        return nullptr;
    }
    const auto* call = std::get_if<ast::Call>(&e.node);
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    if (call == nullptr && name == nullptr) {
        draft.ok = false;
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::UnknownComponent, std::string(mlpc::name_of(kind)), text_of(e.span));
        }
        return nullptr;
    }
    const ComponentInfo* info = component(kind, call != nullptr ? call->callee : name->name);
    if (info == nullptr) {
        draft.ok = false;
        return nullptr;
    }
    const std::string own = draft.numbered(info->name);
    const Opening opening = draft.opening(own);
    const Arguments resolved =
        arguments(*info, call != nullptr ? std::span<const ast::Arg>(call->args) : std::span<const ast::Arg>(), e.span, nullptr, &opening);
    draft.ok = draft.ok && resolved.ok;
    Json part{{"part", info->name}, {"params", Json::object()}};
    for (std::size_t i = 0; resolved.ok && i < resolved.params.size(); ++i) {
        const ParamSpec& spec = info->params[i];
        const auto* fixed = std::get_if<ParamValue>(&resolved.params[i]);
        // The whole length even where a search gives a trial a share of it, so that going on later is as if it had been whole at once.
        const bool follows_epochs = spec.name == over && fixed != nullptr && fixed->is_none();
        part["params"][spec.name] = draft.value(follows_epochs ? draft.record.params[1] : resolved.params[i], spec, own + "." + spec.name);
    }
    if (kind == ComponentKind::Loss) {
        draft.record.losses.emplace_back(info, e.span);
    }
    return part;
}

void Sema::training_setting(const ast::Clause& clause, Json& train, NetworkDraft& draft) {
    if (clause.on != nullptr) {
        const auto* member = std::get_if<ast::Member>(&clause.on->node);
        const bool test = member != nullptr && member->member.text == "test";
        plan_.partition_uses.push_back(
            {plan::PartitionUse::Where::Argument, text_of(clause.on->span), test ? rows::Test : rows::AllTrain, "train", clause.on->span});
    }
    const std::string name = setting_name(clause.keyword);
    if (clause.values.empty() || !train.contains(name)) {
        return;  // the parser has said so
    }
    const auto kind = part_kind(clause.keyword);
    if (kind && clause.open) {
        diags_.report(clause.values.front().span, diag::SpaceExpected, text_of(clause.values.front().span))
            .help(fmt::format("alternatives are written `{} (a | b)`", clause.keyword));
        draft.ok = false;
        return;
    }
    if (kind == ComponentKind::Augmentation) {
        for (const ast::Expr& value : clause.values) {
            Json part = training_part(*kind, value, head_name(value).empty() ? "augment" : head_name(value), draft);
            if (!part.is_null()) {
                train[name].push_back(std::move(part));
            }
        }
        return;
    }
    if (clause.values.size() > 1) {
        diags_.report(clause.values[1].span, diag::GivenTwice, fmt::format("`{}`", clause.keyword))
            .help(fmt::format("values to choose from are written `{} in {{a, b}}`", clause.keyword));
        draft.ok = false;
        return;
    }
    if (kind) {
        train[name] = training_part(*kind, clause.values.front(), clause.keyword, draft);
        return;
    }
    const ParamSpec& spec = settings().params[settings().find_param(name)];
    const Opening opening = draft.opening("");
    const auto binding = bind_value(settings(), spec, clause.values.front(), clause.open, clause.span, nullptr, &opening);
    draft.ok = draft.ok && binding.has_value();
    if (!binding) {
        return;
    }
    if (name == "epochs") {
        draft.record.params[1] = *binding;
    } else {
        train[name] = draft.value(*binding, spec, name);
    }
}

Json Sema::training(const ast::Train* train, NetworkDraft& draft) {
    Json out{{"augment", Json::array()}, {"schedule", nullptr}, {"loss", nullptr}};
    for (const ParamSpec& spec : settings().params) {
        out[spec.name] = networks::to_json(spec.fallback);
    }
    draft.record.params[1] = settings().params[settings().find_param("epochs")].fallback;
    const std::vector<ast::Clause> none;
    const std::vector<ast::Clause>& clauses = train != nullptr ? train->settings : none;
    std::map<std::string, Span> given;
    for (const bool epochs_first : {true, false}) {  // a schedule may follow them
        for (const ast::Clause& clause : clauses) {
            if ((clause.keyword == "epochs") != epochs_first) {
                continue;
            }
            if (const auto [at, is_new] = given.try_emplace(clause.keyword, clause.span); !is_new) {
                diags_.report(clause.keyword_span, diag::GivenTwice, fmt::format("`{}`", clause.keyword)).note(at->second, "first given here");
                draft.ok = false;
                continue;
            }
            training_setting(clause, out, draft);
        }
    }
    out["epochs"] = {{"$", 1}};
    if (train != nullptr) {
        out["optimiser"] = training_part(ComponentKind::Optimiser, train->optimiser, "optimiser", draft);
        return out;
    }
    const ComponentInfo* adam = catalog_.find(ComponentKind::Optimiser, "adam");
    Json params = Json::object();
    for (std::size_t i = 0; adam != nullptr && i < adam->params.size(); ++i) {
        params[adam->params[i].name] = networks::to_json(adam->params[i].fallback);
    }
    out["optimiser"] = {{"part", "adam"}, {"params", std::move(params)}};
    return out;
}

}  // namespace mlpc::sema
