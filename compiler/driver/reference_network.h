// The network around the example of a layer, or of what trains one.
#pragma once

#include "runtime/core/component.h"

#include <string>

namespace mlpc {

struct NetworkExample {
    std::string declaration;  // of the network `small`
    // What a model gives it: columns of numbers alone that a pipeline has prepared, or the columns as they are.
    enum class Takes { Prepared, Categories, Texts } takes = Takes::Prepared;
};
// `info`: a layer, an optimiser, a schedule, a loss or an augmentation.
NetworkExample network_example(const ComponentInfo& info);

}  // namespace mlpc
