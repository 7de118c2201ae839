// Models that are arguments of a component, as dataflows of their own.
#include "compiler/sema/sema.h"

#include <algorithm>
#include <utility>

namespace mlpc::sema {

namespace {

// Roles (a time, a group) that pipelines of members take by name, though they are no features.
void add_named_roles(const Pipe& pipe, const DataSpec& data, std::vector<std::string>& names) {
    const auto add = [&](const std::string& name) {
        const auto is_role = [&](const ColumnSpec& c) { return c.name == name && !c.is_feature(); };
        const bool known = std::find(names.begin(), names.end(), name) != names.end();
        if (!known && std::any_of(data.columns.begin(), data.columns.end(), is_role)) {
            names.push_back(name);
        }
    };
    std::visit(
        [&](const auto& p) {
            using P = std::decay_t<decltype(p)>;
            if constexpr (std::is_same_v<P, SequencePipe>) {
                for (const Pipe& part : p.parts) {
                    add_named_roles(part, data, names);
                }
            } else if constexpr (std::is_same_v<P, StepPipe>) {
                for (const MemberPipe& member : p.members) {
                    add_named_roles(member.pipe, data, names);
                }
            } else if constexpr (std::is_same_v<P, AlternativesPipe>) {
                for (const Pipe& option : p.options) {
                    add_named_roles(option, data, names);
                }
            } else {
                for (const BranchPipe& branch : p.branches) {
                    std::for_each(branch.selector.names.begin(), branch.selector.names.end(), add);
                }
            }
        },
        pipe.node);
}

// What the prediction needs, behind the three leaves.
LearnerFlow without_unused(LearnerFlow learner) {
    std::vector<bool> used(learner.nodes.size(), false);
    std::fill_n(used.begin(), 3, true);
    used[learner.prediction.index] = true;
    for (std::size_t i = learner.nodes.size(); i-- > 0;) {
        for (const NodeId input : learner.nodes[i].inputs) {
            used[input.index] = used[input.index] || used[i];
        }
    }
    std::vector<Node> nodes;
    std::vector<NodeId> new_id(learner.nodes.size());
    for (std::size_t i = 0; i < learner.nodes.size(); ++i) {
        if (!used[i]) {
            continue;
        }
        for (NodeId& input : learner.nodes[i].inputs) {
            input = new_id[input.index];
        }
        new_id[i] = {static_cast<std::uint32_t>(nodes.size())};
        nodes.push_back(std::move(learner.nodes[i]));
    }
    return {std::move(learner.name), std::move(nodes), new_id[learner.prediction.index]};
}

}  // namespace

Selector Sema::features_for(const Pipe& pipe) const {
    Selector features;
    add_named_roles(pipe, plan_.data[stage_data_.index], features.names);
    return features;
}

// A component that holds rows back is given its rows as the chain is, and its learners do what stands before it: so nothing that was
// learned from rows held back can reach them.
Sema::Flow Sema::from_start(const StepPipe& step, const Flow& flow, Span span) {
    Selector columns;
    for (const Pipe* pipe : flow.before) {
        add_named_roles(*pipe, plan_.data[stage_data_.index], columns.names);
    }
    for (const MemberPipe& member : step.members) {
        add_named_roles(member.pipe, plan_.data[stage_data_.index], columns.names);
    }
    const auto take = [&](NodeId x) { return select(x, columns, stage_data_, span); };
    Flow out = flow;
    out.fit = take(flow.start.fit);
    out.fit_labels = flow.start.fit_labels;
    out.scored = take(flow.start.scored);
    out.train = flow.start.train == flow.start.fit ? out.fit : take(flow.start.train);
    return out;
}

std::vector<LearnerFlow> Sema::learners(const StepPipe& step, const Flow& flow, Span span, std::uint32_t search) {
    const std::vector<const Pipe*> before = step.component->inner_folds ? flow.before : std::vector<const Pipe*>();
    std::vector<LearnerFlow> all;
    for (std::size_t i = 0; i < step.members.size(); ++i) {
        const bool is_final = step.component->final_learner && i + 1 == step.members.size();
        if (is_final && passes_columns_through(step)) {
            all.push_back(final_learner(step.members[i], before, span, search));
        } else {
            all.push_back(learner(step.members[i], is_final ? std::vector<const Pipe*>() : before, span, search));
        }
    }
    return all;
}

Sema::Flow Sema::begin_learner(Span span) {
    Flow flow;
    flow.fit = add({.kind = NodeKind::GivenRows, .span = span});
    flow.fit_labels = add({.kind = NodeKind::GivenLabels, .span = span});
    flow.scored = add({.kind = NodeKind::AskedRows, .span = span});
    flow.train = flow.fit;
    flow.start = flow;
    return flow;
}

LearnerFlow Sema::learner(const MemberPipe& member, const std::vector<const Pipe*>& before, Span span, std::uint32_t search) {
    std::vector<Node> outside = std::exchange(plan_.nodes, {});
    Flow flow = begin_learner(span);
    if (!starts_with_branches(before.empty() ? member.pipe : *before.front())) {
        const Selector features = features_for(member.pipe);
        flow.fit = select(flow.fit, features, stage_data_, span);
        flow.scored = select(flow.scored, features, stage_data_, span);
        flow.train = flow.fit;
    }
    for (const Pipe* pipe : before) {
        flow = emit(*pipe, std::move(flow), search);
    }
    flow = emit(member.pipe, std::move(flow), search);
    const NodeId prediction = flow.prediction.value_or(flow.scored);
    return without_unused({member.name, std::exchange(plan_.nodes, std::move(outside)), prediction});
}

// The columns that pass through are prepared like those of the members; the predictions pass beside all that.
LearnerFlow Sema::final_learner(const MemberPipe& member, const std::vector<const Pipe*>& before, Span span, std::uint32_t search) {
    std::vector<Node> outside = std::exchange(plan_.nodes, {});
    const Flow given = begin_learner(span);
    const auto take = [&](NodeId x, Selector::Kind kind) { return select(x, Selector{.kind = kind}, stage_data_, span); };
    Flow columns = given;
    columns.fit = take(given.fit, Selector::Kind::NoPredictions);
    columns.scored = take(given.scored, Selector::Kind::NoPredictions);
    columns.train = columns.fit;
    for (const Pipe* pipe : before) {
        const auto* step = std::get_if<StepPipe>(&pipe->node);
        if (step == nullptr || step->effect != Effect::TrainingOnly) {
            columns = emit(*pipe, std::move(columns), search);
        }
    }
    const auto* sequence = std::get_if<SequencePipe>(&member.pipe.node);
    const bool prepares = sequence != nullptr && starts_with_branches(member.pipe);
    if (prepares) {
        columns = emit(sequence->parts.front(), std::move(columns), search);
    }
    if (columns.fit_labels != given.fit_labels) {
        diags_.report(span, diag::ResampledBranch).help("put it into the chains of the members");
    }
    const auto join = [&](NodeId x, NodeId others) {
        return add({.kind = NodeKind::Concatenate, .inputs = {take(x, Selector::Kind::Predictions), others}, .span = span});
    };
    Flow flow = given;
    flow.fit = join(given.fit, columns.fit);
    flow.scored = join(given.scored, columns.scored);
    flow.train = flow.fit;
    for (std::size_t i = prepares ? 1 : 0; sequence != nullptr && i < sequence->parts.size(); ++i) {
        flow = emit(sequence->parts[i], std::move(flow), search);
    }
    flow = sequence == nullptr ? emit(member.pipe, std::move(flow), search) : flow;
    const NodeId prediction = flow.prediction.value_or(flow.scored);
    return without_unused({member.name, std::exchange(plan_.nodes, std::move(outside)), prediction});
}

}  // namespace mlpc::sema
