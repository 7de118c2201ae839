#include "runtime/reading/functional_anova.h"
#include "runtime/reading/ped_anova.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace variance_parts_test {

std::vector<GridPoint> full_grid(std::size_t cells, double (*function)(double, double)) {
    std::vector<GridPoint> points;
    for (std::size_t a = 0; a < cells; ++a) {
        for (std::size_t b = 0; b < cells; ++b) {
            points.push_back({.cells = {static_cast<std::uint8_t>(a), static_cast<std::uint8_t>(b)},
                              .value = function(static_cast<double>(a), static_cast<double>(b))});
        }
    }
    return points;
}

TEST(FunctionalAnova, GivesTheSharesOfAFunctionOnItsWholeGrid) {
    // x + 2y: variances 1 to 4, no interaction. (x - 15.5)(y - 15.5): all of it together.
    const std::vector<GridAxis> axes = {{.cells = 32, .ordered = true}, {.cells = 32, .ordered = true}};
    const VarianceShares sum = functional_anova(axes, full_grid(32, [](double x, double y) { return x + 2 * y; }));
    EXPECT_NEAR(sum.main[0], 0.2, 0.01);
    EXPECT_NEAR(sum.main[1], 0.8, 0.01);
    EXPECT_LT(sum.pairs[0].share, 0.01);
    const VarianceShares product = functional_anova(axes, full_grid(32, [](double x, double y) { return (x - 15.5) * (y - 15.5); }));
    EXPECT_LT(product.main[0] + product.main[1], 0.05);
    EXPECT_NEAR(product.pairs[0].share, 1, 0.05);
}

TEST(FunctionalAnova, OfConstantsIsZero) {
    const std::vector<GridAxis> axes = {{.cells = 4, .ordered = true}, {.cells = 4, .ordered = false}};
    const VarianceShares shares = functional_anova(axes, full_grid(4, [](double, double) { return 0.1; }));
    EXPECT_EQ(shares.main, (std::vector<double>{0, 0}));
    EXPECT_TRUE(shares.pairs.empty());
    EXPECT_EQ(functional_anova(axes, {}).main, (std::vector<double>{0, 0}));
}

TEST(PedAnova, IsThePearsonDivergenceOfTheBest) {
    // Choices of four and of two. The best eight have choice 0 of the first, and both of the second equally often.
    const std::vector<GridAxis> axes = {{.cells = 4, .ordered = false}, {.cells = 2, .ordered = false}};
    std::vector<GridPoint> points;
    for (std::uint8_t i = 0; i < 40; ++i) {
        const auto choice = static_cast<std::uint8_t>(i < 8 ? 0 : i % 4);
        points.push_back({.cells = {choice, static_cast<std::uint8_t>(i % 2)}, .value = static_cast<double>(i)});
    }
    EXPECT_EQ(ped_anova(axes, points, 8), (std::vector<double>{1, 0}));

    // With the best three quarters of them in choice 1 of the second axis, by hand, a point spread over all cells.
    for (std::size_t i = 0; i < 8; ++i) {
        points[i].cells[1] = i % 4 == 0 ? 0 : 1;
        points[i + 8].cells[1] = i % 4 == 0 ? 1 : 0;
    }
    const auto term = [](double best, double all) { return all * (best / all - 1) * (best / all - 1); };
    const double first = term(8.25 / 9, 16.25 / 41) + 3 * term(0.25 / 9, 8.25 / 41);
    const double second = term(2.5 / 9, 0.5) + term(6.5 / 9, 0.5);
    const std::vector<double> shares = ped_anova(axes, points, 8);
    EXPECT_NEAR(shares[0], first / (first + second), 1e-12);
    EXPECT_NEAR(shares[1], second / (first + second), 1e-12);
}

TEST(PedAnova, SeesWhereOnALineTheBestLie) {
    const std::vector<GridAxis> axes = {{.cells = 32, .ordered = true}, {.cells = 32, .ordered = true}};
    std::vector<GridPoint> points;
    for (std::uint8_t i = 0; i < 128; ++i) {
        points.push_back({.cells = {static_cast<std::uint8_t>(i / 4), static_cast<std::uint8_t>(i * 13 % 32)}, .value = static_cast<double>(i)});
    }
    EXPECT_GT(ped_anova(axes, points, 13)[0], 0.95);
}

}  // namespace variance_parts_test
}  // namespace mlpc
