// CART (Breiman, Friedman, Olshen, Stone 1984): grows a tree by the best exact cut of each node, depth first or best first, or by random cuts
// (Geurts, Ernst, Wehenkel 2006). Shared by decision_tree, random_forest and extra_trees.
#pragma once

#include "stdlib/models/best_split.h"
#include "stdlib/models/features.h"
#include "stdlib/models/ranked_columns.h"
#include "stdlib/models/tree.h"

#include <optional>

namespace mlpc::models {

struct TreeLimits {
    Criterion criterion = Criterion::Gini;
    std::optional<std::int64_t> depth;
    std::size_t min_leaf = 1, min_split = 2;             // in rows, whatever they weigh
    std::size_t columns_per_cut = 1;                     // how many columns, drawn anew for each node, are tried
    enum class Cuts { Best, Random } cuts = Cuts::Best;  // Random: one place a column, between its least and greatest cell in the node
    std::optional<std::int64_t> max_leaves;              // the cut that takes most impurity away first
    double min_gain = 0;                                 // impurity that a cut must take away, times the node's share of the weight
    double prune = 0;                                    // as prune_tree
};

// Rows that weigh nothing are left out. Where all columns are tried, the rng is not used and of equal cuts the first column's is taken.
Tree grow_tree(const RankedColumns&, const Target&, const Vector& weights, const TreeLimits&, Rng&);

// How many columns `features` stands for: all, sqrt, log2, auto (sqrt for classes, all for numbers) or a share.
std::size_t columns_per_cut(const WordOrReal& features, std::size_t columns, Task);

// Class shares, or one mean.
std::size_t tree_outputs(const Target&);

}  // namespace mlpc::models
