// Whether a model rests on pre-trained networks, as they are or trained on: read off the graph.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/results.h"

namespace mlpc {

// Of the model that this node fits under this assignment, with all that stands before it and inside of it. Trained on wins over frozen.
Reuse reuse_of(const Experiment&, NodeId model, const Assignment&);

}  // namespace mlpc
