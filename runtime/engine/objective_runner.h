// How the engine has a point of an objective evaluated: a formula at once, a program by whoever starts programs.
#pragma once

#include "runtime/engine/engine.h"

namespace mlpc {

struct ObjectiveCall {
    const ObjectiveSpec& objective;
    const ParamValues& values;  // by parameter; none where an alternative that was not chosen has it
    std::uint64_t trial = 0;
    std::uint64_t seed = 0;
    int execution = 0;
    Share share;  // how far it is to be evaluated at least
    const std::atomic<bool>* cancelled = nullptr;
};

class ObjectiveRunner {
public:
    virtual ~ObjectiveRunner() = default;
    // From any thread. A point that was evaluated to a smaller share under the same seed and execution goes on from there. Throws RunError
    // where it fails, Cancelled.
    virtual ObjectiveResult evaluate(const ObjectiveCall&) = 0;
};

}  // namespace mlpc
