// A fitted decision tree: nodes in one array, values of the leaves in another.
#pragma once

#include "runtime/core/archive.h"

#include <cstdint>
#include <span>
#include <vector>

namespace mlpc::models {

struct TreeNode {
    double threshold = 0;      // cells up to it go left
    std::int32_t column = -1;  // -1: a leaf
    std::int32_t next = 0;     // the left child, and the right one after it; of a leaf its number
};

// How much impurity all cuts of one column take away, each times its node's share of the weight.
struct ColumnGain {
    std::int32_t column = 0;
    double gain = 0;
};

class Tree {
public:
    Tree() = default;
    // `outputs` values a leaf: class shares, or one mean.
    explicit Tree(std::size_t outputs) : outputs_(outputs) {}

    std::vector<TreeNode> nodes;
    std::vector<ColumnGain> gains;  // of the columns that are cut, in their order; none where nobody asks for importances
    std::vector<double> leaves;

    std::size_t outputs() const { return static_cast<std::size_t>(outputs_); }
    // The values of the leaf that a row, its cells side by side, falls into.
    const double* values_at(const double* row) const;
    // The values of a leaf, given by its node.
    const double* values_of(std::size_t node) const { return leaves.data() + static_cast<std::size_t>(nodes[node].next) * outputs_; }
    // Throws RunError where what it reads is not a tree over `columns` columns with leaves of `outputs` values.
    void check(std::size_t columns, std::size_t outputs) const;
    void archive(Archive&);
    // Gains by node become gains by column.
    void set_gains(const std::vector<double>& by_node);
    // Leaves of equal values become one, whose number several nodes have.
    void merge_equal_leaves();
    // Gives back the memory that growing it has left over.
    void shrink_to_fit();

private:
    std::uint64_t outputs_ = 0;
};

// Means of the trees' values by row (rows × outputs); trees are added in order, so that a row's bits are its own.
Matrix mean_of_trees(std::span<const Tree> trees, Eigen::Map<const Matrix> x);

}  // namespace mlpc::models
