// Two models beside each other on the same folds under the same seeds.
#pragma once

#include "runtime/core/results.h"

#include <vector>

namespace mlpc {

struct PairedComparison {
    Summary gain;        // of the first over the second, with the 95 % interval; positive: the first is better
    double p_value = 0;  // of no gain; NaN where fewer than two differences are known
};
// By the corrected resampled t-test of Nadeau and Bengio, Inference for the Generalization Error, Machine Learning 52 (2003): folds share most
// of their training rows, so that the variance of their mean is (1/n + scored/fitted) times that of one difference.
PairedComparison compare_paired(const std::vector<double>& differences, double scored_per_fitted);
// By seed and fold; a seed that nothing is known of is empty.
using FoldScores = std::vector<std::vector<double>>;
// First minus second, seed by seed, of the seeds and folds that both have.
FoldScores differences_of(const FoldScores& first, const FoldScores& second);
// All that are known, one a fold: where all seeds have the same folds, the mean over the seeds.
std::vector<double> values_by_fold(const FoldScores&, bool folds_differ);
// Of two trials a seed, oriented so that greater is better; a seed where either is null is left out. One difference a fold.
std::vector<double> fold_differences(const SearchRecord&, const std::vector<const TrialRecord*>& first,
                                     const std::vector<const TrialRecord*>& second);
// Holm's step-down adjustment of p-values that are looked at together, in the order given; NaN stay and do not count.
std::vector<double> holm(const std::vector<double>& p_values);

}  // namespace mlpc
