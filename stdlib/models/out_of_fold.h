// Predictions of rows by fits that have not seen them: what stack, calibrate and threshold learn from.
#pragma once

#include "stdlib/models/members.h"

namespace mlpc::models {

// Folds of the rows that a component is fitted on: forward in time where they have times, else whole groups where they have groups; of
// classes each fold gets its share. Throws RunError, saying what to do, where there are too few rows, classes, groups or times.
std::vector<Part> inner_folds(const Target&, std::int64_t folds, const FitContext&, std::string_view component);

// What one learner predicts of the rows that its folds score.
struct OutOfFold {
    RowIndex rows;  // ascending; forward in time the earliest rows are in no fold
    Prediction prediction;
};
OutOfFold out_of_fold(const Learner&, const Frame& x, const Target& y, const std::vector<Part>&, const FitContext&, Rng);

}  // namespace mlpc::models
