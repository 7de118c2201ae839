#include "runtime/io/validate.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace validate_test {

using Op = Expression::Op;
constexpr double NA = missing_number;

Expression num(double n) { return {.op = Op::Number, .number = n}; }
Expression txt(std::string t) { return {.op = Op::Text, .text = std::move(t)}; }
Expression col(std::string name) { return {.op = Op::ColumnRef, .text = std::move(name)}; }
Expression op(Op o, std::vector<Expression> operands, std::string text = "") {
    return {.op = o, .text = std::move(text), .operands = std::move(operands)};
}
Expression agg(std::string name, std::vector<Expression> operands = {}) { return op(Op::Aggregate, std::move(operands), std::move(name)); }

Frame customers() {
    return Frame(
        {Column::of_texts("customer", {"c1", "c2", "c1", "c4", "", ""}), Column::of_texts("churned", {"yes", "no", "no", "no", "no", "no"}),
         Column::of_numbers("tenure", {3, -1, NA, 120, -2.5, 0}), Column::of_numbers("income", {1000, 2000, NA, NA, 5000, 6000}),
         Column::of_texts("region", {"north", "south", "east", "north", "", "south"}),
         Column::of_texts("email", {"a@b", "ab", "@", "x@y", "", "c@d"}), Column::of_numbers("start", {0, 19754, 0, NA, 5, 0}, ColumnType::Date),
         Column::of_numbers("end", {1, 19723, 0, 9, 5, 2}, ColumnType::Date)},
        6);
}

RuleFailure failure_of(Expression condition, const Frame& frame = customers()) {
    const std::vector<RuleFailure> failures = validate({{.condition = std::move(condition), .warn = false, .text = ""}}, frame);
    if (failures.size() != 1) {
        ADD_FAILURE() << failures.size() << " failures";
        return {};
    }
    return failures[0];
}
void expect_passes(Expression condition) {
    EXPECT_TRUE(validate({{.condition = condition, .warn = false, .text = ""}}, customers()).empty()) << to_string(condition);
}
Expression churn_share() { return agg("share", {op(Op::Equal, {col("churned"), txt("yes")})}); }

TEST(Validate, RulesThatHold) {
    expect_passes(op(Op::GreaterEqual, {agg("rows"), num(6)}));
    expect_passes(op(Op::LessEqual, {agg("missing", {col("income")}), num(0.34)}));
    expect_passes(op(Op::InRange, {churn_share(), num(0.05), num(0.5)}));
    expect_passes(agg("unique", {col("income")}));
    expect_passes(op(Op::InSet, {col("region"), txt("north"), txt("south"), txt("east")}));
}

TEST(Validate, AMissingConditionPassesTheRow) {
    const RuleFailure failure = failure_of(op(Op::GreaterEqual, {col("tenure"), num(0)}));
    EXPECT_EQ(failure.failing_rows, 2U);
    EXPECT_EQ(failure.first, (std::vector<std::size_t>{3, 6}));
    EXPECT_EQ(failure.detail, "row 3: tenure is -1; row 6: tenure is -2.5");
}

TEST(Validate, SharesArePercentages) {
    EXPECT_EQ(failure_of(op(Op::LessEqual, {agg("missing", {col("income")}), num(0.2)})).detail,
              "missing(income) is 33.3 %, the rule allows at most 20 %");
    EXPECT_EQ(failure_of(op(Op::InRange, {churn_share(), num(0.2), num(0.5)})).detail,
              "share(churned == \"yes\") is 16.7 %, the rule allows 20 % to 50 %");
    EXPECT_EQ(failure_of(op(Op::InRange, {churn_share(), num(0.2), num(NA)})).detail,
              "share(churned == \"yes\") is 16.7 %, the rule allows at least 20 %");
    EXPECT_EQ(failure_of(op(Op::Greater, {num(0.1), churn_share()})).detail, "share(churned == \"yes\") is 16.7 %, the rule asks for less than 10 %");
}

TEST(Validate, EnoughDigitsToSeeTheDifference) {
    std::vector<double> cells(10'000, 1);
    std::fill(cells.begin(), cells.begin() + 2001, NA);
    const Frame frame({Column::of_numbers("x", cells)}, cells.size());
    EXPECT_EQ(failure_of(op(Op::LessEqual, {agg("missing", {col("x")}), num(0.2)}), frame).detail,
              "missing(x) is 20.01 %, the rule allows at most 20 %");
}

TEST(Validate, RulesOnTheWholeTable) {
    const RuleFailure rows = failure_of(op(Op::GreaterEqual, {agg("rows"), num(1000)}));
    EXPECT_EQ(rows.detail, "rows is 6, the rule asks for at least 1000");
    EXPECT_EQ(rows.failing_rows, 0U);
    EXPECT_TRUE(rows.first.empty());
    EXPECT_EQ(failure_of(op(Op::Equal, {agg("rows"), num(12345)})).detail, "rows is 6, the rule asks for 12345");
    EXPECT_EQ(failure_of(op(Op::And, {op(Op::Greater, {agg("rows"), num(1)}), op(Op::Less, {agg("max", {col("income")}), num(5500)})})).detail,
              "max(income) is 6000, the rule asks for less than 5500");
    EXPECT_EQ(failure_of(op(Op::GreaterEqual, {agg("rows"), num(1)}), customers().take(RowIndex{})).detail,
              "rows is 0, the rule asks for at least 1");
    EXPECT_EQ(failure_of(op(Op::Or, {op(Op::Less, {agg("rows"), num(3)}), op(Op::Less, {agg("mean", {col("income")}), num(3)})})).detail,
              "rows is 6, mean(income) is 3500");
}

TEST(Validate, AggregateOfNothingFails) {
    const Frame frame({Column::of_numbers("x", {NA, NA})}, 2);
    EXPECT_EQ(failure_of(op(Op::GreaterEqual, {agg("mean", {col("x")}), num(0)}), frame).detail, "mean(x) is missing, the rule asks for at least 0");
}

TEST(Validate, RepeatedValuesAreNamed) {
    const RuleFailure failure = failure_of(agg("unique", {col("customer")}));
    EXPECT_EQ(failure.failing_rows, 2U);
    EXPECT_EQ(failure.first, (std::vector<std::size_t>{2, 4}));
    EXPECT_EQ(failure.detail, "1 value occurs more than once, for instance \"c1\" in rows 2 and 4");
    const RuleFailure pairs = failure_of(agg("unique", {col("churned"), col("region")}));
    EXPECT_EQ(pairs.first, (std::vector<std::size_t>{3, 7}));
    EXPECT_EQ(pairs.detail, "1 value occurs more than once, for instance \"no\", \"south\" in rows 3 and 7");
}

TEST(Validate, TextsAndCrossColumnConditions) {
    EXPECT_EQ(failure_of(op(Op::InSet, {col("region"), txt("north"), txt("south")})).detail, "row 4: region is \"east\"");
    EXPECT_EQ(failure_of(op(Op::Matches, {col("email")}, ".+@.+")).detail, "row 3: email is \"ab\"; row 4: email is \"@\"");
    EXPECT_EQ(failure_of(op(Op::LessEqual, {col("start"), col("end")})).detail, "row 3: start is 2024-02-01, end is 2024-01-01");
}

TEST(Validate, AtMostFiveRowsAreShown) {
    const Frame frame({Column::of_numbers("x", std::vector<double>(50, -1))}, 50);
    const RuleFailure failure = failure_of(op(Op::Greater, {col("x"), num(0)}), frame);
    EXPECT_EQ(failure.failing_rows, 50U);
    EXPECT_EQ(failure.first, (std::vector<std::size_t>{2, 3, 4, 5, 6}));
    EXPECT_EQ(failure.detail, "row 2: x is -1; row 3: x is -1; row 4: x is -1; row 5: x is -1; row 6: x is -1");
}

TEST(Validate, RowsOfAViewAreNumberedAsInTheFile) {
    const RuleFailure failure = failure_of(op(Op::GreaterEqual, {col("tenure"), num(0)}), customers().take(RowIndex{5, 4}));
    EXPECT_EQ(failure.first, (std::vector<std::size_t>{6}));
}

TEST(Validate, FailuresNameTheirRule) {
    const std::vector<RuleFailure> failures = validate({{.condition = op(Op::Greater, {agg("rows"), num(1)}), .warn = false, .text = ""},
                                                        {.condition = op(Op::Greater, {agg("rows"), num(10)}), .warn = true, .text = ""}},
                                                       customers());
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].rule, 1U);
}

TEST(Validate, ATextIsNoCondition) { EXPECT_THROW(validate({{.condition = col("region"), .warn = false, .text = ""}}, customers()), RunError); }

}  // namespace validate_test
}  // namespace mlpc
