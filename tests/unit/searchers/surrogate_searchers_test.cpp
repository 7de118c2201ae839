// Searchers with a surrogate by ask and tell: on spaces of every kind, with failures, constraints and trials that still run.
#include "stdlib/stdlib.h"
#include "tests/reference/minimise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <set>

namespace mlpc {
namespace surrogate_searchers_test {

using Kind = Dimension::Kind;
using Prior = Dimension::Prior;
using Objective = std::function<Outcome(const Assignment&)>;

Dimension choice(std::string name, std::size_t count, std::vector<Condition> conditions = {}) {
    Dimension d{.name = std::move(name), .kind = Kind::Choice, .conditions = std::move(conditions)};
    for (std::size_t i = 0; i < count; ++i) {
        d.choices.push_back({Word{"w" + std::to_string(i)}});
    }
    return d;
}
Dimension real(std::string name, double low, double high, std::vector<Condition> conditions = {}) {
    return {.name = std::move(name), .kind = Kind::Real, .low = low, .high = high, .conditions = std::move(conditions)};
}
SearchSpace space_of(std::vector<Dimension> dimensions) {
    SearchSpace space;
    space.dimensions = std::move(dimensions);
    return space;
}
// Every kind of dimension: a choice, reals and integers under it, one without bounds, steps, an ordered set.
SearchSpace mixed_space() {
    Dimension ordered = choice("size", 4);
    ordered.kind = Kind::Ordered;
    return space_of({choice("model", 3),
                     real("rate", 1e-3, 1, {{{0}, {0}}}),
                     {.name = "depth", .kind = Kind::Integer, .low = 1, .high = 40, .conditions = {{{0}, {1, 2}}}},
                     {.name = "free", .kind = Kind::Real, .prior = Prior::LogNormal, .mean = 0, .sd = 1},
                     {.name = "stepped", .kind = Kind::Real, .low = 0, .high = 1, .step = 0.25},
                     ordered});
}
Outcome value(double v) { return {.value = v}; }
Outcome failure() { return {.value = std::numeric_limits<double>::quiet_NaN(), .failed = true}; }

std::unique_ptr<Searcher> searcher(const std::string& method, const SearchTask& task, std::size_t trials) {
    const SearchMethod found = search_method(method, trials);
    return found.info->make_searcher(found.params, task);
}
std::vector<Assignment> run(const std::string& method, const SearchTask& task, std::size_t trials, const Objective& objective) {
    const auto made = searcher(method, task, trials);
    std::vector<Assignment> points;
    for (std::uint64_t n = 0;; ++n) {
        const Answer answer = made->ask(n);
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr) {
            return points;
        }
        points.push_back(suggestion->point);
        made->tell(n, *suggestion, objective(suggestion->point));
    }
}
SearchTask task_of(SearchSpace space, std::uint64_t seed = 1) { return {.space = std::move(space), .rng = Rng::of_seed(seed)}; }

double mixed_value(const Assignment& point) {
    const double base = *point[0] == 0 ? std::abs(*point[1] - 0.3) : 1 + 0.01 * *point[2];
    return base + 0.1 * std::abs(std::log(*point[3])) + *point[4] + 0.2 * *point[5];
}

class SurrogateSearchers : public testing::TestWithParam<std::string> {};

TEST_P(SurrogateSearchers, TryEveryKindOfDimensionAndFindTheGoodOnes) {
    const SearchSpace space = mixed_space();
    const auto points = run(GetParam(), task_of(space), 40, [](const Assignment& p) { return value(mixed_value(p)); });
    ASSERT_EQ(points.size(), 40u);
    double early = 1e9, best = 1e9;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
            EXPECT_EQ(points[i][d].has_value(), is_active(space, d, points[i]));
        }
        EXPECT_TRUE(std::isfinite(*points[i][3]));
        best = std::min(best, mixed_value(points[i]));
        early = i < 10 ? best : early;
    }
    EXPECT_LT(best, 0.35);
    EXPECT_LT(best, early);
}

TEST_P(SurrogateSearchers, ProposeTheSameAfterTheSameResults) {
    const auto objective = [](const Assignment& p) { return value(mixed_value(p)); };
    const auto once = run(GetParam(), task_of(mixed_space()), 20, objective), again = run(GetParam(), task_of(mixed_space()), 20, objective);
    EXPECT_EQ(once, again);
    EXPECT_NE(once, run(GetParam(), task_of(mixed_space(), 2), 20, objective));
}

TEST_P(SurrogateSearchers, TryEachPointOfAFiniteSpaceOnce) {
    const SearchSpace space = space_of({choice("a", 3), choice("b", 2, {{{0}, {0}}}), choice("c", 2)});
    const auto points = run(GetParam(), task_of(space), 100, [](const Assignment& p) { return value(*p[0] + 0.1 * *p[2]); });
    EXPECT_EQ(points.size(), 8u);
    EXPECT_EQ(std::set<Assignment>(points.begin(), points.end()).size(), 8u);
}

TEST_P(SurrogateSearchers, KeepTheConstraintsOfTheSpace) {
    SearchSpace space = space_of({real("x", 0, 1), real("y", 0, 1)});
    Expression x, y, sum, limit, e;
    x.op = y.op = Expression::Op::ColumnRef;
    x.text = "x";
    y.text = "y";
    sum.op = Expression::Op::Add;
    sum.operands = {x, y};
    limit.number = 0.5;
    e.op = Expression::Op::LessEqual;
    e.operands = {sum, limit};
    space.constraints = {e};
    double best = 1;
    for (const Assignment& point : run(GetParam(), task_of(space), 25, [](const Assignment& p) { return value(-*p[0] - 2 * *p[1]); })) {
        EXPECT_TRUE(is_feasible(space, point));
        best = std::min(best, -*point[0] - 2 * *point[1]);
    }
    EXPECT_LT(best, -0.8);
}

TEST_P(SurrogateSearchers, LearnWhereTrialsFail) {
    // The values fall towards the region in which every trial fails.
    const auto objective = [](const Assignment& p) { return *p[0] > 0.6 ? failure() : value(-*p[0]); };
    const auto points = run(GetParam(), task_of(space_of({real("x", 0, 1), real("y", 0, 1)})), 30, objective);
    // Beside the region it is worth a try, inside it is not.
    const auto failed = std::count_if(points.begin() + 15, points.end(), [](const Assignment& p) { return *p[0] > 0.7; });
    EXPECT_LT(failed, 7);
    EXPECT_TRUE(std::any_of(points.begin(), points.end(), [](const Assignment& p) { return *p[0] <= 0.6 && *p[0] > 0.5; }));
}

TEST_P(SurrogateSearchers, GoOnWhereNothingIsKnown) {
    const SearchSpace space = space_of({real("x", 0, 1), choice("c", 3)});
    EXPECT_EQ(run(GetParam(), task_of(space), 12, [](const Assignment&) { return failure(); }).size(), 12u);
    EXPECT_EQ(run(GetParam(), task_of(space), 12, [](const Assignment&) { return value(3); }).size(), 12u);
    EXPECT_EQ(run(GetParam(), task_of(space), 12, [](const Assignment& p) { return value(*p[0] < 0.5 ? 1e300 : -1e300); }).size(), 12u);
    EXPECT_EQ(run(GetParam(), task_of(space), 12, [](const Assignment&) { return value(std::numeric_limits<double>::infinity()); }).size(), 12u);
}

TEST_P(SurrogateSearchers, PreferWhatKeepsTheConstraintsOnResults) {
    SearchTask task = task_of(space_of({real("x", 0, 1), real("y", 0, 1)}));
    task.result_constraints = 1;
    const auto points = run(GetParam(), task, 30, [](const Assignment& p) { return Outcome{.value = *p[0], .violations = {0.5 - *p[0]}}; });
    double best = 1;
    for (const Assignment& point : points) {
        best = *point[0] >= 0.5 ? std::min(best, *point[0]) : best;
    }
    EXPECT_LT(best, 0.55);
    // The values alone lead to zero.
    EXPECT_LE(std::count_if(points.begin() + 15, points.end(), [](const Assignment& p) { return *p[0] < 0.3; }), 7);
}

TEST_P(SurrogateSearchers, ProposeDifferentPointsWhileOthersStillRun) {
    SearchTask task = task_of(space_of({real("x", 0, 1), real("y", 0, 1)}));
    task.batch = 4;
    const auto made = searcher(GetParam(), task, 40);
    std::vector<Suggestion> asked;
    double nearest = 1;
    for (std::uint64_t n = 0; n < 28; ++n) {
        asked.push_back(std::get<Suggestion>(made->ask(n)));
        for (std::size_t i = n >= 20 ? n / 4 * 4 : n; i < n; ++i) {
            nearest = std::min(nearest, std::hypot(*asked[i].point[0] - *asked[n].point[0], *asked[i].point[1] - *asked[n].point[1]));
        }
        for (std::uint64_t i = n - 3; n % 4 == 3 && i <= n; ++i) {
            made->tell(i, asked[i], value(std::hypot(*asked[i].point[0] - 0.3, *asked[i].point[1] - 0.8)));
        }
    }
    EXPECT_GT(nearest, 1e-7);
}

TEST_P(SurrogateSearchers, TakeHundredsOfDimensions) {
    SearchSpace space;
    for (int d = 0; d < 200; ++d) {
        space.dimensions.push_back(real("x" + std::to_string(d), 0, 1));
    }
    EXPECT_EQ(run(GetParam(), task_of(space), 20, [](const Assignment& p) { return value(*p[0] + *p[1]); }).size(), 20u);
}

INSTANTIATE_TEST_SUITE_P(All, SurrogateSearchers,
                         testing::Values("gp", "gp(acquisition: hedge, liar: mean)",
                                         "gp(hyperparameters: sampled, samples: 2, warp: true, initial_points: 15)",
                                         "surrogate_forest(candidates: 500)",
                                         "surrogate_forest(forest: random_forest, acquisition: hedge, candidates: 300, trees: 30)",
                                         "surrogate_boosting(candidates: 500)"),
                         [](const auto& suite) { return "number_" + std::to_string(suite.index); });

TEST(Gp, ComesNearTheMinimumOfBranin) {
    std::vector<double> regrets;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const SearchFunction& branin = search_function("branin");
        regrets.push_back(minimise("gp", branin, 50, seed).best.back() - branin.optimum);
    }
    std::sort(regrets.begin(), regrets.end());
    EXPECT_LT(regrets[2], 1e-4);
}

TEST(Gp, SpendsLessTimeWhereItCounts) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, "gp");
    EXPECT_TRUE(info.uses_time(search_method("gp(acquisition: ei_per_second)", 5).params));
    EXPECT_FALSE(info.uses_time(search_method("gp", 5).params));
    // Nothing but the time differs between the two halves.
    const auto objective = [](const Assignment& p) { return Outcome{.value = std::sin(20 * *p[0]), .seconds = *p[1] < 0.5 ? 1.0 : 100.0}; };
    const auto points = run("gp(acquisition: ei_per_second)", task_of(space_of({real("x", 0, 1), real("y", 0, 1)})), 30, objective);
    EXPECT_GT(std::count_if(points.begin() + 10, points.end(), [](const Assignment& p) { return *p[1] < 0.5; }), 14);
}

}  // namespace surrogate_searchers_test
}  // namespace mlpc
