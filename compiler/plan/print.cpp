#include "compiler/plan/network_text.h"
#include "compiler/plan/plan.h"

#include <nlohmann/json.hpp>

namespace mlpc::plan {

namespace {

std::string selector_text(const Selector& s) {
    switch (s.kind) {
        case Selector::Kind::Features:
            return "features";
        case Selector::Kind::Type:
            return std::string(name_of(s.type));
        case Selector::Kind::Names:
            return fmt::format("{{{}}}", fmt::join(s.names, ", "));
        case Selector::Kind::Pattern:
            return "matching \"" + s.pattern + "\"";
        case Selector::Kind::Accepted:
            return "accepted features";
        case Selector::Kind::Rest:
            return "other columns";
        case Selector::Kind::Predictions:
            return "predictions";
        case Selector::Kind::NoPredictions:
            return "columns passed through";
    }
    return "";
}

// Components that rest on a `source` have it written down as JSON.
bool names_source(const ComponentInfo& info, std::size_t param) {
    return info.params[param].name == "source" && (info.name == "pretrained" || info.name == "fine_tune");
}

std::string source_name(const ParamValue& source) {
    return nlohmann::json::parse(detail::text_of(source), nullptr, /*allow_exceptions=*/false).value("name", "");
}

std::string arguments_text(const Plan& plan, const Node& node) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < node.params.size(); ++i) {
        const ParamSpec& spec = node.component->params[i];
        if (is_architecture(*node.component, i)) {
            continue;
        }
        if (const auto* open = std::get_if<DimensionId>(&node.params[i])) {
            parts.push_back(fmt::format("{} in ?{}", spec.name, plan.searches[node.search].space.dimensions[open->index].name));
        } else if (const ParamValue& value = std::get<ParamValue>(node.params[i]); names_source(*node.component, i)) {
            parts.push_back(source_name(value));
        } else if (!(value == spec.fallback)) {
            parts.push_back(fmt::format("{}: {}", spec.name, value.to_string()));
        }
    }
    for (const NamedExpression& named : node.named) {
        parts.push_back(fmt::format("{}: {}", named.name, to_string(named.expression)));
    }
    return fmt::format("{}({})", node.component->name, fmt::join(parts, ", "));
}

std::string describe(const Plan& plan, const Node& node) {
    switch (node.kind) {
        case NodeKind::Source:
            return plan.data[node.data.index].name;
        case NodeKind::Labels:
            return fmt::format("{}.{}{}", plan.data[node.data.index].name, to_string_rows(node.rows),
                               node.transform == TargetTransform::None ? "" : fmt::format(" as {}", name_of(node.transform)));
        case NodeKind::Take:
            return to_string_rows(node.rows);
        case NodeKind::Select:
            return selector_text(node.selector);
        case NodeKind::Choice:
            return plan.searches[node.search].space.dimensions[node.dimension.index].name;
        case NodeKind::Chosen:
            return plan.searches[node.search].name;
        default:
            break;
    }
    if (node.kind == NodeKind::Restore) {
        return fmt::format("from {}", name_of(node.transform));
    }
    std::string text = node.component != nullptr ? arguments_text(plan, node) : node.stream;
    if (node.kind == NodeKind::Score) {
        text += node.purpose == Purpose::Selection ? " to choose" : node.purpose == Purpose::Performance ? " as performance" : " on training rows";
    }
    return text;
}

// A node a line; the learners of a node are indented below it.
void print_nodes(const Plan& plan, const std::vector<Node>& nodes, std::size_t indent, std::string& text) {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const Node& node = nodes[i];
        std::vector<std::string> inputs;
        for (NodeId input : node.inputs) {
            inputs.push_back(fmt::format("%{}", input.index));
        }
        text += fmt::format("{:{}}%{:<4} {:<11} {}{}{}\n", "", indent, i, name_of(node.kind), describe(plan, node), inputs.empty() ? "" : "  <- ",
                            fmt::join(inputs, " "));
        if (node.component != nullptr && !node.params.empty() && is_architecture(*node.component, 0)) {
            text += network_text(*node.component, std::get<ParamValue>(node.params[0]), indent + 6);
        }
        for (const LearnerFlow& learner : node.learners) {
            text += fmt::format("{:{}}{}\n", "", indent + 6, learner.name);
            print_nodes(plan, learner.nodes, indent + 8, text);
        }
    }
}

std::string stands_for(const Plan& plan, const ComparedModel& model) {
    const SearchSpec& search = plan.searches[model.search];
    if (!model.candidate) {
        return fmt::format("{}: what %{} chooses", model.name, search.chosen.index);
    }
    const std::uint32_t score = search.candidates[*model.candidate].fold.score.index;
    return search.implicit ? fmt::format("{}: %{}", model.name, score) : fmt::format("{}: best of %{} in {}", model.name, score, search.name);
}

std::string comparison_text(const Plan& plan, const CompareSpec& compare) {
    const SearchSpec& search = plan.searches[compare.models.front().search];
    std::vector<std::string> models;
    for (const ComparedModel& model : compare.models) {
        models.push_back(stands_for(plan, model));
    }
    const char* folds = plan.splits[search.split].outer ? "outer folds" : "validation folds";
    return fmt::format("compare     {}; by {} on the {}\n", fmt::join(models, ", "), search.metric.text, folds);
}

}  // namespace

std::string print(const Plan& plan) {
    std::string text;
    print_nodes(plan, plan.nodes, 0, text);
    for (const CompareSpec& compare : plan.comparisons) {
        text += comparison_text(plan, compare);
    }
    return text;
}

}  // namespace mlpc::plan
