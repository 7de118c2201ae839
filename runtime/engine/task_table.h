// All tasks that exist, by content: makes those that a unit needs, keeps their values while somebody needs them, and drops them.
#pragma once

#include "runtime/engine/kept_values.h"
#include "runtime/engine/lookahead.h"
#include "runtime/engine/task.h"

#include <map>
#include <mutex>
#include <unordered_map>

namespace mlpc::engine {

using UnitPtr = std::shared_ptr<Unit>;

// Every public function may be called from any thread.
class TaskTable {
public:
    // All references must outlive the table.
    TaskTable(const Experiment&, const std::vector<Dataset>&, const std::vector<SplitRows>&, const EngineOptions&);

    // A run begins whose units are those; null: they are not known.
    void expect(const std::vector<Proposal>* units);
    // The tasks of a unit; those that can run at once are appended to `ready`.
    UnitPtr build(std::uint64_t number, const std::vector<Request>&, std::vector<TaskPtr>& ready);
    // Marks a task done; appends the tasks that can run now and the units that are complete.
    void complete(const TaskPtr&, std::vector<TaskPtr>& ready, std::vector<Unit*>& finished);
    // A restricted fit that the larger one does not answer becomes one of its own; appends what can run for it.
    void fit_alone(const TaskPtr&, std::vector<TaskPtr>& ready);
    // The results of a complete unit, which needs its tasks no longer.
    std::vector<Result> collect(Unit&);
    // Drops the models that are kept for nothing but trials that will not ask for them again.
    void forget_models(const UnitSource&);
    EngineCounts counts() const;
    PlacedRows& rows() { return rows_; }

private:
    struct Building;
    StreamKey stream_of(const Node&, const Context&) const;
    Key key_in_place(const Key& own, const NamedNode&, Building&);
    void add_evaluation(KeyBuilder&, const Building&) const;
    Key key_of(NodeId, Building&);
    TaskPtr demand(NodeId, Building&);
    TaskPtr make_task(NodeId, const NamedNode&, const Key& key, Building&);
    TaskPtr fit_with_larger(NodeId, const NamedNode&, Building&);
    TaskPtr fit_with_smaller(const NamedNode&, Building&);
    void demand_inputs(const TaskPtr&, const NamedNode&, Building&);
    void add_input(const TaskPtr& task, const TaskPtr& input);
    void pin(const TaskPtr&);
    void unpin(const TaskPtr&);
    void drop(const TaskPtr&);

    const Experiment& experiment_;
    const std::vector<Dataset>& data_;
    PlacedRows rows_;
    const EngineOptions& options_;

    mutable std::mutex mutex_;
    std::unordered_map<Key, TaskPtr, KeyHash> tasks_;
    std::unordered_map<Key, std::map<double, Key>, KeyHash> paths_;  // fits with a path parameter, by family and value
    KeptValues kept_;
    Lookahead ahead_;
    std::uint64_t built_ = 0;  // units of this run
    EngineCounts counts_;
};

}  // namespace mlpc::engine
