// What components share that take models as arguments: fitting them, averaging what they predict, keeping them.
#pragma once

#include "runtime/core/component.h"

#include <string_view>

namespace mlpc::models {

using Member = std::unique_ptr<FittedModel>;

// Fits a learner on all rows, or on some of them, with random numbers of its own and the roles of just these rows.
Member fit_member(const Learner&, const Frame& x, const Target& y, const FitContext&, Rng);
Member fit_member(const Learner&, const Frame& x, const Target& y, const RowIndex& rows, const FitContext&, Rng);

// The mean of predictions on the same rows, each with its weight: of values, or of probabilities. Throws RunError where they are not alike,
// which only a damaged file can bring about.
Prediction mean_prediction(const std::vector<Prediction>&, const Vector& weights);

// Predictions of every member, in order.
std::vector<Prediction> predictions_of(const std::vector<Member>&, const Frame& x);

// Empty states of learners, to read archived ones into.
std::vector<Member> blank_members(const Learners&);
void archive_members(Archive&, const std::vector<Member>&);
// Any number of states of one learner; where read, each is made by `learner`.
void archive_copies(Archive&, std::vector<Member>&, const Learner* learner);

}  // namespace mlpc::models
