#include "runtime/reading/paired_comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace mlpc {
namespace paired_comparison_test {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// Expected numbers: scipy.stats.t with the standard error sd * sqrt(1/5 + 1/4).
TEST(PairedComparison, IsTheCorrectedResampledTTest) {
    const PairedComparison found = compare_paired({0.01, 0.03, -0.02, 0.04, 0.02}, 0.25);
    EXPECT_NEAR(found.gain.mean, 0.016, 1e-12);
    EXPECT_NEAR(found.gain.low, -0.02687787786480543, 1e-9);
    EXPECT_NEAR(found.gain.high, 0.05887787786480543, 1e-9);
    EXPECT_NEAR(found.p_value, 0.35870624640672494, 1e-9);
}

TEST(PairedComparison, SaysNothingOfOneDifference) {
    EXPECT_TRUE(std::isnan(compare_paired({0.5}, 0.25).p_value));
    EXPECT_TRUE(std::isnan(compare_paired({0.5, 0.4}, unknown).gain.low));
}

TEST(PairedComparison, TakesEqualScoresForEqual) { EXPECT_EQ(compare_paired({0, 0, 0}, 0.5).p_value, 1); }

TEST(Holm, StepsDownAndNeverFalls) {
    const std::vector<double> adjusted = holm({0.04, 0.01, unknown, 0.03});
    EXPECT_DOUBLE_EQ(adjusted[1], 0.03);
    EXPECT_DOUBLE_EQ(adjusted[3], 0.06);
    EXPECT_DOUBLE_EQ(adjusted[0], 0.06);
    EXPECT_TRUE(std::isnan(adjusted[2]));
}

// Folds that all seeds share are no more folds for it.
TEST(FoldDifferences, AreOneAFold) {
    const auto trial = [](std::vector<double> scores) {
        TrialRecord record;
        record.fold_scores = std::move(scores);
        return record;
    };
    const TrialRecord a = trial({0.5, 0.75}), b = trial({0.25, 0.5}), c = trial({0.75, 0.75}), d = trial({0.25, 0.25});
    SearchRecord search;
    search.folds_differ = true;
    EXPECT_EQ(fold_differences(search, {&a, &c, &a}, {&b, &d, nullptr}), (std::vector<double>{0.25, 0.25, 0.5, 0.5}));
    search.folds_differ = false;
    EXPECT_EQ(fold_differences(search, {&a, &c, &a}, {&b, &d, nullptr}), (std::vector<double>{0.375, 0.375}));
    search.greater_is_better = false;
    EXPECT_EQ(fold_differences(search, {&a}, {&b}), (std::vector<double>{-0.25, -0.25}));
}

}  // namespace paired_comparison_test
}  // namespace mlpc
