#include "tests/unit/searchers/driven.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace mlpc {
namespace evolution_test {

using namespace driven;

Course evolve(const SearchSpace& space, const std::function<Outcome(const Assignment&)>& evaluate, const Given& given = {}, std::size_t batch = 1,
              std::uint64_t seed = 1) {
    const auto made = searcher("evolution", given, {.space = space, .rng = Rng::of_seed(seed), .batch = batch});
    return run(*made, evaluate, 100'000, batch);
}
Given sizes(std::int64_t population, std::int64_t generations) { return {{"population", {population}}, {"generations", {generations}}}; }

Outcome bowl(const Assignment& x) {
    double sum = 0;
    for (const auto& coordinate : x) {
        sum += (*coordinate - 0.3) * (*coordinate - 0.3);
    }
    return value(sum);
}

TEST(Evolution, GetsBetterByGenerations) {
    const Course course = evolve(cube(4, 0, 1), bowl);
    const auto mean_of = [&](std::size_t from, std::size_t to) {
        double sum = 0;
        for (std::size_t i = from; i < to; ++i) {
            sum += course.outcomes[i].value;
        }
        return sum / static_cast<double>(to - from);
    };
    EXPECT_LE(course.points.size(), 11 * 50);
    EXPECT_LT(mean_of(course.points.size() - 50, course.points.size()), mean_of(0, 50) / 4);
}

TEST(Evolution, EvaluatesNoPointTwice) {
    SearchSpace space;
    space.dimensions = {choice("a", 3), integer("b", 1, 4)};
    const Course course = evolve(
        space, [](const Assignment& x) { return value(*x[0] + *x[1]); }, sizes(10, 30));
    EXPECT_EQ(std::set<Assignment>(course.points.begin(), course.points.end()).size(), course.points.size());
    EXPECT_LE(course.points.size(), 12);
    EXPECT_EQ(course.best(), 1);
}

TEST(Evolution, WithoutVariationOnlyTheFirstGenerationIsEvaluated) {
    Given given = sizes(20, 5);
    given.push_back({"crossover_prob", {0.0}});
    given.push_back({"mutation_prob", {0.0}});
    EXPECT_EQ(evolve(cube(2, 0, 1), bowl, given).points.size(), 20);
}

TEST(Evolution, WaitsForAGenerationSoThatTheBatchDoesNotMatter) {
    const Course one = evolve(cube(3, 0, 1), bowl, sizes(12, 4), 1), eight = evolve(cube(3, 0, 1), bowl, sizes(12, 4), 8);
    EXPECT_EQ(one.points, eight.points);
    EXPECT_NE(one.points, evolve(cube(3, 0, 1), bowl, sizes(12, 4), 1, 2).points);
}

TEST(Evolution, MixedSpacesAndFailures) {
    const SearchSpace space = mixed_space();
    const Course course = evolve(
        space, [](const Assignment& x) { return *x[0] == 1 ? failure() : value(*x[2]); }, sizes(30, 8), 4);
    std::size_t late_failures = 0, late = 0;
    for (std::size_t i = 0; i < course.points.size(); ++i) {
        EXPECT_TRUE(is_feasible(space, course.points[i]));
        for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
            EXPECT_EQ(course.points[i][d].has_value(), is_active(space, d, course.points[i]));
        }
        late += i >= 100 ? 1 : 0;
        late_failures += i >= 100 && course.outcomes[i].failed ? 1 : 0;
    }
    EXPECT_LT(late_failures, late / 5);
}

TEST(Evolution, EndsWhereEverythingFails) {
    EXPECT_LE(evolve(
                  cube(2, 0, 1), [](const Assignment&) { return failure(); }, sizes(10, 5))
                  .points.size(),
              60);
}

}  // namespace evolution_test
}  // namespace mlpc
