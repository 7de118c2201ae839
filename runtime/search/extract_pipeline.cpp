#include "runtime/search/extract_pipeline.h"

#include "runtime/core/error.h"
#include "runtime/core/learner_recipe.h"

#include <map>
#include <set>

namespace mlpc {

namespace {

class Extraction {
public:
    Extraction(Engine& engine, const Experiment& experiment, DataId data, const Context& place, const Assignment& assignment)
        : engine_(engine), experiment_(experiment), place_(place), assignment_(assignment) {
        for (const ColumnSpec& column : experiment.data[data.index].columns) {
            if (column.target || column.known_after_target) {
                unknown_when_predicting_.insert(column.name);
            }
        }
        // Of earlier rows they are known.
        for (const Node& node : experiment.nodes) {
            if (node.kind == NodeKind::LookBack) {
                for (const std::string& name : look_back(node).columns()) {
                    unknown_when_predicting_.erase(name);
                }
            }
        }
        result.nodes.push_back({});
    }

    std::uint32_t add(NodeId id) {
        if (const auto at = known_.find(id.index); at != known_.end()) {
            return at->second;
        }
        const std::uint32_t index = make(id);
        known_[id.index] = index;
        return index;
    }

    FittedPipeline result;

private:
    Value value(NodeId id) {
        std::vector<Result> results = engine_.values({{id, place_, &assignment_}});
        if (!results[0].failure.empty()) {
            throw RunError(results[0].failure);
        }
        return std::move(results[0].value);
    }

    std::uint32_t push(FittedPipeline::Node node) {
        result.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(result.nodes.size() - 1);
    }

    std::uint32_t make(NodeId id) {
        using Kind = FittedPipeline::Node::Kind;
        const Node& node = experiment_.node(id);
        FittedPipeline::Node made;
        switch (node.kind) {
            case NodeKind::Source:
                return 0;
            case NodeKind::Take:
            case NodeKind::Filter:
                return add(node.inputs[0]);  // predicting neither takes nor drops rows
            case NodeKind::Choice:
                return add(node.inputs.at(static_cast<std::size_t>(assignment_.at(node.dimension.index).value())));
            case NodeKind::Select: {
                made.kind = Kind::Select;
                made.inputs = {add(node.inputs[0])};
                for (const std::string& name : std::get<Frame>(value(id)).names()) {
                    if (!unknown_when_predicting_.contains(name)) {
                        made.columns.push_back(name);
                    }
                }
                return push(std::move(made));
            }
            case NodeKind::Concatenate:
                made.kind = Kind::Concatenate;
                for (NodeId input : node.inputs) {
                    made.inputs.push_back(add(input));
                }
                return push(std::move(made));
            case NodeKind::Transform: {
                made.kind = Kind::Apply;
                made.component = node.component->name;
                made.takes_sparse = node.component->takes_sparse;
                made.inputs = {add(node.inputs[0])};
                FitContext context{Rng::of_seed(0), nullptr};  // a row-wise step draws and learns nothing
                made.step = node.component->make_step(params_of(node), node.named)->fit(std::get<Frame>(value(node.inputs[0])), nullptr, context);
                return push(std::move(made));
            }
            case NodeKind::LookBack:
                made.kind = Kind::LookBack;
                made.component = node.component->name;
                made.inputs = {add(node.inputs[0])};
                made.look_back = look_back(node);
                return push(std::move(made));
            case NodeKind::Apply:
                made.kind = Kind::Apply;
                made.component = node.component->name;
                made.takes_sparse = node.component->takes_sparse;
                made.inputs = {add(node.inputs[1])};
                made.step = std::get<std::shared_ptr<FittedStep>>(value(node.inputs[0]));
                made.learners = learners_of(node.inputs[0]);
                return push(std::move(made));
            case NodeKind::Restore:
                result.transform = node.transform;
                return add(node.inputs[0]);  // it is done to what the pipeline predicts
            case NodeKind::Predict:
                made.kind = Kind::Predict;
                made.component = node.component->name;
                made.takes_sparse = node.component->takes_sparse;
                made.inputs = {add(node.inputs[1])};
                made.model = std::get<std::shared_ptr<FittedModel>>(value(node.inputs[0]));
                made.learners = learners_of(node.inputs[0]);
                return push(std::move(made));
            default:
                break;
        }
        throw RunError("a pipeline with `" + std::string(name_of(node.kind)) + "` before the split cannot be saved");
    }

    LookBack look_back(const Node& node) const { return {node.component, params_of(node), experiment_.data[node.data.index].time()->name}; }

    // Of the fit that a choice, where there is one, stands for.
    std::vector<FlowShape> learners_of(NodeId id) const {
        const Node* fit = &experiment_.node(id);
        while (fit->kind == NodeKind::Choice) {
            fit = &experiment_.node(fit->inputs.at(static_cast<std::size_t>(assignment_.at(fit->dimension.index).value())));
        }
        std::vector<FlowShape> shapes;
        for (const LearnerFlow& learner : fit->learners) {
            shapes.push_back(shape_of(resolve(learner, experiment_, assignment_)));
        }
        return shapes;
    }

    ParamValues params_of(const Node& node) const {
        ParamValues values;
        for (const Binding& b : node.params) {
            const auto* open = std::get_if<DimensionId>(&b);
            if (open == nullptr) {
                values.push_back(std::get<ParamValue>(b));
                continue;
            }
            const std::optional<double>& value = assignment_.at(open->index);
            values.push_back(value ? value_of(experiment_.searches[node.search].space.dimensions[open->index], *value) : ParamValue{});
        }
        return values;
    }

    Engine& engine_;
    const Experiment& experiment_;
    Context place_;
    const Assignment& assignment_;
    std::set<std::string> unknown_when_predicting_;
    std::map<std::uint32_t, std::uint32_t> known_;
};

}  // namespace

FittedPipeline extract_pipeline(Engine& engine, const Experiment& experiment, DataId data, NodeId prediction, const Context& place,
                                const Assignment& assignment, const std::vector<ColumnRequest>& schema) {
    Extraction extraction(engine, experiment, data, place, assignment);
    extraction.add(prediction);
    FittedPipeline pipeline = std::move(extraction.result);
    pipeline.schema = schema;
    const ColumnSpec* target = experiment.data[data.index].target();
    pipeline.target = target != nullptr ? target->name : "";
    return pipeline;
}

}  // namespace mlpc
