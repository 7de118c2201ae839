#include "runtime/search/reuse.h"

#include "runtime/core/network.h"
#include "runtime/engine/node_names.h"

#include <algorithm>
#include <set>

namespace mlpc {

namespace {

using networks::Json;

bool trains_nothing(const Json& unfreeze) { return unfreeze.is_number() && unfreeze.get<double>() == 0; }

Reuse of_layers(const Json& layers) {
    Reuse most = Reuse::None;
    for (const Json& layer : layers) {
        if (layer.at("layer") == "pretrained") {
            most = std::max(most, trains_nothing(layer.at("params").value("unfreeze", Json(1))) ? Reuse::Frozen : Reuse::FineTuned);
        }
        for (const Json& chain : layer.value("chains", Json::array())) {
            most = std::max(most, of_layers(chain));
        }
    }
    return most;
}

Reuse of_network(const ParamValues& params) {
    const auto* text = std::get_if<std::string>(&params.front().value);
    const Json declared = text == nullptr ? Json() : Json::parse(*text, nullptr, false);
    if (!declared.is_object()) {
        return Reuse::None;
    }
    const Json network = networks::resolved(declared, params);
    Reuse most = of_layers(network.at("then"));
    for (const Json& input : network.at("inputs")) {
        most = std::max(most, of_layers(input.at("layers")));
    }
    return most;
}

Reuse of_component(const ComponentInfo* component, const ParamValues& params) {
    if (component == nullptr) {
        return Reuse::None;
    }
    if (component->name == "pretrained") {
        return Reuse::Frozen;
    }
    if (component->name == "fine_tune") {
        return trains_nothing(networks::to_json(params.at(component->find_param("unfreeze")))) ? Reuse::Frozen : Reuse::FineTuned;
    }
    return component->name == "network" ? of_network(params) : Reuse::None;
}

Reuse of_learners(const std::vector<LearnerRecipe>& learners) {
    Reuse most = Reuse::None;
    for (const LearnerRecipe& learner : learners) {
        for (const LearnerRecipe::Step& step : learner.steps) {
            most = std::max({most, of_component(step.component, step.params), of_learners(step.learners)});
        }
    }
    return most;
}

}  // namespace

Reuse reuse_of(const Experiment& e, NodeId model, const Assignment& assignment) {
    if (e.pretrained.empty()) {
        return Reuse::None;
    }
    engine::NodeNames names(e, assignment);
    Reuse most = Reuse::None;
    std::set<NodeId> seen;
    std::vector<NodeId> open = {names.resolved(model)};
    while (!open.empty()) {
        const NodeId id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) {
            continue;
        }
        const engine::NamedNode& node = names.of(id);
        most = std::max({most, of_component(node.node->component, node.params), node.learners ? of_learners(*node.learners) : Reuse::None});
        for (const NodeId input : node.inputs) {
            open.push_back(names.resolved(input));
        }
    }
    return most;
}

}  // namespace mlpc
