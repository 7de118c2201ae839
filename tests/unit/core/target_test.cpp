#include "runtime/core/target.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace target_test {

const auto yes_no = std::make_shared<const Levels>(Levels{"no", "yes"});

TEST(TargetTest, TakesRowsInTheOrderGivenWithTheirWeights) {
    const Target y{.task = Task::Binary, .values = {}, .labels = {0, 1, 1}, .classes = yes_no, .weights = {1, 2, 3}};
    const std::vector<std::uint32_t> rows = {2, 0, 2};
    const Target some = y.take(rows);
    EXPECT_EQ(some.labels, (std::vector<std::int32_t>{1, 0, 1}));
    EXPECT_EQ(some.weights, (std::vector<double>{3, 1, 3}));
    EXPECT_EQ(some.classes, yes_no);
    EXPECT_EQ(some.rows(), 3u);
    EXPECT_TRUE(some.values.empty());
}

TEST(TargetTest, TakesNumbersAndLeavesAbsentWeightsAbsent) {
    const Target y{.task = Task::Regression, .values = {1.5, 2.5}, .labels = {}, .classes = nullptr, .weights = {}};
    const std::vector<std::uint32_t> rows = {1};
    EXPECT_EQ(y.take(rows).values, (std::vector<double>{2.5}));
    EXPECT_TRUE(y.take(rows).weights.empty());
    EXPECT_EQ(y.class_count(), 0u);
}

TEST(TargetTest, TakingNoRowsGivesNone) {
    const Target y{.task = Task::Binary, .values = {}, .labels = {0, 1}, .classes = yes_no, .weights = {}};
    EXPECT_EQ(y.take({}).rows(), 0u);
}

TEST(PredictionTest, LabelIsTheFirstLargestProbability) {
    Prediction p{.task = Task::Multiclass, .classes = nullptr, .values = {}, .probabilities = Matrix(3, 3)};
    p.probabilities << 0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0.1, 0.1, 0.8;
    EXPECT_EQ(p.rows(), 3u);
    EXPECT_EQ(p.labels(), (std::vector<std::int32_t>{1, 0, 2}));
}

TEST(PredictionTest, AThresholdDecidesTheLabelOfTwoClasses) {
    Prediction p{.task = Task::Binary, .classes = yes_no, .values = {}, .probabilities = Matrix(3, 2), .threshold = 0.25};
    p.probabilities << 0.8, 0.2, 0.75, 0.25, 0.7, 0.3;
    EXPECT_EQ(p.labels(), (std::vector<std::int32_t>{0, 0, 1}));
}

TEST(PredictionTest, RowsOfANumberAreItsValues) {
    const Prediction p{.task = Task::Regression, .classes = nullptr, .values = Vector::Zero(4), .probabilities = {}};
    EXPECT_EQ(p.rows(), 4u);
}

}  // namespace target_test
}  // namespace mlpc
