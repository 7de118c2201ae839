#include "stdlib/models/nearest_rows.h"

#include "runtime/core/kernels.h"
#include "stdlib/models/row_shortlist.h"

#include <algorithm>
#include <array>

namespace mlpc::models {

namespace {

// The first `count` of all rows by distance, then row. A heap of the best so far: most rows cost one comparison.
void find_nearest(const double* distances, std::size_t rows, std::size_t count, std::vector<Neighbour>& heap) {
    heap.clear();
    for (std::uint32_t row = 0; row < count; ++row) {
        heap.push_back({distances[row], row});
    }
    std::make_heap(heap.begin(), heap.end());
    for (auto row = static_cast<std::uint32_t>(count); row < rows; ++row) {
        if (distances[row] >= heap.front().distance) {
            continue;
        }
        std::pop_heap(heap.begin(), heap.end());
        heap.back() = {distances[row], row};
        std::push_heap(heap.begin(), heap.end());
    }
    std::sort_heap(heap.begin(), heap.end());
}

void search_all(const Matrix& table, Eigen::Map<const Matrix> x, NearestRows& found) {
    constexpr Eigen::Index block = 32;
    Matrix distances(table.rows(), block);
    std::vector<Neighbour> nearest;
    for (Eigen::Index begin = 0; begin < x.rows(); begin += block) {
        const Eigen::Index size = std::min(block, x.rows() - begin);
        kernels::squared_distances(table.data(), table.rows(), table.cols(), table.rows(), x.data() + begin, size, x.rows(), distances.data(),
                                   table.rows());
        for (Eigen::Index i = 0; i < size; ++i) {
            find_nearest(distances.col(i).data(), static_cast<std::size_t>(table.rows()), found.count, nearest);
            found.neighbours.insert(found.neighbours.end(), nearest.begin(), nearest.end());
        }
    }
}

// The listed columns with their squared distances from the query. Each sum has its order; four at once do not wait for one another.
void measure(const Matrix& columns, const std::vector<std::uint32_t>& list, const double* query, std::vector<Neighbour>& out) {
    constexpr std::size_t together = 4;
    out.clear();
    for (std::size_t first = 0; first < list.size(); first += together) {
        std::array<const double*, together> cells;
        std::array<double, together> sums{};
        for (std::size_t i = 0; i < together; ++i) {
            cells[i] = columns.col(list[std::min(first + i, list.size() - 1)]).data();
        }
        for (Eigen::Index k = 0; k < columns.rows(); ++k) {
            for (std::size_t i = 0; i < together; ++i) {
                const double difference = cells[i][k] - query[k];
                sums[i] += difference * difference;
            }
        }
        for (std::size_t i = 0; i < together && first + i < list.size(); ++i) {
            out.push_back({sums[i], list[first + i]});
        }
    }
}

void search_shortlists(const RowShortlist& shortlist, const Matrix& table, Eigen::Map<const Matrix> x, NearestRows& found) {
    const Matrix rows = table.transpose();  // cells of a row side by side
    std::vector<Neighbour> nearest;
    Matrix queries(x.cols(), RowShortlist::most_queries);
    for (Eigen::Index begin = 0; begin < x.rows(); begin += RowShortlist::most_queries) {
        const Eigen::Index size = std::min(RowShortlist::most_queries, x.rows() - begin);
        queries.leftCols(size) = x.middleRows(begin, size).transpose();
        const auto lists = shortlist.near(queries.leftCols(size), found.count);
        for (Eigen::Index q = 0; q < size; ++q) {
            measure(rows, lists[static_cast<std::size_t>(q)], queries.col(q).data(), nearest);
            const auto end = nearest.begin() + static_cast<std::ptrdiff_t>(found.count);
            std::partial_sort(nearest.begin(), end, nearest.end());
            found.neighbours.insert(found.neighbours.end(), nearest.begin(), end);
        }
    }
}

}  // namespace

NearestRows nearest_rows(const Matrix& table, Eigen::Map<const Matrix> x, std::size_t count) {
    NearestRows found{.count = count, .neighbours = {}};
    found.neighbours.reserve(static_cast<std::size_t>(x.rows()) * count);
    // Below these a shortlist takes longer to make than it saves.
    constexpr Eigen::Index least_queries = 16, least_table = 512;
    const bool short_enough = table.cols() > 0 && 8 * count <= static_cast<std::size_t>(table.rows());
    if (x.rows() >= least_queries && table.rows() >= least_table && short_enough) {
        if (const auto shortlist = RowShortlist::of(table)) {
            search_shortlists(*shortlist, table, x, found);
            return found;
        }
    }
    search_all(table, x, found);
    return found;
}

}  // namespace mlpc::models
