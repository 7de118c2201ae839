// What each kind of node does.
#include "runtime/engine/task.h"

#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"
#include "runtime/core/fit_checkpoint.h"
#include "runtime/core/grouped_metric.h"
#include "runtime/core/look_back.h"
#include "runtime/core/objective.h"
#include "runtime/core/select_columns.h"
#include "runtime/engine/node_names.h"
#include "runtime/engine/objective_runner.h"

namespace mlpc::engine {

namespace {

// The columns of a frame of numbers in one matrix: what is fitted on it then reads it as it stands, instead of gathering it every time.
Frame side_by_side(Frame frame) {
    for (const Column& column : frame.all_columns()) {
        if (column.type != ColumnType::Numeric) {
            return frame;
        }
    }
    if (frame.is_view() || frame.columns() < 2 || frame.rows() == 0 || frame.has_sparse()) {
        return frame;
    }
    return Frame::from_matrix(Dense(frame).matrix(), frame.names());
}

template <class T>
const T& input(const NodeTask& task, std::size_t i) {
    return std::get<T>(task.inputs.at(i)->value);
}

}  // namespace

std::int64_t planned_epochs(const NodeTask& task) {
    const auto param = resource_param(*task.node);
    const auto* count = param ? std::get_if<std::int64_t>(&task.params.at(*param).value) : nullptr;
    return count != nullptr ? *count : 0;
}

Value objective_result(const NodeTask& task, const Experiment& experiment, const EngineOptions& options) {
    const ObjectiveSpec& objective = experiment.objectives.at(task.node->objective);
    if (objective.formula) {
        return std::make_shared<const ObjectiveResult>(ObjectiveResult{.value = formula_value(objective, task.params)});
    }
    return std::make_shared<const ObjectiveResult>(options.objectives->evaluate({.objective = objective,
                                                                                 .values = task.params,
                                                                                 .trial = task.trial,
                                                                                 .seed = experiment.seeds.values.at(task.context.seed),
                                                                                 .execution = task.context.execution,
                                                                                 .share = task.resource,
                                                                                 .cancelled = options.cancelled}));
}

Value restricted(const NodeTask& task) {
    const NodeTask& larger = *task.inputs.at(0);
    if (!larger.failure.empty()) {
        return {};
    }
    if (task.node->kind == NodeKind::Fit) {
        std::shared_ptr<FittedStep> state = input<std::shared_ptr<FittedStep>>(task, 0)->restricted(task.path->value);
        return state != nullptr ? Value(std::move(state)) : Value();
    }
    std::shared_ptr<FittedModel> state = input<std::shared_ptr<FittedModel>>(task, 0)->restricted(task.path->value);
    return state != nullptr ? Value(std::move(state)) : Value();
}

Value compute(const NodeTask& task, const Experiment& experiment, const std::vector<Dataset>& data, PlacedRows& placed,
              const EngineOptions& options) {
    const Node& node = *task.node;
    FitContext context{Rng(task.stream), options.cancelled};
    context.check_cancelled();
    static const std::vector<LearnerRecipe> none;
    const std::vector<LearnerRecipe>& learners = task.learners != nullptr ? *task.learners : none;
    const std::function<void(const Epoch&)> tell = [&](const Epoch& epoch) {
        options.epoch_ended({.trial = task.trial, .place = task.context, .planned = planned_epochs(task), .epoch = epoch});
    };
    context.epoch_ended = options.epoch_ended ? &tell : nullptr;
    // A model that fits others gives them its context, and what is kept would be taken for theirs.
    const bool is_one_fit = node.kind == NodeKind::FitModel && learners.empty() && task.path && options.share;
    const std::unique_ptr<FitCheckpoint> checkpoint = is_one_fit && options.checkpoint_of ? options.checkpoint_of(task.path_family) : nullptr;
    context.checkpoint = checkpoint.get();
    RowRoles roles;
    if (takes_roles(node) && experiment.splits.at(task.context.split).data == node.data) {
        roles = roles_of(placed.split(task.context), placed.of(node.rows, task.context));
        context.roles = &roles;
    }
    const auto cells = [&](std::size_t i) { return DenseInput(*node.component, input<Frame>(task, i), dense_limit(options.jobs)); };
    switch (node.kind) {
        case NodeKind::Source:
            return data.at(node.data.index).file;
        case NodeKind::Labels: {
            const Target& target = data.at(node.data.index).target;
            const RowsRef rows = placed.of(node.rows, task.context);
            return transformed(rows.index == nullptr ? target : target.take(*rows.index), node.transform);
        }
        case NodeKind::Take: {
            const RowsRef rows = placed.of(node.rows, task.context);
            return rows.index == nullptr ? input<Frame>(task, 0) : input<Frame>(task, 0).take(rows.index);
        }
        case NodeKind::Select: {
            const Frame& x = input<Frame>(task, 0);
            return x.select(selected_columns(node.selector, x, experiment.data.at(node.data.index)));
        }
        case NodeKind::Fit: {
            const Target* y = task.inputs.size() > 1 ? &input<Target>(task, 1) : nullptr;
            return std::shared_ptr<FittedStep>(make_step(*node.component, task.params, node.named, learners)->fit(cells(0).frame(), y, context));
        }
        case NodeKind::Apply:
            return input<std::shared_ptr<FittedStep>>(task, 0)->apply(cells(1).frame());
        case NodeKind::Transform: {
            const DenseInput x = cells(0);
            return node.component->make_step(task.params, node.named)->fit(x.frame(), nullptr, context)->apply(x.frame());
        }
        case NodeKind::LookBack:
            return LookBack{node.component, task.params, experiment.data.at(node.data.index).time()->name}.extend(input<Frame>(task, 0));
        case NodeKind::Filter: {
            const Frame& x = input<Frame>(task, 0);
            return x.take(node.component->make_row_selector(task.params)->select(cells(0).frame()));
        }
        case NodeKind::Resample:
            return std::make_shared<const Sample>(
                node.component->make_resampler(task.params)->resample(cells(0).frame(), input<Target>(task, 1), context));
        case NodeKind::SampleX:
            return input<std::shared_ptr<const Sample>>(task, 0)->x;
        case NodeKind::SampleY:
            return input<std::shared_ptr<const Sample>>(task, 0)->y;
        case NodeKind::Concatenate: {
            std::vector<Frame> parts;
            for (std::size_t i = 0; i < task.inputs.size(); ++i) {
                parts.push_back(input<Frame>(task, i));
            }
            return side_by_side(Frame::concatenate(parts));
        }
        case NodeKind::FitModel: {
            const DenseInput x = cells(0);
            const auto& y = input<Target>(task, 1);
            const std::unique_ptr<Model> model = make_model(*node.component, task.params, learners);
            std::shared_ptr<FittedModel> grown =
                task.origin == Origin::Grown ? model->grow(*input<std::shared_ptr<FittedModel>>(task, 2), x.frame(), y, context) : nullptr;
            return grown != nullptr ? grown : std::shared_ptr<FittedModel>(model->fit(x.frame(), y, context));
        }
        case NodeKind::Predict:
            return std::make_shared<const Prediction>(input<std::shared_ptr<FittedModel>>(task, 0)->predict(cells(1).frame()));
        case NodeKind::Restore:
            return std::make_shared<const Prediction>(restored(*input<std::shared_ptr<const Prediction>>(task, 0), node.transform));
        case NodeKind::Score:
            return score_of(*node.component, task.params, input<Target>(task, 1), *input<std::shared_ptr<const Prediction>>(task, 0),
                            task.inputs.size() > 2 ? input<Frame>(task, 2) : Frame());
        case NodeKind::Objective:
            return objective_result(task, experiment, options);
        case NodeKind::Choice:
        case NodeKind::Chosen:
        case NodeKind::GivenRows:
        case NodeKind::GivenLabels:
        case NodeKind::AskedRows:
            break;
    }
    throw std::logic_error("a node of this kind has no value");
}

}  // namespace mlpc::engine
