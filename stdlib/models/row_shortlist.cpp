#include "stdlib/models/row_shortlist.h"

#include "runtime/core/float_kernels.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace mlpc::models {

namespace {

constexpr float infinite = std::numeric_limits<float>::infinity();
constexpr Eigen::Index group = kernels::group_rows;
constexpr Eigen::Index near_cells = 8192, most_tile = 32;  // cells of some groups that stay in the first-level cache

// At least the next number of single precision, at most the second next.
float step(float value) { return std::abs(value) * std::numeric_limits<float>::epsilon() + std::numeric_limits<float>::denorm_min(); }
float above(double value) { return static_cast<float>(value) + step(static_cast<float>(value)); }
float below(double value) { return static_cast<float>(value) - step(static_cast<float>(value)); }

}  // namespace

// Who may still be among the nearest: rows whose score, less its error, is up to the limit.
struct RowShortlist::Query {
    bool is_far = false;  // all rows are on its list
    double error = 0;     // its own part of a score's error
    float limit = infinite;
    std::vector<std::uint32_t> rows = {};
    std::vector<float> lows = {};
};

std::optional<RowShortlist> RowShortlist::of(const Matrix& table) {
    RowShortlist list(table.rows());
    list.centre_ = table.colwise().mean();
    const double largest = (table.rowwise() - list.centre_.transpose()).cwiseAbs().maxCoeff();
    constexpr double most = 1e100, least = 1e-100;
    if (!list.centre_.allFinite() || largest > most || (largest < least && largest > 0)) {
        return std::nullopt;
    }
    list.scale_ = largest > 0 ? std::ldexp(1.0, -std::ilogb(largest) - 1) : 1;
    list.fill(table);
    return list;
}

// The error of a score, from the cells' rounding to single precision, that of d products summed in any order and of the last difference, is
// at most 2 (d + 6) 2⁻²⁴ |a||b| + 2 · 2⁻²⁴ |a|² in first order, and |a||b| ≤ (|a|² + |b|²) / 2 (Higham 2002, chapter 3).
void RowShortlist::fill(const Matrix& table) {
    const Eigen::Index d = table.cols(), groups = (rows_ + group - 1) / group;
    unit_error_ = std::ldexp(1.25, -24) * static_cast<double>(d + 16);
    groups_.resize(static_cast<std::size_t>(groups * group * d));
    lows_.assign(static_cast<std::size_t>(groups * group), infinite);  // rows beyond the end are near to nothing
    slack_.resize(lows_.size());
    for (Eigen::Index row = 0; row < rows_; ++row) {
        double square = 0;
        for (Eigen::Index k = 0; k < d; ++k) {
            const double cell = scale_ * (table(row, k) - centre_[k]);
            groups_[static_cast<std::size_t>((row / group * d + k) * group + row % group)] = static_cast<float>(cell);
            square += cell * cell;
        }
        const double error = unit_error_ * square;
        lows_[static_cast<std::size_t>(row)] = below(square - error);
        slack_[static_cast<std::size_t>(row)] = above(3 * error);
    }
}

// Writes the query into its place in a group of them.
RowShortlist::Query RowShortlist::prepare(const Eigen::Ref<const Vector>& query, float* cells) const {
    const Vector moved = scale_ * (query - centre_);
    // So far away that sums in single precision might leave their range.
    constexpr double far = 1e15;
    if (!(moved.cwiseAbs().maxCoeff() < far)) {
        Query all{.is_far = true};
        all.rows.resize(static_cast<std::size_t>(rows_));
        std::iota(all.rows.begin(), all.rows.end(), 0u);
        return all;
    }
    for (Eigen::Index k = 0; k < moved.size(); ++k) {
        cells[kernels::query_group * k] = static_cast<float>(moved[k]);
    }
    // Beside what grows with the query: products that are too small for single precision.
    constexpr double smallest = 1e-36;
    return {.error = unit_error_ * moved.squaredNorm() + smallest};
}

// Drops rows of which `count` others are nearer, whatever the errors. The limit comes from halving the range a few times: counting has no
// branch that depends on the cells, and a few rows too many do no harm.
void RowShortlist::tighten(Query& query, std::size_t count) const {
    std::vector<float> highs(query.rows.size());
    for (std::size_t i = 0; i < highs.size(); ++i) {
        highs[i] = above(static_cast<double>(query.lows[i]) + static_cast<double>(slack_[query.rows[i]]));
    }
    constexpr int halvings = 10;
    float least = *std::min_element(highs.begin(), highs.end()), most = least;
    for (const float high : highs) {
        most = high < infinite ? std::max(most, high) : most;
    }
    for (int i = 0; i < halvings; ++i) {
        const float middle = least / 2 + most / 2;
        std::uint32_t up_to = 0;
        for (const float high : highs) {
            up_to += high <= middle ? 1 : 0;
        }
        (up_to >= count ? most : least) = middle;
    }
    query.limit = above(static_cast<double>(most) + 2 * query.error);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < query.rows.size(); ++i) {
        const float low = query.lows[i];
        query.rows[kept] = query.rows[i];
        query.lows[kept] = low;
        kept += low <= query.limit ? 1 : 0;
    }
    query.rows.resize(kept);
    query.lows.resize(kept);
}

std::vector<std::vector<std::uint32_t>> RowShortlist::near(const Eigen::Ref<const Matrix>& queries, std::size_t count) const {
    constexpr Eigen::Index side_by_side = kernels::query_group;
    const Eigen::Index d = queries.rows(), query_groups = (queries.cols() + side_by_side - 1) / side_by_side;
    std::vector<float> cells(static_cast<std::size_t>(query_groups * side_by_side * d));
    std::vector<Query> asked;
    for (Eigen::Index q = 0; q < queries.cols(); ++q) {
        asked.push_back(prepare(queries.col(q), cells.data() + q / side_by_side * side_by_side * d + q % side_by_side));
    }
    const auto groups = static_cast<Eigen::Index>(lows_.size()) / group;
    const Eigen::Index tile = std::clamp<Eigen::Index>(near_cells / (group * std::max<Eigen::Index>(d, 1)), 1, most_tile);
    std::vector<float> scores(static_cast<std::size_t>(tile * group * side_by_side));
    std::vector<std::uint32_t> positions(static_cast<std::size_t>(tile * group));
    // Before there is a limit every row is listed: the first tile is as small as gives one.
    const Eigen::Index first_tile = std::clamp<Eigen::Index>(4 * static_cast<Eigen::Index>(count) / group, 1, tile);
    for (Eigen::Index g = 0; g < groups; g += g == 0 ? first_tile : tile) {
        const Eigen::Index first = g * group, rows = std::min(g == 0 ? first_tile : tile, groups - g) * group;
        for (Eigen::Index q = 0; q < queries.cols(); ++q) {
            if (q % side_by_side == 0) {
                kernels::group_scores(groups_.data() + first * d, lows_.data() + first, rows / group, d, cells.data() + q * d, scores.data(),
                                      tile * group);
            }
            Query& query = asked[static_cast<std::size_t>(q)];
            if (query.is_far) {
                continue;
            }
            const float* lows = scores.data() + q % side_by_side * tile * group;
            const std::ptrdiff_t found = kernels::positions_up_to(lows, rows, query.limit, positions.data());
            for (const std::uint32_t position : std::span(positions).first(static_cast<std::size_t>(found))) {
                query.rows.push_back(static_cast<std::uint32_t>(first) + position);
                query.lows.push_back(lows[position]);
            }
            if (query.rows.size() >= 2 * count || first + rows >= rows_) {
                tighten(query, count);
            }
        }
    }
    std::vector<std::vector<std::uint32_t>> lists;
    for (Query& query : asked) {
        lists.push_back(std::move(query.rows));
    }
    return lists;
}

}  // namespace mlpc::models
