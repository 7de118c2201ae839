#include "runtime/core/pareto.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/searchers/driven.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace mlpc {
namespace nsga2_test {

using namespace driven;

// Zitzler, Deb and Thiele 2000: the front is f2 = 1 - sqrt(f1), where all but the first coordinate are 0.
Outcome zdt1(const Assignment& x) {
    double sum = 0;
    for (std::size_t d = 1; d < x.size(); ++d) {
        sum += *x[d];
    }
    const double g = 1 + 9 * sum / static_cast<double>(x.size() - 1);
    const Goals goals = {*x[0], g * (1 - std::sqrt(*x[0] / g))};
    return {.value = goals[0], .values = goals};
}

Course search_with(const std::string& method, const SearchSpace& space, const std::function<Outcome(const Assignment&)>& evaluate,
                   std::int64_t trials, Given given = {}, std::uint64_t seed = 1, std::size_t batch = 1) {
    given.push_back({"trials", {trials}});
    const auto made = searcher(method, given, {.space = space, .rng = Rng::of_seed(seed), .goals = 2, .batch = batch});
    return run(*made, evaluate, 100'000, batch);
}

Course front_search(const SearchSpace& space, const std::function<Outcome(const Assignment&)>& evaluate, std::int64_t trials, Given given = {},
                    std::uint64_t seed = 1, std::size_t batch = 1) {
    return search_with("nsga2", space, evaluate, trials, std::move(given), seed, batch);
}

double volume_of(const Course& course) {
    std::vector<Goals> goals;
    for (const Outcome& outcome : course.outcomes) {
        goals.push_back(outcome.values);
    }
    return hypervolume(goals, {1.1, 6});
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

TEST(Nsga2, ComesNearTheFrontOfZdt1) {
    // The whole front dominates 1.1 × 6 less 1/3, 6.267 in all.
    EXPECT_GT(volume_of(front_search(cube(10, 0, 1), zdt1, 3000)), 6.1);
}

TEST(Nsga2, LeavesOptunaBehind) {
    const std::vector<std::uint64_t> seeds = {1, 2, 3, 4, 5};
    const nlohmann::json task = {{"dimensions", 10}, {"trials", 500}, {"seeds", seeds}};
    const auto theirs = ask_scikit_learn("searchers/optuna_nsga2.py", task);
    if (!theirs || theirs->is_null()) {
        GTEST_SKIP() << "no Optuna";
    }
    std::vector<double> of_ours, of_theirs;
    for (const std::uint64_t seed : seeds) {
        of_ours.push_back(volume_of(front_search(cube(10, 0, 1), zdt1, 500, {}, seed)));
    }
    for (const auto& front : *theirs) {
        of_theirs.push_back(hypervolume(front.get<std::vector<Goals>>(), {1.1, 6}));
    }
    RecordProperty("ours", std::to_string(median(of_ours)));
    RecordProperty("optuna", std::to_string(median(of_theirs)));
    EXPECT_GE(median(of_ours), median(of_theirs));
}

TEST(Tpe, ComesNearTheFrontOfZdt1WithFewTrials) {
    const double by_nsga2 = volume_of(front_search(cube(5, 0, 1), zdt1, 150));
    for (const char* variant : {"joint", "independent", "multivariate"}) {
        const Course course = search_with("tpe", cube(5, 0, 1), zdt1, 150, {{"variant", {Word{variant}}}});
        EXPECT_GT(volume_of(course), std::max(by_nsga2, 5.0)) << variant;
    }
}

TEST(Tpe, LearnsFromSeveralGoalsOnMixedSpacesWithFailuresAndBatches) {
    const auto evaluate = [](const Assignment& x) {
        return *x[0] == 1 ? failure() : Outcome{.value = *x[2], .values = {*x[2], -*x[3]}, .violations = {*x[2] - 0.5}};
    };
    for (const char* variant : {"joint", "independent", "multivariate", "hyperopt"}) {
        const Given given = {{"variant", {Word{variant}}}};
        const Course course = search_with("tpe", mixed_space(), evaluate, 60, given, 3, 4);
        EXPECT_EQ(course.points.size(), 60) << variant;
        EXPECT_EQ(course.points, search_with("tpe", mixed_space(), evaluate, 60, given, 3, 4).points) << variant;
    }
}

TEST(Nsga2, TakesPointsThatItDidNotPropose) {
    const auto made = searcher("nsga2", {{"trials", {std::int64_t{12}}}, {"population", {std::int64_t{4}}}},
                               {.space = cube(2, 0, 1), .rng = Rng::of_seed(1), .goals = 2});
    const Assignment given = {0.25, 0.75};
    made->tell(0, {.point = given}, {.value = 0, .values = {0, 0}});
    for (std::uint64_t trial = 1; trial < 12; ++trial) {
        const Answer answer = made->ask(trial);
        const auto& suggestion = std::get<Suggestion>(answer);
        EXPECT_NE(suggestion.point, given);
        made->tell(trial, suggestion, {.value = 1, .values = {1, 1}});
    }
}

TEST(Nsga2, OneGoalWorksToo) {
    const auto sphere = [](const Assignment& x) {
        double sum = 0;
        for (const auto& coordinate : x) {
            sum += (*coordinate - 0.3) * (*coordinate - 0.3);
        }
        return value(sum);
    };
    const auto made = searcher("nsga2", {{"trials", {std::int64_t{1000}}}}, {.space = cube(4, 0, 1), .rng = Rng::of_seed(1)});
    EXPECT_LT(run(*made, sphere, 1000).best(), 0.01);
}

TEST(Nsga2, HoldsConstraintsOnResults) {
    // Of what is feasible the best has the least sum; without the constraint it would be the corner.
    const auto constrained = [](const Assignment& x) {
        const Goals goals = {*x[0], *x[1]};
        return Outcome{.value = goals[0], .values = goals, .violations = {1 - *x[0] - *x[1]}};
    };
    const Course course = front_search(cube(2, 0, 1), constrained, 600);
    std::size_t feasible = 0, near = 0;
    for (std::size_t i = 500; i < 600; ++i) {
        const double sum = course.outcomes[i].values[0] + course.outcomes[i].values[1];
        feasible += course.outcomes[i].feasible() ? 1 : 0;
        near += std::fabs(sum - 1) < 0.1 ? 1 : 0;
    }
    EXPECT_GT(feasible, 40);
    EXPECT_GT(near, 45) << "a fifth of random points is as near";
}

TEST(Nsga2, MixedSpacesFailuresAndBatches) {
    const SearchSpace space = mixed_space();
    const auto evaluate = [](const Assignment& x) { return *x[0] == 1 ? failure() : Outcome{.value = *x[2], .values = {*x[2], -*x[3]}}; };
    const Course course = front_search(space, evaluate, 300, {{"population", {std::int64_t{20}}}}, 3, 4);
    ASSERT_EQ(course.points.size(), 300);
    std::size_t late_failures = 0;
    for (std::size_t i = 0; i < 300; ++i) {
        EXPECT_TRUE(is_feasible(space, course.points[i]));
        for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
            EXPECT_EQ(course.points[i][d].has_value(), is_active(space, d, course.points[i]));
        }
        late_failures += i >= 200 && course.outcomes[i].failed ? 1 : 0;
    }
    EXPECT_LT(late_failures, 30) << "half of all points fail; the search stays away from them";
    EXPECT_EQ(course.points, front_search(space, evaluate, 300, {{"population", {std::int64_t{20}}}}, 3, 4).points);
    EXPECT_NE(course.points, front_search(space, evaluate, 300, {{"population", {std::int64_t{20}}}}, 4, 4).points);
}

TEST(Nsga2, EveryOperatorKeepsToTheSpace) {
    for (const char* crossover : {"uniform", "simulated"}) {
        for (const char* mutation : {"draw", "polynomial"}) {
            const Given given = {{"crossover", {Word{crossover}}}, {"mutation", {Word{mutation}}}, {"spread", {0.0}}, {"mutation_prob", {1.0}}};
            for (const Assignment& point : front_search(cube(3, 0, 1), zdt1, 200, given).points) {
                for (const auto& coordinate : point) {
                    ASSERT_TRUE(*coordinate >= 0 && *coordinate <= 1) << crossover << " " << mutation;
                }
            }
        }
    }
}

TEST(Nsga2, AFiniteSpaceEndsWhenAllHasBeenTried) {
    SearchSpace space;
    space.dimensions = {choice("a", 4), integer("b", 1, 6)};
    const Course course = front_search(space,
                                       [](const Assignment& x) {
                                           return Outcome{.value = *x[0], .values = {*x[0], *x[1]}};
                                       },
                                       500, {{"population", {std::int64_t{6}}}});
    EXPECT_EQ(std::set<Assignment>(course.points.begin(), course.points.end()).size(), 24);
    EXPECT_EQ(course.points.size(), 24);
}

}  // namespace nsga2_test
}  // namespace mlpc
