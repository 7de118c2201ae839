// What a run found, as data: filled by the trial loop, kept by the store, printed by the reports.
#pragma once

#include "runtime/core/digest.h"
#include "runtime/core/searcher.h"
#include "runtime/core/table.h"
#include "runtime/core/training.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlpc {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();  // a score that is not known
inline constexpr double significance = 0.05;  // of p-values: below it a difference is called one, as by 95 % intervals

// What a trial had found before it went on to a higher rung.
struct RungRecord {
    Share share;
    std::vector<double> fold_scores;
    double seconds = 0;
};
struct FoldTraining {
    std::int64_t fold = 0, execution = 0;
    Training training;
};
// What a trial's model takes from networks that were trained before.
enum class Reuse { None, Frozen, FineTuned };
std::string_view name_of(Reuse);  // "none", "frozen", "fine-tuned"
struct TrialRecord {
    std::uint64_t number = 0;
    std::string model;
    std::vector<std::pair<std::string, std::string>> params;  // active dimensions: name, value as it would stand in the file
    std::vector<double> fold_scores;                          // of the search's metric on the scored rows, NaN where the fold failed
    std::vector<double> train_scores;                         // the same metric on the rows it was fitted on
    double seconds = 0;                                       // CPU time of the fits that this trial was the first to need
    double ask_seconds = 0;                                   // time that its proposals took the searcher
    Share share;                                              // of the whole effort that its scores are for
    std::vector<RungRecord> rungs;                            // the lower ones that it reached before
    bool given_up = false;                                    // by the pruner
    std::vector<std::pair<std::string, double>> measures;     // goals after the first, and results that constraints name: means over folds
    bool feasible = true;                                     // as for the constraints on results
    std::string failure;                                      // empty: it succeeded; else the reason, with file:line
    std::vector<FoldTraining> trainings = {};                 // by fold, then execution; empty where no model is trained in epochs
    Reuse reuse = Reuse::None;
    double mean_score() const;  // NaN where any fold failed
    // Whether it may win: it did not fail, was evaluated whole, and keeps the constraints.
    bool may_win() const { return failure.empty() && !given_up && share.is_whole() && feasible; }
    double mean_train_score() const;
};
// One slice of `errors by`.
struct SliceScore {
    std::string column, value;
    std::size_t rows = 0;
    double score = 0;  // the first metric of `evaluate`
};
// One replicate of the experiment: everything under one seed.
struct SeedRecord {
    std::uint64_t seed = 0;
    std::vector<TrialRecord> trials;             // by number
    std::size_t winner = 0;                      // index into trials; trials.size() where all failed
    std::map<std::string, double> test_scores;   // by metric, of the winner refitted on all training rows; empty without evaluate
    std::map<std::string, double> train_scores;  // the same metrics on the rows it was refitted on
    std::map<std::string, double> dummy_scores;  // the same metrics of the dummy model on the test rows
    std::vector<double> outer_scores;            // nested: the first metric of `evaluate`, without one the search's, an outer fold each
    Matrix confusion;                            // classification: true × predicted on the test rows; else empty
    std::vector<SliceScore> slices;
    Training training;  // of the winner, refitted on all training rows; without epochs where it has none
};
// A dimension of a search's space, for reading the search afterwards.
struct DimensionRecord {
    std::string name;
    std::string kind;  // integer, real, choice, ordered
    double low = 0, high = 0;
    bool log = false;
    bool bounded = true;               // false: a normal prior without bounds
    std::vector<std::string> choices;  // as they would stand in the file
};
struct GoalRecord {
    std::string metric;
    bool greater_is_better = true;
};
struct SearchRecord {
    std::string name;
    std::string metric;  // the first goal
    bool greater_is_better = true;
    std::vector<GoalRecord> goals;         // where there are several: all of them
    std::vector<std::string> constraints;  // on results, as written
    std::string method;
    std::string remark;  // of the searcher: what `auto` picked and why
    std::vector<DimensionRecord> space;
    std::vector<std::string> models;
    std::vector<SeedRecord> seeds;
    double scored_per_fitted = std::numeric_limits<double>::quiet_NaN();  // rows that a fold is scored on to those it is fitted on: mean over folds
    bool folds_differ = false;                                            // from seed to seed
    bool only_compared = false;                                           // one model as it stands, which `compare` alone asks for
};
// One name of a `compare`.
struct ComparedRecord {
    std::string name;                         // as written
    std::size_t trials = 1;                   // that it is the best of, under the seed where they are most
    std::vector<std::vector<double>> scores;  // by seed and fold, NaN where a fold failed; a seed where no trial may win has none
};
// A `compare`: models beside each other on the same folds under the same seeds.
struct ComparisonRecord {
    enum class Folds { Validation, Outer };  // Outer: of nested cross-validation, which have chosen nothing
    Folds folds = Folds::Validation;
    std::string metric;
    bool greater_is_better = true;
    double scored_per_fitted = std::numeric_limits<double>::quiet_NaN();  // as of SearchRecord, of these folds
    bool folds_differ = false;
    std::vector<ComparedRecord> models;
};
struct GateRecord {
    std::string condition;  // "mcc >= 0.4"
    double value = 0;
    bool passed = false;
};
// How a feature's test rows differ from its training rows; looked at when the test partition is opened, and by people only.
struct FeatureDrift {
    std::string column, type;
    double psi = std::numeric_limits<double>::quiet_NaN();        // population stability index; NaN where it is not compared (text)
    double statistic = std::numeric_limits<double>::quiet_NaN();  // numbers: Kolmogorov-Smirnov distance; levels: chi-squared
    double p_value = std::numeric_limits<double>::quiet_NaN();    // of that statistic
    double train_missing = 0, test_missing = 0;                   // shares
    std::size_t unseen_levels = 0, unseen_rows = 0;               // levels that no training row has, and their test rows
    std::string finding;                                          // "`income` differs: …"; empty where nothing is to be said
};
struct DataRecord {
    std::string name, path, sha256;
    std::size_t rows = 0, train_rows = 0, test_rows = 0, columns = 0;
    std::string target;
    std::vector<std::string> classes;
    std::vector<FeatureDrift> drift;  // of train and test; empty where no test partition was opened
};
// A pre-trained network that the file names.
struct PretrainedRecord {
    std::string name, format, path, sha256;
    bool pinned = false;                  // the file says which SHA-256 it must have
    std::vector<std::string> trained_on;  // empty: it does not say
    std::string licence;                  // empty: it does not say
    // Rows that it was asked for as a step of a chain: computed, and read from the cache.
    std::uint64_t encoded_rows = 0, cached_rows = 0;
};
struct RunRecord {
    std::string id;      // sortable: time and a short hash
    std::string file;    // the .mlp
    std::string source;  // its text
    std::string file_sha256;
    std::string version;                                         // of mlpc
    std::string started, finished;                               // ISO 8601, UTC
    std::string command;                                         // as typed
    std::vector<std::pair<std::string, std::string>> overrides;  // --set
    std::vector<DataRecord> data;
    std::vector<PretrainedRecord> pretrained;
    std::vector<SearchRecord> searches;
    std::vector<ComparisonRecord> comparisons;
    std::vector<std::string> metrics;   // of evaluate, in order
    std::vector<bool> metrics_greater;  // their directions
    std::vector<GateRecord> gates;
    std::vector<std::string> warnings;                         // rendered: L101 and the like, check rules with `else warn`
    std::vector<std::pair<std::string, std::string>> allowed;  // code, reason
    std::vector<std::string> pipeline;                         // the winner's chain, a line a step, for people
    std::uint64_t fits_requested = 0, fits_done = 0;           // before and after sharing
    double wall_seconds = 0, cpu_seconds = 0;
    std::string status = "running";  // running, done, failed, interrupted
};

// Mean, sample standard deviation, and the 95 % interval of the mean by Student's t over `values` (NaN bounds for fewer than two).
struct Summary {
    double mean = 0, sd = 0, low = 0, high = 0;
    std::size_t count = 0;
};
Summary summarise(const std::vector<double>& values);
// How likely a Student's t variable is to be as far from 0 as `t`.
double two_sided_p_value(double t, std::size_t freedom);

}  // namespace mlpc
