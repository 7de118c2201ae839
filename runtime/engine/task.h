// A node in one place under one assignment: what the engine schedules. Internal to the engine.
#pragma once

#include "runtime/engine/engine.h"
#include "runtime/engine/node_names.h"
#include "runtime/engine/placed_rows.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc::engine {

struct Unit;

// How a fit comes by its state.
enum class Origin {
    Fitted,      // from its own inputs
    Restricted,  // from the one input, a fit with a larger value of the path parameter
    Grown,       // from its inputs and, behind them, a fit with a smaller value of the resource parameter
};

// Everything below `bookkeeping` is guarded by the engine's mutex; the rest is written before the task is shared, the value
// by the worker that runs it, before `done`.
struct NodeTask {
    Key key;
    Key name;
    NodeId id;
    const Node* node = nullptr;
    Context context;
    ParamValues params;
    std::shared_ptr<const std::vector<LearnerRecipe>> learners;  // null where the component takes none
    std::vector<std::shared_ptr<NodeTask>> inputs;
    StreamKey stream;
    Origin origin = Origin::Fitted;
    std::optional<PathPoint> path;
    Key path_family;       // as key, without the value of the path parameter
    Unit* unit = nullptr;  // that first needed it; there as long as this is not done
    const Assignment* assignment = nullptr;
    Share resource;           // of its request
    std::uint64_t trial = 0;  // of its request

    Value value;
    std::string failure;
    Span failed_at;
    bool beyond_limits = false;
    std::shared_ptr<const Training> training;  // of the model that it is or that is behind it
    double seconds = 0;

    // bookkeeping
    bool done = false;
    std::size_t waiting = 0;  // inputs that are not done
    std::size_t uses = 0;     // unfinished tasks and units that need the value
    std::uint64_t last_use = 0;
    std::uint64_t last_trial = 0;  // of the request that asked for it last
    std::vector<std::shared_ptr<NodeTask>> dependents;
    std::vector<Unit*> watchers;
};
using TaskPtr = std::shared_ptr<NodeTask>;

// One unit in flight.
struct Unit {
    std::uint64_t number = 0;
    std::vector<TaskPtr> roots;
    std::size_t waiting = 0;
    bool complete_when_built = false;
    double seconds = 0;
    std::vector<TaskPtr> first_needed;  // tasks whose cost is this unit's
};

// The value of its model's resource parameter; 0 where it has none.
std::int64_t planned_epochs(const NodeTask&);
// Computes a task's value from its inputs' values. Throws what the component throws.
Value compute(const NodeTask&, const Experiment&, const std::vector<Dataset>&, PlacedRows&, const EngineOptions&);
// The state of a restricted fit; none where the larger one failed or does not hold it.
Value restricted(const NodeTask&);

}  // namespace mlpc::engine
