// A learner under one assignment of the search's space: what a component that takes models fits as often as it needs.
#pragma once

#include "runtime/core/digest.h"
#include "runtime/core/experiment.h"
#include "runtime/core/fitted_flow.h"

namespace mlpc {

// A LearnerFlow without choices and open parameters, and with the nodes that its prediction needs.
struct LearnerRecipe {
    struct Step {
        NodeKind kind = NodeKind::GivenRows;
        std::vector<std::uint32_t> inputs;  // earlier steps
        const ComponentInfo* component = nullptr;
        ParamValues params;
        std::vector<NamedExpression> named;
        Selector selector;
        DataId data;                     // Select
        const DataSpec* spec = nullptr;  // of `data`; belongs to the experiment
        std::string stream;
        bool random = false;  // draws from the stream
        std::vector<LearnerRecipe> learners;
        bool asked = false;  // follows the rows that are predicted, not those that are fitted on
    };
    std::string name;
    std::vector<Step> steps;  // the last is the Predict
};

// The experiment must outlive the recipe.
LearnerRecipe resolve(const LearnerFlow&, const Experiment&, const Assignment&);
// The values of a node's parameters under an assignment; none where the dimension that decides is not active.
ParamValues resolved_params(const Node&, const Experiment&, const Assignment&);

// Feeds everything that results depend on.
void add_to(KeyBuilder&, const LearnerRecipe&);

FlowShape shape_of(const LearnerRecipe&);
std::vector<FlowShape> shapes_of(const std::vector<LearnerRecipe>&);
Learners make_learners(const std::vector<LearnerRecipe>&);
// The component with those arguments; without learners as the catalog makes it.
std::unique_ptr<Model> make_model(const ComponentInfo&, const ParamValues&, const std::vector<LearnerRecipe>&);
std::unique_ptr<Step> make_step(const ComponentInfo&, const ParamValues&, const std::vector<NamedExpression>&, const std::vector<LearnerRecipe>&);

}  // namespace mlpc
