#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/stdlib/step_testing.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

RowIndex selected(const std::string& name, const Frame& x, ParamValues params) { return step_info(name).make_row_selector(params)->select(x); }

Expression column_ref(const std::string& name) { return {.op = Expression::Op::ColumnRef, .number = 0, .text = name, .operands = {}, .span = {}}; }
Expression number(double value) { return {.op = Expression::Op::Number, .number = value, .text = {}, .operands = {}, .span = {}}; }
Expression operation(Expression::Op op, std::vector<Expression> operands) {
    return {.op = op, .number = 0, .text = {}, .operands = std::move(operands), .span = {}};
}

// --- compared with scikit-learn -----------------------------------------------------------------------------------

// The scores that `select_k_best` keeps in its state.
std::vector<double> scores_in(FittedStep& step) {
    Archive writer = Archive::writer();
    step.archive(writer);
    Archive reader = Archive::reader(writer.bytes());
    std::vector<std::string> columns;
    std::vector<double> scores;
    reader.field("columns", columns);
    reader.field("scores", scores);
    return scores;
}

class StepsAgainstScikitLearn : public testing::Test {
protected:
    static void SetUpTestSuite() { reference_ = ask_scikit_learn("stdlib/sklearn_steps.py"); }
    void SetUp() override {
        if (!reference_) {
            GTEST_SKIP() << "python3-sklearn is not installed";
        }
    }
    void compare(const std::string& step, std::size_t at_least) { compare_step(*reference_, step, at_least); }
    static std::optional<Json> reference_;
};
std::optional<Json> StepsAgainstScikitLearn::reference_;

TEST_F(StepsAgainstScikitLearn, Scale) { compare("scale", 4); }
TEST_F(StepsAgainstScikitLearn, Impute) { compare("impute", 12); }
TEST_F(StepsAgainstScikitLearn, Pca) { compare("pca", 12); }
TEST_F(StepsAgainstScikitLearn, Polynomial) { compare("polynomial", 4); }
TEST_F(StepsAgainstScikitLearn, OneHot) { compare("one_hot", 5); }
TEST_F(StepsAgainstScikitLearn, Ordinal) { compare("ordinal", 1); }

TEST_F(StepsAgainstScikitLearn, SelectKBestScores) {
    for (const Json& one : (*reference_)["scores"]) {
        const Target y = target_of(one);
        const auto step = fit_step("select_k_best", table_of(one["x"]), {{"score", one["score"]}}, &y);
        const std::vector<double> ours = scores_in(*step);
        const auto reference = one["scores"].get<std::vector<double>>();
        ASSERT_EQ(ours.size(), reference.size());
        for (std::size_t c = 0; c < ours.size(); ++c) {
            EXPECT_NEAR(ours[c], reference[c], 1e-8 * reference[c]) << one["score"] << ", column " << c;
        }
    }
}

TEST_F(StepsAgainstScikitLearn, SelectKBestByMutualInformation) {
    std::size_t compared = 0;
    for (const Json& one : (*reference_)["informations"]) {
        const Target y = target_of(one);
        const std::vector<double> ours = scores_in(*fit_step("select_k_best", table_of(one["x"]), {{"score", "mutual_information"}}, &y));
        const auto reference = one["scores"].get<std::vector<double>>();
        ASSERT_EQ(ours.size(), reference.size());
        for (std::size_t c = 0; c < ours.size(); ++c) {
            EXPECT_NEAR(ours[c], reference[c], 0.02) << "set " << compared << ", column " << c;
        }
        ++compared;
    }
    EXPECT_EQ(compared, 3u);
}

// --- decisions of our own -----------------------------------------------------------------------------------------

TEST(ImputeTest, IsRowWiseWhereTheValueIsGiven) {
    const ComponentInfo& info = step_info("impute");
    EXPECT_EQ(info.effect(params_of(info, {{"strategy", "mean"}})), Effect::Learned);
    EXPECT_EQ(info.effect(params_of(info, {{"constant", 0.0}})), Effect::RowWise);
    EXPECT_EQ(info.effect(params_of(info, {{"category", "unknown"}})), Effect::RowWise);
}

TEST(ImputeTest, FillsWithAConstantThatMayBeANewLevel) {
    const Frame filled = fit_step("impute", one_category({"a", "", "b"}), {{"category", "unknown"}})->apply(one_category({"", "b"}));
    EXPECT_EQ(filled.text(0, 0), "unknown");
    EXPECT_EQ(filled.text(1, 0), "b");
    EXPECT_EQ(fit_step("impute", one_column({1, 2}), {{"constant", 7.0}})->apply(one_column({missing_number})).number(0, 0), 7);
}

TEST(ImputeTest, TakesTheFirstByTextOfEquallyFrequentLevels) {
    const auto step = fit_step("impute", one_category({"z", "b", "b", "z", ""}), {{"strategy", "most_frequent"}});
    EXPECT_EQ(step->apply(one_category({""})).text(0, 0), "b");
}

TEST(ImputeTest, HasAValueForAColumnWithoutAny) {
    EXPECT_EQ(fit_step("impute", one_column({missing_number}))->apply(one_column({missing_number})).number(0, 0), 0);
    const auto step = fit_step("impute", one_category({"", ""}), {{"strategy", "most_frequent"}});
    EXPECT_EQ(step->apply(one_category({""})).text(0, 0), "missing");
}

TEST(ImputeTest, MarksMissingCategoriesByACategory) {
    const auto step = fit_step("impute", one_category({"a", ""}), {{"strategy", "most_frequent"}, {"indicator", true}});
    const Frame filled = step->apply(one_category({"", "a"}));
    EXPECT_EQ(filled.names(), (std::vector<std::string>{"c", "c_missing"}));
    EXPECT_EQ(filled.text(0, 1), "yes");
    EXPECT_EQ(filled.text(1, 1), "no");
}

TEST(ImputeTest, SaysWhatACategoryNeeds) {
    EXPECT_NE(message_of([] { fit_step("impute", one_category({"a"})); }).find("impute(most_frequent)"), std::string::npos);
}

TEST(ImputeTest, CopiesNothingWhereNothingIsMissing) {
    const Frame x = one_column({1, 2});
    EXPECT_EQ(fit_step("impute", x)->apply(x).column(0).numbers, x.column(0).numbers);
}

TEST(ScaleTest, RefusesInfinityByNameOfTheColumn) {
    const std::string message = message_of([] { fit_step("scale", one_column({1, std::numeric_limits<double>::infinity()})); });
    EXPECT_NE(message.find("column `x` has an infinite value"), std::string::npos) << message;
}

TEST(ScaleTest, RefusesOtherColumnsThanThoseOfTheFit) {
    const auto step = fit_step("scale", one_column({1, 2}));
    const Frame other({Column::of_numbers("y", {1})}, 1);
    EXPECT_NE(message_of([&] { step->apply(other); }).find("fitted on column `x`"), std::string::npos);
}

TEST(OneHotTest, NamesColumnsByLevelInOrderOfText) {
    const Frame out = fit_step("one_hot", one_category({"south", "north", ""}), {{"missing", "column"}})->apply(one_category({"south", ""}));
    EXPECT_EQ(out.names(), (std::vector<std::string>{"c=north", "c=south", "c=(missing)"}));
    EXPECT_EQ(out.numbers(1), (std::vector<double>{1, 0}));
    EXPECT_EQ(out.numbers(2), (std::vector<double>{0, 1}));
}

TEST(OneHotTest, LeavesMissingAndUnseenCellsAllZeros) {
    const Frame out = fit_step("one_hot", one_category({"a", "b"}))->apply(one_category({"", "z"}));
    EXPECT_EQ(out.numbers(0), (std::vector<double>{0, 0}));
    EXPECT_EQ(out.numbers(1), (std::vector<double>{0, 0}));
}

TEST(OrdinalTest, KeepsTheDeclaredOrder) {
    const auto levels = std::make_shared<const Levels>(Levels{"small", "medium", "large"});
    const Frame x({Column::of_codes("size", {2, 0, missing_code}, levels, ColumnType::Ordinal)}, 3);
    const Frame out = fit_step("ordinal", x)->apply(x);
    EXPECT_EQ(out.number(0, 0), 2);
    EXPECT_EQ(out.number(1, 0), 0);
    EXPECT_TRUE(out.missing(2, 0));
}

TEST(DeriveTest, AddsAndReplacesColumnsFromThoseThatComeIn) {
    const Frame x({Column::of_numbers("a", {6, 8}), Column::of_numbers("b", {2, 4})}, 2);
    const std::vector<NamedExpression> formulas{{.name = "a", .expression = operation(Expression::Op::Divide, {column_ref("a"), column_ref("b")})},
                                                {.name = "sum", .expression = operation(Expression::Op::Add, {column_ref("a"), column_ref("b")})}};
    const Frame out = fit_step("derive", x, Json::object(), nullptr, formulas)->apply(x);
    EXPECT_EQ(out.names(), (std::vector<std::string>{"a", "b", "sum"}));
    EXPECT_EQ(out.numbers(0), (std::vector<double>{3, 2}));
    EXPECT_EQ(out.numbers(2), (std::vector<double>{8, 12}));
    EXPECT_EQ(fit_step("derive", x, {{"keep", false}}, nullptr, formulas)->apply(x).names(), (std::vector<std::string>{"a", "sum"}));
}

TEST(Log1pTest, RefusesWhatHasNoLogarithm) {
    EXPECT_DOUBLE_EQ(fit_step("log1p", one_column({0}))->apply(one_column({std::exp(1) - 1})).number(0, 0), 1);
    EXPECT_NE(message_of([] { fit_step("log1p", one_column({0}))->apply(one_column({-1})); }).find("above -1"), std::string::npos);
}

TEST(ClipTest, BoundsInfinitiesAndKeepsGaps) {
    const double infinity = std::numeric_limits<double>::infinity();
    const Frame out = fit_step("clip", one_column({0}))->apply(one_column({-infinity, 0.5, infinity, missing_number}));
    EXPECT_EQ(out.number(0, 0), 0);
    EXPECT_EQ(out.number(1, 0), 0.5);
    EXPECT_EQ(out.number(2, 0), 1);
    EXPECT_TRUE(out.missing(3, 0));
}

TEST(FilterTest, KeepsRowsForWhichTheConditionIsKnownToHold) {
    const auto adult = std::make_shared<const Expression>(operation(Expression::Op::GreaterEqual, {column_ref("x"), number(18)}));
    EXPECT_EQ(selected("filter", one_column({17, 18, missing_number, 40}), {{adult}}), (RowIndex{1, 3}));
}

TEST(DropDuplicatesTest, KeepsTheFirstOfEqualRows) {
    const Frame x({Column::of_numbers("n", {0.0, -0.0, missing_number, missing_number, 1, 0.0}), Column::of_texts("c", {"a", "a", "", "", "a", "b"})},
                  6);
    EXPECT_EQ(selected("drop_duplicates", x, {}), (RowIndex{0, 2, 4, 5}));
    EXPECT_EQ(selected("drop_duplicates", x.take({5, 1, 0}), {}), (RowIndex{0, 1}));
}

TEST(SampleTest, DrawsRowsWithoutReplacementInTheirOrder) {
    const Frame x = one_column(std::vector<double>(100, 1.0));
    const RowIndex kept = selected("sample", x, {{std::int64_t{30}}, {std::int64_t{7}}});
    EXPECT_EQ(kept.size(), 30);
    EXPECT_TRUE(std::adjacent_find(kept.begin(), kept.end(), std::greater_equal<>()) == kept.end());
    EXPECT_EQ(selected("sample", x, {{std::int64_t{30}}, {std::int64_t{7}}}), kept);
    EXPECT_NE(selected("sample", x, {{std::int64_t{30}}, {std::int64_t{8}}}), kept);
    EXPECT_EQ(selected("sample", x, {{std::int64_t{1000}}, {std::int64_t{0}}}).size(), 100);
}

TEST(SelectKBestTest, KeepsTheOrderOfTheColumnsAndDropsConstantOnesFirst) {
    const Frame x({Column::of_numbers("noise", {1, 2, 1, 2}), Column::of_numbers("same", {5, 5, 5, 5}), Column::of_numbers("signal", {1, 2, 8, 9})},
                  4);
    const Target y{
        .task = Task::Binary, .values = {}, .labels = {0, 0, 1, 1}, .classes = std::make_shared<const Levels>(Levels{"0", "1"}), .weights = {}};
    EXPECT_EQ(fit_step("select_k_best", x, {{"k", 1}}, &y)->apply(x).names(), (std::vector<std::string>{"signal"}));
    EXPECT_EQ(fit_step("select_k_best", x, {{"k", 2}}, &y)->apply(x).names(), (std::vector<std::string>{"noise", "signal"}));
    EXPECT_EQ(fit_step("select_k_best", x, {{"k", 9}}, &y)->apply(x).columns(), 3u);
}

TEST(PolynomialTest, NamesProducts) {
    const Frame x({Column::of_numbers("age", {2}), Column::of_numbers("income", {3})}, 1);
    const Frame out = fit_step("polynomial", x)->apply(x);
    EXPECT_EQ(out.names(), (std::vector<std::string>{"age", "income", "age^2", "age*income", "income^2"}));
    EXPECT_EQ(out.number(0, 3), 6);
}

TEST(PolynomialTest, RefusesToFillTheMemory) {
    Matrix wide = Matrix::Ones(1, 300);
    std::vector<std::string> names;
    for (int c = 0; c < 300; ++c) {
        names.push_back(fmt::format("x{}", c));
    }
    const Frame x = Frame::from_matrix(wide, names);
    EXPECT_NE(message_of([&] { fit_step("polynomial", x, {{"degree", 3}}); }).find("choose a smaller degree"), std::string::npos);
}

TEST(PcaTest, ASmallerFitIsAViewOfALargerOne) {
    Matrix cells = Matrix::Random(40, 6);
    const Frame x = Frame::from_matrix(cells, {"a", "b", "c", "d", "e", "f"});
    const auto all = fit_step("pca", x);
    const auto two = all->restricted({std::int64_t{2}});
    ASSERT_NE(two, nullptr);
    EXPECT_EQ(two->apply(x).names(), (std::vector<std::string>{"pca1", "pca2"}));
    EXPECT_EQ(two->restricted({std::int64_t{4}}), nullptr);
}

TEST(OversampleTest, BringsEveryClassUpToTheShareOfTheLargest) {
    const Frame x = one_column({0, 1, 2, 3, 4, 5, 6, 7, 8});
    const Target y{.task = Task::Multiclass,
                   .values = {},
                   .labels = {0, 0, 0, 0, 0, 0, 1, 1, 2},
                   .classes = std::make_shared<const Levels>(Levels{"a", "b", "c", "d"}),
                   .weights = {}};
    const ComponentInfo& info = step_info("oversample");
    FitContext context{.rng = Rng::of_seed(3), .cancelled = nullptr};
    const Sample sample = info.make_resampler(params_of(info, {{"ratio", 0.5}}))->resample(x, y, context);
    EXPECT_EQ(std::count(sample.y.labels.begin(), sample.y.labels.end(), 0), 6);
    EXPECT_EQ(std::count(sample.y.labels.begin(), sample.y.labels.end(), 1), 3);
    EXPECT_EQ(std::count(sample.y.labels.begin(), sample.y.labels.end(), 2), 3);
    EXPECT_EQ(sample.x.rows(), 12u);
    for (std::size_t row = 0; row < sample.x.rows(); ++row) {
        const auto original = static_cast<std::size_t>(sample.x.number(row, 0));
        EXPECT_EQ(sample.y.labels[row], y.labels[original]);
        EXPECT_TRUE(row >= x.rows() || original == row) << "the rows themselves come first";
    }
}

TEST(OversampleTest, RefusesNumbers) {
    const Target y{.task = Task::Regression, .values = {1, 2}, .labels = {}, .classes = nullptr, .weights = {}};
    const ComponentInfo& info = step_info("oversample");
    FitContext context{.rng = Rng::of_seed(3), .cancelled = nullptr};
    EXPECT_THROW(info.make_resampler(info.default_params())->resample(one_column({1, 2}), y, context), RunError);
}

}  // namespace
}  // namespace mlpc
