// What the reports show of a search, derived from its record: each model's standing, the winner's scores, the winning parameters.
#pragma once

#include "runtime/core/results.h"

#include <string>
#include <utility>
#include <vector>

namespace mlpc {

// The search that the verdict is about: the first that was evaluated, else the first that is no part of a comparison alone, else the first;
// null where there is none.
const SearchRecord* main_search(const RunRecord& run);
// Whether a search shows what no comparison shows: several trials, an evaluation, or why there is no score.
bool says_more_than_comparison(const SearchRecord& search);

// Where the scores beyond the selection come from.
enum class HeldOut { Nothing, TestRows, OuterFolds };

// The scores of each seed's winner, one a seed, NaN where unknown.
struct WinnerScores {
    HeldOut held_out = HeldOut::Nothing;
    std::string held_out_metric;  // the search's own where it was evaluated
    bool comparable = false;      // held_out_metric is the search's metric
    bool held_out_greater = true;
    std::vector<double> train, validation;  // of the search's metric, means over the folds of the winning trial
    std::vector<double> refit_train;        // of held_out_metric, on all training rows
    std::vector<double> test, dummy;        // of held_out_metric
};
WinnerScores winner_scores(const RunRecord& run, const SearchRecord& search);

// One model of a search, by its best trial under each seed.
struct Standing {
    std::string model;
    std::size_t trials = 0, failed = 0;
    std::size_t won = 0;  // seeds
    Summary train, validation;
    Summary test;    // over the seeds that it won
    Summary dummy;   // over all seeds, the same for every model
    double gap = 0;  // how much better the training rows are scored than the validation rows, in the metric's unit
};
// Best validation first; models without a score last, in the order of the file.
std::vector<Standing> leaderboard(const RunRecord& run, const SearchRecord& search);

struct WinningConfiguration {
    std::string model;
    std::vector<std::pair<std::string, std::string>> params;
    std::vector<std::uint64_t> seeds;
};
// Most seeds first.
std::vector<WinningConfiguration> winning_configurations(const SearchRecord& search);

// Of one slice over the seeds.
struct SliceStanding {
    std::string column, value;
    std::size_t rows = 0;
    Summary score;
};
std::vector<SliceStanding> slice_standings(const SearchRecord& search);
// Summed over the seeds; empty where there is none.
Matrix total_confusion(const SearchRecord& search);
// Names for the rows of a table of that size: the classes of the run's data, or numbers.
std::vector<std::string> class_names(const RunRecord& run, std::size_t count);

// The seed's winning trial, or null where all failed.
const TrialRecord* winning_trial(const SeedRecord& seed);
bool metric_greater(const RunRecord& run, const std::string& metric);
std::string seed_list(const std::vector<std::uint64_t>& seeds);
std::vector<std::uint64_t> seeds_of(const SearchRecord& search);

}  // namespace mlpc
