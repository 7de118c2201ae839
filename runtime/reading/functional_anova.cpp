#include "runtime/reading/functional_anova.h"

#include "runtime/core/rng.h"
#include "runtime/reading/cell_tree.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace mlpc {

namespace {

constexpr std::size_t trees = 32;
constexpr std::size_t paired_axes = 10;
constexpr std::size_t most_rows = 1000;  // of a tree; more change nothing that is read

double share_of(std::uint64_t cells, const GridAxis& axis) { return std::popcount(cells) / static_cast<double>(axis.cells); }

double volume_of(const Box& box, const std::vector<GridAxis>& axes) {
    double volume = 1;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        volume *= share_of(box.cells[axis], axes[axis]);
    }
    return volume;
}

template <class Visit>
void for_each_cell(std::uint64_t cells, Visit visit) {
    for (; cells != 0; cells &= cells - 1) {
        visit(static_cast<std::size_t>(std::countr_zero(cells)));
    }
}

// One tree as a function over the grid, its mean taken off.
struct CentredTree {
    std::vector<Box> boxes;
    std::vector<double> volumes;
    double variance = 0;
};

CentredTree centred(std::vector<Box> boxes, const std::vector<GridAxis>& axes) {
    CentredTree tree{.boxes = std::move(boxes), .volumes = {}, .variance = 0};
    double mean = 0;
    for (const Box& box : tree.boxes) {
        tree.volumes.push_back(volume_of(box, axes));
        mean += tree.volumes.back() * box.value;
    }
    for (std::size_t i = 0; i < tree.boxes.size(); ++i) {
        tree.boxes[i].value -= mean;
        tree.variance += tree.volumes[i] * tree.boxes[i].value * tree.boxes[i].value;
    }
    return tree;
}

double main_variance(const CentredTree& tree, const std::vector<GridAxis>& axes, std::size_t axis) {
    std::vector<double> marginal(axes[axis].cells, 0.0);
    for (std::size_t i = 0; i < tree.boxes.size(); ++i) {
        const std::uint64_t cells = tree.boxes[i].cells[axis];
        const double part = tree.volumes[i] / share_of(cells, axes[axis]) * tree.boxes[i].value;
        for_each_cell(cells, [&](std::size_t cell) { marginal[cell] += part; });
    }
    const double squares = std::inner_product(marginal.begin(), marginal.end(), marginal.begin(), 0.0);
    return squares / static_cast<double>(marginal.size());
}

// Of the marginal over both axes. A box that spans one of them whole is added to rows or columns, which is most boxes.
double joint_variance(const CentredTree& tree, const std::vector<GridAxis>& axes, std::size_t first, std::size_t second) {
    const std::size_t rows = axes[first].cells, columns = axes[second].cells;
    std::vector<double> by_row(rows, 0.0), by_column(columns, 0.0), cells(rows * columns, 0.0);
    for (std::size_t i = 0; i < tree.boxes.size(); ++i) {
        const std::uint64_t a = tree.boxes[i].cells[first], b = tree.boxes[i].cells[second];
        const double part = tree.volumes[i] / (share_of(a, axes[first]) * share_of(b, axes[second])) * tree.boxes[i].value;
        if (b == all_cells(axes[second])) {
            for_each_cell(a, [&](std::size_t row) { by_row[row] += part; });
        } else if (a == all_cells(axes[first])) {
            for_each_cell(b, [&](std::size_t column) { by_column[column] += part; });
        } else {
            for_each_cell(a, [&](std::size_t row) { for_each_cell(b, [&](std::size_t column) { cells[row * columns + column] += part; }); });
        }
    }
    double squares = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            const double value = by_row[row] + by_column[column] + cells[row * columns + column];
            squares += value * value;
        }
    }
    return squares / static_cast<double>(rows * columns);
}

std::vector<std::uint32_t> drawn_rows(std::size_t count, Rng rng) {
    std::vector<std::uint32_t> rows(std::min(count, most_rows));
    for (std::uint32_t& row : rows) {
        row = static_cast<std::uint32_t>(rng.below(count));
    }
    return rows;
}

// By all that their splits explain, so that two axes which matter only together are among them.
std::vector<std::size_t> most_split(const std::vector<double>& reduction) {
    std::vector<std::size_t> order(reduction.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return reduction[a] > reduction[b]; });
    order.resize(std::min(order.size(), paired_axes));
    std::sort(order.begin(), order.end());
    return order;
}

std::vector<PairShare> pair_shares(const std::vector<CentredTree>& forest, const std::vector<GridAxis>& axes, const std::vector<std::size_t>& among) {
    std::vector<PairShare> pairs;
    for (std::size_t i = 0; i < among.size(); ++i) {
        for (std::size_t j = i + 1; j < among.size(); ++j) {
            pairs.push_back({.first = among[i], .second = among[j], .share = 0});
        }
    }
    for (const CentredTree& tree : forest) {
        std::vector<double> alone(axes.size(), 0.0);
        for (const std::size_t axis : among) {
            alone[axis] = main_variance(tree, axes, axis);
        }
        for (PairShare& pair : pairs) {
            const double beyond = joint_variance(tree, axes, pair.first, pair.second) - alone[pair.first] - alone[pair.second];
            pair.share += std::max(beyond, 0.0) / tree.variance / static_cast<double>(forest.size());
        }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const PairShare& a, const PairShare& b) { return a.share > b.share; });
    return pairs;
}

}  // namespace

VarianceShares functional_anova(const std::vector<GridAxis>& axes, const std::vector<GridPoint>& points) {
    VarianceShares shares{.main = std::vector<double>(axes.size(), 0.0), .pairs = {}};
    std::vector<CentredTree> forest;
    std::vector<double> reduction(axes.size(), 0.0);
    const Rng rng = Rng::of_seed(0).child("functional anova");
    for (std::uint64_t t = 0; t < trees && !points.empty(); ++t) {
        CellTree grown = grow_cell_tree(axes, points, drawn_rows(points.size(), rng.child(t)));
        CentredTree tree = centred(std::move(grown.boxes), axes);
        if (tree.variance > 0) {
            std::transform(reduction.begin(), reduction.end(), grown.reduction.begin(), reduction.begin(), std::plus<>());
            forest.push_back(std::move(tree));
        }
    }
    for (const CentredTree& tree : forest) {
        for (std::size_t axis = 0; axis < axes.size(); ++axis) {
            shares.main[axis] += main_variance(tree, axes, axis) / tree.variance / static_cast<double>(forest.size());
        }
    }
    if (!forest.empty()) {
        shares.pairs = pair_shares(forest, axes, most_split(reduction));
    }
    return shares;
}

}  // namespace mlpc
