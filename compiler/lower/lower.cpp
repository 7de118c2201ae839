#include "compiler/lower/lower.h"

#include <cassert>

namespace mlpc {

Experiment lower(plan::Plan plan) {
    assert(plan.unavailable.empty() && "compile() refuses what cannot be run");
    return static_cast<Experiment&&>(plan);
}

std::string print_graph(const Experiment& experiment) {
    std::string text = "digraph experiment {\n  rankdir=LR; node [shape=box, fontname=\"sans-serif\"];\n";
    for (std::size_t i = 0; i < experiment.nodes.size(); ++i) {
        const Node& node = experiment.nodes[i];
        std::string label(name_of(node.kind));
        if (node.component != nullptr) {
            label += "\\n" + node.component->name;
        } else if (node.kind == NodeKind::Take || node.kind == NodeKind::Labels) {
            label += "\\n" + to_string_rows(node.rows);
        } else if (node.kind == NodeKind::Choice) {
            label += "\\n" + experiment.searches[node.search].space.dimensions[node.dimension.index].name;
        }
        text += fmt::format("  n{} [label=\"{}\"];\n", i, label);
        for (NodeId input : node.inputs) {
            text += fmt::format("  n{} -> n{};\n", input.index, i);
        }
    }
    return text + "}\n";
}

}  // namespace mlpc
