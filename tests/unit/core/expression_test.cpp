#include "runtime/core/expression.h"

#include "runtime/core/date.h"
#include "runtime/core/error.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace expression_test {

using Op = Expression::Op;
constexpr double NA = missing_number;

Expression num(double n) { return {.op = Op::Number, .number = n}; }
Expression txt(std::string t) { return {.op = Op::Text, .text = std::move(t)}; }
Expression col(std::string name) { return {.op = Op::ColumnRef, .text = std::move(name)}; }
Expression op(Op o, std::vector<Expression> operands, std::string text = "") {
    return {.op = o, .text = std::move(text), .operands = std::move(operands)};
}
Expression fn(std::string name, std::vector<Expression> operands) { return op(Op::Function, std::move(operands), std::move(name)); }
Expression agg(std::string name, std::vector<Expression> operands = {}) { return op(Op::Aggregate, std::move(operands), std::move(name)); }

// Four rows; the view tests take them in another order.
Frame people() {
    const auto grades = std::make_shared<const Levels>(Levels{"low", "mid", "high"});
    return Frame(
        {Column::of_numbers("age", {20, NA, 40, -3.5}), Column::of_numbers("income", {1, 2, NA, 4}),
         Column::of_texts("plan", {"basic", "pro", "", "basic"}), Column::of_texts("other", {"pro", "pro", "basic", "basic"}),
         Column::of_codes("grade", {0, 2, 1, -1}, grades, ColumnType::Ordinal), Column::of_numbers("active", {1, 0, NA, 1}, ColumnType::Boolean),
         Column::of_numbers("joined", {0, 19753, NA, -1}, ColumnType::Date),
         Column::of_texts("note", {"Straße", "ÉTÉ 1", "", "x\ny"}, ColumnType::Text)},
        4);
}

void expect_numbers(const Expression& e, const std::vector<double>& expected, const Frame& frame = people()) {
    const ExpressionValue value = evaluate(e, frame);
    ASSERT_FALSE(value.is_text) << to_string(e);
    ASSERT_EQ(value.numbers.size(), expected.size()) << to_string(e);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_TRUE(value.numbers[i] == expected[i] || (std::isnan(value.numbers[i]) && std::isnan(expected[i])))
            << to_string(e) << " row " << i << ": " << value.numbers[i] << ", expected " << expected[i];
    }
}

void expect_error(const Expression& e, const std::string& message) {
    try {
        evaluate(e, people());
        FAIL() << to_string(e) << " did not throw";
    } catch (const RunError& error) {
        EXPECT_EQ(error.what(), message);
    }
}

TEST(Evaluate, Arithmetic) {
    expect_numbers(op(Op::Add, {col("age"), col("income")}), {21, NA, NA, 0.5});
    expect_numbers(op(Op::Subtract, {num(1), col("age")}), {-19, NA, -39, 4.5});
    expect_numbers(op(Op::Multiply, {col("age"), num(2)}), {40, NA, 80, -7});
    expect_numbers(op(Op::Divide, {col("age"), num(4)}), {5, NA, 10, -0.875});
    expect_numbers(op(Op::Divide, {num(0), num(0)}), {NA, NA, NA, NA});
    expect_numbers(op(Op::Remainder, {col("age"), num(3)}), {2, NA, 1, 2.5});
    expect_numbers(op(Op::Remainder, {num(7), num(-3)}), {-2, -2, -2, -2});
    expect_numbers(op(Op::Remainder, {num(6), num(-3)}), {0, 0, 0, 0});
    expect_numbers(op(Op::Power, {col("age"), num(2)}), {400, NA, 1600, 12.25});
    expect_numbers(op(Op::Negate, {col("age")}), {-20, NA, -40, 3.5});
}

TEST(Evaluate, MissingSpreadsThroughPowersThatWouldHideIt) {
    expect_numbers(op(Op::Power, {col("age"), num(0)}), {1, NA, 1, 1});
    expect_numbers(op(Op::Power, {num(1), col("age")}), {1, NA, 1, 1});
}

TEST(Evaluate, ComparisonOfNumbers) {
    expect_numbers(op(Op::Less, {col("age"), num(20)}), {0, NA, 0, 1});
    expect_numbers(op(Op::LessEqual, {col("age"), num(20)}), {1, NA, 0, 1});
    expect_numbers(op(Op::Greater, {col("age"), num(20)}), {0, NA, 1, 0});
    expect_numbers(op(Op::GreaterEqual, {col("age"), num(20)}), {1, NA, 1, 0});
    expect_numbers(op(Op::Equal, {col("age"), num(20)}), {1, NA, 0, 0});
    expect_numbers(op(Op::NotEqual, {col("age"), num(20)}), {0, NA, 1, 1});
}

TEST(Evaluate, ThreeValuedLogic) {
    const auto truth_table = [](Op o, std::vector<double> expected) {
        const Frame frame({Column::of_numbers("a", {0, 0, 0, 1, 1, 1, NA, NA, NA}), Column::of_numbers("b", {0, 1, NA, 0, 1, NA, 0, 1, NA})}, 9);
        expect_numbers(op(o, {col("a"), col("b")}), expected, frame);
    };
    truth_table(Op::And, {0, 0, 0, 0, 1, NA, 0, NA, NA});
    truth_table(Op::Or, {0, 1, NA, 1, 1, 1, NA, 1, NA});
    expect_numbers(op(Op::Not, {col("active")}), {0, 1, NA, 0});
}

TEST(Evaluate, TextEquality) {
    expect_numbers(op(Op::Equal, {col("plan"), txt("basic")}), {1, 0, NA, 1});
    expect_numbers(op(Op::Equal, {txt("pro"), col("plan")}), {0, 1, NA, 0});
    expect_numbers(op(Op::Equal, {col("plan"), txt("gold")}), {0, 0, NA, 0});
    expect_numbers(op(Op::NotEqual, {col("plan"), col("other")}), {1, 0, NA, 0});
    expect_numbers(op(Op::Equal, {txt("a"), txt("a")}), {1, 1, 1, 1});
}

TEST(Evaluate, OrdinalsCompareByDeclaredOrder) {
    expect_numbers(op(Op::GreaterEqual, {col("grade"), txt("mid")}), {0, 1, 1, NA});
    expect_numbers(op(Op::Less, {txt("low"), col("grade")}), {0, 1, 1, NA});
    expect_numbers(op(Op::InRange, {col("grade"), txt("low"), txt("mid")}), {1, 0, 1, NA});
    expect_numbers(op(Op::Equal, {col("grade"), txt("high")}), {0, 1, 0, NA});
}

TEST(Evaluate, TextsOfDifferentSidesOutsideEachOtherAreUnequal) {
    const Frame frame({Column::of_texts("a", {"x", "y"}), Column::of_texts("b", {"p", "q"})}, 2);
    expect_numbers(op(Op::Equal, {col("a"), col("b")}), {0, 0}, frame);
}

TEST(Evaluate, Ranges) {
    expect_numbers(op(Op::InRange, {col("age"), num(-3.5), num(20)}), {1, NA, 0, 1});
    expect_numbers(op(Op::InRange, {col("age"), num(0), num(NA)}), {1, NA, 1, 0});
    expect_numbers(op(Op::InRange, {col("age"), num(NA), num(0)}), {0, NA, 0, 1});
    expect_numbers(op(Op::InRange, {col("income"), num(0), col("age")}), {1, NA, NA, 0});
}

TEST(Evaluate, Sets) {
    expect_numbers(op(Op::InSet, {col("plan"), txt("pro"), txt("gold")}), {0, 1, NA, 0});
    expect_numbers(op(Op::InSet, {col("age"), num(20), num(-3.5)}), {1, NA, 0, 1});
    expect_numbers(op(Op::InSet, {col("income"), num(9), col("age")}), {0, NA, NA, 0});
}

TEST(Evaluate, MatchesTheWholeCell) {
    expect_numbers(op(Op::Matches, {col("plan")}, "b.*"), {1, 0, NA, 1});
    expect_numbers(op(Op::Matches, {col("plan")}, "asi"), {0, 0, NA, 0});
    expect_numbers(op(Op::Matches, {col("note")}, "Stra.e"), {1, 0, NA, 0});
}

TEST(Evaluate, MatchesALongCellWithoutRecursion) {
    const Frame frame({Column::of_texts("t", {std::string(1'000'000, 'a') + "b"})}, 1);
    expect_numbers(op(Op::Matches, {col("t")}, "(a|aa)*b"), {1}, frame);
}

TEST(Evaluate, Functions) {
    expect_numbers(fn("abs", {col("age")}), {20, NA, 40, 3.5});
    expect_numbers(fn("round", {col("age")}), {20, NA, 40, -4});
    expect_numbers(fn("floor", {col("age")}), {20, NA, 40, -4});
    expect_numbers(fn("sign", {col("age")}), {1, NA, 1, -1});
    expect_numbers(fn("sqrt", {num(-1)}), {NA, NA, NA, NA});
    expect_numbers(fn("log10", {num(1000)}), {3, 3, 3, 3});
    expect_numbers(fn("min", {col("age"), col("income"), num(3)}), {1, NA, NA, -3.5});
    expect_numbers(fn("max", {col("age"), num(0)}), {20, NA, 40, 0});
    expect_numbers(fn("if", {col("active"), num(10), col("age")}), {10, NA, NA, 10});
    expect_numbers(fn("missing", {col("age")}), {0, 1, 0, 0});
    expect_numbers(fn("missing", {col("plan")}), {0, 0, 1, 0});
    expect_numbers(fn("length", {col("note")}), {6, 5, NA, 3});
}

TEST(Evaluate, PartsOfDates) {
    expect_numbers(fn("year", {col("joined")}), {1970, 2024, NA, 1969});
    expect_numbers(fn("month", {col("joined")}), {1, 1, NA, 12});
    expect_numbers(fn("day", {col("joined")}), {1, 31, NA, 31});
    expect_numbers(fn("weekday", {col("joined")}), {4, 3, NA, 3});
    expect_numbers(op(Op::Less, {col("joined"), num(*parse_date("1970-01-01"))}), {0, 0, NA, 1});
}

TEST(Evaluate, TextFunctions) {
    const ExpressionValue lower = evaluate(fn("lower", {col("note")}), people());
    ASSERT_TRUE(lower.is_text);
    EXPECT_EQ(lower.texts, (std::vector<std::string>{"straße", "été 1", "", "x\ny"}));
    EXPECT_EQ(lower.text_missing, (std::vector<std::uint8_t>{0, 0, 1, 0}));
    const ExpressionValue chosen = evaluate(fn("if", {op(Op::Less, {col("age"), num(30)}), col("plan"), txt("old")}), people());
    EXPECT_EQ(chosen.texts, (std::vector<std::string>{"basic", "", "old", "basic"}));
    EXPECT_EQ(chosen.text_missing, (std::vector<std::uint8_t>{0, 1, 0, 0}));
    expect_numbers(op(Op::Equal, {fn("upper", {col("plan")}), txt("PRO")}), {0, 1, NA, 0});
}

TEST(Evaluate, Aggregates) {
    const auto all = [](double x) { return std::vector<double>(4, x); };
    expect_numbers(agg("rows"), all(4));
    expect_numbers(agg("count", {op(Op::Greater, {col("age"), num(0)})}), all(2));
    expect_numbers(agg("share", {op(Op::Equal, {col("plan"), txt("basic")})}), all(0.5));
    expect_numbers(agg("missing", {col("income")}), all(0.25));
    expect_numbers(agg("mean", {col("active")}), all(2.0 / 3));
    expect_numbers(agg("sum", {col("income")}), all(7));
    expect_numbers(agg("min", {col("age")}), all(-3.5));
    expect_numbers(agg("max", {col("age")}), all(40));
    expect_numbers(agg("median", {col("income")}), all(2));
    expect_numbers(agg("classes", {col("plan")}), all(2));
    expect_numbers(agg("classes", {col("age")}), all(3));
    expect_numbers(agg("unique", {col("age")}), all(1));
    expect_numbers(agg("unique", {col("plan")}), all(0));
    expect_numbers(agg("unique", {col("plan"), col("income")}), all(1));
    expect_numbers(agg("unique", {col("plan"), num(1)}), all(0));
    expect_numbers(op(Op::Subtract, {col("age"), agg("max", {col("age")})}), {-20, NA, 0, -43.5});
}

TEST(Evaluate, SampleStandardDeviation) {
    const Frame frame({Column::of_numbers("x", {2, 4, NA, 9})}, 4);
    const double sd = evaluate(agg("sd", {col("x")}), frame).numbers[0];
    EXPECT_NEAR(sd, std::sqrt(13.0), 1e-15);
    expect_numbers(agg("median", {col("x")}), {4, 4, 4, 4}, frame);
    const Frame one({Column::of_numbers("x", {2})}, 1);
    expect_numbers(agg("sd", {col("x")}), {NA}, one);
    const Frame even({Column::of_numbers("x", {1, 10, 3, 2})}, 4);
    expect_numbers(agg("median", {col("x")}), std::vector<double>(4, 2.5), even);
}

TEST(Evaluate, ViewsAreSeenThroughTheirRows) {
    const Frame view = people().take(RowIndex{3, 0, 0});
    expect_numbers(op(Op::Add, {col("age"), num(1)}), {-2.5, 21, 21}, view);
    expect_numbers(op(Op::Equal, {col("other"), txt("pro")}), {0, 1, 1}, view);
    expect_numbers(agg("classes", {col("plan")}), {1, 1, 1}, view);
    EXPECT_EQ(evaluate(col("note"), view).texts, (std::vector<std::string>{"x\ny", "Straße", "Straße"}));
}

TEST(Evaluate, NoRows) {
    const Frame empty = people().take(RowIndex{});
    expect_numbers(op(Op::Add, {col("age"), num(1)}), {}, empty);
    expect_numbers(agg("mean", {col("age")}), {}, empty);
    EXPECT_TRUE(evaluate(txt("a"), empty).texts.empty());
}

TEST(Evaluate, Errors) {
    expect_error(col("agee"), "there is no column `agee`");
    expect_error(op(Op::Add, {col("plan"), num(1)}), "`plan` is a text where a number is needed");
    expect_error(fn("length", {col("age")}), "`age` is a number where a text is needed");
    expect_error(op(Op::Equal, {col("plan"), num(1)}), "`plan == 1` compares a text with a number; a text is written in quotes");
    expect_error(op(Op::Less, {col("plan"), txt("x")}), "`plan < \"x\"` asks for an order of texts; declare the column `ordinal(a < b < c)`");
    expect_error(op(Op::Less, {col("grade"), txt("top")}), "`grade < \"top\"`: `top` is not one of the levels low < mid < high");
    expect_error(fn("if", {num(1), num(1), txt("a")}), "`if(1, 1, \"a\")` gives a text on one side and a number on the other");
    expect_error(op(Op::Matches, {col("plan")}, "("), "the pattern \"(\" is not a regular expression: missing ): (");
}

TEST(Evaluate, FormulasWithoutRows) {
    const auto value_of = [](const std::string& name) { return name == "forest.depth" ? 10.0 : 300.0; };
    const Expression rule = op(Op::LessEqual, {op(Op::Multiply, {col("forest.depth"), col("forest.trees")}), num(3000)});
    EXPECT_EQ(evaluate(rule, value_of), 1);
    EXPECT_THROW(evaluate(txt("a"), value_of), RunError);
}

TEST(ColumnsOf, InOrderOfFirstMention) {
    const Expression e = op(Op::And, {op(Op::Less, {col("b"), col("a")}), op(Op::Less, {col("a"), agg("mean", {col("c")})})});
    EXPECT_EQ(columns_of(e), (std::vector<std::string>{"b", "a", "c"}));
    ASSERT_NE(find_aggregate(e), nullptr);
    EXPECT_EQ(find_aggregate(e)->text, "mean");
    EXPECT_EQ(find_aggregate(e.operands[0]), nullptr);
}

struct Printed {
    Expression expression;
    std::string text;
};

TEST(ToString, MinimalParentheses) {
    const Expression a = col("a"), b = col("b"), c = col("c");
    const std::vector<Printed> cases{
        {op(Op::Add, {op(Op::Multiply, {a, b}), c}), "a * b + c"},
        {op(Op::Multiply, {op(Op::Add, {a, b}), c}), "(a + b) * c"},
        {op(Op::Subtract, {op(Op::Subtract, {a, b}), c}), "a - b - c"},
        {op(Op::Subtract, {a, op(Op::Subtract, {b, c})}), "a - (b - c)"},
        {op(Op::Divide, {a, op(Op::Multiply, {b, c})}), "a / (b * c)"},
        {op(Op::Power, {a, op(Op::Power, {b, c})}), "a^b^c"},
        {op(Op::Power, {op(Op::Power, {a, b}), c}), "(a^b)^c"},
        {op(Op::Negate, {op(Op::Power, {a, b})}), "-a^b"},
        {op(Op::Power, {op(Op::Negate, {a}), b}), "(-a)^b"},
        {op(Op::Power, {num(-2), num(-1)}), "(-2)^(-1)"},
        {op(Op::Negate, {op(Op::Negate, {a})}), "-(-a)"},
        {op(Op::Not, {op(Op::Equal, {a, b})}), "not a == b"},
        {op(Op::Equal, {op(Op::Not, {a}), b}), "(not a) == b"},
        {op(Op::And, {op(Op::Or, {a, b}), c}), "(a or b) and c"},
        {op(Op::Or, {op(Op::And, {a, b}), c}), "a and b or c"},
        {op(Op::Not, {op(Op::Not, {a})}), "not not a"},
        {op(Op::Less, {op(Op::Less, {a, b}), c}), "a < b < c"},
        {op(Op::Less, {a, op(Op::Less, {b, c})}), "a < (b < c)"},
        {op(Op::InRange, {op(Op::Add, {a, b}), num(0), op(Op::Add, {c, num(1)})}), "a + b in 0..c + 1"},
        {op(Op::InRange, {a, num(0), num(NA)}), "a in 0.."},
        {op(Op::InRange, {a, num(NA), num(0.5)}), "a in ..0.5"},
        {op(Op::InSet, {a, txt("x"), num(2)}), "a in {\"x\", 2}"},
        {op(Op::Matches, {a}, "\\d+"), "a matches \"\\\\d+\""},
        {fn("if", {op(Op::And, {a, b}), num(1), num(1e-7)}), "if(a and b, 1, 1e-07)"},
        {agg("rows"), "rows"},
        {agg("count", {a}), "count(a)"},
        {op(Op::Equal, {col("Passenger Id"), txt("say \"hi\"\n")}), "`Passenger Id` == \"say \\\"hi\\\"\\n\""},
        {op(Op::Add, {col("in"), col("größe")}), "`in` + größe"},
        {col("2nd"), "`2nd`"},
        {col("a.b"), "`a.b`"},
    };
    for (const Printed& printed : cases) {
        EXPECT_EQ(to_string(printed.expression), printed.text);
    }
}

}  // namespace expression_test
}  // namespace mlpc
