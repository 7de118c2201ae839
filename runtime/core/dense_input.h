// What a component is given to read: sparse columns as dense cells, unless it takes them sparse.
#pragma once

#include "runtime/core/component.h"

#include <cstddef>
#include <optional>

namespace mlpc {

// Bytes that one frame's dense cells may take where `jobs` work at once: an equal share of half the memory that this process may have.
std::size_t dense_limit(unsigned jobs);

// The frame as the component reads it. Throws RunError, saying what to do, where the dense cells would pass `limit`. `x` must outlive it.
class DenseInput {
public:
    DenseInput(const ComponentInfo&, const Frame& x, std::size_t limit);
    const Frame& frame() const { return dense_ ? *dense_ : *given_; }

private:
    const Frame* given_;
    std::optional<Frame> dense_;
};

}  // namespace mlpc
