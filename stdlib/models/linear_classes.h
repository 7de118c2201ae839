// Linear classifiers that separate every class from the others: what they keep, and probabilities from their decisions.
#pragma once

#include "stdlib/models/linear_fit.h"

#include <functional>

namespace mlpc::models {

// One decision xβ + b for each of the present classes against the rest; of two classes, one, for the second. Of a regression the value.
struct ClassDecisions {
    OutcomeSchema outcome;
    std::vector<std::int32_t> present;
    Matrix coefficients;  // (columns + 1) × decisions, intercepts in the last row
};

// `fit` is given the signs of the rows (1: of the class). Throws RunError, naming the model, where there is one class only.
ClassDecisions fit_against_rest(const Target& y, const Vector& weights, std::string_view model,
                                const std::function<LinearState(const Vector& signs)>& fit);

// How probabilities follow from decisions: their logistic functions, or (1 + decision) / 2 within 0 and 1 (Zhang 2004, modified Huber loss);
// of several classes brought to the sum 1.
enum class Link { Logistic, Clipped };
std::unique_ptr<FittedModel> make_linear_classes(std::string model, Link, ClassDecisions);
// For reading a saved one.
std::unique_ptr<FittedModel> blank_linear_classes(std::string model);

}  // namespace mlpc::models
