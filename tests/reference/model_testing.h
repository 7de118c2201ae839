// Small tables, targets and fits for the tests of models.
#pragma once

#include "runtime/core/component.h"

#include <string>
#include <utility>
#include <vector>

namespace mlpc {

Frame frame_of(const Matrix& cells);
// `classes` named c0, c1, …
Target labels_of(std::size_t classes, std::vector<std::int32_t> labels, std::vector<double> weights = {});
Target values_of(std::vector<double> values, std::vector<double> weights = {});

using NamedParams = std::vector<std::pair<std::string, ParamValue>>;
const ComponentInfo& model_info(const std::string& name);
// Fits the standard library's model; parameters not named have their defaults.
std::unique_ptr<FittedModel> fit_model(const std::string& name, const NamedParams&, const Frame& x, const Target& y, std::uint64_t seed = 1);
std::vector<std::byte> state_of(FittedModel&);

}  // namespace mlpc
