#include "stdlib/search/low_discrepancy.h"

#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>

namespace mlpc {
namespace low_discrepancy_test {

using Json = nlohmann::json;

std::vector<UnitPoint> first(std::size_t count, const std::function<UnitPoint(std::uint64_t)>& point) {
    std::vector<UnitPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        points.push_back(point(i));
    }
    return points;
}
std::vector<UnitPoint> sobol(std::size_t count, std::size_t dimensions, std::optional<Rng> scramble) {
    const SobolSequence sequence(dimensions, scramble);
    return first(count, [&](std::uint64_t i) { return sequence.point(i); });
}
std::vector<UnitPoint> halton(std::size_t count, std::size_t dimensions, std::optional<Rng> scramble) {
    const HaltonSequence sequence(dimensions, scramble);
    return first(count, [&](std::uint64_t i) { return sequence.point(i); });
}
std::vector<UnitPoint> uniform(std::size_t count, std::size_t dimensions, Rng rng) {
    return first(count, [&](std::uint64_t) {
        UnitPoint point(dimensions);
        std::generate(point.begin(), point.end(), [&] { return rng.uniform(); });
        return point;
    });
}

// Points in each of so many equal parts of that dimension.
std::vector<int> strata(const std::vector<UnitPoint>& points, std::size_t d, std::size_t parts) {
    std::vector<int> counts(parts);
    for (const UnitPoint& point : points) {
        EXPECT_GE(point[d], 0);
        EXPECT_LT(point[d], 1);
        ++counts[static_cast<std::size_t>(point[d] * static_cast<double>(parts))];
    }
    return counts;
}
void expect_one_in_each(const std::vector<UnitPoint>& points, std::size_t d) {
    EXPECT_EQ(strata(points, d, points.size()), std::vector<int>(points.size(), 1)) << "dimension " << d;
}

void expect_equal(const std::vector<UnitPoint>& points, const Json& reference) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t d = 0; d < points[i].size(); ++d) {
            ASSERT_NEAR(points[i][d], reference.at(i).at(d).get<double>(), 1e-9) << "point " << i << " dimension " << d;
        }
    }
}

TEST(LowDiscrepancy, AsScipy) {
    const Rng rng = Rng::of_seed(3);
    const Json designs = {{"sobol", sobol(256, 6, rng)},
                          {"halton", halton(256, 6, rng)},
                          {"latin_hypercube", latin_hypercube(256, 6, Placement::Random, 1, rng)},
                          {"random", uniform(256, 6, rng)}};
    const auto reference = ask_scikit_learn("searchers/scipy_low_discrepancy.py", designs);
    if (!reference) {
        GTEST_SKIP() << "no scipy";
    }
    expect_equal(sobol(256, 300, std::nullopt), reference->at("sobol"));
    expect_equal(halton(256, 300, std::nullopt), reference->at("halton"));
    const Json& discrepancy = reference->at("discrepancy");
    EXPECT_LT(discrepancy.at("sobol").get<double>(), 0.2 * discrepancy.at("random").get<double>());
    EXPECT_LT(discrepancy.at("halton").get<double>(), 0.3 * discrepancy.at("random").get<double>());
    EXPECT_LT(discrepancy.at("latin_hypercube").get<double>(), 0.7 * discrepancy.at("random").get<double>());
}

TEST(LowDiscrepancy, ScramblingKeepsTheBalanceOfSobol) {
    const auto points = sobol(1024, 40, Rng::of_seed(1));
    for (std::size_t d = 0; d < 40; ++d) {
        expect_one_in_each(points, d);
    }
    // The first two dimensions are a (0, 2)-sequence: one point in every elementary rectangle.
    std::set<std::pair<int, int>> cells;
    for (const UnitPoint& point : points) {
        cells.emplace(static_cast<int>(point[0] * 32), static_cast<int>(point[1] * 32));
    }
    EXPECT_EQ(cells.size(), 1024);
}

TEST(LowDiscrepancy, ScramblingDependsOnTheStream) {
    for (const auto& sequence : {sobol, halton}) {
        EXPECT_EQ(sequence(8, 3, Rng::of_seed(1)), sequence(8, 3, Rng::of_seed(1)));
        EXPECT_NE(sequence(8, 3, Rng::of_seed(1)), sequence(8, 3, Rng::of_seed(2)));
    }
}

TEST(LowDiscrepancy, ScramblingKeepsTheBalanceOfHalton) {
    const auto points = halton(2 * 9 * 125, 3, Rng::of_seed(1));
    EXPECT_EQ(strata(points, 0, 2), std::vector<int>(2, 1125));
    EXPECT_EQ(strata(points, 1, 9), std::vector<int>(9, 250));
    EXPECT_EQ(strata(points, 2, 125), std::vector<int>(125, 18));
}

// The integral of a smooth function, whose error falls faster than random points' 1/sqrt(n).
double mean_error(const std::vector<UnitPoint>& points) {
    double sum = 0;
    for (const UnitPoint& point : points) {
        double product = 1;
        for (const double x : point) {
            product *= 1 + 0.5 * std::sin(6.283185307179586 * x) + (x - 0.5);
        }
        sum += product;
    }
    return std::fabs(sum / static_cast<double>(points.size()) - 1);
}

TEST(LowDiscrepancy, IntegratesBetterThanRandomPoints) {
    double of_sobol = 0, of_halton = 0, of_random = 0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
        of_sobol += mean_error(sobol(4096, 4, Rng::of_seed(seed)));
        of_halton += mean_error(halton(4096, 4, Rng::of_seed(seed)));
        of_random += mean_error(uniform(4096, 4, Rng::of_seed(seed)));
    }
    EXPECT_LT(of_sobol, of_random / 20);
    EXPECT_LT(of_halton, of_random / 5);
}

TEST(LowDiscrepancy, ThousandsOfDimensions) {
    for (const std::size_t dimensions : {0, 1, 1111, 4000}) {
        for (const auto& sequence : {sobol, halton}) {
            const auto points = sequence(16, dimensions, Rng::of_seed(5));
            for (std::size_t d = 0; d < dimensions; ++d) {
                double sum = 0;
                for (const UnitPoint& point : points) {
                    ASSERT_TRUE(point[d] >= 0 && point[d] < 1);
                    sum += point[d];
                }
                ASSERT_NEAR(sum / 16, 0.5, 0.37) << d;
            }
        }
    }
}

TEST(LowDiscrepancy, LatinHypercubeHasOnePointInEachPart) {
    for (const Placement placement : {Placement::Random, Placement::Centred}) {
        const auto points = latin_hypercube(37, 5, placement, 4, Rng::of_seed(2));
        ASSERT_EQ(points.size(), 37);
        for (std::size_t d = 0; d < 5; ++d) {
            expect_one_in_each(points, d);
        }
    }
    EXPECT_EQ(latin_hypercube(1, 1, Placement::Centred, 1, Rng::of_seed(2)), std::vector<UnitPoint>{{0.5}});
}

double least_distance(const std::vector<UnitPoint>& points) {
    double least = 1e9;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0;
            for (std::size_t d = 0; d < points[i].size(); ++d) {
                sum += std::pow(points[i][d] - points[j][d], 2);
            }
            least = std::min(least, std::sqrt(sum));
        }
    }
    return least;
}

TEST(LowDiscrepancy, MoreDesignsPutPointsFartherApart) {
    double of_one = 0, of_many = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        of_one += least_distance(latin_hypercube(20, 3, Placement::Random, 1, Rng::of_seed(seed)));
        of_many += least_distance(latin_hypercube(20, 3, Placement::Random, 100, Rng::of_seed(seed)));
    }
    EXPECT_GT(of_many, 1.4 * of_one);
}

}  // namespace low_discrepancy_test
}  // namespace mlpc
