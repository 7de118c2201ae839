// The point at which an objective is evaluated, and the value of a formula there.
#pragma once

#include "runtime/core/experiment.h"

namespace mlpc {

// Where the parameter of that name stands, or the only one whose longer name ends in `.name`; nullopt where there is none or more.
std::optional<std::size_t> find_parameter(const ObjectiveSpec&, std::string_view name);

// The formula's value under `values`, one of each parameter: none where an alternative that was not chosen has it. Throws RunError where it
// is no finite number.
double formula_value(const ObjectiveSpec&, const ParamValues& values);

}  // namespace mlpc
