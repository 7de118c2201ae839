// Runs the dataflow: tasks named by content, each computed once, on a oneTBB flow graph.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/fit_checkpoint.h"
#include "runtime/core/rng.h"
#include "runtime/core/training.h"
#include "runtime/engine/partitions.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace mlpc {

// What a program or a formula said of one point.
struct ObjectiveResult {
    double value = 0;                           // NaN where it is undefined
    Share share;                                // of the whole that the value is for
    std::map<std::string, double> reported;     // other numbers, by name
    std::vector<std::pair<Share, double>> way;  // intermediate values, by share
    double seconds = 0;                         // that the program took since it was last asked
};
class ObjectiveRunner;

using Value = std::variant<std::monostate, Frame, Target, std::shared_ptr<FittedStep>, std::shared_ptr<const Sample>, std::shared_ptr<FittedModel>,
                           std::shared_ptr<const Prediction>, std::shared_ptr<const ObjectiveResult>, double>;

// What a data set is at run time.
struct Dataset {
    Frame file;     // as read
    Key key;        // of its content and schema
    Target target;  // of the table after its steps; filled before labels are asked for
};

// An epoch that a fit has just ended.
struct EpochNews {
    std::uint64_t trial = 0;
    Context place;
    std::int64_t planned = 0;  // epochs of this fit
    Epoch epoch;
};

struct EngineOptions {
    unsigned jobs = 1;
    std::size_t memory_bytes = std::size_t{256} << 20;  // for values kept because they may be needed again
    bool share = true;                                  // false: every place computes everything itself
    const std::atomic<bool>* cancelled = nullptr;
    ObjectiveRunner* objectives = nullptr;  // for objectives that are programs
    // Called by a worker before each task: where tests make some threads late.
    std::function<void()> before_task = {};
    std::function<void(const EpochNews&)> epoch_ended = {};  // from any thread
    // Where a model keeps how far its fit is; the key is one for all values of its resource parameter. Asked from any thread; null: nowhere.
    std::function<std::unique_ptr<FitCheckpoint>(const Key& fit)> checkpoint_of = {};
    // From here on a model that is fitted is worth its memory: the best trials are asked for their training scores when the search has ended.
    double dear_fit_seconds = 0.5;
};

// One node's value wanted in one place under one assignment of its search's space.
struct Request {
    NodeId node;
    Context context;
    const Assignment* assignment = nullptr;
    Share resource = {};      // of the value that the model's resource parameter has
    std::uint64_t trial = 0;  // for objectives that are programs, which are told of it, and for news
};
struct Result {
    Value value;                               // monostate where it failed
    std::string failure;                       // empty: it succeeded
    Span span;                                 // of the step that failed
    bool beyond_limits = false;                // it failed because a fit would have taken more than the file allows
    std::shared_ptr<const Training> training;  // of the model behind a prediction or a score; null where it has no epochs
};

// What a unit is going to ask for, in whatever places; without an assignment: nothing.
struct Proposal {
    NodeId root;
    const Assignment* assignment = nullptr;
};

// Numbered units of work whose results are wanted in the order of their numbers.
class UnitSource {
public:
    virtual ~UnitSource() = default;
    // The requests of the next unit, or nullopt when there are no more. Serial; after `finished` of all earlier units but `window` - 1.
    virtual std::optional<std::vector<Request>> next() = 0;
    // After `next` gave none: whether it is to be asked again when a unit in flight has finished.
    virtual bool waits() const { return false; }
    // Every unit, in order, where all are known before the first one runs: what they have in common is then planned for. What is said here
    // decides what is computed once, and no value.
    virtual std::optional<std::vector<Proposal>> known() const { return std::nullopt; }
    // Serial, in order of number; `seconds` is the CPU time of tasks that this unit was the first to need.
    virtual void finished(std::uint64_t number, std::vector<Result> results, double seconds) = 0;
    // Whether models of that trial may be asked for again after what has finished: asked after `finished`, for those that are kept.
    virtual bool may_ask_again(std::uint64_t trial) const {
        static_cast<void>(trial);
        return true;
    }
};

struct EngineCounts {
    std::uint64_t fits_requested = 0;  // before sharing: fits that the units asked for
    std::uint64_t fits_done = 0;
    std::uint64_t fits_grown = 0;  // of these, from the state of a smaller one
    std::uint64_t evicted = 0;
};

class Engine {
public:
    // All references must outlive the engine.
    Engine(const Experiment&, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits, EngineOptions);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Runs units, `window` of them in flight, until the source has no more. Returns false when it was cancelled.
    bool run(UnitSource&, std::size_t window);
    // The values of some nodes, in order.
    std::vector<Result> values(const std::vector<Request>&);
    EngineCounts counts() const;
    // For the leakage oracle: called with the archive bytes of every state that is fitted, under no lock, from any thread.
    std::function<void(const Node&, const Context&, std::span<const std::byte>)> on_state;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace mlpc
