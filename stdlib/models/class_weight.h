// The parameter `class_weight` of classifiers, and what it makes of the rows' weights.
#pragma once

#include "runtime/core/param.h"
#include "stdlib/models/features.h"

namespace mlpc::models {

enum class ClassWeight { None, Balanced };

inline ParamSpec class_weight_spec() {
    return {.name = "class_weight",
            .doc = "Every row counts alike, or every class counts alike: a row then weighs rows / (classes · rows of its class)",
            .words = {"none", "balanced"},
            .search = {.words = {"none", "balanced"}}};
}

// The weight of every row of a classification, with that of its class where classes are balanced. Classes without rows count for nothing.
// Throws as row_weights.
Vector balanced_row_weights(const Target& y, ClassWeight, std::string_view model);

}  // namespace mlpc::models
