#include "tests/unit/searchers/driven.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mlpc {
namespace sequence_test {

using namespace driven;

const char* const sequences[] = {"sobol", "halton", "latin_hypercube"};

std::vector<Assignment> points(const std::string& name, const SearchSpace& space, std::int64_t trials, Given given = {}, std::uint64_t seed = 1) {
    given.push_back({"trials", {trials}});
    const auto made = searcher(name, given, {.space = space, .rng = Rng::of_seed(seed)});
    EXPECT_FALSE(made->adaptive());
    const auto course = run(
        *made, [](const Assignment&) { return value(0); }, 100'000);
    EXPECT_EQ(made->planned_trials(), course.points.size());
    return course.points;
}

TEST(Sequences, FillEveryDimensionEvenly) {
    for (const std::string name : sequences) {
        const auto tried = points(name, cube(5, -1, 1), 64);
        ASSERT_EQ(tried.size(), 64) << name;
        for (std::size_t d = 0; d < 5; ++d) {
            std::vector<int> counts(8);
            for (const Assignment& point : tried) {
                ++counts[static_cast<std::size_t>((*point[d] + 1) * 4)];
            }
            EXPECT_GE(*std::min_element(counts.begin(), counts.end()), 4) << name << " dimension " << d;
        }
    }
}

TEST(Sequences, KeepConditionsAndConstraints) {
    const SearchSpace space = mixed_space();
    for (const std::string name : sequences) {
        const auto tried = points(name, space, 200);
        ASSERT_EQ(tried.size(), 200) << name;
        for (const Assignment& point : tried) {
            EXPECT_TRUE(is_feasible(space, point)) << name << " " << to_string(space, point);
            for (std::size_t d = 0; d < point.size(); ++d) {
                EXPECT_EQ(point[d].has_value(), is_active(space, d, point)) << name;
            }
        }
    }
}

TEST(Sequences, TakeEachPointOfAFiniteSpaceOnceAndEnd) {
    SearchSpace space;
    space.dimensions = {choice("kind", 3), integer("trees", 1, 50, Dimension::Prior::LogUniform, {{{0}, {0, 1}}})};
    for (const std::string name : sequences) {
        const auto tried = points(name, space, 1000);
        EXPECT_EQ(tried.size(), 101) << name;
        EXPECT_EQ(std::set<Assignment>(tried.begin(), tried.end()).size(), tried.size()) << name;
    }
}

TEST(Sequences, FollowTheSeed) {
    for (const std::string name : sequences) {
        const SearchSpace space = cube(3, 0, 1);
        EXPECT_EQ(points(name, space, 20), points(name, space, 20)) << name;
        EXPECT_NE(points(name, space, 20), points(name, space, 20, {}, 2)) << name;
    }
}

TEST(Sequences, UnscrambledOnesBeginAsPublished) {
    const Given plain = {{"scramble", {false}}, {"skip", {std::int64_t{1}}}};
    const auto of_sobol = points("sobol", cube(2, 0, 1), 3, plain);
    EXPECT_EQ(of_sobol, (std::vector<Assignment>{{0.5, 0.5}, {0.75, 0.25}, {0.25, 0.75}}));
    const auto of_halton = points("halton", cube(2, 0, 1), 2, plain);
    EXPECT_NEAR(*of_halton[1][0], 0.25, 1e-12);
    EXPECT_NEAR(*of_halton[1][1], 2.0 / 3, 1e-12);
}

TEST(Sequences, UnboundedPriorsHaveNoInfiniteValue) {
    SearchSpace space;
    space.dimensions = {{.name = "x", .prior = Dimension::Prior::Normal}};
    const auto tried = points("sobol", space, 8, {{"scramble", {false}}});
    for (const Assignment& point : tried) {
        EXPECT_LT(std::abs(*point[0]), 10);
    }
}

}  // namespace sequence_test
}  // namespace mlpc
