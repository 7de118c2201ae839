// What tells an experiment from others, so that a run can go on from the trials of an earlier one.
#pragma once

#include "compiler/driver/compile.h"
#include "runtime/core/experiment.h"
#include "runtime/search/prepare.h"
#include "runtime/store/store.h"

namespace mlpc {

// Throws RunError where a program that an objective starts cannot be read.
ExperimentKeys experiment_keys(const Experiment&, const Compilation&, const PreparedData&, const Overrides&);

}  // namespace mlpc
