// The rows that a node's parts stand for in a place, and the shares of them that early rungs of a trial are fitted on.
#pragma once

#include "runtime/engine/engine.h"

#include <map>
#include <mutex>
#include <utility>

namespace mlpc::engine {

class PlacedRows {
public:
    // All references must outlive it.
    PlacedRows(const Experiment&, const std::vector<Dataset>&, const std::vector<SplitRows>&);

    const SplitRows& split(const Context& at) const { return splits_.at(at.split); }
    // Where `at` asks for a share, Fit is that share of each class, at least five rows of it: the first ones in an order that hangs on the
    // row alone, so that a larger share holds the smaller one. Any thread.
    RowsRef of(RowParts, const Context& at);

private:
    RowsRef share_of(const RowsRef& whole, const Share&, const Target&) const;

    const Experiment& experiment_;
    const std::vector<Dataset>& data_;
    const std::vector<SplitRows>& splits_;
    std::mutex mutex_;
    std::map<std::pair<Key, std::pair<std::int64_t, std::int64_t>>, RowsRef> shares_;
};

}  // namespace mlpc::engine
