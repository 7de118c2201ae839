#include "runtime/search/drift.h"

#include "runtime/core/rng.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

std::vector<double> normals(std::size_t count, double mean, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    std::vector<double> cells;
    for (std::size_t i = 0; i < count; ++i) {
        cells.push_back(rng.normal() + mean);
    }
    return cells;
}

std::vector<std::string> levels(std::size_t count, const std::vector<std::string>& among, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < count; ++i) {
        cells.push_back(among[rng.below(among.size())]);
    }
    return cells;
}

FeatureDrift drift_of(const Column& train, std::size_t train_rows, const Column& test, std::size_t test_rows) {
    return feature_drift(Frame({train}, train_rows), Frame({test}, test_rows), DataSpec{}).at(0);
}

TEST(DriftTest, KolmogorovSmirnovAgreesWithScipy) {
    // scipy 1.10: ks_2samp(range(1, 21), [x + 6.5 for x in range(1, 16)], method="asymp") gives 0.35 and 0.1726
    std::vector<double> a, b;
    for (int i = 1; i <= 20; ++i) {
        a.push_back(i);
    }
    for (int i = 1; i <= 15; ++i) {
        b.push_back(i + 6.5);
    }
    const FeatureDrift drift = drift_of(Column::of_numbers("x", a), 20, Column::of_numbers("x", b), 15);
    EXPECT_NEAR(drift.statistic, 0.35, 1e-12);
    EXPECT_NEAR(drift.p_value, 0.1726, 0.03) << "an approximation, on the safe side for so few rows";
}

TEST(DriftTest, NothingIsSaidOfRowsOfOnePopulation) {
    std::size_t said = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const FeatureDrift numbers =
            drift_of(Column::of_numbers("x", normals(160, 0, seed)), 160, Column::of_numbers("x", normals(40, 0, seed + 1000)), 40);
        const FeatureDrift words = drift_of(Column::of_texts("x", levels(160, {"a", "b", "c"}, seed)), 160,
                                            Column::of_texts("x", levels(40, {"a", "b", "c"}, seed + 1000)), 40);
        said += (numbers.finding.empty() ? 0 : 1) + (words.finding.empty() ? 0 : 1);
    }
    EXPECT_LE(said, 10U) << "at one in a hundred by chance, of 400";
}

TEST(DriftTest, AnotherPopulationIsNamedWithItsMedians) {
    const FeatureDrift drift =
        drift_of(Column::of_numbers("income", normals(500, 10, 1)), 500, Column::of_numbers("income", normals(200, 12, 2)), 200);
    EXPECT_GT(drift.psi, 1);
    EXPECT_LT(drift.p_value, 1e-6);
    EXPECT_TRUE(drift.finding.starts_with("`income` differs: its median is ")) << drift.finding;
    const FeatureDrift plan = drift_of(Column::of_texts("plan", levels(500, {"a", "a", "a", "b"}, 1)), 500,
                                       Column::of_texts("plan", levels(200, {"a", "b", "b", "b"}, 2)), 200);
    EXPECT_GT(plan.psi, 0.25);
    EXPECT_NE(plan.finding.find("of the training rows and"), std::string::npos) << plan.finding;
}

TEST(DriftTest, MissingCellsAndNewLevelsAreFound) {
    std::vector<double> full = normals(300, 0, 1), holes = normals(300, 0, 2);
    for (std::size_t i = 0; i < 90; ++i) {
        holes[i] = missing_number;
    }
    const FeatureDrift missing = drift_of(Column::of_numbers("x", full), 300, Column::of_numbers("x", holes), 300);
    EXPECT_EQ(missing.train_missing, 0);
    EXPECT_DOUBLE_EQ(missing.test_missing, 0.3);
    EXPECT_NE(missing.finding.find("0 % of the training rows and 30 % of the test rows have no value"), std::string::npos) << missing.finding;

    const FeatureDrift unseen = drift_of(Column::of_texts("plan", {"a", "b", "a", "b"}), 4, Column::of_texts("plan", {"a", "c", "c", "d"}), 4);
    EXPECT_EQ(unseen.unseen_levels, 2U);
    EXPECT_EQ(unseen.unseen_rows, 3U);
    EXPECT_NE(unseen.finding.find("3 test rows have \"c\", \"d\", which no training row has"), std::string::npos) << unseen.finding;
}

TEST(DriftTest, SurvivesColumnsOfAllKindsOfEmptiness) {
    const double nan = missing_number;
    const FeatureDrift nothing = drift_of(Column::of_numbers("x", {nan, nan}), 2, Column::of_numbers("x", {1, 2}), 2);
    EXPECT_TRUE(std::isnan(nothing.psi));
    const FeatureDrift constant =
        drift_of(Column::of_numbers("x", std::vector<double>(100, 1)), 100, Column::of_numbers("x", std::vector<double>(100, 2)), 100);
    EXPECT_GT(constant.psi, 1) << constant.finding;
    const FeatureDrift same = drift_of(Column::of_numbers("x", std::vector<double>(9, 1)), 9, Column::of_numbers("x", std::vector<double>(9, 1)), 9);
    EXPECT_TRUE(same.finding.empty());
    EXPECT_TRUE(feature_drift(Frame({Column::of_numbers("x", {1})}, 1), Frame({Column::of_numbers("x", {})}, 0), DataSpec{}).empty());
}

}  // namespace
}  // namespace mlpc
