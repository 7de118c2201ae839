#include "runtime/reading/cell_tree.h"

#include <algorithm>
#include <array>
#include <bit>

namespace mlpc {

namespace {

constexpr std::size_t most_tree_cells = 64;
// Fewer points a box follow noise; more blur a function that few trials have seen.
constexpr std::size_t fewest_points = 3;

struct CellSums {
    std::array<double, most_tree_cells> sum{};
    std::array<std::uint32_t, most_tree_cells> count{};
    double mean(std::size_t cell) const { return sum[cell] / count[cell]; }
};

struct Node {
    std::vector<std::uint64_t> cells;
    std::vector<std::uint32_t> rows;
};

struct Split {
    std::size_t axis = 0;
    std::uint64_t left = 0;  // of the node's cells
    double gain = 0;         // reduction of the squared error
};

CellSums sums_of(const std::vector<GridPoint>& points, const std::vector<std::uint32_t>& rows, std::size_t axis) {
    CellSums sums;
    for (const std::uint32_t row : rows) {
        const std::uint8_t cell = points[row].cells[axis];
        sums.sum[cell] += points[row].value;
        ++sums.count[cell];
    }
    return sums;
}

// The cells with points in the order in which they may be cut.
std::vector<std::size_t> cut_order(const CellSums& sums, const GridAxis& axis) {
    std::vector<std::size_t> order;
    for (std::size_t cell = 0; cell < axis.cells; ++cell) {
        if (sums.count[cell] > 0) {
            order.push_back(cell);
        }
    }
    if (!axis.ordered) {
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sums.mean(a) < sums.mean(b); });
    }
    return order;
}

std::uint64_t below(std::size_t cell) { return cell >= most_tree_cells ? ~std::uint64_t{0} : (std::uint64_t{1} << cell) - 1; }

// The node's cells left of a cut behind order[last]. Cells without points go halfway where they have neighbours, else to the right.
std::uint64_t left_cells(const std::vector<std::size_t>& order, std::size_t last, const GridAxis& axis, std::uint64_t cells) {
    if (axis.ordered) {
        return cells & below((order[last] + order[last + 1] + 1) / 2);
    }
    std::uint64_t left = 0;
    for (std::size_t i = 0; i <= last; ++i) {
        left |= std::uint64_t{1} << order[i];
    }
    return left;
}

// The best cut of one axis, `best` where none is better.
Split better_split(const GridAxis& axis, std::size_t index, const CellSums& sums, const Node& node, const Split& best) {
    const std::vector<std::size_t> order = cut_order(sums, axis);
    double total = 0;
    for (const std::size_t cell : order) {
        total += sums.sum[cell];
    }
    const auto points = static_cast<double>(node.rows.size());
    Split found = best;
    double left_sum = 0, left_count = 0;
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        left_sum += sums.sum[order[i]];
        left_count += sums.count[order[i]];
        const double right_count = points - left_count;
        if (left_count < fewest_points || right_count < fewest_points) {
            continue;
        }
        const double right_sum = total - left_sum;
        const double gain = left_sum * left_sum / left_count + right_sum * right_sum / right_count - total * total / points;
        if (gain > found.gain) {
            found = {.axis = index, .left = left_cells(order, i, axis, node.cells[index]), .gain = gain};
        }
    }
    return found;
}

Split best_split(const std::vector<GridAxis>& axes, const std::vector<GridPoint>& points, const Node& node) {
    // What is left of equal values by rounding is no reduction.
    double squares = 0;
    for (const std::uint32_t row : node.rows) {
        squares += points[row].value * points[row].value;
    }
    Split best{.gain = 1e-12 * squares};
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        if (std::popcount(node.cells[axis]) > 1) {
            best = better_split(axes[axis], axis, sums_of(points, node.rows, axis), node, best);
        }
    }
    return best;
}

Box box_of(const std::vector<GridPoint>& points, const Node& node) {
    double sum = 0;
    for (const std::uint32_t row : node.rows) {
        sum += points[row].value;
    }
    return {.cells = node.cells, .value = sum / static_cast<double>(node.rows.size())};
}

Node take_left(Node& node, const Split& split, const std::vector<GridPoint>& points) {
    Node left{.cells = node.cells, .rows = {}};
    left.cells[split.axis] = split.left;
    node.cells[split.axis] &= ~split.left;
    const auto is_right = [&](std::uint32_t row) { return (split.left >> points[row].cells[split.axis] & 1) == 0; };
    const auto middle = std::stable_partition(node.rows.begin(), node.rows.end(), is_right);
    left.rows.assign(middle, node.rows.end());
    node.rows.erase(middle, node.rows.end());
    return left;
}

}  // namespace

std::uint64_t all_cells(const GridAxis& axis) { return below(axis.cells); }

CellTree grow_cell_tree(const std::vector<GridAxis>& axes, const std::vector<GridPoint>& points, std::vector<std::uint32_t> rows) {
    CellTree tree{.boxes = {}, .reduction = std::vector<double>(axes.size(), 0)};
    std::vector<Node> open = {{.cells = {}, .rows = std::move(rows)}};
    for (const GridAxis& axis : axes) {
        open[0].cells.push_back(all_cells(axis));
    }
    while (!open.empty()) {
        Node& node = open.back();
        const Split split = best_split(axes, points, node);
        if (split.left == 0) {
            tree.boxes.push_back(box_of(points, node));
            open.pop_back();
            continue;
        }
        tree.reduction[split.axis] += split.gain;
        Node left = take_left(node, split, points);
        open.push_back(std::move(left));
    }
    return tree;
}

}  // namespace mlpc
