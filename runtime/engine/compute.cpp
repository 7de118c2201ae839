// What each kind of node does.
#include "runtime/engine/task.h"

#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"
#include "runtime/core/pattern.h"

#include <algorithm>
#include <set>

namespace mlpc::engine {

namespace {

std::vector<std::size_t> selected_columns(const Node& node, const Frame& x, const DataSpec& data) {
    const Selector& s = node.selector;
    std::set<std::string, std::less<>> roles;
    for (const ColumnSpec& c : data.columns) {
        if (!c.is_feature() && c.which == ColumnSpec::Which::Named) {
            roles.insert(c.name);
        }
    }
    const Pattern pattern(s.kind == Selector::Kind::Pattern ? s.pattern : "");
    std::vector<std::size_t> columns;
    if (s.kind == Selector::Kind::Names) {
        for (const std::string& name : s.names) {
            const std::size_t at = x.find(name);
            if (at == x.columns()) {
                throw RunError("column `" + name + "` does not reach this branch");
            }
            columns.push_back(at);
        }
        return columns;
    }
    for (std::size_t c = 0; c < x.columns(); ++c) {
        const Column& column = x.column(c);
        const bool feature = !roles.contains(column.name);
        const bool accepted = feature && (s.accepted & types_of({column.type})) != 0;
        const bool left_out = std::find(s.except.begin(), s.except.end(), column.name) != s.except.end();
        bool take = false;
        switch (s.kind) {
            case Selector::Kind::Features:
                take = feature;
                break;
            case Selector::Kind::Type:
                take = feature && !left_out && column.type == s.type;
                break;
            case Selector::Kind::Pattern:
                take = feature && !left_out && pattern.matches_whole(column.name);
                break;
            case Selector::Kind::Accepted:
                take = accepted;
                break;
            case Selector::Kind::Rest:
                take = !accepted;
                break;
            case Selector::Kind::Names:
                break;
        }
        if (take) {
            columns.push_back(c);
        }
    }
    return columns;
}

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

Value compute(const NodeTask& task, const Experiment& experiment, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits,
              const EngineOptions& options) {
    const Node& node = *task.node;
    FitContext context{Rng(task.stream), options.cancelled};
    context.check_cancelled();
    const auto cells = [&](std::size_t i) { return DenseInput(*node.component, input<Frame>(task, i), dense_limit(options.jobs)); };
    switch (node.kind) {
        case NodeKind::Source:
            return data.at(node.data.index).file;
        case NodeKind::Labels: {
            const Target& target = data.at(node.data.index).target;
            const RowsRef& rows = rows_of(splits.at(task.context.split), node.rows, task.context);
            return rows.index == nullptr ? target : target.take(*rows.index);
        }
        case NodeKind::Take: {
            const RowsRef& rows = rows_of(splits.at(task.context.split), node.rows, task.context);
            return rows.index == nullptr ? input<Frame>(task, 0) : input<Frame>(task, 0).take(rows.index);
        }
        case NodeKind::Select: {
            const Frame& x = input<Frame>(task, 0);
            return x.select(selected_columns(node, x, experiment.data.at(node.data.index)));
        }
        case NodeKind::Fit: {
            const Target* y = task.inputs.size() > 1 ? &input<Target>(task, 1) : nullptr;
            return std::shared_ptr<FittedStep>(node.component->make_step(task.params, node.named)->fit(cells(0).frame(), y, context));
        }
        case NodeKind::Apply:
            return input<std::shared_ptr<FittedStep>>(task, 0)->apply(cells(1).frame());
        case NodeKind::Transform: {
            const DenseInput x = cells(0);
            return node.component->make_step(task.params, node.named)->fit(x.frame(), nullptr, context)->apply(x.frame());
        }
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
        case NodeKind::FitModel:
            return std::shared_ptr<FittedModel>(node.component->make_model(task.params)->fit(cells(0).frame(), input<Target>(task, 1), context));
        case NodeKind::Predict:
            return std::make_shared<const Prediction>(input<std::shared_ptr<FittedModel>>(task, 0)->predict(cells(1).frame()));
        case NodeKind::Score:
            return node.component->make_metric(task.params)->score(input<Target>(task, 1), *input<std::shared_ptr<const Prediction>>(task, 0));
        case NodeKind::Choice:
        case NodeKind::Chosen:
            break;
    }
    throw std::logic_error("a node of this kind has no value");
}

}  // namespace mlpc::engine
