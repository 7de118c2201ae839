// What naive Bayes over counts has in common, whatever the distribution: counts by class, priors, and a prediction linear in the cells.
#pragma once

#include "stdlib/models/design_matrix.h"
#include "stdlib/models/outcome.h"

#include <optional>

namespace mlpc::models {

struct CountNbParams {
    double alpha = 1.0;
    bool fit_prior = true;
};
ParamSpec nb_alpha_spec();
ParamSpec nb_prior_spec();
const Schema<CountNbParams>& count_nb_schema();
// Everything of the catalog's row but summary, source and make_model.
ComponentInfo count_nb_info(const std::string& name);

struct ClassCounts {
    OutcomeSchema outcome;
    std::vector<std::int32_t> present;  // classes of the training rows
    Matrix cells;                       // columns × present classes: weighted sums
    Vector rows;                        // weighted, of each present class
};
// Throws RunError where a cell is negative. With a threshold a cell counts as 1 where it is above it, else as 0.
ClassCounts count_by_class(const Frame& x, const Target& y, std::string_view model, std::optional<double> threshold = std::nullopt);

Vector log_priors(const ClassCounts&, bool fit_prior);

// Predicts by the softmax of x logs + priors, by present class.
std::unique_ptr<FittedModel> make_count_nb(std::string model, const ClassCounts&, Matrix logs, Vector priors,
                                           std::optional<double> threshold = std::nullopt);

}  // namespace mlpc::models
