// Values that nothing needs just now and that may be asked for again, within a budget of memory.
#pragma once

#include "runtime/engine/lookahead.h"
#include "runtime/engine/task.h"

#include <map>
#include <unordered_map>

namespace mlpc::engine {

// Guarded by the engine's mutex.
class KeptValues {
public:
    explicit KeptValues(const EngineOptions& options) : budget_(options.memory_bytes), dear_fit_seconds_(options.dear_fit_seconds) {}

    // Whether the value of a task that is done may be worth its memory; `built` units have asked so far.
    bool is_worth_keeping(const NodeTask&, const Lookahead&, std::uint64_t built) const;
    // Takes a task in; returns those that have to go for it, which may be itself.
    std::vector<TaskPtr> keep(const TaskPtr&, const Lookahead&, std::uint64_t built);
    // Models that are kept because the trial that asked for them last may do so again, and for no other reason.
    std::vector<TaskPtr> models_for_their_trial(const Lookahead&, std::uint64_t built) const;
    // Takes a kept task out.
    void release(NodeTask&);

private:
    // The memory of a value; several values may share one.
    struct Cells {
        const void* owner = nullptr;
        std::size_t bytes = 0;
    };
    struct Shared {
        std::size_t users = 0, bytes = 0;
    };
    struct Kept {
        TaskPtr task;
        std::vector<Cells> cells = {};
        std::size_t bytes = 0;  // of all of them
        double worth = 0;
    };
    bool is_dear_model(const NodeTask&) const;
    static std::vector<Cells> cells_of(const Value&);
    void count(const std::vector<Cells>&);
    void discount(const std::vector<Cells>&);
    TaskPtr least_valuable(const Lookahead&, std::uint64_t built);

    std::size_t budget_;
    double dear_fit_seconds_;
    std::size_t bytes_ = 0;
    std::uint64_t clock_ = 0;
    double age_ = 0;                       // what the worth of a value that is kept now begins with
    std::map<std::uint64_t, Kept> tasks_;  // by last use
    std::unordered_map<const void*, Shared> owners_;
};

}  // namespace mlpc::engine
