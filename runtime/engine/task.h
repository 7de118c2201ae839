// A node in one place under one assignment: what the engine schedules. Internal to the engine.
#pragma once

#include "runtime/engine/engine.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc::engine {

struct Unit;

// Everything below `bookkeeping` is guarded by the engine's mutex; the rest is written before the task is shared, the value
// by the worker that runs it, before `done`.
struct NodeTask {
    Key key;
    const Node* node = nullptr;
    Context context;
    ParamValues params;
    std::vector<std::shared_ptr<NodeTask>> inputs;
    StreamKey stream;

    Value value;
    std::string failure;
    Span failed_at;
    double seconds = 0;

    // bookkeeping
    bool done = false;
    std::size_t waiting = 0;  // inputs that are not done
    std::size_t uses = 0;     // unfinished tasks and units that need the value
    std::size_t bytes = 0;
    std::uint64_t last_use = 0;
    std::vector<std::shared_ptr<NodeTask>> dependents;
    std::vector<Unit*> watchers;
};

// Computes a task's value from its inputs' values. Throws what the component throws.
Value compute(const NodeTask&, const Experiment&, const std::vector<Dataset>&, const std::vector<SplitRows>&, const std::atomic<bool>* cancelled);

bool is_fit(const Node&);

}  // namespace mlpc::engine
