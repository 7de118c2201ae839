// Steps that make numbers of categories.
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/stdlib/step_testing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

class CategoryStepsAgainstReference : public testing::Test {
protected:
    static void SetUpTestSuite() { reference_ = ask_scikit_learn("stdlib/reference_category_steps.py"); }
    void SetUp() override {
        if (!reference_) {
            GTEST_SKIP() << "python3-sklearn is not installed";
        }
    }
    static std::optional<Json> reference_;
};
std::optional<Json> CategoryStepsAgainstReference::reference_;

TEST_F(CategoryStepsAgainstReference, HashingEncode) { compare_step(*reference_, "hashing_encode", 6); }

Target truth_of(const Json& one) {
    if (one["task"] == "regression") {
        return values_of(one["y"].get<std::vector<double>>());
    }
    return labels_of(one["task"] == "binary" ? 2 : 3, one["y"].get<std::vector<std::int32_t>>());
}

TEST_F(CategoryStepsAgainstReference, TargetEncode) {
    std::size_t compared = 0;
    for (const Json& one : (*reference_)["target"]) {
        const Target y = truth_of(one);
        const auto step = fit_step("target_encode", table_of(one["train"]), {{"smooth", one["smooth"]}}, &y);
        expect_near(step->apply(table_of(one["test"])), table_of(one["output"]), one["task"].dump() + one["smooth"].dump());
        ++compared;
    }
    EXPECT_EQ(compared, 9u);
}

TEST(TargetEncodeTest, EncodesAPartByTheOthers) {
    const Frame x = one_category({"a", "a", "b", "b"});
    const Target y = values_of({1, 2, 30, 40});
    const Sample sample = resample("target_encode", x, y, {{"folds", 4}, {"smooth", 0.0}});
    EXPECT_EQ(sample.x.numbers(0), (std::vector<double>{2, 1, 40, 30}));
    EXPECT_EQ(sample.y.values, y.values);
}

TEST(TargetEncodeTest, TellsNothingOfNoiseToTheRowsItIsFittedOn) {
    // Every level is in two rows and the target is drawn: encoded in place, the rows' own targets would show.
    std::vector<std::string> cells;
    std::vector<double> values;
    Rng rng = Rng::of_seed(8);
    for (int i = 0; i < 600; ++i) {
        cells.push_back("level " + std::to_string(i / 2));
        values.push_back(rng.normal());
    }
    const Frame x = one_category(cells);
    const Target y = values_of(values);
    const auto covariance = [&](const Frame& encoded) {
        double sum = 0;
        for (std::size_t row = 0; row < 600; ++row) {
            sum += encoded.number(row, 0) * values[row] / 600;
        }
        return sum;
    };
    const Json params{{"smooth", 0.0}};
    EXPECT_GT(covariance(fit_step("target_encode", x, params, &y)->apply(x)), 0.4);
    EXPECT_LT(std::abs(covariance(resample("target_encode", x, y, params).x)), 0.15);
}

TEST(TargetEncodeTest, NamesAColumnForEachOfManyClasses) {
    const Target y = labels_of(3, {0, 1, 2, 0});
    const auto step = fit_step("target_encode", one_category({"a", "b", "", "a"}), {{"smooth", 0.0}}, &y);
    const Frame out = step->apply(one_category({"a", "", "new"}));
    EXPECT_EQ(out.names(), (std::vector<std::string>{"c:c0", "c:c1", "c:c2"}));
    EXPECT_EQ(out.numbers(0), (std::vector<double>{1, 0, 0.5}));
    EXPECT_EQ(out.numbers(2), (std::vector<double>{0, 1, 0.25}));
}

TEST(TargetEncodeTest, NeedsAnotherRowToEncodeOneBy) {
    EXPECT_NE(message_of([] { resample("target_encode", one_category({"a"}), values_of({1})); }).find("needs 2 or more"), std::string::npos);
}

TEST(FrequencyEncodeTest, CountsLevelsAndMissingCells) {
    const auto step = fit_step("frequency_encode", one_category({"a", "a", "b", ""}));
    EXPECT_EQ(step->apply(one_category({"a", "b", "", "new"})).numbers(0), (std::vector<double>{0.5, 0.25, 0.25, 0}));
    const auto counted = fit_step("frequency_encode", one_category({"a", "a", "b", ""}), {{"measure", "count"}});
    EXPECT_EQ(counted->apply(one_category({"a", "new"})).numbers(0), (std::vector<double>{2, 0}));
}

TEST(HashingEncodeTest, LearnsNothing) {
    const Frame x = one_category({"a", "b", ""});
    const Frame out = fit_step("hashing_encode", one_category({"z"}), {{"columns", 4}})->apply(x);
    EXPECT_EQ(out.names(), (std::vector<std::string>{"hash1", "hash2", "hash3", "hash4"}));
    double sum = 0;
    for (std::size_t c = 0; c < 4; ++c) {
        sum += std::abs(out.number(0, c));
        EXPECT_EQ(out.number(2, c), 0);
    }
    EXPECT_EQ(sum, 1);
}

TEST(GroupRareTest, GroupsRareAndUnseenLevels) {
    const auto step = fit_step("group_rare", one_category({"a", "a", "a", "b", "b", "c"}), {{"share", 0.3}});
    const Frame out = step->apply(one_category({"a", "b", "c", "new", ""}));
    EXPECT_EQ(out.column(0).type, ColumnType::Category);
    EXPECT_EQ(out.text(0, 0), "a");
    EXPECT_EQ(out.text(1, 0), "b");
    EXPECT_EQ(out.text(2, 0), "(rare)");
    EXPECT_EQ(out.text(3, 0), "(rare)");
    EXPECT_TRUE(out.missing(4, 0));
}

TEST(GroupRareTest, KeepsTheMostFrequentLevels) {
    const Json params{{"share", 0.0}, {"max_levels", 1}, {"name", "other"}};
    const Frame out = fit_step("group_rare", one_category({"b", "b", "a", "a", "c"}), params)->apply(one_category({"a", "b"}));
    EXPECT_EQ(out.text(0, 0), "a") << "the first by text of equally frequent ones";
    EXPECT_EQ(out.text(1, 0), "other");
}

}  // namespace
}  // namespace mlpc
