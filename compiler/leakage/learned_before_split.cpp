// L102, L103, L104, and L105 of a window that looks ahead: by the flow of rows through the plan, a step learned from rows that are scored.
#include "compiler/leakage/rules.h"

#include <string_view>

namespace mlpc::leakage {

namespace {

// The data set whose rows reach the node.
std::string data_of(const plan::Plan& plan, NodeId id) {
    const Node* node = &plan.nodes[id.index];
    while (node->kind != NodeKind::Source && !node->inputs.empty()) {
        node = &plan.nodes[node->inputs[0].index];
    }
    return plan.data[node->data.index].name;
}

}  // namespace

void learned_before_split(const plan::Plan& plan, Diagnostics& diags) {
    for (const Violation& v : violations(plan)) {
        const Node& teacher = plan.node(v.teacher);
        const std::string name = teacher.component != nullptr ? teacher.component->name : "this step";
        const std::string data = data_of(plan, v.teacher);
        const std::string_view code = v.code;
        Diagnostic* d = nullptr;
        if (code == "L102") {
            d = &diags.report(teacher.span, diag::LearnedBeforeSplit, name, data);
        } else if (code == "L103") {
            d = &diags.report(teacher.span, diag::SupervisedBeforeSplit, name, data);
        } else if (code == "L104") {
            d = &diags.report(teacher.span, diag::RowsChangedBeforeSplit, name, data);
        } else if (teacher.kind == NodeKind::LookBack && code == "L105") {
            diags.report(teacher.span, diag::AggregateInRowExpression, name, "it looks ahead, at rows that come later")
                .note(plan.node(v.score).span, "rows that taught it are scored here")
                .help("count the steps back: `steps: 1` is the row before");
        }
        if (d != nullptr) {
            d->note(plan.node(v.score).span, "rows that taught it are scored here")
                .help(fmt::format("move `{}` into a pipeline or a model's chain: it is then fitted on training rows only, in every fold", name));
        }
    }
}

}  // namespace mlpc::leakage
