// What a search has taught, computed from its record alone: how it went, which parameters mattered and where their good values lie, and
// what to change in the next one.
#pragma once

#include "runtime/core/results.h"

#include <string>
#include <vector>

namespace mlpc {

// A trial that was better than all before it.
struct BestStep {
    std::uint64_t trial = 0;  // its number
    double score = 0;
};
struct FrontMember {
    std::uint64_t trial = 0;    // its number
    std::vector<double> goals;  // in the order of SearchRecord::goals
};
struct SeedReading {
    std::uint64_t seed = 0;
    std::vector<BestStep> best_so_far;
    std::vector<FrontMember> front;  // several goals: the trials that no other equals in all and beats in one
};
// Trials over all seeds. One is counted once in each line that holds for it.
struct TrialCounts {
    std::size_t trials = 0;
    std::size_t failed = 0;      // the score of some fold is undefined or infinite, too
    std::size_t given_up = 0;    // by the pruner
    std::size_t partial = 0;     // not given up, but evaluated with a share of the effort only
    std::size_t infeasible = 0;  // break a constraint on results
    std::size_t repeated = 0;    // the same model and parameters as an earlier trial under the same seed
};
// The trials whose value lies in one part of a parameter's range.
struct EffectBin {
    std::string value;         // "0.01..0.1", "7", "scale(standard)"
    double low = 0, high = 0;  // of a number; NaN for a choice
    std::size_t trials = 0, failed = 0;
    double mean = 0, best = 0;  // of the scores; NaN where there is none
};
enum class Edge { None, Low, High };
struct ParameterReading {
    std::string name;
    std::size_t trials = 0;         // in which it exists; all that follows is about these
    double share_of_trials = 0;     // of all trials
    double importance = 0;          // share of the scores' variance that it explains alone (fANOVA); NaN: too few different trials
    double importance_at_best = 0;  // share that it has in telling the best tenth from the others (PED-ANOVA); NaN as above
    double p_value = 0;             // Kruskal-Wallis over the bins: how likely such differences are by chance; NaN as above
    std::string best_values;        // of the best tenth: "6..9", "gini, entropy"
    Edge edge = Edge::None;         // the best values lie at this end of the range, and the range may be widened
    std::size_t edge_seeds = 0;     // seeds that agree
    std::vector<EffectBin> effect;  // in the order of values
};
struct PairCell {
    std::string first, second;
    std::size_t trials = 0;
    double mean = 0, best = 0;
};
// What two parameters do together beyond what each does alone.
struct PairReading {
    std::string first, second;
    std::size_t trials = 0;       // in which both exist
    double importance = 0;        // share of variance, beyond their own
    std::vector<PairCell> cells;  // every part of the first with every part of the second, of those that have trials
};
struct SearchReading {
    TrialCounts counts;
    double ask_seconds = 0, trial_seconds = 0;
    std::vector<SeedReading> seeds;
    std::vector<ParameterReading> parameters;  // the most important first, those without importance in the order of the space
    std::vector<PairReading> pairs;            // the strongest few first
    std::vector<std::string> advice;           // sentences
};

// Importance is about the first goal. Trials under several seeds are compared with those of their seed.
SearchReading read_search(const SearchRecord&);

}  // namespace mlpc
