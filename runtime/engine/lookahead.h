// What the units of a run will ask for, where all of them are known before the first one runs.
#pragma once

#include "runtime/engine/engine.h"
#include "runtime/engine/node_names.h"

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace mlpc::engine {

class Lookahead {
public:
    // Nothing is known.
    Lookahead() = default;
    Lookahead(const Experiment&, const std::vector<Proposal>& units);

    bool knows() const { return knows_; }
    // The largest value that any unit gives the path parameter of these fits; null where nothing is known.
    const PathPoint* largest(const PathPoint&) const;
    // Whether a unit after the first `built` ones will read the value of that name.
    bool is_needed(const Key& name, std::uint64_t built) const;

private:
    bool knows_ = false;
    std::unordered_map<Key, PathPoint, KeyHash> largest_;           // by family
    std::unordered_map<Key, std::uint64_t, KeyHash> last_readers_;  // by name: the last unit that computes something new of it
};

// Calls `visit` for each node below a root, inputs before what reads them, each once.
void visit_nodes(NodeNames&, NodeId root, const std::function<void(const NamedNode&)>& visit);

}  // namespace mlpc::engine
