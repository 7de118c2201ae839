// The nearest rows by way of a shortlist in single precision are those that all distances in double precision give.
#include "stdlib/models/nearest_rows.h"

#include "runtime/core/rng.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc {
namespace nearest_rows_test {

using models::Neighbour;

std::vector<Neighbour> all_neighbours(const Matrix& table, const Matrix& x, Eigen::Index row) {
    std::vector<Neighbour> all;
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        double sum = 0;
        for (Eigen::Index k = 0; k < table.cols(); ++k) {
            sum += (table(i, k) - x(row, k)) * (table(i, k) - x(row, k));
        }
        all.push_back({sum, static_cast<std::uint32_t>(i)});
    }
    std::sort(all.begin(), all.end());
    return all;
}

void expect_nearest(const Matrix& table, const Matrix& x, std::size_t count) {
    const models::NearestRows found = models::nearest_rows(table, Eigen::Map<const Matrix>(x.data(), x.rows(), x.cols()), count);
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        const std::vector<Neighbour> all = all_neighbours(table, x, row);
        const auto near = found.of(row, count);
        ASSERT_TRUE(std::equal(near.begin(), near.end(), all.begin())) << "row " << row;
    }
}

Matrix normal_matrix(Eigen::Index rows, Eigen::Index cols, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    return Matrix::NullaryExpr(rows, cols, [&] { return rng.normal(); });
}

TEST(NearestRows, AreThoseOfAllDistances) {
    for (const Eigen::Index columns : {1, 3, 40, 200}) {
        SCOPED_TRACE(columns);
        expect_nearest(normal_matrix(1001, columns, 1), normal_matrix(67, columns, 2), 9);
    }
    expect_nearest(normal_matrix(700, 5, 3), normal_matrix(70, 5, 4), 64);
}

TEST(NearestRows, OfEqualDistanceStandInOrder) {
    // Few values and many of each: nearly all distances are shared.
    const Matrix table = normal_matrix(1200, 3, 5).array().round(), x = normal_matrix(40, 3, 6).array().round();
    expect_nearest(table, x, 20);
    expect_nearest(Matrix::Constant(600, 2, 7), Matrix::Constant(20, 2, 7), 5);
}

TEST(NearestRows, AreFoundFarFromZeroAndOnAnyScale) {
    const Matrix table = normal_matrix(800, 6, 7), x = normal_matrix(30, 6, 8);
    for (const double scale : {1e-170, 1e-90, 1e-30, 1e30, 1e90, 1e150}) {
        SCOPED_TRACE(scale);
        expect_nearest(scale * table, scale * x, 10);
    }
    // Differences in the last digits that single precision has not got.
    expect_nearest((table.array() + 1e9).matrix(), (x.array() + 1e9).matrix(), 10);
    Matrix uneven = table;
    uneven.col(2) *= 1e12;
    expect_nearest(uneven, x, 10);
    Matrix far = x;
    far.row(3).array() = 1e200;
    far.row(4).array() += 1e16;
    expect_nearest(table, far, 10);
}

TEST(NearestRows, OfARowDoNotDependOnTheOthers) {
    const Matrix table = normal_matrix(900, 4, 9), x = normal_matrix(50, 4, 10);
    const auto together = models::nearest_rows(table, Eigen::Map<const Matrix>(x.data(), 50, 4), 6);
    for (const Eigen::Index row : {0, 17, 49}) {
        const Matrix alone = x.row(row);
        const auto found = models::nearest_rows(table, Eigen::Map<const Matrix>(alone.data(), 1, 4), 6);
        EXPECT_TRUE(std::equal(found.neighbours.begin(), found.neighbours.end(), together.of(row, 6).begin()));
    }
}

}  // namespace nearest_rows_test
}  // namespace mlpc
