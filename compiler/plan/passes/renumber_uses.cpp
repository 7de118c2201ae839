#include "compiler/plan/passes/passes.h"

namespace mlpc::plan {

void renumber_uses(Plan& plan, const std::vector<NodeId>& new_id) {
    const auto renew = [&](NodeId& id) { id = new_id.at(id.index); };
    const auto renew_stage = [&](Stage& stage) {
        for (NodeId* id : {&stage.score, &stage.train_score, &stage.prediction, &stage.train_prediction, &stage.model}) {
            renew(*id);
        }
        for (NodeId& measure : stage.measures) {
            renew(measure);
        }
    };
    for (const SplitSpec& split : plan.splits) {
        if (!plan.nodes.empty()) {
            renew(plan.data[split.data.index].value);
        }
    }
    for (SearchSpec& search : plan.searches) {
        renew(search.chosen);
        for (Candidate& candidate : search.candidates) {
            renew_stage(candidate.fold);
            renew_stage(candidate.final);
            if (candidate.outer) {
                renew_stage(*candidate.outer);
            }
        }
    }
    for (FitSpec& fit : plan.fits) {
        for (Stage& stage : fit.stages) {
            renew_stage(stage);
        }
    }
}

}  // namespace mlpc::plan
