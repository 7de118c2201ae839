// How a model that is trained in epochs came about.
#pragma once

#include "runtime/core/component.h"

#include <cstdint>
#include <vector>

namespace mlpc {

struct Training {
    std::int64_t planned = 0;  // epochs that it was allowed
    std::vector<Epoch> epochs;

    bool stopped_early() const { return static_cast<std::int64_t>(epochs.size()) < planned; }
    // Position of the epoch with the least loss on the rows held back, whose weights are kept; of the last where none were.
    std::size_t best() const;
};

}  // namespace mlpc
