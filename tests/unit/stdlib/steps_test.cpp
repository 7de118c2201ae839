#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

using Json = nlohmann::json;

const ComponentInfo& step_info(const std::string& name) { return *standard_library().find(ComponentKind::Step, name); }

ParamValue param_of(const ParamSpec& spec, const Json& value) {
    if (value.is_boolean()) {
        return {value.get<bool>()};
    }
    if (value.is_string()) {
        return spec.words.empty() ? ParamValue{value.get<std::string>()} : ParamValue{Word{value.get<std::string>()}};
    }
    return value.is_number_integer() ? ParamValue{value.get<std::int64_t>()} : ParamValue{value.get<double>()};
}

// Parameters by name, as a file would give them; the others at their defaults.
ParamValues params_of(const ComponentInfo& info, const Json& given) {
    ParamValues values = info.default_params();
    for (const auto& [name, value] : given.items()) {
        const std::size_t p = info.find_param(name);
        values.at(p) = param_of(info.params[p], value);
    }
    return values;
}

std::unique_ptr<FittedStep> fit(const std::string& name, const Frame& x, const Json& given = Json::object(), const Target* y = nullptr,
                                const std::vector<NamedExpression>& named = {}) {
    FitContext context{.rng = Rng::of_seed(1), .cancelled = nullptr};
    const ComponentInfo& info = step_info(name);
    return info.make_step(params_of(info, given), named)->fit(x, y, context);
}

RowIndex selected(const std::string& name, const Frame& x, ParamValues params) { return step_info(name).make_row_selector(params)->select(x); }

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const RunError& error) {
        return error.what();
    }
    return "no RunError";
}

Frame one_column(std::vector<double> cells) {
    const std::size_t rows = cells.size();
    return {{Column::of_numbers("x", std::move(cells))}, rows};
}

Frame one_category(const std::vector<std::string>& cells) { return {{Column::of_texts("c", cells)}, cells.size()}; }

Expression column_ref(const std::string& name) { return {.op = Expression::Op::ColumnRef, .number = 0, .text = name, .operands = {}, .span = {}}; }
Expression number(double value) { return {.op = Expression::Op::Number, .number = value, .text = {}, .operands = {}, .span = {}}; }
Expression operation(Expression::Op op, std::vector<Expression> operands) {
    return {.op = op, .number = 0, .text = {}, .operands = std::move(operands), .span = {}};
}

// --- compared with scikit-learn -----------------------------------------------------------------------------------

Frame frame_of(const Json& columns) {
    std::vector<Column> made;
    for (const Json& cells : columns) {
        const std::string name = fmt::format("x{}", made.size());
        if (cells.front().is_string()) {
            made.push_back(Column::of_texts(name, cells.get<std::vector<std::string>>()));
            continue;
        }
        std::vector<double> numbers;
        for (const Json& cell : cells) {
            numbers.push_back(cell.is_null() ? missing_number : cell.get<double>());
        }
        made.push_back(Column::of_numbers(name, std::move(numbers)));
    }
    return {std::move(made), columns.front().size()};
}

void expect_near(const Frame& ours, const Frame& reference, const std::string& what) {
    ASSERT_EQ(ours.columns(), reference.columns()) << what;
    ASSERT_EQ(ours.rows(), reference.rows()) << what;
    for (std::size_t c = 0; c < ours.columns(); ++c) {
        for (std::size_t row = 0; row < ours.rows(); ++row) {
            ASSERT_EQ(ours.missing(row, c), reference.missing(row, c)) << what << ", row " << row << ", column " << c;
            const double expected = reference.number(row, c);
            if (!reference.missing(row, c)) {
                ASSERT_NEAR(ours.number(row, c), expected, 1e-9 * (1 + std::abs(expected))) << what << ", row " << row << ", column " << c;
            }
        }
    }
}

Target target_of(const Json& score) {
    Target y;
    if (score.contains("values")) {
        y.values = score["values"].get<std::vector<double>>();
        return y;
    }
    y.task = Task::Binary;
    y.labels = score["labels"].get<std::vector<std::int32_t>>();
    y.classes = std::make_shared<const Levels>(Levels{"0", "1"});
    return y;
}

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
    void compare(const std::string& step, std::size_t at_least) {
        std::size_t compared = 0;
        for (const Json& one : (*reference_)["cases"]) {
            if (one["step"] == step) {
                const Frame result = fit(step, frame_of(one["train"]), one["params"])->apply(frame_of(one["test"]));
                expect_near(result, frame_of(one["output"]), fmt::format("{}({})", step, one["params"].dump()));
                ++compared;
            }
        }
        EXPECT_GE(compared, at_least);
    }
    static std::optional<Json> reference_;
};
std::optional<Json> StepsAgainstScikitLearn::reference_;

TEST_F(StepsAgainstScikitLearn, Scale) { compare("scale", 4); }
TEST_F(StepsAgainstScikitLearn, Impute) { compare("impute", 12); }
TEST_F(StepsAgainstScikitLearn, Pca) { compare("pca", 12); }
TEST_F(StepsAgainstScikitLearn, Polynomial) { compare("polynomial", 4); }
TEST_F(StepsAgainstScikitLearn, OneHot) { compare("one_hot", 4); }
TEST_F(StepsAgainstScikitLearn, Ordinal) { compare("ordinal", 1); }

TEST_F(StepsAgainstScikitLearn, SelectKBestScores) {
    for (const Json& one : (*reference_)["scores"]) {
        const Target y = target_of(one);
        const auto step = fit("select_k_best", frame_of(one["x"]), {{"score", one["score"]}}, &y);
        const std::vector<double> ours = scores_in(*step);
        const auto reference = one["scores"].get<std::vector<double>>();
        ASSERT_EQ(ours.size(), reference.size());
        for (std::size_t c = 0; c < ours.size(); ++c) {
            EXPECT_NEAR(ours[c], reference[c], 1e-8 * reference[c]) << one["score"] << ", column " << c;
        }
    }
}

// --- decisions of our own -----------------------------------------------------------------------------------------

TEST(ImputeTest, IsRowWiseWhereTheValueIsGiven) {
    const ComponentInfo& info = step_info("impute");
    EXPECT_EQ(info.effect(params_of(info, {{"strategy", "mean"}})), Effect::Learned);
    EXPECT_EQ(info.effect(params_of(info, {{"constant", 0.0}})), Effect::RowWise);
    EXPECT_EQ(info.effect(params_of(info, {{"category", "unknown"}})), Effect::RowWise);
}

TEST(ImputeTest, FillsWithAConstantThatMayBeANewLevel) {
    const Frame filled = fit("impute", one_category({"a", "", "b"}), {{"category", "unknown"}})->apply(one_category({"", "b"}));
    EXPECT_EQ(filled.text(0, 0), "unknown");
    EXPECT_EQ(filled.text(1, 0), "b");
    EXPECT_EQ(fit("impute", one_column({1, 2}), {{"constant", 7.0}})->apply(one_column({missing_number})).number(0, 0), 7);
}

TEST(ImputeTest, TakesTheFirstByTextOfEquallyFrequentLevels) {
    const auto step = fit("impute", one_category({"z", "b", "b", "z", ""}), {{"strategy", "most_frequent"}});
    EXPECT_EQ(step->apply(one_category({""})).text(0, 0), "b");
}

TEST(ImputeTest, HasAValueForAColumnWithoutAny) {
    EXPECT_EQ(fit("impute", one_column({missing_number}))->apply(one_column({missing_number})).number(0, 0), 0);
    const auto step = fit("impute", one_category({"", ""}), {{"strategy", "most_frequent"}});
    EXPECT_EQ(step->apply(one_category({""})).text(0, 0), "missing");
}

TEST(ImputeTest, MarksMissingCategoriesByACategory) {
    const auto step = fit("impute", one_category({"a", ""}), {{"strategy", "most_frequent"}, {"indicator", true}});
    const Frame filled = step->apply(one_category({"", "a"}));
    EXPECT_EQ(filled.names(), (std::vector<std::string>{"c", "c_missing"}));
    EXPECT_EQ(filled.text(0, 1), "yes");
    EXPECT_EQ(filled.text(1, 1), "no");
}

TEST(ImputeTest, SaysWhatACategoryNeeds) {
    EXPECT_NE(message_of([] { fit("impute", one_category({"a"})); }).find("impute(most_frequent)"), std::string::npos);
}

TEST(ImputeTest, CopiesNothingWhereNothingIsMissing) {
    const Frame x = one_column({1, 2});
    EXPECT_EQ(fit("impute", x)->apply(x).column(0).numbers, x.column(0).numbers);
}

TEST(ScaleTest, RefusesInfinityByNameOfTheColumn) {
    const std::string message = message_of([] { fit("scale", one_column({1, std::numeric_limits<double>::infinity()})); });
    EXPECT_NE(message.find("column `x` has an infinite value"), std::string::npos) << message;
}

TEST(ScaleTest, RefusesOtherColumnsThanThoseOfTheFit) {
    const auto step = fit("scale", one_column({1, 2}));
    const Frame other({Column::of_numbers("y", {1})}, 1);
    EXPECT_NE(message_of([&] { step->apply(other); }).find("fitted on column `x`"), std::string::npos);
}

TEST(OneHotTest, NamesColumnsByLevelInOrderOfText) {
    const Frame out = fit("one_hot", one_category({"south", "north", ""}), {{"missing", "column"}})->apply(one_category({"south", ""}));
    EXPECT_EQ(out.names(), (std::vector<std::string>{"c=north", "c=south", "c=(missing)"}));
    EXPECT_EQ(out.numbers(1), (std::vector<double>{1, 0}));
    EXPECT_EQ(out.numbers(2), (std::vector<double>{0, 1}));
}

TEST(OneHotTest, LeavesMissingAndUnseenCellsAllZeros) {
    const Frame out = fit("one_hot", one_category({"a", "b"}))->apply(one_category({"", "z"}));
    EXPECT_EQ(out.numbers(0), (std::vector<double>{0, 0}));
    EXPECT_EQ(out.numbers(1), (std::vector<double>{0, 0}));
}

TEST(OrdinalTest, KeepsTheDeclaredOrder) {
    const auto levels = std::make_shared<const Levels>(Levels{"small", "medium", "large"});
    const Frame x({Column::of_codes("size", {2, 0, missing_code}, levels, ColumnType::Ordinal)}, 3);
    const Frame out = fit("ordinal", x)->apply(x);
    EXPECT_EQ(out.number(0, 0), 2);
    EXPECT_EQ(out.number(1, 0), 0);
    EXPECT_TRUE(out.missing(2, 0));
}

TEST(DeriveTest, AddsAndReplacesColumnsFromThoseThatComeIn) {
    const Frame x({Column::of_numbers("a", {6, 8}), Column::of_numbers("b", {2, 4})}, 2);
    const std::vector<NamedExpression> formulas{{.name = "a", .expression = operation(Expression::Op::Divide, {column_ref("a"), column_ref("b")})},
                                                {.name = "sum", .expression = operation(Expression::Op::Add, {column_ref("a"), column_ref("b")})}};
    const Frame out = fit("derive", x, Json::object(), nullptr, formulas)->apply(x);
    EXPECT_EQ(out.names(), (std::vector<std::string>{"a", "b", "sum"}));
    EXPECT_EQ(out.numbers(0), (std::vector<double>{3, 2}));
    EXPECT_EQ(out.numbers(2), (std::vector<double>{8, 12}));
    EXPECT_EQ(fit("derive", x, {{"keep", false}}, nullptr, formulas)->apply(x).names(), (std::vector<std::string>{"a", "sum"}));
}

TEST(Log1pTest, RefusesWhatHasNoLogarithm) {
    EXPECT_DOUBLE_EQ(fit("log1p", one_column({0}))->apply(one_column({std::exp(1) - 1})).number(0, 0), 1);
    EXPECT_NE(message_of([] { fit("log1p", one_column({0}))->apply(one_column({-1})); }).find("above -1"), std::string::npos);
}

TEST(ClipTest, BoundsInfinitiesAndKeepsGaps) {
    const double infinity = std::numeric_limits<double>::infinity();
    const Frame out = fit("clip", one_column({0}))->apply(one_column({-infinity, 0.5, infinity, missing_number}));
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

TEST(SelectKBestTest, KeepsTheOrderOfTheColumnsAndDropsConstantOnesFirst) {
    const Frame x({Column::of_numbers("noise", {1, 2, 1, 2}), Column::of_numbers("same", {5, 5, 5, 5}), Column::of_numbers("signal", {1, 2, 8, 9})},
                  4);
    const Target y{
        .task = Task::Binary, .values = {}, .labels = {0, 0, 1, 1}, .classes = std::make_shared<const Levels>(Levels{"0", "1"}), .weights = {}};
    EXPECT_EQ(fit("select_k_best", x, {{"k", 1}}, &y)->apply(x).names(), (std::vector<std::string>{"signal"}));
    EXPECT_EQ(fit("select_k_best", x, {{"k", 2}}, &y)->apply(x).names(), (std::vector<std::string>{"noise", "signal"}));
    EXPECT_EQ(fit("select_k_best", x, {{"k", 9}}, &y)->apply(x).columns(), 3u);
}

TEST(PolynomialTest, NamesProducts) {
    const Frame x({Column::of_numbers("age", {2}), Column::of_numbers("income", {3})}, 1);
    const Frame out = fit("polynomial", x)->apply(x);
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
    EXPECT_NE(message_of([&] { fit("polynomial", x, {{"degree", 3}}); }).find("choose a smaller degree"), std::string::npos);
}

TEST(PcaTest, ASmallerFitIsAViewOfALargerOne) {
    Matrix cells = Matrix::Random(40, 6);
    const Frame x = Frame::from_matrix(cells, {"a", "b", "c", "d", "e", "f"});
    const auto all = fit("pca", x);
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
