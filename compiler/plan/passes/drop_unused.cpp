#include "compiler/plan/passes/passes.h"

namespace mlpc::plan {

void drop_unused(Plan& plan) {
    std::vector<bool> used(plan.nodes.size(), false);
    const auto use_stage = [&](const Stage& stage) {
        for (NodeId id : {stage.score, stage.train_score, stage.prediction, stage.train_prediction, stage.model}) {
            used[id.index] = true;
        }
        for (const NodeId id : stage.measures) {
            used[id.index] = true;
        }
    };
    for (const SplitSpec& split : plan.splits) {
        if (!plan.nodes.empty()) {
            used[plan.data[split.data.index].value.index] = true;
        }
    }
    for (const SearchSpec& search : plan.searches) {
        used[search.chosen.index] = true;
        for (const Candidate& candidate : search.candidates) {
            use_stage(candidate.fold);
            use_stage(candidate.final);
            if (candidate.outer) {
                use_stage(*candidate.outer);
            }
        }
    }
    for (const FitSpec& fit : plan.fits) {
        for (const Stage& stage : fit.stages) {
            use_stage(stage);
        }
    }
    for (std::size_t i = plan.nodes.size(); i-- > 0;) {
        for (NodeId input : plan.nodes[i].inputs) {
            used[input.index] = used[input.index] || used[i];
        }
    }
    std::vector<Node> nodes;
    std::vector<NodeId> new_id(plan.nodes.size());
    for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
        if (!used[i]) {
            continue;
        }
        Node node = plan.nodes[i];
        for (NodeId& input : node.inputs) {
            input = new_id[input.index];
        }
        new_id[i] = {static_cast<std::uint32_t>(nodes.size())};
        nodes.push_back(std::move(node));
    }
    plan.nodes = std::move(nodes);
    renumber_uses(plan, new_id);
}

}  // namespace mlpc::plan
