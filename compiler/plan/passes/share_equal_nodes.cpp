#include "compiler/plan/passes/passes.h"

#include <map>

namespace mlpc::plan {

namespace {

std::string signature(const Node& node);

std::string signature(const LearnerFlow& learner) {
    std::string text = fmt::format("{{{}", learner.prediction.index);
    for (const Node& node : learner.nodes) {
        text += "\x1e" + signature(node);
    }
    return text + "}";
}

// Equal text, equal value in every place and under every assignment.
std::string signature(const Node& node) {
    std::string text = fmt::format("{}|{}|{}|{}|{}|", name_of(node.kind), node.component != nullptr ? node.component->name : "", node.rows,
                                   node.data.index, static_cast<int>(node.purpose));
    text += std::string(name_of(node.transform)) + "|";
    for (NodeId input : node.inputs) {
        text += fmt::format("{},", input.index);
    }
    bool open = node.kind == NodeKind::Choice || node.kind == NodeKind::Chosen;
    for (const Binding& b : node.params) {
        const auto* fixed = std::get_if<ParamValue>(&b);
        open = open || fixed == nullptr;
        text += fixed != nullptr ? "=" + fixed->to_string() : fmt::format("?{}", std::get<DimensionId>(b).index);
        text += ";";
    }
    for (const NamedExpression& named : node.named) {
        text += named.name + ":" + to_string(named.expression) + ";";
    }
    const Selector& s = node.selector;
    text += fmt::format("|{}|{}|{}|{}|{}|{}", static_cast<int>(s.kind), static_cast<int>(s.type), s.accepted, fmt::join(s.names, "\x1f"), s.pattern,
                        fmt::join(s.except, "\x1f"));
    if (open) {
        text += fmt::format("|search {} dimension {}", node.search, node.dimension.index);
    }
    for (const LearnerFlow& learner : node.learners) {
        text += signature(learner);
    }
    const bool random = node.component == nullptr || draws_random(node);
    return text + (random ? "|" + node.stream : "");
}

}  // namespace

void share_equal_nodes(Plan& plan) {
    std::map<std::string, NodeId> seen;
    std::vector<Node> nodes;
    std::vector<NodeId> new_id(plan.nodes.size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        Node node = plan.nodes[i];
        for (NodeId& input : node.inputs) {
            input = new_id[input.index];
        }
        const auto [at, is_new] = seen.try_emplace(signature(node), NodeId{static_cast<std::uint32_t>(nodes.size())});
        if (is_new) {
            nodes.push_back(std::move(node));
        }
        new_id[i] = at->second;
    }
    plan.nodes = std::move(nodes);
    renumber_uses(plan, new_id);
}

}  // namespace mlpc::plan
