// How much of the variance of a function over a space each dimension explains alone, and each pair beyond that: functional ANOVA of a
// random forest (Hutter, Hoos, Leyton-Brown: An efficient approach for assessing hyperparameter importance, ICML 2014).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace mlpc {

// A dimension of the grid: up to 64 equally likely cells.
struct GridAxis {
    std::size_t cells = 1;
    bool ordered = true;
};
struct GridPoint {
    std::vector<std::uint8_t> cells;  // by axis
    double value = 0;
};
struct PairShare {
    std::size_t first = 0, second = 0;  // first < second
    double share = 0;
};
struct VarianceShares {
    std::vector<double> main;      // by axis; all 0 where the values do not vary
    std::vector<PairShare> pairs;  // of the axes that the forest splits most; strongest first
};
VarianceShares functional_anova(const std::vector<GridAxis>&, const std::vector<GridPoint>&);

}  // namespace mlpc
