#include "runtime/core/learner_recipe.h"

#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"
#include "runtime/core/select_columns.h"

#include <map>
#include <stdexcept>
#include <variant>

namespace mlpc {

namespace {

class Resolution {
public:
    Resolution(const LearnerFlow& flow, const Experiment& experiment, const Assignment& assignment)
        : flow_(flow), experiment_(experiment), assignment_(assignment) {}

    LearnerRecipe run() {
        recipe_.name = flow_.name;
        add(flow_.prediction);
        return std::move(recipe_);
    }

private:
    std::uint32_t add(NodeId id) {
        const Node& node = flow_.nodes.at(id.index);
        if (node.kind == NodeKind::Choice) {
            return add(node.inputs.at(static_cast<std::size_t>(assignment_.at(node.dimension.index).value())));
        }
        if (const auto at = known_.find(id.index); at != known_.end()) {
            return at->second;
        }
        LearnerRecipe::Step step;
        step.kind = node.kind;
        for (const NodeId input : node.inputs) {
            step.inputs.push_back(add(input));
            step.asked = step.asked || recipe_.steps[step.inputs.back()].asked;
        }
        step.asked = step.asked || node.kind == NodeKind::AskedRows;
        step.component = node.component;
        step.params = resolved_params(node, experiment_, assignment_);
        step.named = node.named;
        step.selector = node.selector;
        step.data = node.data;
        step.spec = node.kind == NodeKind::Select ? &experiment_.data.at(node.data.index) : nullptr;
        step.stream = node.stream;
        step.random = draws_random(node);
        for (const LearnerFlow& learner : node.learners) {
            step.learners.push_back(resolve(learner, experiment_, assignment_));
        }
        recipe_.steps.push_back(std::move(step));
        return known_[id.index] = static_cast<std::uint32_t>(recipe_.steps.size() - 1);
    }

    const LearnerFlow& flow_;
    const Experiment& experiment_;
    const Assignment& assignment_;
    LearnerRecipe recipe_;
    std::map<std::uint32_t, std::uint32_t> known_;
};

// The graph that predicts, without states: the steps that follow the asked rows. `position` is filled with their places in it.
FlowShape shape_with_positions(const LearnerRecipe& recipe, std::vector<std::uint32_t>& position) {
    FlowShape shape;
    position.assign(recipe.steps.size(), 0);
    for (std::size_t i = 0; i < recipe.steps.size(); ++i) {
        const LearnerRecipe::Step& step = recipe.steps[i];
        if (!step.asked) {
            continue;
        }
        using Kind = FlowShape::Kind;
        FlowShape::Node node;
        const bool has_state = step.kind == NodeKind::Apply || step.kind == NodeKind::Predict;
        switch (step.kind) {
            case NodeKind::AskedRows:
                node.kind = Kind::Input;
                break;
            case NodeKind::Select:
                node.kind = Kind::Select;
                break;
            case NodeKind::Concatenate:
                node.kind = Kind::Concatenate;
                break;
            case NodeKind::Transform:
            case NodeKind::Apply:
                node.kind = Kind::Apply;
                break;
            case NodeKind::Predict:
                node.kind = Kind::Predict;
                break;
            default:
                throw std::logic_error("a learner cannot predict by way of " + std::string(name_of(step.kind)));
        }
        for (std::size_t in = has_state ? 1 : 0; in < step.inputs.size(); ++in) {
            node.inputs.push_back(position[step.inputs[in]]);
        }
        node.component = step.component;
        if (has_state) {
            node.learners = shapes_of(recipe.steps[step.inputs[0]].learners);
        }
        position[i] = static_cast<std::uint32_t>(shape.nodes.size());
        shape.nodes.push_back(std::move(node));
    }
    return shape;
}

using Value = std::variant<std::monostate, Frame, Target, std::shared_ptr<FittedStep>, std::shared_ptr<const Sample>, std::shared_ptr<FittedModel>>;

// One fit of a learner: every step on the rows given, then the steps that predict on one of these rows, which tells the columns they take.
class Fitting {
public:
    Fitting(const LearnerRecipe& recipe, const Frame& x, const Target& y, FitContext& context)
        : recipe_(recipe), x_(x), y_(y), context_(context), values_(recipe.steps.size()) {}

    std::unique_ptr<FittedModel> run() {
        if (x_.rows() == 0) {
            throw RunError("there is no row to fit `" + recipe_.name + "` on");
        }
        std::vector<std::uint32_t> position;
        FlowShape shape = shape_with_positions(recipe_, position);
        states_.resize(shape.nodes.size());
        std::vector<std::string> model_columns;
        for (std::size_t i = 0; i < recipe_.steps.size(); ++i) {
            const LearnerRecipe::Step& step = recipe_.steps[i];
            context_.check_cancelled();
            if (!step.asked) {
                values_[i] = fitted(step);
            } else if (step.kind == NodeKind::Predict) {
                states_[position[i]].model = get<std::shared_ptr<FittedModel>>(step, 0);
                model_columns = get<Frame>(step, 1).names();
            } else {
                values_[i] = on_one_row(step, states_[position[i]]);
            }
        }
        return std::make_unique<FittedFlow>(std::move(shape), std::move(states_), x_.names(), std::move(model_columns));
    }

private:
    template <class T>
    const T& get(const LearnerRecipe::Step& step, std::size_t input) const {
        return std::get<T>(values_[step.inputs.at(input)]);
    }
    DenseInput cells(const LearnerRecipe::Step& step, std::size_t input) const {
        return DenseInput(*step.component, get<Frame>(step, input), dense_limit(1));
    }
    FitContext context_of(const LearnerRecipe::Step& step) const {
        const bool same_rows = step.component->inner_folds;  // such a component takes the rows as the learner is given them
        return {context_.rng.child(step.stream), context_.cancelled, same_rows ? context_.roles : nullptr};
    }

    Value fitted(const LearnerRecipe::Step& step) const {
        switch (step.kind) {
            case NodeKind::GivenRows:
                return x_;
            case NodeKind::GivenLabels:
                return y_;
            case NodeKind::Resample: {
                FitContext context = context_of(step);
                return std::make_shared<const Sample>(
                    step.component->make_resampler(step.params)->resample(cells(step, 0).frame(), get<Target>(step, 1), context));
            }
            case NodeKind::SampleX:
                return get<std::shared_ptr<const Sample>>(step, 0)->x;
            case NodeKind::SampleY:
                return get<std::shared_ptr<const Sample>>(step, 0)->y;
            case NodeKind::Fit: {
                FitContext context = context_of(step);
                const Target* y = step.inputs.size() > 1 ? &get<Target>(step, 1) : nullptr;
                return std::shared_ptr<FittedStep>(
                    make_step(*step.component, step.params, step.named, step.learners)->fit(cells(step, 0).frame(), y, context));
            }
            case NodeKind::FitModel: {
                FitContext context = context_of(step);
                return std::shared_ptr<FittedModel>(
                    make_model(*step.component, step.params, step.learners)->fit(cells(step, 0).frame(), get<Target>(step, 1), context));
            }
            default: {
                FittedFlow::State state;
                return transformed(step, state);
            }
        }
    }

    // Steps that change columns alone, the same on rows that are fitted on and on rows that are asked for.
    Value transformed(const LearnerRecipe::Step& step, FittedFlow::State& state) const {
        switch (step.kind) {
            case NodeKind::Select: {
                const Frame& x = get<Frame>(step, 0);
                Frame some = x.select(selected_columns(step.selector, x, *step.spec));
                state.columns = some.names();
                return some;
            }
            case NodeKind::Concatenate: {
                std::vector<Frame> parts;
                for (std::size_t in = 0; in < step.inputs.size(); ++in) {
                    parts.push_back(get<Frame>(step, in));
                }
                return Frame::concatenate(parts);
            }
            case NodeKind::Transform: {
                FitContext context = context_of(step);
                const DenseInput x = cells(step, 0);
                state.step = step.component->make_step(step.params, step.named)->fit(x.frame(), nullptr, context);
                return state.step->apply(x.frame());
            }
            case NodeKind::Apply:
                state.step = get<std::shared_ptr<FittedStep>>(step, 0);
                return state.step->apply(cells(step, 1).frame());
            default:
                throw std::logic_error("a learner has no place for " + std::string(name_of(step.kind)));
        }
    }

    Value on_one_row(const LearnerRecipe::Step& step, FittedFlow::State& state) const {
        return step.kind == NodeKind::AskedRows ? Value(x_.take(RowIndex{0})) : transformed(step, state);
    }

    const LearnerRecipe& recipe_;
    const Frame& x_;
    const Target& y_;
    FitContext& context_;
    std::vector<Value> values_;
    std::vector<FittedFlow::State> states_;
};

class RecipeLearner final : public Learner {
public:
    explicit RecipeLearner(LearnerRecipe recipe) : recipe_(std::move(recipe)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        try {
            return Fitting(recipe_, x, y, context).run();
        } catch (const RunError& error) {
            throw RunError("in `" + recipe_.name + "`: " + error.what());
        }
    }
    std::unique_ptr<FittedModel> blank() const override { return std::make_unique<FittedFlow>(shape_of(recipe_)); }

private:
    LearnerRecipe recipe_;
};

}  // namespace

ParamValues resolved_params(const Node& node, const Experiment& experiment, const Assignment& assignment) {
    ParamValues values;
    values.reserve(node.params.size());
    for (const Binding& binding : node.params) {
        if (const auto* fixed = std::get_if<ParamValue>(&binding)) {
            values.push_back(*fixed);
            continue;
        }
        // Of a layer that belongs to an alternative of its network which is not chosen, there is no value.
        const DimensionId id = std::get<DimensionId>(binding);
        const std::optional<double>& chosen = assignment.at(id.index);
        values.push_back(chosen ? value_of(experiment.searches.at(node.search).space.dimensions.at(id.index), *chosen) : ParamValue{});
    }
    return values;
}

LearnerRecipe resolve(const LearnerFlow& flow, const Experiment& experiment, const Assignment& assignment) {
    return Resolution(flow, experiment, assignment).run();
}

void add_to(KeyBuilder& key, const LearnerRecipe& recipe) {
    key.add(recipe.steps.size());
    for (const LearnerRecipe::Step& step : recipe.steps) {
        key.add(name_of(step.kind)).add(step.inputs.size());
        for (const std::uint32_t input : step.inputs) {
            key.add(std::uint64_t{input});
        }
        const Selector& s = step.selector;
        key.add(std::uint64_t{step.data.index}).add(static_cast<std::uint64_t>(s.kind)).add(static_cast<std::uint64_t>(s.type));
        key.add(std::uint64_t{s.accepted}).add(s.pattern).add(s.names.size());
        for (const auto* names : {&s.names, &s.except}) {
            for (const std::string& name : *names) {
                key.add(name);
            }
        }
        if (step.component == nullptr) {
            continue;
        }
        key.add(step.component->name).add(std::uint64_t{step.component->version});
        for (const ParamValue& value : step.params) {
            key.add(value.to_string());
        }
        for (const NamedExpression& named : step.named) {
            key.add(named.name).add(to_string(named.expression));
        }
        if (step.random) {
            key.add(step.stream);
        }
        key.add(step.learners.size());
        for (const LearnerRecipe& learner : step.learners) {
            add_to(key, learner);
        }
    }
}

FlowShape shape_of(const LearnerRecipe& recipe) {
    std::vector<std::uint32_t> position;
    return shape_with_positions(recipe, position);
}

std::vector<FlowShape> shapes_of(const std::vector<LearnerRecipe>& recipes) {
    std::vector<FlowShape> shapes;
    for (const LearnerRecipe& recipe : recipes) {
        shapes.push_back(shape_of(recipe));
    }
    return shapes;
}

Learners make_learners(const std::vector<LearnerRecipe>& recipes) {
    Learners learners;
    for (const LearnerRecipe& recipe : recipes) {
        learners.push_back(std::make_shared<const RecipeLearner>(recipe));
    }
    return learners;
}

std::unique_ptr<Model> make_model(const ComponentInfo& info, const ParamValues& params, const std::vector<LearnerRecipe>& learners) {
    return info.make_combination ? info.make_combination(params, make_learners(learners)) : info.make_model(params);
}

std::unique_ptr<Step> make_step(const ComponentInfo& info, const ParamValues& params, const std::vector<NamedExpression>& named,
                                const std::vector<LearnerRecipe>& learners) {
    return info.make_learner_step ? info.make_learner_step(params, make_learners(learners)) : info.make_step(params, named);
}

}  // namespace mlpc
