// A metric without parameters is one function; this makes its catalog entry.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

using ScoreFunction = double (*)(const Target& truth, const Prediction& prediction);

// A Metric that calls the function; name, texts, direction and range are the caller's to fill in.
ComponentInfo metric_of(ScoreFunction score, std::vector<Task> tasks);

inline double weight_of(const Target& target, std::size_t row) { return target.weights.empty() ? 1.0 : target.weights[row]; }

}  // namespace mlpc
