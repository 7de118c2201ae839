// Resolved chains to dataflow nodes, once for each stage: inner fold, outer fold, final fit.
#include "compiler/sema/sema.h"

#include "runtime/core/grouped_metric.h"

#include <algorithm>

namespace mlpc::sema {

bool starts_with_branches(const Pipe& pipe) {
    if (const auto* sequence = std::get_if<SequencePipe>(&pipe.node)) {
        return !sequence->parts.empty() && starts_with_branches(sequence->parts.front());
    }
    if (const auto* options = std::get_if<AlternativesPipe>(&pipe.node)) {
        return std::all_of(options->options.begin(), options->options.end(), starts_with_branches);
    }
    const auto* branches = std::get_if<BranchesPipe>(&pipe.node);
    return branches != nullptr && !branches->branches.empty();
}

NodeId Sema::add(Node node) {
    plan_.nodes.push_back(std::move(node));
    return {static_cast<std::uint32_t>(plan_.nodes.size() - 1)};
}

NodeId Sema::select(NodeId x, Selector selector, DataId data, Span span) {
    return add({.kind = NodeKind::Select, .inputs = {x}, .selector = std::move(selector), .data = data, .span = span});
}

TargetTransform Sema::transform_of(DataId data) const {
    const ColumnSpec* target = plan_.data[data.index].target();
    return target != nullptr ? target->transform : TargetTransform::None;
}

NodeId Sema::data_step_node(const DataStep& step, DataId data, NodeId x) {
    Node node{.component = step.component, .named = step.named, .data = data, .span = step.span};
    node.params.assign(step.params.begin(), step.params.end());
    node.effect = step.component != nullptr ? step.component->effect(step.params) : Effect::Supervised;
    if (node.effect == Effect::RowSelecting) {
        node.kind = NodeKind::Filter;
        node.inputs = {x};
        return add(std::move(node));
    }
    if (node.effect == Effect::Backward) {
        node.kind = NodeKind::LookBack;
        node.inputs = {x};
        return add(std::move(node));
    }
    const auto labels = [&] {
        return add({.kind = NodeKind::Labels, .rows = rows::All, .data = data, .transform = transform_of(data), .span = step.span});
    };
    if (node.effect == Effect::TrainingOnly) {
        node.kind = NodeKind::Resample;
        node.inputs = {x, labels()};
        return add({.kind = NodeKind::SampleX, .inputs = {add(std::move(node))}, .span = step.span});
    }
    // A step changes the features that it accepts; all other columns pass beside it. `derive` may look at every column.
    const bool sees_all = step.component == nullptr || step.component->named_expressions;
    Selector accepted{.kind = Selector::Kind::Accepted};
    accepted.accepted = sees_all ? any_type : step.component->accepts;
    Selector rest = accepted;
    rest.kind = Selector::Kind::Rest;
    const NodeId touched = sees_all ? x : select(x, accepted, data, step.span);
    node.inputs = {touched};
    NodeId result;
    if (node.effect == Effect::RowWise) {
        node.kind = NodeKind::Transform;
        result = add(std::move(node));
    } else {
        node.kind = NodeKind::Fit;
        if (node.effect == Effect::Supervised) {
            node.inputs.push_back(labels());
        }
        const NodeId state = add(std::move(node));
        result = add({.kind = NodeKind::Apply, .inputs = {state, touched}, .component = step.component, .span = step.span});
    }
    return sees_all ? result : add({.kind = NodeKind::Concatenate, .inputs = {result, select(x, rest, data, step.span)}, .span = step.span});
}

NodeId Sema::data_node(DataId id) {
    if (const auto at = data_nodes_.find(id.index); at != data_nodes_.end()) {
        return at->second;
    }
    const DataSpec& data = plan_.data[id.index];
    NodeId x = data.base ? data_node(*data.base) : add({.kind = NodeKind::Source, .data = id, .span = data.span});
    for (const DataStep& step : data.steps) {
        x = data_step_node(step, id, x);
    }
    data_nodes_[id.index] = x;
    plan_.data[id.index].value = x;
    return x;
}

Sema::Flow Sema::emit(const Pipe& pipe, Flow flow, std::uint32_t search) {
    if (const auto* sequence = std::get_if<SequencePipe>(&pipe.node)) {
        for (const Pipe& part : sequence->parts) {
            flow = emit(part, std::move(flow), search);
        }
        return flow;
    }
    Flow out = std::visit(
        [&](const auto& p) -> Flow {
            using P = std::decay_t<decltype(p)>;
            if constexpr (std::is_same_v<P, SequencePipe>) {
                return flow;
            } else if constexpr (std::is_same_v<P, StepPipe>) {
                return emit_step(p, pipe.span, flow, search);
            } else if constexpr (std::is_same_v<P, AlternativesPipe>) {
                return emit_alternatives(p, pipe.span, flow, search);
            } else {
                return emit_branches(p, pipe.span, flow, search);
            }
        },
        pipe.node);
    out.start = flow.start;
    out.before = std::move(flow.before);
    out.before.push_back(&pipe);
    return out;
}

Sema::Flow Sema::emit_step(const StepPipe& step, Span span, Flow flow, std::uint32_t search) {
    if (flow.model) {
        diags_.report(span, diag::StepAfterModel, step.name);
        return flow;
    }
    Node node;
    node.component = step.component;
    node.params = step.params;
    node.named = step.named;
    node.effect = step.effect;
    node.search = search;
    node.stream = step.stream;
    node.span = span;
    if (!step.members.empty() || (step.component != nullptr && step.component->inner_folds)) {
        node.rows = stage_rows_;
        node.data = stage_data_;
    }
    if (!step.members.empty()) {
        node.learners = learners(step, flow, span, search);
        flow = step.component->inner_folds ? from_start(step, flow, span) : flow;
    }
    const bool same_rows = flow.train == flow.fit;
    const auto apply = [&](NodeId state, NodeId x) {
        return add({.kind = NodeKind::Apply, .inputs = {state, x}, .component = step.component, .search = search, .span = span});
    };
    if (step.component != nullptr && step.component->kind == ComponentKind::Model) {
        node.kind = NodeKind::FitModel;
        node.inputs = {flow.fit, flow.fit_labels};
        flow.model = add(std::move(node));
        const auto predict = [&](NodeId x) {
            return add({.kind = NodeKind::Predict, .inputs = {*flow.model, x}, .component = step.component, .search = search, .span = span});
        };
        flow.prediction = predict(flow.scored);
        flow.train_prediction = predict(flow.train);
        return flow;
    }
    switch (step.effect) {
        case Effect::RowWise: {
            node.kind = NodeKind::Transform;
            const auto transform = [&](NodeId x) {
                Node copy = node;
                copy.inputs = {x};
                return add(std::move(copy));
            };
            const NodeId fit = transform(flow.fit);
            flow.train = same_rows ? fit : transform(flow.train);
            flow.fit = fit;
            flow.scored = transform(flow.scored);
            return flow;
        }
        case Effect::Learned:
        case Effect::Supervised: {
            node.kind = NodeKind::Fit;
            node.inputs = {flow.fit};
            if (step.effect == Effect::Supervised) {
                node.inputs.push_back(flow.fit_labels);
            }
            const NodeId state = add(node);
            // The rows that a cross-fitted step is fitted on go on as others of them encode them, all other rows by its state.
            const bool is_cross_fitted = step.component != nullptr && step.component->make_resampler != nullptr;
            const auto cross_fitted = [&] {
                node.kind = NodeKind::Resample;
                return add({.kind = NodeKind::SampleX, .inputs = {add(node)}, .span = span});
            };
            const NodeId fit = is_cross_fitted ? cross_fitted() : apply(state, flow.fit);
            flow.train = same_rows && !is_cross_fitted ? fit : apply(state, flow.train);
            flow.fit = fit;
            flow.scored = apply(state, flow.scored);
            return flow;
        }
        case Effect::TrainingOnly: {
            node.kind = NodeKind::Resample;
            node.inputs = {flow.fit, flow.fit_labels};
            const NodeId sample = add(std::move(node));
            flow.fit = add({.kind = NodeKind::SampleX, .inputs = {sample}, .span = span});
            flow.fit_labels = add({.kind = NodeKind::SampleY, .inputs = {sample}, .span = span});
            return flow;
        }
        case Effect::RowSelecting:
            diags_.report(span, diag::RowsSelectedInChain, step.name)
                .help("put it into the `data` declaration: rows are chosen before they are split");
            return flow;
        case Effect::Backward:
            diags_.report(span, diag::LookBackInChain, step.name)
                .help(fmt::format("`data NAME = SOURCE -> {}`: there it sees whole series, and the split is checked to be ordered in time",
                                  text_of(span)));
            return flow;
    }
    return flow;
}

Sema::Flow Sema::emit_alternatives(const AlternativesPipe& p, Span span, const Flow& in, std::uint32_t search) {
    std::vector<Flow> flows;
    for (const Pipe& option : p.options) {
        flows.push_back(emit(option, in, search));
    }
    const auto choose = [&](auto member) -> NodeId {
        Node node{.kind = NodeKind::Choice, .dimension = p.dimension, .search = search, .span = span};
        bool all_equal = true;
        for (const Flow& f : flows) {
            node.inputs.push_back(member(f));
            all_equal = all_equal && node.inputs.back() == node.inputs.front();
        }
        const NodeId first = node.inputs.front();
        return all_equal ? first : add(std::move(node));
    };
    Flow out;
    out.fit = choose([](const Flow& f) { return f.fit; });
    out.train = choose([](const Flow& f) { return f.train; });
    bool same = true;
    for (const Flow& f : flows) {
        same = same && f.train == f.fit;
    }
    out.train = same ? out.fit : out.train;
    out.fit_labels = choose([](const Flow& f) { return f.fit_labels; });
    out.scored = choose([](const Flow& f) { return f.scored; });
    if (flows.front().model) {
        out.model = choose([](const Flow& f) { return f.model.value_or(f.fit); });
        out.prediction = choose([](const Flow& f) { return f.prediction.value_or(f.scored); });
        out.train_prediction = choose([](const Flow& f) { return f.train_prediction.value_or(f.train); });
    }
    return out;
}

Sema::Flow Sema::emit_branches(const BranchesPipe& p, Span span, const Flow& in, std::uint32_t search) {
    std::vector<Flow> flows;
    const bool same_rows = in.train == in.fit;
    for (const BranchPipe& branch : p.branches) {
        const auto take = [&](NodeId x) { return select(x, branch.selector, plan_.splits[plan_split_].data, branch.span); };
        Flow flow = in;
        flow.fit = take(in.fit);
        flow.train = same_rows ? flow.fit : take(in.train);
        flow.scored = take(in.scored);
        flow = emit(branch.pipe, flow, search);
        if (flow.fit_labels != in.fit_labels) {
            diags_.report(branch.span, diag::ResampledBranch)
                .help("put it after the pipeline, or into a `then` line: all branches must have the same rows");
        }
        if (flow.model) {
            diags_.report(branch.span, diag::ModelInPipeline);
        }
        flows.push_back(flow);
    }
    Flow out = in;
    if (!flows.empty()) {
        const auto join = [&](NodeId Flow::*member) {
            Node node{.kind = NodeKind::Concatenate, .span = span};
            for (const Flow& f : flows) {
                node.inputs.push_back(f.*member);
            }
            return node.inputs.size() == 1 ? node.inputs.front() : add(std::move(node));
        };
        out.fit = join(&Flow::fit);
        const bool all_same = std::all_of(flows.begin(), flows.end(), [](const Flow& f) { return f.train == f.fit; });
        out.train = all_same ? out.fit : join(&Flow::train);
        out.scored = join(&Flow::scored);
    }
    for (const Pipe& then : p.then) {
        out = emit(then, out, search);
    }
    return out;
}

Stage Sema::emit_stage(const Pipe& pipe, DataId data, RowParts fit, RowParts scored, Purpose purpose, const SearchSpec& spec, std::uint32_t search,
                       std::optional<NodeId> chosen) {
    const Span span = spec.span;
    plan_split_ = spec.split;
    stage_data_ = data;
    stage_rows_ = fit;
    const NodeId x = data_node(data);
    const bool branches_first = starts_with_branches(pipe);
    const auto take = [&](RowParts parts) {
        const NodeId taken = add({.kind = NodeKind::Take, .inputs = {x}, .rows = parts, .data = data, .span = plan_.splits[spec.split].span});
        return branches_first ? taken : select(taken, features_for(pipe), data, span);
    };
    const TargetTransform transform = transform_of(data);
    const auto labels = [&](RowParts parts, TargetTransform as) {
        return add({.kind = NodeKind::Labels, .rows = parts, .data = data, .transform = as, .span = span});
    };
    // Scores are in the units of the target, whatever the model is fitted on.
    const auto restore = [&](NodeId prediction) {
        return transform == TargetTransform::None
                   ? prediction
                   : add({.kind = NodeKind::Restore, .inputs = {prediction}, .transform = transform, .search = search, .span = span});
    };
    Flow flow;
    flow.fit = take(fit);
    flow.train = flow.fit;
    flow.fit_labels = labels(fit, transform);
    const NodeId fit_labels = transform == TargetTransform::None ? flow.fit_labels : labels(fit, TargetTransform::None);
    flow.scored = take(scored);
    flow.start = flow;
    flow = emit(pipe, flow, search);
    Stage stage;
    stage.model = flow.model.value_or(flow.fit);
    stage.prediction = restore(flow.prediction.value_or(flow.scored));
    stage.train_prediction = restore(flow.train_prediction.value_or(flow.train));
    const auto score = [&](const MetricSpec& metric, NodeId prediction, RowParts parts, NodeId truth, Purpose why) {
        Node node{.kind = NodeKind::Score, .inputs = {prediction, truth}, .component = metric.component, .search = search, .purpose = why};
        node.params.assign(metric.params.begin(), metric.params.end());
        node.span = why == Purpose::Selection || metric.span.end == 0 ? (metric.span.end != 0 ? metric.span : span) : span;
        if (const std::string groups = group_column_of(*metric.component, metric.params); !groups.empty()) {
            const NodeId rows = add({.kind = NodeKind::Take, .inputs = {x}, .rows = parts, .data = data, .span = node.span});
            node.inputs.push_back(select(rows, {.kind = Selector::Kind::Names, .names = {groups}}, data, node.span));
        }
        if (chosen && why == Purpose::Performance) {
            node.inputs.push_back(*chosen);
        }
        return add(std::move(node));
    };
    const NodeId truth = labels(scored, TargetTransform::None);
    stage.score = score(spec.metric, stage.prediction, scored, truth, purpose);
    for (const MeasureSpec& measure : spec.measures) {
        if (measure.kind == MeasureSpec::Kind::Metric && purpose == Purpose::Selection) {
            stage.measures.push_back(score(measure.metric, stage.prediction, scored, truth, purpose));
        }
    }
    stage.train_score = score(spec.metric, stage.train_prediction, fit, fit_labels, Purpose::Training);
    return stage;
}

}  // namespace mlpc::sema
