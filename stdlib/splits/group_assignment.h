// Whole groups dealt to folds, so that each fold gets its share of the rows, or of every stratum.
#pragma once

#include "stdlib/splits/fold_assignment.h"

namespace mlpc {

// The fold of every row; rows of one group get the same one. Large groups are dealt first, each to the fold that is then filled the
// least beyond its share (shares sum to 1), as scikit-learn's GroupKFold and StratifiedGroupKFold do for equal shares. Where
// shuffled, groups of similar size are dealt in random order. Without strata pass null. Every fold gets a group; throws RunError
// where there are fewer groups than folds.
std::vector<std::uint32_t> deal_groups(const DenseCodes& groups, const DenseCodes* strata, const std::vector<double>& shares, bool shuffled,
                                       Rng& rng);

}  // namespace mlpc
