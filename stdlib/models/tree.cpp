#include "stdlib/models/tree.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace mlpc::models {

const double* Tree::values_at(const double* row) const {
    const TreeNode* node = nodes.data();
    while (node->column >= 0) {
        node = nodes.data() + node->next + (row[node->column] <= node->threshold ? 0 : 1);
    }
    return leaves.data() + static_cast<std::size_t>(node->next) * outputs_;
}

void Tree::check(std::size_t columns, std::size_t outputs) const {
    bool sound = !nodes.empty() && outputs_ == outputs && outputs > 0 && leaves.size() % outputs == 0;
    for (std::size_t i = 0; sound && i < nodes.size(); ++i) {
        const TreeNode& node = nodes[i];
        const auto next = static_cast<std::size_t>(node.next);
        // Children lie after their parent, so that every way down ends.
        const bool branch = node.column >= 0 && static_cast<std::size_t>(node.column) < columns && next > i && next + 1 < nodes.size();
        const bool leaf = node.column < 0 && (next + 1) * outputs <= leaves.size();
        sound = node.next >= 0 && (branch || leaf);
    }
    for (const ColumnGain& gain : gains) {
        sound = sound && gain.column >= 0 && static_cast<std::size_t>(gain.column) < columns;
    }
    if (!sound) {
        throw RunError("the saved model holds a tree whose branches lead nowhere; the file is damaged");
    }
}

void Tree::set_gains(const std::vector<double>& by_node) {
    std::map<std::int32_t, double> sums;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i].column >= 0) {
            sums[nodes[i].column] += by_node[i];
        }
    }
    gains.clear();
    for (const auto& [column, gain] : sums) {
        gains.push_back({column, gain});
    }
}

void Tree::merge_equal_leaves() {
    const std::vector<double> all = std::exchange(leaves, {});
    const std::size_t bytes = outputs() * sizeof(double);
    std::unordered_map<std::string_view, std::int32_t> numbers;  // by the bytes of the values
    for (TreeNode& node : nodes) {
        if (node.column >= 0) {
            continue;
        }
        const double* values = all.data() + static_cast<std::size_t>(node.next) * outputs();
        const auto next = static_cast<std::int32_t>(numbers.size());
        const auto [at, is_new] = numbers.try_emplace({reinterpret_cast<const char*>(values), bytes}, next);
        if (is_new) {
            leaves.insert(leaves.end(), values, values + outputs());
        }
        node.next = at->second;
    }
}

void Tree::shrink_to_fit() {
    nodes.shrink_to_fit();
    gains.shrink_to_fit();
    leaves.shrink_to_fit();
}

void Tree::archive(Archive& a) {
    std::vector<double> thresholds, gain_sums;
    std::vector<std::int32_t> columns, next, gain_columns;
    for (const TreeNode& node : nodes) {
        thresholds.push_back(node.threshold);
        columns.push_back(node.column);
        next.push_back(node.next);
    }
    for (const ColumnGain& gain : gains) {
        gain_columns.push_back(gain.column);
        gain_sums.push_back(gain.gain);
    }
    a.field("outputs", outputs_);
    a.field("thresholds", thresholds);
    a.field("columns", columns);
    a.field("next", next);
    a.field("gain_columns", gain_columns);
    a.field("gains", gain_sums);
    a.field("leaves", leaves);
    if (!a.reading()) {
        return;
    }
    if (columns.size() != thresholds.size() || next.size() != thresholds.size() || gain_sums.size() != gain_columns.size()) {
        throw RunError("the saved model holds a tree whose parts differ in length; the file is damaged");
    }
    nodes.clear();
    for (std::size_t i = 0; i < thresholds.size(); ++i) {
        nodes.push_back({thresholds[i], columns[i], next[i]});
    }
    gains.clear();
    for (std::size_t i = 0; i < gain_sums.size(); ++i) {
        gains.push_back({gain_columns[i], gain_sums[i]});
    }
}

namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The leaf nodes of `lanes` rows that lie `stride` apart. They go down side by side, for one way down is a chain of loads that wait for each other.
constexpr std::size_t lanes = 8;
void find_leaves(const Tree& tree, const double* rows, std::size_t stride, std::array<std::uint32_t, lanes>& at) {
    const TreeNode* nodes = tree.nodes.data();
    at.fill(0);
    for (bool open = true; open;) {
        open = false;
        for (std::size_t l = 0; l < lanes; ++l) {
            const TreeNode& node = nodes[at[l]];
            const bool branches = node.column >= 0;
            const double cell = rows[l * stride + static_cast<std::size_t>(branches ? node.column : 0)];
            const auto next = static_cast<std::uint32_t>(node.next) + (cell <= node.threshold ? 0 : 1);
            at[l] = branches ? next : at[l];
            open |= branches;
        }
    }
}

}  // namespace

Matrix mean_of_trees(std::span<const Tree> trees, Eigen::Map<const Matrix> x) {
    constexpr Eigen::Index block = 64;
    const auto outputs = static_cast<Eigen::Index>(trees.front().outputs());
    // Rows beyond the last go down too, and a row without columns has a cell to look at.
    RowMajor rows = RowMajor::Zero(block, std::max<Eigen::Index>(x.cols(), 1)), sums(block, outputs);
    Matrix means(x.rows(), outputs);
    std::array<std::uint32_t, lanes> at;
    for (Eigen::Index begin = 0; begin < x.rows(); begin += block) {
        const Eigen::Index count = std::min(block, x.rows() - begin);
        rows.topLeftCorner(count, x.cols()) = x.middleRows(begin, count);
        sums.setZero();
        for (const Tree& tree : trees) {
            for (Eigen::Index first = 0; first < count; first += lanes) {
                find_leaves(tree, rows.row(first).data(), static_cast<std::size_t>(rows.cols()), at);
                for (std::size_t l = 0; l < lanes; ++l) {
                    const double* values = tree.values_of(at[l]);
                    for (Eigen::Index o = 0; o < outputs; ++o) {
                        sums(first + static_cast<Eigen::Index>(l), o) += values[o];
                    }
                }
            }
        }
        means.middleRows(begin, count) = sums.topRows(count) / static_cast<double>(trees.size());
    }
    return means;
}

}  // namespace mlpc::models
