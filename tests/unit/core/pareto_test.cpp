#include "runtime/core/pareto.h"

#include "runtime/core/rng.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mlpc {
namespace pareto_test {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<Goals> random_points(std::size_t count, std::size_t goals, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    std::vector<Goals> points(count, Goals(goals));
    for (Goals& point : points) {
        for (double& goal : point) {
            goal = rng.uniform();
        }
    }
    return points;
}

TEST(Pareto, Dominates) {
    EXPECT_TRUE(dominates(Goals{1, 2}, Goals{1, 3}));
    EXPECT_FALSE(dominates(Goals{1, 2}, Goals{1, 2}));
    EXPECT_FALSE(dominates(Goals{0, 3}, Goals{1, 2}));
    EXPECT_TRUE(dominates(Goals{1, 2}, Goals{1, nan}));
    EXPECT_FALSE(dominates(Goals{1, nan}, Goals{1, 2}));
}

TEST(Pareto, FrontIsWhatNothingDominates) {
    EXPECT_EQ(pareto_front({{3, 1}, {1, 3}, {2, 2}, {3, 3}, {2, 2}, {nan, 0}}), (std::vector<std::size_t>{0, 1, 2, 4, 5}));
    EXPECT_TRUE(pareto_front({}).empty());
}

TEST(Pareto, FrontNumbersPeelFrontAfterFront) {
    auto points = random_points(120, 2, 4);
    const auto numbers = front_numbers(points.size(), [&](std::size_t a, std::size_t b) { return dominates(points[a], points[b]); });
    for (std::size_t number = 0, left = points.size(); left > 0; ++number) {
        std::vector<std::size_t> expected = pareto_front(points), found;
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (numbers[i] == number) {
                found.push_back(i);
            }
        }
        if (number > 0) {
            // Peeled points have become worse than all others.
            std::erase_if(expected, [&](std::size_t i) { return points[i][0] == infinity; });
        }
        ASSERT_EQ(found, expected) << "front " << number;
        for (const std::size_t i : found) {
            points[i] = {infinity, infinity};
        }
        left -= found.size();
    }
}

TEST(Pareto, CrowdingDistanceByHand) {
    const auto distances = crowding_distances({{0, 10}, {1, 6}, {2, 5}, {4, 0}});
    EXPECT_EQ(distances[0], infinity);
    EXPECT_EQ(distances[3], infinity);
    EXPECT_DOUBLE_EQ(distances[1], 2.0 / 4 + 5.0 / 10);
    EXPECT_DOUBLE_EQ(distances[2], 3.0 / 4 + 6.0 / 10);
    EXPECT_EQ(crowding_distances({{1, 1}, {1, 1}}), (std::vector<double>{0, 0}));
}

TEST(Pareto, HypervolumeByHand) {
    EXPECT_DOUBLE_EQ(hypervolume({{1, 3}, {2, 2}, {3, 1}}, {4, 4}), 3 + 2 + 1);
    EXPECT_DOUBLE_EQ(hypervolume({{1, 3}, {5, 0}}, {4, 4}), 3);
    EXPECT_DOUBLE_EQ(hypervolume({{1, 1, 1}, {0, 2, 2}}, {2, 3, 3}), 4 + 2 - 1);
    EXPECT_DOUBLE_EQ(hypervolume({}, {1, 1}), 0);
}

// Against the share of random points that are dominated.
TEST(Pareto, HypervolumeIsTheDominatedShareOfTheBox) {
    for (const std::size_t goals : {2, 3, 4}) {
        const auto points = random_points(12, goals, goals);
        const auto probes = random_points(40'000, goals, 77);
        double dominated = 0;
        for (const Goals& probe : probes) {
            for (const Goals& point : points) {
                if (dominates(point, probe)) {
                    ++dominated;
                    break;
                }
            }
        }
        EXPECT_NEAR(hypervolume(points, Goals(goals, 1)), dominated / 40'000, 0.01) << goals << " goals";
    }
}

}  // namespace pareto_test
}  // namespace mlpc
