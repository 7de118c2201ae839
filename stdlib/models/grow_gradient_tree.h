// Grows a regression tree on gradients and binned columns, the leaf with the greatest gain first (Friedman 2001; Ke and others 2017: LightGBM).
#pragma once

#include "stdlib/models/binned_columns.h"
#include "stdlib/models/gradient_histogram.h"
#include "stdlib/models/gradient_tree.h"

#include <optional>
#include <span>
#include <vector>

namespace mlpc::models {

struct GradientTreeLimits {
    std::optional<std::int64_t> max_leaves, depth;
    std::size_t min_leaf = 20;  // in rows
    double l2 = 0;
    double rate = 0.1;
};

// One leaf and those rows of GrownTree::rows that fell into it.
struct LeafRows {
    std::size_t node = 0, begin = 0, end = 0;
};
struct GrownTree {
    GradientTree tree;
    std::vector<std::uint32_t> rows;
    std::vector<LeafRows> leaves;
    std::vector<std::uint8_t> bins;  // by node: of a cut by number, the last bin that goes left

    // The leaf of a row that was not grown on.
    double value_of(const BinnedColumns&, std::size_t row) const;
};

// `gradients` and `hessians` by row of the binned columns; only `rows` (ascending) and `columns` (ascending) are looked at. A leaf's value is
// -rate · sum of gradients / (sum of hessians + l2). Sums are in whole numbers, so that no order of adding changes a bit.
GrownTree grow_gradient_tree(const BinnedColumns&, std::span<const double> gradients, std::span<const double> hessians,
                             std::vector<std::uint32_t> rows, const std::vector<std::uint32_t>& columns, const GradientTreeLimits&, HistogramPool&);

}  // namespace mlpc::models
