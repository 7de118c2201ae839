// A fitted learner: its fitted steps and its model as a small graph that predicts.
#pragma once

#include "runtime/core/component.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mlpc {

// What such a graph is made of, without what was learned: enough to read a saved one into.
struct FlowShape {
    enum class Kind { Input, Select, Apply, Concatenate, Predict };
    struct Node {
        Kind kind = Kind::Input;
        std::vector<std::uint32_t> inputs;         // earlier nodes
        const ComponentInfo* component = nullptr;  // Apply, Predict
        std::vector<FlowShape> learners;           // arguments of the component
    };
    std::vector<Node> nodes;  // the last is the Predict
};
// How many nodes a node of that kind has as inputs, at least and at most.
bool takes_inputs(FlowShape::Kind, std::size_t count);

// Empty states to read archived ones into. Throws RunError where the component has none of that kind.
std::unique_ptr<FittedStep> blank_step(const ComponentInfo&, const std::vector<FlowShape>& learners);
std::unique_ptr<FittedModel> blank_model(const ComponentInfo&, const std::vector<FlowShape>& learners);

class FittedFlow final : public FittedModel {
public:
    struct State {
        std::vector<std::string> columns;  // Select: by name, in order
        std::shared_ptr<FittedStep> step;
        std::shared_ptr<FittedModel> model;
    };
    explicit FittedFlow(FlowShape blank);
    // `columns` are those of the frame that the learner was fitted on, `model_columns` those that reached its model; a state a node.
    FittedFlow(FlowShape, std::vector<State>, std::vector<std::string> columns, std::vector<std::string> model_columns);

    Prediction predict(const Frame& x) const override;
    void archive(Archive&) override;
    // The model's, where its steps left the columns what they were; else empty.
    std::vector<double> importances() const override;

private:
    FlowShape shape_;
    std::vector<State> states_;
    bool same_columns_ = false;
};

}  // namespace mlpc
