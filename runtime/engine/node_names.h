// What nodes compute under one assignment of a search's space, named by content, whatever place (seed, fold) they are computed in.
#pragma once

#include "runtime/core/digest.h"
#include "runtime/core/experiment.h"
#include "runtime/core/learner_recipe.h"

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace mlpc::engine {

// The value of a component's path or resource parameter.
struct PathPoint {
    std::size_t param = 0;  // position in the component's schema
    ParamValue value;
    double order = 0;        // words, such as `all`, come after every number
    bool restricts = false;  // one fit answers all values before its own
    Key own;                 // as NamedNode::own, without the value
    Key family;              // as NamedNode::name, without the value
};
struct NamedNode {
    const Node* node = nullptr;
    ParamValues params;
    std::shared_ptr<const std::vector<LearnerRecipe>> learners;  // null where the component takes none
    std::vector<NodeId> inputs;                                  // those that the value depends on, choices followed
    Key own;                                                     // of the operator and its parameters
    Key name;                                                    // with those of the inputs: in one place, equal names are equal values
    bool resource = false;                                       // of a model: its resource parameter is a number
    bool drawn = false;                                          // random numbers of the seed reach its value
    std::optional<PathPoint> path;                               // of a fit
};

bool is_fit(const Node&);
// Whether it parts its rows by what the data set declares of them: FitContext::roles is then filled.
bool takes_roles(const Node&);
// The position of a model's resource parameter; nullopt where it has none.
std::optional<std::size_t> resource_param(const Node&);

class NodeNames {
public:
    // `resource`: the share of its resource parameter's value that a model is given.
    NodeNames(const Experiment& e, const Assignment& assignment, Share resource = {})
        : experiment_(e), assignment_(assignment), resource_(resource) {}

    // The node that stands for it: itself, or what a choice chose.
    NodeId resolved(NodeId) const;
    // Of a node that is no choice; stays where it is as long as this object.
    const NamedNode& of(NodeId);

private:
    ParamValues params_of(const Node&) const;
    std::shared_ptr<const std::vector<LearnerRecipe>> learners_of(const Node&) const;
    NamedNode made(const Node&);

    const Experiment& experiment_;
    const Assignment& assignment_;
    Share resource_;
    std::unordered_map<std::uint32_t, NamedNode> known_;
};

// The same node with another value of its path parameter.
NamedNode with_path_value(const NamedNode&, const ParamValue&);

}  // namespace mlpc::engine
