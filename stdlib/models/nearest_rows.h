// The nearest rows of a table to each of some rows, by Euclidean distance.
#pragma once

#include "runtime/core/table.h"

#include <cstdint>
#include <span>
#include <vector>

namespace mlpc::models {

// A row of the table; the nearer comes first, of equally distant ones the one that stands first.
struct Neighbour {
    double distance = 0;  // squared, summed over the columns in order
    std::uint32_t row = 0;
    friend bool operator<(const Neighbour& a, const Neighbour& b) { return a.distance < b.distance || (a.distance == b.distance && a.row < b.row); }
    friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

// The `count` nearest rows of each row, nearest first.
struct NearestRows {
    std::size_t count = 0;
    std::vector<Neighbour> neighbours;
    std::size_t bytes() const { return neighbours.size() * sizeof neighbours[0]; }
    std::span<const Neighbour> of(Eigen::Index row, std::size_t k) const {
        return std::span(neighbours).subspan(static_cast<std::size_t>(row) * count, k);
    }
};

// `table` and `x` have the same columns, finite cells; 1 ≤ count ≤ table.rows(). What is found for a row depends on it and on the table alone,
// and has the same bits on every processor.
NearestRows nearest_rows(const Matrix& table, Eigen::Map<const Matrix> x, std::size_t count);

}  // namespace mlpc::models
