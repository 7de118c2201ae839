// A regression tree over a grid of cells, as the boxes that it cuts the grid into.
#pragma once

#include "runtime/reading/functional_anova.h"

namespace mlpc {

struct Box {
    std::vector<std::uint64_t> cells;  // by axis: a bit a cell
    double value = 0;
};
struct CellTree {
    std::vector<Box> boxes;
    std::vector<double> reduction;  // by axis: by how much its splits reduce the squared error
};
std::uint64_t all_cells(const GridAxis&);
// `rows`: indexes of points, repeats allowed. Choices are split by the order of their means (Breiman et al. 1984, 4.2.2).
CellTree grow_cell_tree(const std::vector<GridAxis>&, const std::vector<GridPoint>&, std::vector<std::uint32_t> rows);

}  // namespace mlpc
