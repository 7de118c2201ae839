#include "compiler/plan/passes/passes.h"

#include <algorithm>

namespace mlpc::plan {

namespace {

// Whether the node's value on a row depends on that row alone, whatever else is in the frame.
bool is_row_wise(const Node& node) {
    const bool fixed = std::all_of(node.params.begin(), node.params.end(), [](const Binding& b) { return std::holds_alternative<ParamValue>(b); });
    const bool own_row =
        std::none_of(node.named.begin(), node.named.end(), [](const NamedExpression& n) { return find_aggregate(n.expression) != nullptr; });
    switch (node.kind) {
        case NodeKind::Select:
        case NodeKind::Concatenate:
            return true;
        case NodeKind::Transform:
            return fixed && own_row && node.component != nullptr;
        default:
            return false;
    }
}

}  // namespace

void hoist_row_wise(Plan& plan) {
    std::vector<Node> nodes;
    std::vector<NodeId> new_id(plan.nodes.size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        Node node = plan.nodes[i];
        for (NodeId& input : node.inputs) {
            input = new_id[input.index];
        }
        const auto taken = [&](NodeId id) { return nodes[id.index].kind == NodeKind::Take; };
        const bool all_taken = !node.inputs.empty() && std::all_of(node.inputs.begin(), node.inputs.end(), taken);
        const auto same_rows = [&](NodeId id) {
            const Node& first = nodes[node.inputs.front().index];
            return nodes[id.index].rows == first.rows && nodes[id.index].data == first.data;
        };
        if (is_row_wise(node) && all_taken && std::all_of(node.inputs.begin(), node.inputs.end(), same_rows)) {
            Node take = nodes[node.inputs.front().index];
            for (NodeId& input : node.inputs) {
                input = nodes[input.index].inputs.front();
            }
            nodes.push_back(std::move(node));
            take.inputs = {NodeId{static_cast<std::uint32_t>(nodes.size() - 1)}};
            node = std::move(take);
        }
        new_id[i] = {static_cast<std::uint32_t>(nodes.size())};
        nodes.push_back(std::move(node));
    }
    plan.nodes = std::move(nodes);
    renumber_uses(plan, new_id);
}

}  // namespace mlpc::plan
