// Minimal cost-complexity pruning (Breiman, Friedman, Olshen, Stone 1984, chapter 3).
#pragma once

#include "stdlib/models/tree.h"

#include <vector>

namespace mlpc::models {

// Cuts branches off, the one whose cuts take least impurity away per leaf first, as long as that is at most `alpha`. `values` by node and
// output: what each node would predict as a leaf; `gains` by node: how much impurity its cut takes away, times its share of the weight, and
// afterwards those of the nodes that are left.
void prune_tree(Tree&, std::vector<double>& gains, const std::vector<double>& values, double alpha);

}  // namespace mlpc::models
