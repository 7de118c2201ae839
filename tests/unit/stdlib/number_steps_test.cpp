// Steps that change numbers column by column or row by row.
#include "tests/reference/python_oracle.h"
#include "tests/unit/stdlib/step_testing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

class NumberStepsAgainstScikitLearn : public testing::Test {
protected:
    static void SetUpTestSuite() { reference_ = ask_scikit_learn("stdlib/sklearn_number_steps.py"); }
    void SetUp() override {
        if (!reference_) {
            GTEST_SKIP() << "python3-sklearn is not installed";
        }
    }
    static std::optional<Json> reference_;
};
std::optional<Json> NumberStepsAgainstScikitLearn::reference_;

TEST_F(NumberStepsAgainstScikitLearn, Scale) { compare_step(*reference_, "scale", 6); }
TEST_F(NumberStepsAgainstScikitLearn, Power) { compare_step(*reference_, "power", 6); }
TEST_F(NumberStepsAgainstScikitLearn, Quantile) { compare_step(*reference_, "quantile", 12); }
TEST_F(NumberStepsAgainstScikitLearn, KBins) { compare_step(*reference_, "k_bins", 18); }
TEST_F(NumberStepsAgainstScikitLearn, Spline) { compare_step(*reference_, "spline", 25); }
TEST_F(NumberStepsAgainstScikitLearn, Normalise) { compare_step(*reference_, "normalise", 3); }
TEST_F(NumberStepsAgainstScikitLearn, Binarise) { compare_step(*reference_, "binarise", 1); }
TEST_F(NumberStepsAgainstScikitLearn, MissingIndicator) { compare_step(*reference_, "missing_indicator", 2); }
TEST_F(NumberStepsAgainstScikitLearn, VarianceThreshold) { compare_step(*reference_, "variance_threshold", 3); }
TEST_F(NumberStepsAgainstScikitLearn, ImputeKnn) { compare_step(*reference_, "impute_knn", 6); }
TEST_F(NumberStepsAgainstScikitLearn, ImputeIterative) { compare_step(*reference_, "impute_iterative", 2); }

TEST(ScaleTest, RefusesABackwardRange) {
    EXPECT_NE(message_of([] { fit_step("scale", one_column({1, 2}), {{"range", {2.0, 1.0}}}); }).find("the smaller one first"), std::string::npos);
}

TEST(PowerTest, RefusesALogarithmOfNothing) {
    EXPECT_NE(message_of([] { fit_step("power", one_column({0, 1, 2}), {{"method", "box_cox"}}); }).find("power(yeo_johnson)"), std::string::npos);
}

TEST(PowerTest, MakesALogNormalColumnNormal) {
    std::vector<double> cells;
    Rng rng = Rng::of_seed(3);
    for (int i = 0; i < 2000; ++i) {
        cells.push_back(std::exp(3 * rng.normal()));
    }
    const Frame x = one_column(cells);
    double cubes = 0;
    for (const double value : fit_step("power", x, {{"method", "box_cox"}})->apply(x).numbers(0)) {
        cubes += value * value * value / 2000;
    }
    EXPECT_NEAR(cubes, 0, 0.05);
}

TEST(PowerTest, CentresAConstantColumn) { EXPECT_EQ(fit_step("power", one_column({5, 5, 5}))->apply(one_column({5})).number(0, 0), 0); }

TEST(QuantileTest, PutsARunOfEqualValuesAtItsMiddle) {
    const Frame x = one_column({0, 1, 1, 1, 2});
    EXPECT_EQ(fit_step("quantile", x)->apply(x).numbers(0), (std::vector<double>{0, 0.5, 0.5, 0.5, 1}));
}

TEST(KBinsTest, LeavesAMissingCellWithoutABin) {
    const Frame x = one_column({1, 2, 3, 4, missing_number});
    const Frame marked = fit_step("k_bins", x, {{"bins", 2}})->apply(x);
    EXPECT_EQ(marked.names(), (std::vector<std::string>{"x:bin0", "x:bin1"}));
    EXPECT_EQ(marked.numbers(0), (std::vector<double>{1, 1, 0, 0, 0}));
    EXPECT_EQ(marked.numbers(1), (std::vector<double>{0, 0, 1, 1, 0}));
    EXPECT_TRUE(fit_step("k_bins", x, {{"encode", "ordinal"}})->apply(x).missing(4, 0));
}

TEST(SplineTest, StopsBeyondItsKnotsWhereAskedTo) {
    const auto step = fit_step("spline", one_column({0, 1, 2}), {{"extrapolation", "error"}});
    EXPECT_EQ(step->apply(one_column({2})).rows(), 1u);
    EXPECT_NE(message_of([&] { step->apply(one_column({2.5})); }).find("beyond the knots 0 to 2"), std::string::npos);
}

TEST(SplineTest, AddsUpToOneWithRepeatedKnots) {
    const Frame x = one_column({0, 0, 0, 0, 0, 0, 1, 2, 3, 3, 3});
    const Frame out = fit_step("spline", x, {{"placing", "quantile"}, {"knots", 7}})->apply(one_column({0, 0.3, 1.5, 3, 9}));
    for (std::size_t row = 0; row < out.rows(); ++row) {
        double sum = 0;
        for (std::size_t c = 0; c < out.columns(); ++c) {
            sum += out.number(row, c);
        }
        EXPECT_NEAR(sum, 1, 1e-12) << row;
    }
}

TEST(NormaliseTest, KeepsRowsBeyondTheRangeOfSquares) {
    const Frame x({Column::of_numbers("a", {3e300, 3e-300}), Column::of_numbers("b", {4e300, 4e-300})}, 2);
    const Frame out = fit_step("normalise", x)->apply(x);
    EXPECT_NEAR(out.number(0, 0), 0.6, 1e-15);
    EXPECT_NEAR(out.number(1, 1), 0.8, 1e-15);
}

TEST(WinsoriseTest, BoundsByQuantilesOfTheFittedRows) {
    const auto step = fit_step("winsorise", one_column({0, 1, 2, 3, 4}), {{"quantiles", {0.25, 0.75}}});
    const Frame out = step->apply(one_column({-9, 2, 99, missing_number}));
    EXPECT_EQ(out.number(0, 0), 1);
    EXPECT_EQ(out.number(1, 0), 2);
    EXPECT_EQ(out.number(2, 0), 3);
    EXPECT_TRUE(out.missing(3, 0));
}

TEST(VarianceThresholdTest, ReadsSparseColumnsAsIfTheyWereDense) {
    SparseRows cells{.columns = 3, .offsets = {0, 2, 3, 4, 5}, .indices = {0, 1, 1, 1, 1}, .values = {2, 5, 5, 5, 5}};
    const Frame sparse = Frame::from_sparse(std::make_shared<const SparseRows>(cells), {"a", "b", "c"});
    const Frame dense = sparse.densified(1 << 20);
    for (const double threshold : {0.0, 0.5, 0.74}) {
        const Json params{{"threshold", threshold}};
        const Frame kept = fit_step("variance_threshold", sparse, params)->apply(sparse);
        EXPECT_EQ(kept.names(), (std::vector<std::string>{"a"}));
        EXPECT_EQ(kept.names(), fit_step("variance_threshold", dense, params)->apply(dense).names());
    }
    EXPECT_NE(message_of([&] { fit_step("variance_threshold", sparse, {{"threshold", 0.75}}); }).find("lower `threshold`"), std::string::npos);
}

TEST(ImputeKnnTest, TakesTheMeanWhereNoRowSharesAColumn) {
    const Frame x({Column::of_numbers("a", {1, 3, missing_number}), Column::of_numbers("b", {missing_number, missing_number, 7})}, 3);
    const Frame out = fit_step("impute_knn", x)->apply(x);
    EXPECT_EQ(out.numbers(0), (std::vector<double>{1, 3, 2}));
    EXPECT_EQ(out.numbers(1), (std::vector<double>{7, 7, 7}));
}

TEST(ImputeIterativeTest, RefusesMoreColumnsThanItCanRegress) {
    const Frame x = Frame::from_matrix(Matrix::Zero(3, 501), std::vector<std::string>(501, "x"));
    EXPECT_NE(message_of([&] { fit_step("impute_iterative", x); }).find("takes 500 at most"), std::string::npos);
}

TEST(MissingIndicatorTest, IsRowWiseForAllColumns) {
    const ComponentInfo& info = step_info("missing_indicator");
    EXPECT_EQ(info.effect(params_of(info, {{"columns", "all"}})), Effect::RowWise);
    EXPECT_EQ(info.effect(params_of(info, {{"columns", "gappy"}})), Effect::Learned);
}

}  // namespace
}  // namespace mlpc
