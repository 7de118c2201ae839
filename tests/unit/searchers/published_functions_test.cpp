#include "tests/reference/minimise.h"
#include "tests/reference/search_functions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace mlpc {
namespace published_functions_test {

double value(const std::string& name, const Assignment& point, double noise = 0) { return search_function(name).value(point, noise); }

constexpr auto none = std::nullopt;

TEST(PublishedFunctions, HaveTheirOptimumWhereItIsPublished) {
    const std::vector<std::pair<std::string, Assignment>> optima = {
        {"branin", {std::numbers::pi, 2.275}},
        {"branin", {-std::numbers::pi, 12.275}},
        {"branin", {9.42478, 2.475}},
        {"hartmann6", {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573}},
        {"ackley5", {0, 0, 0, 0, 0}},
        {"rosenbrock5", {1, 1, 1, 1, 1}},
        {"levy5", {1, 1, 1, 1, 1}},
        {"quadratic1", {3}},
        {"q1_choice", {0, -3, none}},
        {"q1_choice", {1, none, 3}},
        {"q1_lognormal", {10}},
        {"n_arms", {0, 0.5}},
        {"distractor", {-10}},
        {"gauss_wave", {1.3664765, 0}},
        {"gauss_wave", {1.3664765 - std::numbers::pi, 1}},
        {"gauss_wave2", {1.3664765, 1, 1}},
        {"many_dists", {0, 0, 12, 4, 1, 0, 1, -19, 0, 0, 0, 0}},
        {"jenatton", {0, 0, none, 0, none, none, none, 0, none}},
    };
    for (const auto& [name, point] : optima) {
        EXPECT_NEAR(value(name, point), search_function(name).optimum, 2e-6) << name;
    }
}

// Other points than the optimum, so that a term that vanishes there is seen: by hand from the definitions.
TEST(PublishedFunctions, HaveKnownValuesElsewhere) {
    EXPECT_NEAR(value("branin", {0, 0}), 36 + 10 * (1 - 1 / (8 * std::numbers::pi)) + 10, 1e-12);
    EXPECT_NEAR(value("branin", {2.5, 7.5}), 24.129964413622268, 1e-9);
    EXPECT_NEAR(value("hartmann6", {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}), -0.5053149917022333, 1e-9);
    EXPECT_NEAR(value("ackley5", {1, 1, 1, 1, 1}), 20 - 20 * std::exp(-0.2), 1e-9);
    EXPECT_DOUBLE_EQ(value("rosenbrock5", {0, 0, 0, 0, 0}), 4);
    EXPECT_DOUBLE_EQ(value("rosenbrock5", {2, 1, 1, 1, 1}), 901);
    EXPECT_NEAR(value("levy5", {-3, -3, -3, -3, -3}), 4 * (1 + 10 * std::pow(std::sin(1), 2)) + 1, 1e-9);
    EXPECT_DOUBLE_EQ(value("q1_lognormal", {100}), 10) << "capped";
    EXPECT_DOUBLE_EQ(value("n_arms", {1, 0.5}, 0.25), 0.25);
    EXPECT_NEAR(value("distractor", {0}), -0.5, 1e-12);
    EXPECT_NEAR(value("gauss_wave2", {1.0, 0, none}, 1), -2 * std::exp(-0.04) - 0.1, 1e-12);
    EXPECT_NEAR(value("many_dists", {1, 2, 12, 4, 1, 1, 2, 0, 0, -3, 1, 1}), 2 * std::log(1 + 2 + 12 + 4 + 1 + 3 + 4 - 6 + 1 + 1), 1e-9);
    EXPECT_DOUBLE_EQ(value("jenatton", {1, none, 1, none, none, none, 0.5, none, 0.25}), 0.25 + 0.4 + 0.25);
}

TEST(PublishedFunctions, NoRandomPointIsBelowTheOptimum) {
    for (const SearchFunction& function : all_search_functions()) {
        SearchFunction without_noise = function;
        without_noise.value = [&](const Assignment& point, double) { return function.value(point, 0); };
        const SearchCourse course = minimise("random", without_noise, 2'000, 3);
        EXPECT_GE(course.best.back(), function.optimum) << function.name;
        EXPECT_LT(function.optimum, function.target + (function.name == "n_arms" ? 2 : 0)) << function.name;
    }
}

TEST(PublishedFunctions, TheNoiseIsStandardNormal) {
    double sum = 0, squares = 0;
    constexpr int draws = 20'000;
    for (int i = 0; i < draws; ++i) {
        const double noise = noise_of(7, static_cast<std::uint64_t>(i));
        sum += noise / draws;
        squares += noise * noise / draws;
    }
    EXPECT_NEAR(sum, 0, 0.03);
    EXPECT_NEAR(squares, 1, 0.04);
    EXPECT_NE(noise_of(7, 0), noise_of(8, 0));
}

TEST(Minimise, ReadsTheMethodAsItStandsInAFile) {
    const SearchMethod method = search_method("random(trials: 7)", 50);
    EXPECT_EQ(method.params.at(0), ParamValue{std::int64_t{7}});
    EXPECT_EQ(search_method("random", 50).params.at(0), ParamValue{std::int64_t{50}});
    EXPECT_THROW(search_method("ran", 50), std::invalid_argument);
    EXPECT_THROW(search_method("random(trial: 7)", 50), std::invalid_argument);
}

TEST(Minimise, KeepsTheBestSoFarAndEndsWithTheSearch) {
    const SearchCourse course = minimise("random", search_function("branin"), 100, 1);
    ASSERT_EQ(course.best.size(), 100u);
    double best = course.values[0];
    for (std::size_t i = 0; i < 100; ++i) {
        best = std::min(best, course.values[i]);
        EXPECT_EQ(course.best[i], best);
    }
    SearchFunction two_points = search_function("n_arms");
    two_points.space.dimensions.pop_back();
    EXPECT_EQ(minimise("random", two_points, 100, 1).best.size(), 2u);
}

}  // namespace published_functions_test
}  // namespace mlpc
