// What the results of a trial's folds come to: scores, goals after the first, constraints on results.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/results.h"
#include "runtime/engine/engine.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mlpc {

// The results of some folds, each the mean over the executions of the trial.
struct FoldResults {
    std::vector<double> scores;                            // of the first goal; NaN where the fold failed
    std::vector<std::pair<std::string, double>> measures;  // means over these folds
    std::vector<std::pair<Share, double>> way;             // intermediate values that an objective gave
    const Result* failed = nullptr;                        // the first that failed
    std::vector<FoldTraining> trainings;                   // folds from 0
};
// Results stand by fold, then execution; of each first the score, then the metrics among the search's measures.
FoldResults fold_results(const SearchSpec&, std::size_t folds, const std::vector<Result>&);
// A number that the search is to go by and that an objective's program did not report; empty: it reported all.
// At a part of the trial only goals count.
std::string unreported(const SearchSpec&, const std::vector<Result>&, bool is_whole);
// Puts the measures of more folds into a trial whose fold_scores do not hold those folds yet.
void add_measures(TrialRecord&, const FoldResults&);
// Of each constraint on results: at most 0 where it holds, else by how much it is broken; infinite where it is undefined.
std::vector<double> violations_of(const SearchSpec&, const TrialRecord&);
bool is_within(const std::vector<double>& violations);
// All goals, smaller being better, `first` before the others; empty where there is one.
std::vector<double> goals_of(const SearchSpec&, const TrialRecord&, double first);
// A kept trial as it was when it had reached that rung; nullopt where it had not.
std::optional<TrialRecord> cut_back(const TrialRecord&, const Share&, std::size_t folds);

}  // namespace mlpc
