#include "stdlib/search/choice_distribution.h"
#include "stdlib/search/covariance_adaptation.h"
#include "tests/unit/searchers/driven.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace mlpc {
namespace cma_es_test {

using namespace driven;

Course search(const SearchSpace& space, const std::function<Outcome(const Assignment&)>& evaluate, std::int64_t trials, Given given = {},
              std::size_t batch = 1, std::uint64_t seed = 1) {
    given.push_back({"trials", {trials}});
    const auto made = searcher("cma_es", given, {.space = space, .rng = Rng::of_seed(seed), .batch = batch});
    return run(*made, evaluate, 1'000'000, batch);
}

Outcome ellipsoid(const Assignment& x) {  // condition 10^6, not at the middle
    double sum = 0;
    for (std::size_t d = 0; d < x.size(); ++d) {
        sum += std::pow(1e6, static_cast<double>(d) / static_cast<double>(x.size() - 1)) * (*x[d] - 1.3) * (*x[d] - 1.3);
    }
    return value(sum);
}
Outcome rosenbrock(const Assignment& x) {
    double sum = 0;
    for (std::size_t d = 0; d + 1 < x.size(); ++d) {
        sum += 100 * std::pow(*x[d + 1] - *x[d] * *x[d], 2) + std::pow(1 - *x[d], 2);
    }
    return value(sum);
}
Outcome sphere(const Assignment& x) {
    double sum = 0;
    for (const auto& coordinate : x) {
        sum += (*coordinate - 1.3) * (*coordinate - 1.3);
    }
    return value(sum);
}

// The evaluations to 1e-9 that Hansen's tutorial implementation takes in 5-D are about 600 on the sphere, 1,700 on the ellipsoid and 2,400 on
// Rosenbrock's function.
TEST(CmaEs, ConvergesAsFastAsPublished) {
    EXPECT_LT(search(cube(5, -5, 5), sphere, 900).best(), 1e-9);
    EXPECT_LT(search(cube(5, -5, 5), ellipsoid, 2500).best(), 1e-9);
    EXPECT_LT(search(cube(5, -5, 5), rosenbrock, 4000).best(), 1e-9);
}

TEST(CmaEs, ConvergesLinearly) {
    const Course course = search(cube(5, -5, 5), sphere, 800);
    const auto best_of = [&](std::size_t trials) {
        double best = 1e300;
        for (std::size_t i = 0; i < trials; ++i) {
            best = std::min(best, course.outcomes[i].value);
        }
        return std::log10(best);
    };
    EXPECT_LT(best_of(400) - best_of(800), 8);
    EXPECT_GT(best_of(400) - best_of(800), 3);
}

TEST(CmaEs, DiagonalLearnsASeparableFunctionInManyDimensions) {
    EXPECT_LT(search(cube(150, -5, 5), sphere, 12'000).best(), 1);
    EXPECT_LT(search(cube(20, -5, 5), ellipsoid, 8'000, {{"covariance", {Word{"diagonal"}}}}).best(), 1e-3);
}

TEST(CmaEs, FindsAnOptimumOnTheFaceOfTheBox) {
    const auto slope = [](const Assignment& x) { return value(*x[0] + 2 * *x[1] - *x[2]); };
    EXPECT_NEAR(search(cube(3, 0, 1), slope, 400).best(), -1, 1e-2);
}

// Hamano and others 2022: without the margin the integers freeze before the numbers beside them are found.
TEST(CmaEs, IntegersDoNotFreeze) {
    SearchSpace space = cube(3, -5, 5);
    for (std::size_t d = 0; d < 5; ++d) {
        space.dimensions.push_back(integer("n" + std::to_string(d), -5, 5));
    }
    const auto evaluate = [](const Assignment& x) {
        double sum = 0;
        for (std::size_t d = 0; d < x.size(); ++d) {
            const double target = d < 3 ? 1.3 : 4;
            sum += std::pow(100, static_cast<double>(d) / 7) * (*x[d] - target) * (*x[d] - target);
        }
        return value(sum);
    };
    std::size_t found = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        found += search(space, evaluate, 1500, {{"restarts", {Word{"none"}}}}, 1, seed).best() < 1e-6 ? 1 : 0;
    }
    EXPECT_GE(found, 9);
}

TEST(CmaEs, LeadingOnesOfIntegersAreFoundAcrossThePlateau) {
    SearchSpace space;
    for (std::size_t d = 0; d < 12; ++d) {
        space.dimensions.push_back(integer("b" + std::to_string(d), 0, 1));
    }
    const auto evaluate = [](const Assignment& x) {
        double ones = 0;
        for (std::size_t d = 0; d < x.size() && *x[d] == 1; ++d) {
            ++ones;
        }
        return value(-ones);
    };
    EXPECT_EQ(search(space, evaluate, 700).best(), -12);
}

TEST(CmaEs, ChoicesAreLearned) {
    SearchSpace space = cube(2, -5, 5);
    for (std::size_t d = 0; d < 4; ++d) {
        space.dimensions.push_back(choice("c" + std::to_string(d), 4));
    }
    const auto evaluate = [](const Assignment& x) {
        double sum = (*x[0] - 1) * (*x[0] - 1) + (*x[1] + 2) * (*x[1] + 2);
        for (std::size_t d = 2; d < 6; ++d) {
            sum += *x[d] == static_cast<double>((3 * d) % 4) ? 0 : 1;
        }
        return value(sum);
    };
    EXPECT_LT(search(space, evaluate, 600).best(), 0.01);
}

TEST(CmaEs, MixedSpacesFailuresAndBatches) {
    const SearchSpace space = mixed_space();
    const auto evaluate = [](const Assignment& x) { return *x[0] == 1 ? failure() : value(std::fabs(std::log(*x[2]) + 5) + *x[1]); };
    for (const std::size_t batch : {1, 3, 16}) {
        const Course course = search(space, evaluate, 300, {}, batch);
        ASSERT_EQ(course.points.size(), 300);
        std::size_t late_failures = 0;
        for (std::size_t i = 0; i < 300; ++i) {
            EXPECT_TRUE(is_feasible(space, course.points[i])) << to_string(space, course.points[i]);
            for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
                EXPECT_EQ(course.points[i][d].has_value(), is_active(space, d, course.points[i]));
            }
            late_failures += i >= 200 && course.outcomes[i].failed ? 1 : 0;
        }
        EXPECT_LT(late_failures, 40) << "batch " << batch;
        EXPECT_EQ(course.points, search(space, evaluate, 300, {}, batch).points);
        EXPECT_NE(course.points, search(space, evaluate, 300, {}, batch, 2).points);
    }
}

TEST(CmaEs, BatchesCostLittle) { EXPECT_LT(search(cube(5, -5, 5), sphere, 1200, {}, 8).best(), 1e-9); }

TEST(CmaEs, SpacesThatTeachNothing) {
    EXPECT_EQ(search(
                  cube(3, 0, 1), [](const Assignment&) { return failure(); }, 300)
                  .points.size(),
              300);
    EXPECT_EQ(search(
                  cube(3, 0, 1), [](const Assignment&) { return value(7); }, 300)
                  .points.size(),
              300);
    SearchSpace one;
    one.dimensions = {integer("n", 3, 3), real("x", 0, 1)};
    EXPECT_EQ(search(
                  one, [](const Assignment& x) { return value(*x[1]); }, 50)
                  .points.size(),
              50);
}

TEST(CmaEs, AFiniteSpaceEndsWhenAllHasBeenTried) {
    SearchSpace space;
    space.dimensions = {choice("a", 4), integer("b", 1, 6)};
    const Course course = search(
        space, [](const Assignment& x) { return value(*x[0] - *x[1]); }, 500);
    EXPECT_EQ(std::set<Assignment>(course.points.begin(), course.points.end()).size(), 24);
    EXPECT_EQ(course.points.size(), 24);
}

// Rastrigin's function has 10^5 local optima here: one run ends in one of them, runs of growing populations find the best.
Outcome rastrigin(const Assignment& x) {
    double sum = 0;
    for (const auto& coordinate : x) {
        const double y = *coordinate - 1.3;
        sum += y * y + 10 * (1 - std::cos(2 * 3.141592653589793 * y));
    }
    return value(sum);
}
TEST(CmaEs, RestartsLeaveLocalOptima) {
    for (const char* restarts : {"ipop", "bipop"}) {
        EXPECT_LT(search(cube(5, -5, 5), rastrigin, 40'000, {{"restarts", {Word{restarts}}}}).best(), 1e-6) << restarts;
    }
    const Course one = search(cube(5, -5, 5), rastrigin, 40'000, {{"restarts", {Word{"none"}}}});
    EXPECT_LT(one.points.size(), 5000) << "a run that has converged ends the search";
    EXPECT_GT(one.best(), 0.9);
}

TEST(CovarianceAdaptation, LearnsTheShapeOfAQuadraticFunction) {
    CovarianceAdaptation distribution(Vector::Constant(2, 1.0), 0.5, 8, CovarianceAdaptation::Form::Full);
    Rng rng = Rng::of_seed(1);
    for (int generation = 0; generation < 60; ++generation) {
        std::vector<CovarianceAdaptation::Member> members(8);
        for (auto& member : members) {
            member.x = distribution.sample(rng);
        }
        std::sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
            const auto f = [](const Vector& x) { return x(0) * x(0) + 1e4 * x(1) * x(1); };
            return f(a.x) < f(b.x);
        });
        distribution.update(members);
    }
    const double ratio = distribution.deviation(0) / distribution.deviation(1);
    EXPECT_GT(ratio, 30);
    EXPECT_LT(ratio, 300);
    EXPECT_LT(distribution.mean().norm(), 1e-2);
}

TEST(ChoiceDistribution, MovesToWhatIsGoodAndForgetsNothing) {
    ChoiceDistribution distribution({3, 2}, 0, 10);
    for (int i = 0; i < 200; ++i) {
        distribution.update(std::vector<std::vector<std::uint32_t>>(5, {2, 0}));
    }
    EXPECT_GT(distribution.probability(0, 2), 0.8);
    EXPECT_GT(distribution.probability(1, 0), 0.8);
    for (std::size_t choice = 0; choice < 2; ++choice) {
        EXPECT_GT(distribution.probability(0, choice), 0.05);
    }
    EXPECT_NEAR(distribution.probability(0, 0) + distribution.probability(0, 1) + distribution.probability(0, 2), 1, 1e-12);
}

}  // namespace cma_es_test
}  // namespace mlpc
