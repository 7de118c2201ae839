// The rows that a model with early stopping sets aside, out of those it is fitted on, to see when to stop.
#pragma once

#include "runtime/core/component.h"

#include <vector>

namespace mlpc::models {

struct InnerSplit {
    std::vector<std::uint32_t> train, validation;  // ascending
};

// The share `validation` of the rows that weigh something, at random, of each class alike. Throws RunError, naming `model`, where one of the
// two sides would be empty; `setting` is what the file says for it.
InnerSplit split_inside(const Target&, const Vector& weights, double validation, Rng, std::string_view model,
                        std::string_view setting = "early_stop");

}  // namespace mlpc::models
