// `target transform log`: a model is fitted on a function of its target, and what it predicts is turned back.
#pragma once

#include "runtime/core/target.h"

#include <string_view>
#include <vector>

namespace mlpc {

enum class TargetTransform : std::uint8_t { None, Log, Log1p, Sqrt };
// As it stands in a file; "none" for None.
std::string_view name_of(TargetTransform);
// All but None, in the order of the reference.
const std::vector<TargetTransform>& target_transforms();
// Whether the function has a value there.
bool is_defined(TargetTransform, double value);
// "numbers above 0": what it is defined for.
std::string_view domain_of(TargetTransform);
// Regression targets only; each value must be defined.
Target transformed(Target, TargetTransform);
Prediction restored(Prediction, TargetTransform);

}  // namespace mlpc
