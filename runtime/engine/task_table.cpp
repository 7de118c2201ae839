#include "runtime/engine/task_table.h"

#include <algorithm>

namespace mlpc::engine {

namespace {

const Assignment& assignment_or_none(const Assignment* assignment) {
    static const Assignment none;
    return assignment != nullptr ? *assignment : none;
}

}  // namespace

// What is known of one request while its tasks are made.
struct TaskTable::Building {
    Context context;
    const Assignment* assignment = nullptr;
    Share resource;
    std::uint64_t trial = 0;
    Unit& unit;
    NodeNames& names;
    std::vector<TaskPtr>& ready;
    std::unordered_map<std::uint32_t, Key> keys = {};  // by node
};

TaskTable::TaskTable(const Experiment& e, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits, const EngineOptions& options)
    : experiment_(e), data_(data), rows_(e, data, splits), options_(options), kept_(options) {}

void TaskTable::expect(const std::vector<Proposal>* units) {
    Lookahead ahead = units != nullptr && options_.share ? Lookahead(experiment_, *units) : Lookahead();
    const std::lock_guard lock(mutex_);
    ahead_ = std::move(ahead);
    built_ = 0;
}

UnitPtr TaskTable::build(std::uint64_t number, const std::vector<Request>& requests, std::vector<TaskPtr>& ready) {
    auto unit = std::make_shared<Unit>();
    unit->number = number;
    const std::lock_guard lock(mutex_);
    built_ = number + 1;
    std::map<std::pair<const Assignment*, double>, NodeNames> names;
    for (const Request& request : requests) {
        NodeNames& named = names
                               .try_emplace(std::pair(request.assignment, request.resource.ratio()), experiment_,
                                            assignment_or_none(request.assignment), request.resource)
                               .first->second;
        Building b{.context = request.context,
                   .assignment = request.assignment,
                   .resource = request.resource,
                   .trial = request.trial,
                   .unit = *unit,
                   .names = named,
                   .ready = ready};
        const TaskPtr root = demand(named.resolved(request.node), b);
        pin(root);
        unit->roots.push_back(root);
    }
    for (const TaskPtr& root : unit->roots) {
        if (!root->done) {
            ++unit->waiting;
            root->watchers.push_back(unit.get());
        }
    }
    unit->complete_when_built = unit->waiting == 0;
    return unit;
}

StreamKey TaskTable::stream_of(const Node& node, const Context& at) const {
    const bool varies = experiment_.seeds.vary_init;
    const StreamKey first = StreamKey{experiment_.seeds.values.at(varies ? at.seed : 0), 0}
                                .child("init")
                                .child(node.stream)
                                .child(static_cast<std::uint64_t>(at.outer + 1))
                                .child(static_cast<std::uint64_t>(at.fold + 1));
    return at.execution == 0 ? first : first.child("execution").child(static_cast<std::uint64_t>(at.execution));
}

// `own` with the data, rows, random numbers and inputs of the place.
Key TaskTable::key_in_place(const Key& own, const NamedNode& named, Building& b) {
    const Node& node = *named.node;
    KeyBuilder key;
    key.add(own);
    if (node.kind == NodeKind::Source || node.kind == NodeKind::Labels) {
        key.add(data_.at(node.data.index).key);
    }
    if (node.kind == NodeKind::Labels || node.kind == NodeKind::Take) {
        key.add(rows_.of(node.rows, b.context).key);
    }
    if (takes_roles(node)) {
        key.add(rows_.split(b.context).roles_key);
    }
    if (node.kind == NodeKind::Objective) {
        add_evaluation(key, b);
    }
    if (is_fit(node) && draws_random(node)) {
        const StreamKey stream = stream_of(node, b.context);
        key.add(stream.a).add(stream.b);
    }
    for (const NodeId input : named.inputs) {
        key.add(key_of(input, b));
    }
    if (!options_.share) {
        key.add(b.unit.number).add(static_cast<std::uint64_t>(b.context.seed)).add(static_cast<std::uint64_t>(b.context.outer + 1));
        key.add(static_cast<std::uint64_t>(b.context.fold + 1)).add(static_cast<std::uint64_t>(b.context.execution));
    }
    return key.key();
}

// What a program may make its answer depend on beside its parameters.
void TaskTable::add_evaluation(KeyBuilder& key, const Building& b) const {
    key.add(experiment_.seeds.values.at(b.context.seed)).add(static_cast<std::uint64_t>(b.context.execution));
    key.add(static_cast<std::uint64_t>(b.resource.part)).add(static_cast<std::uint64_t>(b.resource.whole));
}

Key TaskTable::key_of(NodeId id, Building& b) {
    if (const auto at = b.keys.find(id.index); at != b.keys.end()) {
        return at->second;
    }
    const NamedNode& named = b.names.of(id);
    counts_.fits_requested += is_fit(*named.node) ? 1 : 0;
    return b.keys[id.index] = key_in_place(named.own, named, b);
}

TaskPtr TaskTable::demand(NodeId id, Building& b) {
    const Key key = key_of(id, b);
    if (const auto at = tasks_.find(key); at != tasks_.end()) {
        at->second->last_trial = b.trial;
        return at->second;
    }
    const NamedNode& named = b.names.of(id);
    const TaskPtr larger = named.path && options_.share ? fit_with_larger(id, named, b) : nullptr;
    const TaskPtr task = make_task(id, named, key, b);
    if (larger != nullptr) {
        task->origin = Origin::Restricted;
        add_input(task, larger);
    } else {
        demand_inputs(task, named, b);
        if (const TaskPtr smaller = named.resource && options_.share ? fit_with_smaller(named, b) : nullptr) {
            task->origin = Origin::Grown;
            add_input(task, smaller);
        }
    }
    if (task->waiting == 0) {
        b.ready.push_back(task);
    }
    return task;
}

TaskPtr TaskTable::make_task(NodeId id, const NamedNode& named, const Key& key, Building& b) {
    auto task = std::make_shared<NodeTask>();
    task->key = key;
    task->name = named.name;
    task->id = id;
    task->node = named.node;
    task->context = b.context;
    task->params = named.params;
    task->learners = named.learners;
    task->stream = stream_of(*named.node, b.context);
    task->path = named.path;
    task->unit = &b.unit;
    task->assignment = b.assignment;
    task->resource = b.resource;
    task->trial = task->last_trial = b.trial;
    if (named.path && options_.share) {
        task->path_family = key_in_place(named.path->own, named, b);
        paths_[task->path_family].emplace(named.path->order, key);
    }
    tasks_.emplace(key, task);
    b.unit.first_needed.push_back(task);
    return task;
}

// The fit with the largest value that is going to be asked for, or one with a larger value that is there already; null where there is none.
TaskPtr TaskTable::fit_with_larger(NodeId id, const NamedNode& named, Building& b) {
    if (!named.path->restricts) {
        return nullptr;
    }
    const PathPoint* most = ahead_.largest(*named.path);
    if (most != nullptr && most->order > named.path->order) {
        const NamedNode larger = with_path_value(named, most->value);
        const Key key = key_in_place(larger.own, larger, b);
        if (const auto at = tasks_.find(key); at != tasks_.end()) {
            return at->second;
        }
        const TaskPtr task = make_task(id, larger, key, b);
        demand_inputs(task, larger, b);
        if (task->waiting == 0) {
            b.ready.push_back(task);
        }
        return task;
    }
    const auto family = paths_.find(key_in_place(named.path->own, named, b));
    if (family == paths_.end()) {
        return nullptr;
    }
    for (auto at = family->second.upper_bound(named.path->order); at != family->second.end(); ++at) {
        const TaskPtr& task = tasks_.at(at->second);
        if (task->done && task->failure.empty() && task->origin != Origin::Restricted) {
            return task;
        }
    }
    return nullptr;
}

// The largest fit with a smaller value that is there already; null where there is none.
TaskPtr TaskTable::fit_with_smaller(const NamedNode& named, Building& b) {
    const auto family = named.path ? paths_.find(key_in_place(named.path->own, named, b)) : paths_.end();
    if (family == paths_.end()) {
        return nullptr;
    }
    for (auto at = family->second.lower_bound(named.path->order); at != family->second.begin();) {
        const TaskPtr& task = tasks_.at((--at)->second);
        if (task->done && task->failure.empty()) {
            return task;
        }
    }
    return nullptr;
}

void TaskTable::demand_inputs(const TaskPtr& task, const NamedNode& named, Building& b) {
    for (const NodeId input : named.inputs) {
        add_input(task, demand(input, b));
    }
}

void TaskTable::add_input(const TaskPtr& task, const TaskPtr& input) {
    task->inputs.push_back(input);
    pin(input);
    if (!input->done) {
        ++task->waiting;
        input->dependents.push_back(task);
    }
}

void TaskTable::fit_alone(const TaskPtr& task, std::vector<TaskPtr>& ready) {
    const std::lock_guard lock(mutex_);
    unpin(task->inputs.at(0));
    task->inputs.clear();
    task->origin = Origin::Fitted;
    NodeNames names(experiment_, assignment_or_none(task->assignment), task->resource);
    Building b{
        .context = task->context, .assignment = task->assignment, .resource = task->resource, .unit = *task->unit, .names = names, .ready = ready};
    const std::uint64_t requested = counts_.fits_requested;
    demand_inputs(task, names.of(task->id), b);
    counts_.fits_requested = requested;  // its unit has been counted
    if (task->waiting == 0) {
        ready.push_back(task);
    }
}

void TaskTable::complete(const TaskPtr& task, std::vector<TaskPtr>& ready, std::vector<Unit*>& finished) {
    const std::lock_guard lock(mutex_);
    task->done = true;
    task->unit = nullptr;
    const bool is_new_fit = is_fit(*task->node) && task->origin != Origin::Restricted && task->failure.empty();
    counts_.fits_done += is_new_fit ? 1 : 0;
    counts_.fits_grown += is_new_fit && task->origin == Origin::Grown ? 1 : 0;
    for (const TaskPtr& dependent : task->dependents) {
        if (--dependent->waiting == 0) {
            ready.push_back(dependent);
        }
    }
    task->dependents.clear();
    const std::vector<TaskPtr> inputs = std::move(task->inputs);
    task->inputs.clear();
    for (const TaskPtr& in : inputs) {
        unpin(in);
    }
    for (Unit* unit : task->watchers) {
        if (--unit->waiting == 0) {
            finished.push_back(unit);
        }
    }
    task->watchers.clear();
    if (task->uses == 0) {
        ++task->uses;
        unpin(task);
    }
}

std::vector<Result> TaskTable::collect(Unit& unit) {
    std::vector<Result> results;
    for (const TaskPtr& root : unit.roots) {
        results.push_back({root->failure.empty() ? root->value : Value{}, root->failure, root->failed_at, root->beyond_limits, root->training});
    }
    for (const TaskPtr& task : unit.first_needed) {
        unit.seconds += task->seconds;
    }
    unit.first_needed.clear();
    const std::lock_guard lock(mutex_);
    for (const TaskPtr& root : unit.roots) {
        unpin(root);
    }
    unit.roots.clear();
    return results;
}

void TaskTable::pin(const TaskPtr& task) {
    if (task->uses++ == 0 && task->done) {
        kept_.release(*task);
    }
}

void TaskTable::unpin(const TaskPtr& task) {
    if (--task->uses > 0 || !task->done) {
        return;
    }
    if (!options_.share || !task->failure.empty() || !kept_.is_worth_keeping(*task, ahead_, built_)) {
        drop(task);
        return;
    }
    for (const TaskPtr& gone : kept_.keep(task, ahead_, built_)) {
        ++counts_.evicted;
        drop(gone);
    }
}

void TaskTable::forget_models(const UnitSource& source) {
    const std::lock_guard lock(mutex_);
    for (const TaskPtr& task : kept_.models_for_their_trial(ahead_, built_)) {
        if (!source.may_ask_again(task->last_trial)) {
            kept_.release(*task);
            drop(task);
        }
    }
}

void TaskTable::drop(const TaskPtr& task) {
    tasks_.erase(task->key);
    if (const auto family = paths_.find(task->path_family); family != paths_.end() && task->path) {
        family->second.erase(task->path->order);
        if (family->second.empty()) {
            paths_.erase(family);
        }
    }
    task->value = Value{};
    task->inputs.clear();
}

EngineCounts TaskTable::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

}  // namespace mlpc::engine
