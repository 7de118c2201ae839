// The part of the proof inside a node: what its component's inner folds hold back must not teach what they fit.
#include "compiler/leakage/leakage.h"

#include <algorithm>

namespace mlpc {

namespace {

bool fits(const Node& node) { return node.kind == NodeKind::Fit || node.kind == NodeKind::FitModel || node.kind == NodeKind::Resample; }

// Whether something learned reaches the inputs of a node from the rows that it is given.
bool is_given_learned_state(const std::vector<Node>& nodes, const Node& node) {
    std::vector<NodeId> open = node.inputs;
    while (!open.empty()) {
        const Node& input = nodes[open.back().index];
        open.pop_back();
        if (fits(input)) {
            return true;
        }
        const bool whole_data_beyond = input.kind == NodeKind::Take || input.kind == NodeKind::Labels;
        if (!whole_data_beyond) {
            open.insert(open.end(), input.inputs.begin(), input.inputs.end());
        }
    }
    return false;
}

// Whether no state in the flow is fitted on rows that it predicts, and nothing reaches it from outside.
bool keeps_apart(const LearnerFlow& flow) {
    std::vector<bool> asked(flow.nodes.size(), false);
    for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
        const Node& node = flow.nodes[i];
        const auto is_asked = [&](NodeId input) { return asked[input.index]; };
        if (std::any_of(node.inputs.begin(), node.inputs.end(), [&](NodeId input) { return input.index >= i; })) {
            return false;
        }
        asked[i] = node.kind == NodeKind::AskedRows || std::any_of(node.inputs.begin(), node.inputs.end(), is_asked);
        const bool of_a_split = node.kind == NodeKind::Source || node.kind == NodeKind::Labels || node.kind == NodeKind::Take;
        if (of_a_split || (fits(node) && asked[i]) || !keeps_rows_apart(flow.nodes, node)) {
            return false;
        }
    }
    const Node& prediction = flow.nodes[flow.prediction.index];
    return asked[flow.prediction.index] && (prediction.kind == NodeKind::Predict || prediction.kind == NodeKind::Choice);
}

}  // namespace

bool keeps_rows_apart(const std::vector<Node>& nodes, const Node& node) {
    // A component without learners of its own, such as a network, asks the rows that it holds back only when to stop.
    const bool folds = fits(node) && !node.learners.empty() && node.component->inner_folds;
    return !(folds && is_given_learned_state(nodes, node)) && std::all_of(node.learners.begin(), node.learners.end(), keeps_apart);
}

}  // namespace mlpc
