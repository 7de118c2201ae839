#include "runtime/core/draw.h"
#include "stdlib/search/parzen_rules.h"
#include "stdlib/search/tree_mixture.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>

namespace mlpc::parzen {
namespace parzen_test {

using nlohmann::json;
using Kind = Dimension::Kind;
using Prior = Dimension::Prior;

Dimension real(double low, double high, Prior prior = Prior::Uniform) { return {.name = "x", .prior = prior, .low = low, .high = high}; }
Dimension stepped(double low, double high, double step) { return {.name = "x", .low = low, .high = high, .step = step}; }
Dimension integer(double low, double high, Prior prior = Prior::Uniform) {
    return {.name = "x", .kind = Kind::Integer, .prior = prior, .low = low, .high = high};
}
Dimension choice(std::size_t count, std::vector<Condition> conditions = {}) {
    Dimension d{.name = "x", .kind = Kind::Choice, .conditions = std::move(conditions)};
    for (std::size_t i = 0; i < count; ++i) {
        d.choices.push_back({Word{"w" + std::to_string(i)}});
    }
    return d;
}
SearchSpace space_of(std::vector<Dimension> dimensions) {
    SearchSpace space{.dimensions = std::move(dimensions), .constraints = {}};
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        space.dimensions[d].name += std::to_string(d);
    }
    return space;
}
std::vector<Assignment> draws(const SearchSpace& space, std::size_t count, std::uint64_t seed) {
    std::vector<Assignment> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(draw_by_prior(space, Rng::of_seed(seed).child(i)));
    }
    return points;
}
std::vector<double> values_of(const Assignment& point) {
    std::vector<double> values;
    for (const auto& value : point) {
        values.push_back(value.value());
    }
    return values;
}
std::vector<double> column(const std::vector<Assignment>& points, std::size_t d) {
    std::vector<double> values;
    for (const Assignment& point : points) {
        values.push_back(point[d].value());
    }
    return values;
}

// --- against Optuna ---------------------------------------------------------------------------------------------------
struct Case {
    SearchSpace space;
    bool multivariate = false;
    std::size_t observations = 0;
    double prior_weight = 1;
};
json axis_json(const Dimension& d) {
    return {{"kind", d.kind == Kind::Choice    ? "choice"
                     : d.kind == Kind::Integer ? "integer"
                                               : "real"},
            {"choices", d.choices.size()},
            {"low", d.low},
            {"high", d.high},
            {"log", d.prior == Prior::LogUniform},
            {"step", d.step ? json(*d.step) : json()}};
}
json rows_json(const std::vector<Assignment>& points) {
    json rows = json::array();
    for (const Assignment& point : points) {
        rows.push_back(values_of(point));
    }
    return rows;
}

TEST(ParzenRules, GiveTheDensitiesOfOptuna) {
    const std::vector<Dimension> kinds = {real(-5, 10),    real(1e-4, 1e2, Prior::LogUniform), stepped(0, 2, 0.25),
                                          integer(-3, 12), integer(1, 500, Prior::LogUniform), choice(4)};
    std::vector<Case> cases;
    for (const std::size_t observations : {0, 1, 2, 7, 26, 40}) {
        for (const Dimension& d : kinds) {
            cases.push_back({.space = space_of({d}), .observations = observations, .prior_weight = observations == 7 ? 2.5 : 1.0});
        }
        cases.push_back({.space = space_of(kinds), .multivariate = true, .observations = observations});
    }
    json input = json::array();
    for (const Case& c : cases) {
        json axes = json::array();
        for (const Dimension& d : c.space.dimensions) {
            axes.push_back(axis_json(d));
        }
        input.push_back({{"axes", axes},
                         {"observed", rows_json(draws(c.space, c.observations, 1))},
                         {"asked", rows_json(draws(c.space, 12, 2))},
                         {"multivariate", c.multivariate},
                         {"prior_weight", c.prior_weight}});
    }
    const auto answer = ask_scikit_learn("searchers/optuna_parzen.py", input);
    if (!answer) {
        GTEST_SKIP() << "Debian's Python has no scikit-learn";
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Case& c = cases[i];
        const std::vector<Assignment> observed = draws(c.space, c.observations, 1), asked = draws(c.space, 12, 2);
        const KernelRule rule = {.prior_weight = c.prior_weight};
        std::vector<std::size_t> dimensions;
        for (std::size_t d = 0; d < c.space.dimensions.size(); ++d) {
            dimensions.push_back(d);
        }
        const ProductMixture mixture =
            c.multivariate ? multivariate_mixture(c.space, dimensions, observed, rule) : independent_mixture(c.space, 0, column(observed, 0), rule);
        for (std::size_t a = 0; a < asked.size(); ++a) {
            const double expected = (*answer)[i][a];
            EXPECT_NEAR(mixture.log_density(values_of(asked[a])), expected, 1e-7 * (1 + std::abs(expected)))
                << "case " << i << ", " << c.observations << " observations, point " << to_string(c.space, asked[a]);
        }
    }
}

// --- Hyperopt's estimator --------------------------------------------------------------------------------------------
Dimension dimension_of(const json& axis) {
    static const std::map<std::string, Prior> priors = {
        {"uniform", Prior::Uniform}, {"log", Prior::LogUniform}, {"normal", Prior::Normal}, {"lognormal", Prior::LogNormal}};
    if (axis.at("kind") == "choice") {
        return choice(axis.at("choices").get<std::size_t>());
    }
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    return {.name = "x",
            .kind = axis.at("kind") == "integer" ? Kind::Integer : Kind::Real,
            .prior = priors.at(axis.at("prior").get<std::string>()),
            .low = axis.value("low", -unbounded),
            .high = axis.value("high", unbounded),
            .mean = axis.value("mean", 0.0),
            .sd = axis.value("sd", 1.0)};
}

TEST(ParzenRules, ScoreCandidatesAsHyperoptsOwnFunctionsDo) {
    std::ifstream file(MLPC_SOURCE_DIR "/tests/unit/searchers/hyperopt_parzen.json");
    const json cases = json::parse(file);
    ASSERT_FALSE(cases.empty());
    for (const json& c : cases) {
        const SearchSpace space = space_of({dimension_of(c.at("axis"))});
        const KernelRule rule = {.prior_weight = c.at("prior_weight")};
        const ProductMixture below = hyperopt_mixture(space, 0, c.at("below"), rule), above = hyperopt_mixture(space, 0, c.at("above"), rule);
        const auto score = [&](double x) { return below.log_density({x}) - above.log_density({x}); };
        for (std::size_t i = 0; i < c.at("asked").size(); ++i) {
            const double expected = c.at("scores")[i];
            EXPECT_NEAR(score(c.at("asked")[i]) - score(c.at("asked")[0]), expected, 1e-8 * (1 + std::abs(expected)))
                << c.dump() << ", candidate " << i;
        }
    }
}

TEST(ParzenRules, HyperoptsDensityIsOneInAll) {
    const SearchSpace space = space_of({real(-5, 10)});
    for (const std::size_t observations : {0, 1, 2, 30}) {
        const auto mixture = hyperopt_mixture(space, 0, column(draws(space, observations, 3), 0), {});
        double integral = 0;
        for (int i = 0; i < 15000; ++i) {
            integral += std::exp(mixture.log_density({-5 + (i + 0.5) / 1000})) / 1000;
        }
        EXPECT_NEAR(integral, 1, 1e-5) << observations << " observations";
    }
}

// adaptive_parzen_normal([2, 4], 1, 5, 10): the prior stands among the places, spreads are the farther neighbour's distance, at least a
// quarter of the prior's.
TEST(ParzenRules, HyperoptsKernelsAreAsWideAsTheGapsBesideThem) {
    const SearchSpace space = space_of({real(0, 10)});
    const auto mixture = hyperopt_mixture(space, 0, {2, 4}, {});
    const auto normal = [](double x, double mean, double sd) { return std::exp(-0.5 * std::pow((x - mean) / sd, 2)) / (sd * std::sqrt(2 * M_PI)); };
    const auto inside = [](double mean, double sd) { return normal_share((0 - mean) / sd, (10 - mean) / sd); };
    const double accepted = (inside(2, 2.5) + inside(4, 2.5) + inside(5, 10)) / 3;
    for (const double x : {0.5, 3.0, 9.0}) {
        EXPECT_NEAR(std::exp(mixture.log_density({x})), (normal(x, 2, 2.5) + normal(x, 4, 2.5) + normal(x, 5, 10)) / 3 / accepted, 1e-12);
    }
}

TEST(ParzenRules, HyperoptsCategoriesAreCountsWithThePriorForEach) {
    const SearchSpace space = space_of({choice(3)});
    const auto mixture = hyperopt_mixture(space, 0, {0, 0, 2, 0}, {});
    EXPECT_NEAR(std::exp(mixture.log_density({0.0})), 4.0 / 7, 1e-12);
    EXPECT_NEAR(std::exp(mixture.log_density({1.0})), 1.0 / 7, 1e-12);
    EXPECT_NEAR(std::exp(mixture.log_density({2.0})), 2.0 / 7, 1e-12);
}

TEST(ParzenRules, OlderObservationsWeighLess) {
    const Eigen::ArrayXd weights = forgetting_weights(30, 25);
    EXPECT_DOUBLE_EQ(weights[0], 1.0 / 30);
    EXPECT_DOUBLE_EQ(weights[4], 1);
    EXPECT_DOUBLE_EQ(weights.tail(25).minCoeff(), 1);
    EXPECT_EQ(forgetting_weights(25, 25).minCoeff(), 1);
}

// --- draws -----------------------------------------------------------------------------------------------------------
// Draws fall into each cell as often as the density says.
void expect_draws_by_density(const SearchSpace& space, const ProductMixture& mixture, const std::vector<double>& cells) {
    constexpr int count = 20'000;
    std::map<double, int> seen;
    Rng rng = Rng::of_seed(5);
    for (int i = 0; i < count; ++i) {
        ++seen[mixture.draw(rng).front()];
    }
    int in_cells = 0;
    for (const double cell : cells) {
        const double expected = count * std::exp(mixture.log_density({cell}));
        EXPECT_NEAR(seen[cell], expected, 5 * std::sqrt(expected) + 5) << space.dimensions[0].name << " at " << cell;
        in_cells += seen[cell];
    }
    EXPECT_EQ(in_cells, count);
}

TEST(ProductMixture, DrawsWhatItsDensitySays) {
    const SearchSpace whole = space_of({integer(0, 7)}), words = space_of({choice(4)});
    const std::vector<double> numbers = {0, 1, 2, 3, 4, 5, 6, 7}, categories = {0, 1, 2, 3};
    for (const auto rule : {hyperopt_mixture, independent_mixture}) {
        expect_draws_by_density(whole, rule(whole, 0, {0, 6, 6, 7}, {}), numbers);
        expect_draws_by_density(words, rule(words, 0, {3, 3, 1}, {}), categories);
    }
    expect_draws_by_density(whole, multivariate_mixture(whole, {0}, {{0.0}, {6.0}}, {}), numbers);
}

// --- the tree --------------------------------------------------------------------------------------------------------
// x0 in {left, right}; x1 under left, x2 under right, x3 under both.
SearchSpace tree() {
    Dimension left = real(0, 1), right = real(0, 1);
    left.conditions = {{{0}, {0}}};
    right.conditions = {{{0}, {1}}};
    return space_of({choice(2), left, right, real(0, 1)});
}
std::vector<Axis> axes_of(const SearchSpace& space) {
    std::vector<Axis> axes;
    for (const Dimension& d : space.dimensions) {
        axes.push_back(axis_of(d));
    }
    return axes;
}
struct FittedTree {
    FittedTree(SearchSpace given, const std::vector<Assignment>& good, const std::vector<Assignment>& others)
        : space(std::move(given)), axes(axes_of(space)), mixture(space, axes, {}) {
        for (const Assignment& point : good) {
            points.push_back(mixture.point_of(point));
        }
        for (const Assignment& point : others) {
            points.push_back(mixture.point_of(point));
        }
        std::vector<const TreePoint*> first, rest;
        for (std::size_t i = 0; i < points.size(); ++i) {
            (i < good.size() ? first : rest).push_back(&points[i]);
        }
        mixture.fit(first, rest);
    }
    double ratio(const Assignment& point) { return mixture.log_ratios({point})[0]; }

    SearchSpace space;
    std::vector<Axis> axes;
    TreeMixture mixture;
    std::vector<TreePoint> points;
};
constexpr std::nullopt_t none = std::nullopt;

TEST(TreeMixture, LearnsOfASharedDimensionFromTheOtherBranch) {
    FittedTree tried(tree(), {{0.0, 0.5, none, 0.2}}, {{0.0, 0.5, none, 0.8}, {0.0, 0.1, none, 0.8}});
    EXPECT_GT(tried.ratio({1.0, none, 0.5, 0.2}), tried.ratio({1.0, none, 0.5, 0.8}) + 1) << "nothing is known of this branch but x3";
    EXPECT_NEAR(tried.ratio({1.0, none, 0.1, 0.2}), tried.ratio({1.0, none, 0.9, 0.2}), 1e-9) << "and nothing at all of x2";
}

TEST(TreeMixture, EqualMixturesHaveTheRatioOne) {
    const std::vector<Assignment> points = {{0.0, 0.5, none, 0.2}, {1.0, none, 0.3, 0.9}};
    FittedTree tried(tree(), {points[0]}, {points[0]});
    // The good trials' prior weighs more than the others'; where the two agree it does not matter.
    EXPECT_GT(tried.ratio({0.0, 0.5, none, 0.2}), -1);
    EXPECT_LT(tried.ratio({0.0, 0.5, none, 0.2}), 0);
    EXPECT_NEAR(tried.ratio({1.0, none, 0.5, 0.99}), std::log((2.0 / 3) / (1.0 / 2)), 0.5) << "far from all trials the priors are compared";
}

TEST(TreeMixture, CandidatesAreScoredAloneAsTogether) {
    FittedTree tried(tree(), {{0.0, 0.5, none, 0.2}, {1.0, none, 0.3, 0.3}}, {{0.0, 0.1, none, 0.8}, {1.0, none, 0.4, 0.6}});
    Rng rng = Rng::of_seed(3);
    std::vector<Assignment> candidates;
    for (int i = 0; i < 20; ++i) {
        candidates.push_back(tried.mixture.draw(TreeMixture::Origin::KernelsAndPrior, rng));
        for (std::size_t d = 0; d < candidates.back().size(); ++d) {
            EXPECT_EQ(candidates.back()[d].has_value(), is_active(tried.space, d, candidates.back()));
        }
    }
    const Eigen::ArrayXd together = tried.mixture.log_ratios(candidates);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        EXPECT_NEAR(together[static_cast<Eigen::Index>(i)], tried.ratio(candidates[i]), 1e-9);
    }
}

TEST(TreeMixture, DrawsFollowTheValleyOfTheGoodTrials) {
    std::vector<Assignment> good;
    for (int i = 0; i < 10; ++i) {
        good.push_back({0.3 + 0.04 * i, 0.7 - 0.04 * i});
    }
    FittedTree tried(space_of({real(0, 1), real(0, 1)}), good, {{0.1, 0.1}});
    Rng rng = Rng::of_seed(4);
    double along = 0, across = 0;
    for (int i = 0; i < 300; ++i) {
        const Assignment point = tried.mixture.draw(TreeMixture::Origin::Kernels, rng);
        along += std::pow(*point[0] - *point[1], 2);
        across += std::pow(*point[0] + *point[1] - 1, 2);
    }
    EXPECT_GT(along, 2 * across);
}

}  // namespace parzen_test
}  // namespace mlpc::parzen
