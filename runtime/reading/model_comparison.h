// What a `compare` shows: the models by their scores, and which cannot be told from the best.
#pragma once

#include "runtime/reading/paired_comparison.h"

#include <cstddef>
#include <vector>

namespace mlpc {

struct ComparedStanding {
    std::size_t model = 0;        // in ComparisonRecord::models
    Summary score;                // mean over folds and seeds, with the 95 % interval that the shared training rows leave; count 0: no score
    PairedComparison behind;      // what the best has over it; of the best itself, and without scores, nothing is known
    double adjusted_p_value = 0;  // Holm's, over the comparisons with the best; NaN as above
    bool is_told_from_best() const { return adjusted_p_value < significance; }
};
// The best first, models without a score last; equal ones in the order of the file.
std::vector<ComparedStanding> read_comparison(const ComparisonRecord&);

}  // namespace mlpc
