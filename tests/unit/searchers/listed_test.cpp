#include "runtime/core/error.h"
#include "stdlib/stdlib.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

namespace mlpc {
namespace listed_test {

using Kind = Dimension::Kind;
using Prior = Dimension::Prior;

Dimension choice(std::string name, std::size_t count, std::vector<Condition> conditions = {}) {
    Dimension d{.name = std::move(name), .kind = Kind::Choice, .conditions = std::move(conditions)};
    for (std::size_t i = 0; i < count; ++i) {
        d.choices.push_back({Word{"w" + std::to_string(i)}});
    }
    return d;
}
Dimension integer(std::string name, double low, double high, Prior prior = Prior::Uniform, std::vector<Condition> conditions = {}) {
    return {.name = std::move(name), .kind = Kind::Integer, .prior = prior, .low = low, .high = high, .conditions = std::move(conditions)};
}
Dimension real(std::string name, double low, double high, Prior prior = Prior::Uniform) {
    return {.name = std::move(name), .kind = Kind::Real, .prior = prior, .low = low, .high = high};
}
Dimension stepped(std::string name, double low, double high, double step) {
    return {.name = std::move(name), .kind = Kind::Real, .low = low, .high = high, .step = step};
}

// model in {a, b, c}; a.depth in 1..3; b.kernel in {p, q}; b.degree in 2..4 where b.kernel is q; c has nothing; scale in {on, off}.
SearchSpace conditional_space() {
    SearchSpace space;
    space.dimensions = {choice("model", 3), integer("a.depth", 1, 3, Prior::Uniform, {{{0}, {0}}}), choice("b.kernel", 2, {{{0}, {1}}}),
                        integer("b.degree", 2, 4, Prior::Uniform, {{{0}, {1}}, {{2}, {1}}}), choice("scale", 2)};
    return space;
}
constexpr std::size_t conditional_points = (3 + 1 + 3 + 1) * 2;

Expression at_most(const std::string& name, double bound) {
    Expression column, number, e;
    column.op = Expression::Op::ColumnRef;
    column.text = name;
    number.number = bound;
    e.op = Expression::Op::LessEqual;
    e.operands = {column, number};
    return e;
}

std::unique_ptr<Searcher> searcher(const std::string& name, ParamValue param, const SearchSpace& space, std::uint64_t seed = 1) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, name);
    return info.make_searcher({std::move(param)}, {.space = space, .rng = Rng::of_seed(seed)});
}
std::unique_ptr<Searcher> grid(std::int64_t points, const SearchSpace& space) { return searcher("grid", {points}, space); }
std::unique_ptr<Searcher> random_search(std::int64_t trials, const SearchSpace& space, std::uint64_t seed = 1) {
    return searcher("random", {trials}, space, seed);
}

// The point of that trial; none where the search is over.
std::optional<Assignment> point_of(Searcher& searcher, std::uint64_t trial) {
    const Answer answer = searcher.ask(trial);
    const auto* suggestion = std::get_if<Suggestion>(&answer);
    return suggestion != nullptr ? std::optional(suggestion->point) : std::nullopt;
}
std::vector<Assignment> all_of(Searcher& searcher) {
    std::vector<Assignment> points;
    while (const auto point = point_of(searcher, points.size())) {
        points.push_back(*point);
    }
    EXPECT_EQ(searcher.planned_trials(), points.size());
    EXPECT_FALSE(searcher.adaptive());
    return points;
}

// The values that the grid takes of a space of one dimension.
std::vector<double> grid_of(const Dimension& dimension, std::int64_t points) {
    SearchSpace space;
    space.dimensions = {dimension};
    std::vector<double> values;
    for (const Assignment& point : all_of(*grid(points, space))) {
        values.push_back(*point[0]);
    }
    return values;
}

// Every combination of all values by brute force: inactive dimensions take no value.
std::set<Assignment> brute_force(const SearchSpace& space, const std::vector<std::vector<double>>& values) {
    std::set<Assignment> points;
    std::size_t combinations = 1;
    for (const auto& list : values) {
        combinations *= list.size();
    }
    for (std::size_t code = 0; code < combinations; ++code) {
        Assignment point(values.size());
        std::size_t rest = code;
        for (std::size_t d = 0; d < values.size(); ++d) {
            point[d] = values[d][rest % values[d].size()];
            rest /= values[d].size();
        }
        for (std::size_t d = 0; d < values.size(); ++d) {
            if (!is_active(space, d, point)) {
                point[d].reset();
            }
        }
        if (is_feasible(space, point)) {
            points.insert(point);
        }
    }
    return points;
}

TEST(Grid, IsTheConditionalProductWithoutDuplicates) {
    const SearchSpace space = conditional_space();
    const auto points = all_of(*grid(5, space));
    EXPECT_EQ(points.size(), conditional_points);
    const std::set<Assignment> distinct(points.begin(), points.end());
    EXPECT_EQ(distinct.size(), points.size());
    EXPECT_EQ(distinct, brute_force(space, {{0, 1, 2}, {1, 2, 3}, {0, 1}, {2, 3, 4}, {0, 1}}));
}

TEST(Grid, RandomSpacesAsBruteForce) {
    std::mt19937 random(8);
    for (int i = 0; i < 40; ++i) {
        SearchSpace space;
        std::vector<std::vector<double>> values;
        const std::size_t dimensions = 1 + random() % 5;
        for (std::uint32_t d = 0; d < dimensions; ++d) {
            const std::size_t count = 1 + random() % 3;
            std::vector<Condition> conditions;
            if (d > 0 && random() % 2 == 0) {
                const auto on = static_cast<std::uint32_t>(random() % d);
                conditions = {{{on}, {static_cast<std::uint32_t>(random() % values[on].size())}}};
            }
            space.dimensions.push_back(choice("d" + std::to_string(d), count, conditions));
            values.emplace_back();
            for (std::size_t v = 0; v < count; ++v) {
                values.back().push_back(static_cast<double>(v));
            }
        }
        const auto points = all_of(*grid(5, space));
        EXPECT_EQ(std::set<Assignment>(points.begin(), points.end()), brute_force(space, values));
        EXPECT_EQ(points.size(), brute_force(space, values).size());
        EXPECT_TRUE(std::is_sorted(points.begin(), points.end())) << "the last dimension is fastest";
    }
}

TEST(Grid, ValuesOfEachKindOfDimension) {
    EXPECT_EQ(grid_of(real("x", 0, 1), 5), (std::vector<double>{0, 0.25, 0.5, 0.75, 1}));
    EXPECT_EQ(grid_of(real("x", 1e-4, 1e2, Prior::LogUniform), 7), (std::vector<double>{1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2}));
    EXPECT_EQ(grid_of(real("x", 2, 4), 1), (std::vector<double>{3}));
    EXPECT_EQ(grid_of(integer("n", 3, 5), 5), (std::vector<double>{3, 4, 5}));
    EXPECT_EQ(grid_of(integer("n", 0, 100), 5), (std::vector<double>{0, 25, 50, 75, 100}));
    EXPECT_EQ(grid_of(integer("n", 1, 8, Prior::LogUniform), 4), (std::vector<double>{1, 2, 4, 8}));
    EXPECT_EQ(grid_of(integer("n", 1, 10, Prior::LogUniform), 9), (std::vector<double>{1, 2, 3, 4, 6, 7, 10})) << "rounded ones once";
    EXPECT_EQ(grid_of(stepped("x", 0.1, 0.7, 0.2), 2), (std::vector<double>{0.1, 0.3, 0.5, 0.7})) << "a step is not thinned";
    EXPECT_EQ(grid_of(choice("c", 4), 2), (std::vector<double>{0, 1, 2, 3}));
}

TEST(Grid, NormalPriorsAreCutIntoEqualShares) {
    Dimension d = real("x", 0, 0, Prior::Normal);
    d.mean = 10;
    d.sd = 2;
    const auto values = grid_of(d, 3);
    ASSERT_EQ(values.size(), 3u);
    EXPECT_NEAR(values[0], 10 - 2 * 0.967421566101701, 1e-9);  // the normal quantile of 1/6
    EXPECT_NEAR(values[1], 10, 1e-9);
    d.prior = Prior::LogNormal;
    d.mean = 0;
    EXPECT_NEAR(grid_of(d, 3)[2], std::exp(2 * 0.967421566101701), 1e-9);
}

TEST(Grid, ConstraintsFilter) {
    SearchSpace space = conditional_space();
    space.constraints = {at_most("a.depth", 2)};
    EXPECT_EQ(all_of(*grid(5, space)).size(), conditional_points - 2);
    space.constraints = {at_most("scale", 0)};
    space.dimensions[4] = integer("scale", 1, 2);
    EXPECT_THROW(grid(5, space), RunError);
}

TEST(Grid, ASpaceWithoutDimensionsIsOneTrial) { EXPECT_EQ(all_of(*grid(5, {})).size(), 1u); }

TEST(Grid, AnEndlessGridIsRefused) {
    SearchSpace space;
    for (int d = 0; d < 12; ++d) {
        space.dimensions.push_back(real("x" + std::to_string(d), 0, 1));
    }
    EXPECT_THROW(grid(5, space), RunError);
    space.dimensions = {stepped("x", 0, 1, 1e-9)};
    EXPECT_THROW(grid(5, space), RunError);
}

TEST(Manual, ProposesTheListedPointsInOrder) {
    const SearchSpace space = conditional_space();
    const auto record = [](std::vector<ParamValue> elements) { return ParamValue{std::move(elements)}; };
    const ParamValue points =
        record({record({{std::int64_t{0}}, {std::int64_t{2}}, {}, {}, {1.0}}), record({{std::int64_t{2}}, {}, {}, {}, {std::int64_t{0}}})});
    const auto listed = all_of(*searcher("manual", points, space));
    EXPECT_EQ(listed, (std::vector<Assignment>{{0, 2, std::nullopt, std::nullopt, 1}, {2, std::nullopt, std::nullopt, std::nullopt, 0}}));

    SearchSpace narrowed = space;
    narrowed.constraints = {at_most("a.depth", 1)};
    EXPECT_THROW(searcher("manual", points, narrowed), RunError);
}

TEST(RandomSearch, ASmallSpaceIsDrawnWithoutReplacementUntilExhausted) {
    const SearchSpace space = conditional_space();
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto points = all_of(*random_search(1'000, space, seed));
        EXPECT_EQ(std::set<Assignment>(points.begin(), points.end()), brute_force(space, {{0, 1, 2}, {1, 2, 3}, {0, 1}, {2, 3, 4}, {0, 1}}));
        EXPECT_EQ(points.size(), conditional_points);
        const auto fewer = all_of(*random_search(5, space, seed));
        EXPECT_EQ(fewer, std::vector<Assignment>(points.begin(), points.begin() + 5)) << "more trials continue the same ones";
    }
}

TEST(RandomSearch, ATrialDependsOnItsNumberAndTheSeedAlone) {
    SearchSpace space = conditional_space();
    space.dimensions.push_back(real("rate", 0.01, 1, Prior::LogUniform));
    const auto points = all_of(*random_search(30, space, 4));
    const auto again = random_search(30, space, 4);
    for (std::size_t t = points.size(); t-- > 0;) {
        EXPECT_EQ(point_of(*again, t), points[t]);
    }
    EXPECT_NE(point_of(*random_search(30, space, 5), 0), points[0]);
    EXPECT_EQ(point_of(*again, 30), std::nullopt);
}

TEST(RandomSearch, ADimensionMoreLeavesTheOthersAlone) {
    SearchSpace space;
    space.dimensions = {real("a", 0, 1), real("c", 0, 1)};
    SearchSpace wider;
    wider.dimensions = {real("a", 0, 1), real("b", 0, 1), real("c", 0, 1)};
    const auto point = point_of(*random_search(3, space), 2), wide = point_of(*random_search(3, wider), 2);
    EXPECT_EQ((*point)[0], (*wide)[0]);
    EXPECT_EQ((*point)[1], (*wide)[2]);
}

// Chi-square of counts against equal expectations.
double chi_square(const std::vector<double>& counts) {
    double total = 0, sum = 0;
    for (const double count : counts) {
        total += count;
    }
    const double expected = total / static_cast<double>(counts.size());
    for (const double count : counts) {
        sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
}

// Draws of a dimension beside a continuous one, so that the space is not finite.
std::vector<double> draws(const Dimension& dimension, std::int64_t count) {
    SearchSpace space;
    space.dimensions = {real("other", 0, 1), dimension};
    std::vector<double> values;
    for (const Assignment& point : all_of(*random_search(count, space, 17))) {
        values.push_back(*point[1]);
    }
    return values;
}

std::vector<double> histogram(const std::vector<double>& shares, std::size_t bins) {
    std::vector<double> counts(bins, 0);
    for (const double share : shares) {
        EXPECT_GE(share, 0);
        EXPECT_LT(share, 1);
        counts.at(static_cast<std::size_t>(share * static_cast<double>(bins))) += 1;
    }
    return counts;
}

constexpr double chi_square_19 = 43.8;  // 0.001 quantile of the tail, 19 degrees of freedom

TEST(RandomSearch, DrawsFollowTheirPriors) {
    std::vector<double> uniform, log_uniform, normal, log_normal;
    for (const double x : draws(real("x", -2, 6), 4'000)) {
        uniform.push_back((x + 2) / 8);
    }
    for (const double x : draws(real("x", 1e-3, 1e3, Prior::LogUniform), 4'000)) {
        log_uniform.push_back((std::log10(x) + 3) / 6);
    }
    Dimension d = real("x", 0, 0, Prior::Normal);
    d.mean = 3;
    d.sd = 2;
    const auto share_below = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
    for (const double x : draws(d, 4'000)) {
        normal.push_back(share_below((x - 3) / 2));
    }
    d.prior = Prior::LogNormal;
    for (const double x : draws(d, 4'000)) {
        log_normal.push_back(share_below((std::log(x) - 3) / 2));
    }
    for (const auto* shares : {&uniform, &log_uniform, &normal, &log_normal}) {
        EXPECT_LT(chi_square(histogram(*shares, 20)), chi_square_19);
    }
}

TEST(RandomSearch, IntegersAndChoicesAreUniform) {
    for (const Dimension& d : {integer("n", 1, 20), choice("c", 20), stepped("x", 0, 1.9, 0.1)}) {
        std::map<double, double> counts;
        for (const double x : draws(d, 4'000)) {
            counts[x] += 1;
        }
        std::vector<double> list;
        for (const auto& [value, count] : counts) {
            list.push_back(count);
        }
        EXPECT_EQ(list.size(), 20u);
        EXPECT_LT(chi_square(list), chi_square_19);
    }
}

TEST(RandomSearch, StepsAreRespected) {
    for (const double x : draws(stepped("x", 0.5, 2.5, 0.25), 500)) {
        EXPECT_EQ(std::remainder(x, 0.25), 0) << x;
        EXPECT_GE(x, 0.5);
        EXPECT_LE(x, 2.5);
    }
}

TEST(RandomSearch, NormalPriorsAreCutOffAtTheBounds) {
    Dimension d = real("x", 0, 1, Prior::Normal);
    d.mean = 0;
    d.sd = 1;
    double sum = 0;
    for (const double x : draws(d, 2'000)) {
        EXPECT_GE(x, 0);
        EXPECT_LE(x, 1);
        sum += x / 2'000;
    }
    EXPECT_NEAR(sum, 0.459862, 0.025);  // (φ(0) - φ(1)) / (Φ(1) - Φ(0))
    d.kind = Kind::Integer;
    d.low = -std::numeric_limits<double>::infinity();
    d.high = std::numeric_limits<double>::infinity();
    for (const double x : draws(d, 100)) {
        EXPECT_EQ(x, std::round(x));
    }
}

TEST(RandomSearch, ASmallSpaceIsDrawnByThePrior) {
    SearchSpace space;
    space.dimensions = {integer("n", 1, 10, Prior::LogUniform)};
    std::map<double, double> first;
    for (std::uint64_t seed = 0; seed < 4'000; ++seed) {
        first[*point_of(*random_search(1, space, seed), 0)->front()] += 1.0 / 4'000;
    }
    const double whole = std::log(10.5) - std::log(0.5);
    for (int n = 1; n <= 10; ++n) {
        EXPECT_NEAR(first[n], (std::log(n + 0.5) - std::log(n - 0.5)) / whole, 0.03) << n;
    }
}

TEST(RandomSearch, InactiveDimensionsStayEmpty) {
    SearchSpace space = conditional_space();
    space.dimensions.push_back(real("rate", 0, 1));
    for (const Assignment& point : all_of(*random_search(200, space))) {
        for (std::size_t d = 0; d < point.size(); ++d) {
            EXPECT_EQ(point[d].has_value(), is_active(space, d, point));
        }
    }
}

TEST(RandomSearch, ConstraintsReject) {
    SearchSpace space;
    space.dimensions = {real("x", 0, 1), real("y", 0, 1)};
    space.constraints = {at_most("x", 0.1)};
    for (const Assignment& point : all_of(*random_search(50, space))) {
        EXPECT_LE(*point[0], 0.1);
    }
    space.constraints = {at_most("x", -1)};
    EXPECT_THROW(random_search(50, space)->ask(0), RunError);
    space.dimensions = {integer("x", 1, 3)};
    EXPECT_THROW(random_search(50, space), RunError);
}

TEST(RandomSearch, ASpaceWithoutDimensionsIsOneTrial) { EXPECT_EQ(all_of(*random_search(50, {})).size(), 1u); }

}  // namespace listed_test
}  // namespace mlpc
