// A tree whose leaves hold one number each, with missing cells and sets of categories among its conditions.
#pragma once

#include "runtime/core/archive.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace mlpc::models {

// Of bins 0 … 255.
struct BinSet {
    std::array<std::uint64_t, 4> words{};
    bool has(std::size_t bin) const { return (words[bin / 64] >> (bin % 64) & 1) != 0; }
    void insert(std::size_t bin) { words[bin / 64] |= std::uint64_t{1} << (bin % 64); }
};

struct GradientNode {
    double value = 0;               // of a leaf what it adds; else numbers up to it go left
    double gain = 0;                // of a branch: by how much its cut lessens the loss
    std::int32_t column = -1;       // -1: a leaf
    std::int32_t next = 0;          // the left child, and the right one after it
    std::int32_t set = -1;          // categories that go left, else -1
    std::int32_t missing_left = 0;  // where missing cells and unknown categories go
};

class GradientTree {
public:
    std::vector<GradientNode> nodes;
    std::vector<BinSet> sets;

    // `cells` side by side; a category is the position of its level.
    double value_of(const double* cells) const {
        const GradientNode* node = nodes.data();
        while (node->column >= 0) {
            node = nodes.data() + node->next + (goes_left(*node, cells[node->column]) ? 0 : 1);
        }
        return node->value;
    }
    // out[i] += the value of row i of `count`, which lie `stride` cells apart.
    void add_values(const double* rows, std::size_t stride, std::size_t count, double* out) const;
    // Throws RunError where what it reads is not a tree over these columns; `levels` gives the number of categories of one.
    void check(std::size_t columns, const std::function<std::size_t(std::size_t)>& levels) const;
    void archive(Archive&);

private:
    bool goes_left(const GradientNode& node, double cell) const {
        if (cell != cell) {
            return node.missing_left != 0;
        }
        return node.set < 0 ? cell <= node.value : sets[static_cast<std::size_t>(node.set)].has(static_cast<std::size_t>(cell));
    }
};

}  // namespace mlpc::models
