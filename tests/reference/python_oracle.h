// Runs a reference script beside the tests with Debian's Python and reads the JSON that it prints.
#pragma once

#include "runtime/core/target.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace mlpc {

// The JSON that tests/unit/SCRIPT prints, given `input` as JSON on its standard input; nullopt where scikit-learn is absent.
// A script that fails throws std::runtime_error.
std::optional<nlohmann::json> ask_scikit_learn(const std::string& script, const nlohmann::json& input = nullptr);

// What such a script prints of its examples: a list of rows, and `y` with `weights` (null: all rows alike) of so many `classes` (0: numbers).
Matrix matrix_of(const nlohmann::json& rows);
Target example_target(const nlohmann::json& example);

}  // namespace mlpc
