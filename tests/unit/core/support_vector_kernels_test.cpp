#include "runtime/core/support_vector_kernels.h"

#include "runtime/core/rng.h"
#include "runtime/core/table.h"
#include "tests/unit/core/kernel_tables.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace mlpc {
namespace support_vector_kernels_test {

constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> normals(std::size_t count, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    std::vector<double> out(count);
    for (double& cell : out) {
        cell = rng.normal();
    }
    return out;
}

// More than one block of variables and no whole number of packets.
struct Problem {
    static constexpr std::size_t size = 301;
    std::vector<double> violation = normals(size, 1), diagonal = std::vector<double>(size, 1), rise = diagonal, fall = diagonal;
    std::vector<float> row;

    Problem() {
        const std::vector<double> kernel = normals(size, 2);
        for (std::size_t t = 0; t < size; ++t) {
            row.push_back(static_cast<float>(std::exp(-kernel[t] * kernel[t])));
            rise[t] = t % 3 == 0 ? infinity : 0;
            fall[t] = t % 3 == 1 ? infinity : 0;
        }
    }
    kernels::DualVariables variables() {
        return {.violation = violation.data(), .rise_barred = rise.data(), .fall_barred = fall.data(), .diagonal = diagonal.data(), .count = size};
    }
};

TEST(SupportVectorKernelsTest, TheVariableThatGainsMostIsTheFirstOfThoseThatMayRise) {
    Problem problem;
    problem.violation[30] = 9;  // may not rise
    problem.violation[200] = problem.violation[100] = 8;
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        EXPECT_EQ(table.most_violating(problem.variables()).index, 100);
        EXPECT_EQ(table.most_violating(problem.variables()).violation, 8);
        kernels::DualVariables none = problem.variables();
        none.count = 1;
        EXPECT_EQ(table.most_violating(none).index, -1);
    }
}

TEST(SupportVectorKernelsTest, ThePartnerIsThatOfAPlainLoop) {
    Problem problem;
    const double most = 0.7;
    kernels::Partner expected{.index = -1, .gain = 0, .least = infinity};
    for (std::size_t t = 0; t < Problem::size; ++t) {
        if (problem.fall[t] != 0) {
            continue;
        }
        expected.least = std::min(expected.least, problem.violation[t]);
        const double difference = most - problem.violation[t], gain = difference * difference / (2.5 - 2 * static_cast<double>(problem.row[t]));
        if (difference > 0 && gain > expected.gain) {
            expected.index = static_cast<std::ptrdiff_t>(t);
            expected.gain = gain;
        }
    }
    ASSERT_GE(expected.index, 0);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        const kernels::Partner found = table.best_partner(problem.variables(), problem.row.data(), most, 1.5, 1e-12);
        EXPECT_EQ(found.index, expected.index);
        EXPECT_NEAR(found.gain, expected.gain, 1e-12 * expected.gain);
        EXPECT_EQ(found.least, expected.least);
        EXPECT_EQ(table.best_partner(problem.variables(), problem.row.data(), -100, 1, 1e-12).index, -1);
    }
}

TEST(SupportVectorKernelsTest, DistancesAreNarrowedAsByAPlainLoop) {
    const std::vector<double> products = normals(77, 5), roots = normals(77, 6);
    std::vector<double> squares;
    for (const double root : roots) {
        squares.push_back(root * root);
    }
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        for (const std::size_t count : {1, 8, 16, 77}) {
            std::vector<float> out(count + 1, -1.0F);
            table.narrow_distances(products.data(), squares.data(), 0.7, static_cast<std::ptrdiff_t>(count), out.data());
            for (std::size_t i = 0; i < count; ++i) {
                EXPECT_EQ(out[i], static_cast<float>(std::max(squares[i] + 0.7 - 2 * products[i], 0.0)));
            }
            EXPECT_EQ(out[count], -1.0F) << "beyond the end";
        }
    }
}

TEST(SupportVectorKernelsTest, CellsOfTheExponentialKernelAreTheirOwnInAnyBatch) {
    const std::vector<double> distances = normals(77, 3);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        for (std::size_t begin : {0, 1, 70}) {
            for (std::size_t i = begin; i < distances.size(); ++i) {
                std::vector<double> cells(distances.begin() + static_cast<std::ptrdiff_t>(begin), distances.end());
                std::vector<float> floats(cells.begin(), cells.end());
                double alone = distances[i];
                auto alone_float = static_cast<float>(alone);
                table.decay(cells.data(), static_cast<std::ptrdiff_t>(cells.size()), 0.3);
                table.decay_floats(floats.data(), static_cast<std::ptrdiff_t>(floats.size()), 0.3F);
                table.decay(&alone, 1, 0.3);
                table.decay_floats(&alone_float, 1, 0.3F);
                EXPECT_EQ(cells[i - begin], alone);
                EXPECT_EQ(floats[i - begin], alone_float);
                EXPECT_NEAR(alone, std::exp(-0.3 * distances[i]), 1e-15 * alone);
                EXPECT_NEAR(alone_float, static_cast<float>(alone), 3e-7F * alone_float);
            }
        }
    }
}

TEST(SupportVectorKernelsTest, SumsOfColumnsHaveTheBitsOfAPlainLoop) {
    constexpr std::ptrdiff_t rows = 71;
    const std::vector<double> cells = normals(rows * 9, 4), coefficients = {0.5, -1.25, 3.1, 0.7};
    const std::vector<std::uint32_t> columns = {8, 0, 3, 3};
    std::vector<double> expected(rows, 0.0), found(rows);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (std::size_t row = 0; row < rows; ++row) {
            expected[row] += coefficients[i] * cells[columns[i] * rows + row];
        }
    }
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        table.sum_columns(cells.data(), rows, rows, columns.data(), coefficients.data(), 4, found.data());
        EXPECT_EQ(found, expected);
    }
}

TEST(SupportVectorKernelsTest, AStepMovesEveryViolationAndFindsTheGreatest) {
    Problem problem;
    const std::vector<float> zeros(Problem::size, 0.0F);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Problem moved;
        const kernels::Violator most = table.move_violations(moved.variables(), moved.row.data(), zeros.data(), 0.5);
        const kernels::Violator again = table.most_violating(moved.variables());
        EXPECT_GE(most.index, 0);
        EXPECT_EQ(most.index, again.index);
        EXPECT_EQ(most.violation, again.violation);
        for (std::size_t t = 0; t < Problem::size; ++t) {
            EXPECT_DOUBLE_EQ(moved.violation[t], problem.violation[t] - 0.5 * static_cast<double>(problem.row[t]));
        }
    }
}

}  // namespace support_vector_kernels_test
}  // namespace mlpc
