// What using pre-trained networks has gained in a search: trained on, frozen and from scratch beside each other, at the same budget.
#pragma once

#include "runtime/reading/paired_comparison.h"

#include <optional>
#include <vector>

namespace mlpc {

struct ReuseStanding {
    Reuse reuse = Reuse::None;
    std::size_t trials = 0;                // over all seeds
    double seconds = 0;                    // processor time of these
    std::vector<const TrialRecord*> best;  // by seed: of its first `TransferGain::budget` trials; null where none may win
    Summary score;                         // of the best, over the seeds
};
struct ReuseComparison {
    Reuse first = Reuse::None, second = Reuse::None;
    PairedComparison by_folds;
    double adjusted_p_value = 0;  // Holm's, over the comparisons of the search
};
struct TransferGain {
    std::vector<ReuseStanding> standings;  // fine-tuned, frozen, none: those that the search has tried
    std::vector<std::size_t> budget;       // by seed: trials of each that are compared, as many as the one with the fewest has
    std::vector<ReuseComparison> comparisons;
};
// Nullopt where the search's models do not differ in what they take from pre-trained networks. The record must outlive it.
std::optional<TransferGain> transfer_gain(const SearchRecord&);

}  // namespace mlpc
