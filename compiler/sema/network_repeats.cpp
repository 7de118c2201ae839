// What a `network` repeats, a block of lines or a chain within one, to the LAYERs of runtime/core/network.h.
#include "compiler/sema/networks.h"

#include <algorithm>

namespace mlpc::sema {

Json Sema::repeated_lines(const ast::Repeat& repeat, NetworkDraft& draft) {
    Json all = Json::array();
    for (const ast::NetworkItem& item : repeat.items) {
        Json layers = Json::array();
        if (const auto* line = std::get_if<ast::Expr>(&item.node)) {
            if (begins_with_selector(*line) || is_word(links_of(*line).front(), "then")) {
                diags_.report(line->span, diag::LineMisplaced, "branches cannot stand in `repeat`")
                    .help("what is repeated is given what the layers before it give; within a branch write `-> repeat(2, CHAIN)`");
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

std::optional<Sema::RepeatCount> Sema::repeat_count(const ast::Expr& count, const ast::Name* named, bool each, NetworkDraft& draft) {
    static const ComponentInfo owner = [] {
        ComponentInfo info;
        info.name = network_model;
        return info;
    }();
    const std::string word = named != nullptr ? named->text : "repeat";
    const int number = ++draft.counted["repeat " + word];
    const std::string label = number == 1 ? word : fmt::format("{}_{}", word, number);
    ParamSpec spec{.name = label, .doc = "How often the layers are repeated", .valid = {.low = 0, .high = each ? 100.0 : 1000.0}};
    spec.type = ParamType::Integer;
    spec.fallback = ParamValue{std::int64_t{1}};
    const bool open = named != nullptr || std::holds_alternative<ast::Range>(count.node) || std::holds_alternative<ast::Set>(count.node);
    const Opening opening = draft.opening("");
    std::optional<Binding> value = bind_value(owner, spec, count, open, count.span, nullptr, &opening);
    if (!value) {
        draft.ok = false;
        return std::nullopt;
    }
    return RepeatCount{std::move(spec), std::move(*value)};
}

Json Sema::repeated(const ast::Repeat& repeat, NetworkDraft& draft) {
    const auto* binary = std::get_if<ast::Binary>(&repeat.count.node);
    const auto* named = binary != nullptr && binary->op == ast::BinaryOp::In ? std::get_if<ast::NameRef>(&binary->left->node) : nullptr;
    const auto count = repeat_count(named != nullptr ? *binary->right : repeat.count, named != nullptr ? &named->name : nullptr, repeat.each, draft);
    if (!count) {
        return Json::array();
    }
    if (!repeat.each) {
        return Json::array({{{"repeat", draft.value(count->value, count->spec, count->spec.name)}, {"layers", repeated_lines(repeat, draft)}}});
    }
    if (const auto* id = std::get_if<DimensionId>(&count->value)) {
        return variants(repeat, *id, count->spec, draft);
    }
    Json copies = Json::array();
    for (std::int64_t left = detail::integer_of(std::get<ParamValue>(count->value)); left > 0; --left) {
        const Json layers = repeated_lines(repeat, draft);
        copies.insert(copies.end(), layers.begin(), layers.end());
    }
    return copies;
}

// `repeat(2, CHAIN)`, `repeat(1..3, CHAIN)` and `repeat(depth in 1..3, CHAIN)`: within a chain what a block of lines is below it.
Json Sema::repeated_chain(std::span<const ast::Arg> args, Span span, NetworkDraft& draft) {
    const bool fits = args.size() == 2 && args[0].kind != ast::Arg::Kind::Fixed && args[1].kind == ast::Arg::Kind::Positional;
    if (!fits) {
        diags_.report(span, diag::MissingArgument, "repeat", "how often, and a chain of layers")
            .help("for instance `repeat(1..3, conv(16) -> relu)`, or `repeat(depth in 1..3, conv(16) -> relu)`");
        draft.ok = false;
        return Json::array();
    }
    const auto count = repeat_count(args[0].value, args[0].kind == ast::Arg::Kind::Search ? &args[0].name : nullptr, false, draft);
    if (!count) {
        return Json::array();
    }
    const Json times = draft.value(count->value, count->spec, count->spec.name);
    return Json::array({{{"repeat", times}, {"layers", layers_of(args[1].value, draft)}}});
}

}  // namespace mlpc::sema
