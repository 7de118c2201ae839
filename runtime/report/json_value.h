// What the JSON report writes numbers and names as.
#pragma once

#include "runtime/core/results.h"

#include <nlohmann/json.hpp>

#include <vector>

namespace mlpc {

// Keys stand in the order that docs/report-json.md describes.
using Json = nlohmann::ordered_json;

// JSON has neither NaN nor infinity: null, "Infinity", "-Infinity".
Json json_number(double value);
Json json_numbers(const std::vector<double>& values);
Json json_summary(const Summary&);

}  // namespace mlpc
