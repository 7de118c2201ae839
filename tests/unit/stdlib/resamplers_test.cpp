// Steps that change the rows that a later step is fitted on.
#include "tests/reference/model_testing.h"
#include "tests/unit/stdlib/step_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

std::vector<std::size_t> rows_per_class(const Target& y) {
    std::vector<std::size_t> counts(y.class_count());
    for (const std::int32_t label : y.labels) {
        ++counts[static_cast<std::size_t>(label)];
    }
    return counts;
}

TEST(DropOutliersTest, DropsByQuartilesOrByDeviations) {
    const Frame x = one_column({1, 2, 3, 4, 5, 100, missing_number});
    const Target y = values_of({0, 1, 2, 3, 4, 5, 6});
    EXPECT_EQ(resample("drop_outliers", x, y).y.values, (std::vector<double>{0, 1, 2, 3, 4, 6}));
    EXPECT_EQ(resample("drop_outliers", x, y, {{"limit", 50.0}}).x.rows(), 7u);
    EXPECT_EQ(resample("drop_outliers", x, y, {{"method", "z_score"}}).x.rows(), 7u) << "one of six is never 3 deviations off";
    EXPECT_EQ(resample("drop_outliers", x, y, {{"method", "z_score"}, {"limit", 2.0}}).x.rows(), 6u);
}

TEST(DropOutliersTest, LeavesColumnsThatHardlyVaryAlone) {
    const Frame x = one_column({0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    EXPECT_EQ(resample("drop_outliers", x, values_of(std::vector<double>(10, 0))).x.rows(), 10u);
}

TEST(UndersampleTest, BringsClassesDownInTheOrderOfRows) {
    const Frame x = one_column({0, 1, 2, 3, 4, 5, 6, 7});
    const Target y = labels_of(3, {0, 0, 0, 0, 1, 1, 0, 0});
    const Sample equal = resample("undersample", x, y);
    EXPECT_EQ(rows_per_class(equal.y), (std::vector<std::size_t>{2, 2, 0}));
    const std::vector<double> kept = equal.x.numbers(0);
    EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
    EXPECT_EQ(rows_per_class(resample("undersample", x, y, {{"ratio", 0.5}}).y), (std::vector<std::size_t>{4, 2, 0}));
}

// A class of 40 rows around 0 and one of 8 on a line from (10, 10) on.
struct Imbalanced {
    Frame x;
    Target y;
};
Imbalanced imbalanced() {
    Rng rng = Rng::of_seed(6);
    std::vector<double> a, b;
    std::vector<std::int32_t> labels, colours;
    for (int i = 0; i < 48; ++i) {
        const bool rare = i % 6 == 0;
        labels.push_back(rare ? 1 : 0);
        colours.push_back(rare ? 1 : static_cast<std::int32_t>(rng.below(2)));
        a.push_back(rare ? 10 + i : rng.normal());
        b.push_back(rare ? 10 + i : rng.normal());
    }
    const auto levels = std::make_shared<const Levels>(Levels{"blue", "red"});
    return {.x = Frame({Column::of_numbers("a", a), Column::of_numbers("b", b), Column::of_codes("colour", colours, levels)}, 48),
            .y = labels_of(2, labels)};
}

TEST(SmoteTest, PutsRowsBetweenRowsOfTheRareClass) {
    const auto [x, y] = imbalanced();
    for (const std::string variant : {"plain", "borderline", "adasyn"}) {
        const Sample sample = resample("smote", x, y, {{"k", 3}, {"variant", variant}});
        EXPECT_EQ(rows_per_class(sample.y), (std::vector<std::size_t>{40, 40})) << variant;
        EXPECT_EQ(sample.x.rows(), 80u);
        bool some_between = false;
        for (std::size_t row = 48; row < 80; ++row) {
            EXPECT_NEAR(sample.x.number(row, 0), sample.x.number(row, 1), 1e-12) << "on the line of the rare class";
            EXPECT_GE(sample.x.number(row, 0), 10);
            EXPECT_LE(sample.x.number(row, 0), 10 + 42);
            EXPECT_EQ(sample.x.text(row, 2), "red") << "what its neighbours are";
            some_between = some_between || std::fmod(sample.x.number(row, 0), 1) != 0;
        }
        EXPECT_TRUE(some_between) << variant;
        for (std::size_t row = 0; row < 48; ++row) {
            EXPECT_EQ(sample.x.number(row, 0), x.number(row, 0)) << "the rows themselves come first";
        }
    }
}

TEST(SmoteTest, StartsFromTheBorderWhereAskedTo) {
    // Rare rows at 0, 0.1, … far away, and one amid the others, which is the only one in danger.
    std::vector<double> cells;
    std::vector<std::int32_t> labels;
    for (int i = 0; i < 30; ++i) {
        cells.push_back(100 + i);
        labels.push_back(0);
    }
    for (int i = 0; i < 12; ++i) {
        cells.push_back(0.1 * i);
        labels.push_back(1);
    }
    cells.push_back(95.5);
    labels.push_back(1);
    cells.push_back(96);
    labels.push_back(1);
    const Sample sample = resample("smote", one_column(cells), labels_of(2, labels), {{"variant", "borderline"}, {"k", 1}});
    for (std::size_t row = cells.size(); row < sample.x.rows(); ++row) {
        EXPECT_GE(sample.x.number(row, 0), 95.5);
        EXPECT_LE(sample.x.number(row, 0), 96);
    }
    EXPECT_EQ(sample.x.rows(), 60u);
}

TEST(SmoteTest, RepeatsTheOnlyRowOfAClass) {
    const Sample sample = resample("smote", one_column({1, 2, 3, 50}), labels_of(2, {0, 0, 0, 1}));
    EXPECT_EQ(sample.x.numbers(0), (std::vector<double>{1, 2, 3, 50, 50, 50}));
}

TEST(SmoteTest, RefusesNumbersAsClasses) {
    EXPECT_NE(message_of([] { resample("smote", one_column({1}), values_of({1})); }).find("the target is a number"), std::string::npos);
}

}  // namespace
}  // namespace mlpc
