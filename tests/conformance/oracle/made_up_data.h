// Files for experiments that have none: cells that fit the schema and mean nothing.
#pragma once

#include "runtime/core/experiment.h"
#include "tests/compiled_experiment.h"

namespace mlpc::conformance {

// Writes a file for every table that a split needs, and for every test file, and points the experiment to them.
void make_up_data(Experiment&, const test::ScratchDirectory&);

}  // namespace mlpc::conformance
