// How much a dimension tells the best points from the others: the Pearson divergence of their densities along it (Watanabe, Bansal, Hutter:
// PED-ANOVA, IJCAI 2023).
#pragma once

#include "runtime/reading/functional_anova.h"

#include <vector>

namespace mlpc {

// By axis, the divergence of the first `best` points from all of them, as shares that sum to 1; all 0 where there is no difference.
std::vector<double> ped_anova(const std::vector<GridAxis>&, const std::vector<GridPoint>&, std::size_t best);

}  // namespace mlpc
