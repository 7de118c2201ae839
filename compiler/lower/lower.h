// Plan to what the runtime executes: the same dataflow, without what only the compiler needs.
#pragma once

#include "compiler/plan/plan.h"

#include <string>

namespace mlpc {

// The plan must hold nothing that this version cannot run.
Experiment lower(plan::Plan);

// The dataflow as a Graphviz graph: what `--emit=graph` prints.
std::string print_graph(const Experiment&);

}  // namespace mlpc
