// Fits of single steps, small tables, and results of scikit-learn to compare them with.
#pragma once

#include "runtime/core/component.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <vector>

namespace mlpc {

using Json = nlohmann::json;

const ComponentInfo& step_info(const std::string& name);
// Parameters by name, as a file would give them (an interval as two numbers); the others at their defaults.
ParamValues params_of(const ComponentInfo&, const Json& given);
std::unique_ptr<FittedStep> fit_step(const std::string& name, const Frame& x, const Json& given = Json::object(), const Target* y = nullptr,
                                     const std::vector<NamedExpression>& named = {}, std::uint64_t seed = 1);
Sample resample(const std::string& name, const Frame& x, const Target& y, const Json& given = Json::object(), std::uint64_t seed = 1);
std::string message_of(const std::function<void()>& body);  // of the RunError that it throws

std::vector<std::byte> state_of_step(FittedStep&);

Frame one_column(std::vector<double> cells);                // named x
Frame one_category(const std::vector<std::string>& cells);  // named c; an empty text is missing
Frame table_of(const Json& columns);                        // x0, x1, …; null is missing
Matrix matrix_of(const Frame&);
// "values", or "labels" of two classes.
Target target_of(const Json& score);

void expect_near(const Frame& ours, const Frame& reference, const std::string& what, double tolerance = 1e-9);
// Fits `step` on each case's "train", applies it to its "test" and compares with its "output", within its "tolerance" where it has one.
void compare_step(const Json& reference, const std::string& step, std::size_t at_least);

}  // namespace mlpc
