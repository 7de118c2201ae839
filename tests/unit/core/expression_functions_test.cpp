#include "runtime/core/expression_functions.h"

#include "runtime/core/date.h"
#include "runtime/core/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace mlpc {
namespace expression_functions_test {

using Op = Expression::Op;
constexpr double NA = missing_number;

Expression num(double n) { return {.op = Op::Number, .number = n}; }
Expression txt(std::string t) { return {.op = Op::Text, .text = std::move(t)}; }
Expression col(std::string name) { return {.op = Op::ColumnRef, .text = std::move(name)}; }
Expression fn(std::string name, std::vector<Expression> operands) {
    return {.op = Op::Function, .text = std::move(name), .operands = std::move(operands)};
}

Frame table() {
    return Frame({Column::of_numbers("x", {-2.5, 4, NA}), Column::of_numbers("y", {3, NA, 1}),
                  Column::of_numbers("day", {19782, 18627, NA}, ColumnType::Date),  // 2024-02-29, 2020-12-31
                  Column::of_texts("t", {" Grüße ", "a-b-a", ""}, ColumnType::Text), Column::of_texts("u", {"ß", "a", "b"}, ColumnType::Text)},
                 3);
}

void expect_numbers(const Expression& e, const std::vector<double>& expected) {
    const ExpressionValue value = evaluate(e, table());
    ASSERT_FALSE(value.is_text) << to_string(e);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_TRUE(std::isnan(expected[i]) ? std::isnan(value.numbers[i]) : std::abs(value.numbers[i] - expected[i]) < 1e-12)
            << to_string(e) << " row " << i << ": " << value.numbers[i] << ", expected " << expected[i];
    }
}
// "?" stands for missing.
void expect_texts(const Expression& e, const std::vector<std::string>& expected) {
    const ExpressionValue value = evaluate(e, table());
    ASSERT_TRUE(value.is_text) << to_string(e);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(value.text_missing[i] != 0 ? "?" : value.texts[i], expected[i]) << to_string(e) << " row " << i;
    }
}

TEST(ExpressionFunctions, OfNumbers) {
    expect_numbers(fn("log2", {num(8)}), {3, 3, 3});
    expect_numbers(fn("expm1", {num(0)}), {0, 0, 0});
    expect_numbers(fn("atan2", {num(1), num(1)}), {std::atan(1.0), std::atan(1.0), std::atan(1.0)});
    expect_numbers(fn("pow", {col("x"), num(2)}), {6.25, 16, NA});
    expect_numbers(fn("pow", {col("x"), num(0)}), {1, 1, NA});
    expect_numbers(fn("clip", {col("x"), num(-1), num(3)}), {-1, 3, NA});
    expect_numbers(fn("clip", {col("x"), num(-1), col("y")}), {-1, NA, NA});
    expect_numbers(fn("round", {num(2.345), num(2)}), {2.35, 2.35, 2.35});
    expect_numbers(fn("round", {num(1234), num(-2)}), {1200, 1200, 1200});
    expect_numbers(fn("round", {num(1.5), num(400)}), {1.5, 1.5, 1.5});
}

TEST(ExpressionFunctions, ThatChoose) {
    expect_numbers(fn("coalesce", {col("x"), col("y"), num(0)}), {-2.5, 4, 1});
    expect_numbers(fn("coalesce", {col("x"), col("x")}), {-2.5, 4, NA});
    expect_texts(fn("coalesce", {col("t"), col("u")}), {" Grüße ", "a-b-a", "b"});
    expect_numbers(fn("is_missing", {col("t")}), {0, 0, 1});
    expect_texts(fn("if", {fn("is_missing", {col("x")}), txt("none"), col("u")}), {"ß", "a", "none"});
}

TEST(ExpressionFunctions, OfDates) {
    expect_numbers(fn("quarter", {col("day")}), {1, 4, NA});
    expect_numbers(fn("week", {col("day")}), {9, 53, NA});
    expect_numbers(fn("day_of_year", {col("day")}), {60, 366, NA});
    expect_numbers(fn("is_weekend", {num(*parse_date("2024-03-02"))}), {1, 1, 1});
    expect_numbers(fn("hour", {num(*parse_date("2024-03-02T13:45"))}), {13, 13, 13});
    expect_numbers(fn("days_between", {col("day"), num(*parse_date("2024-03-01"))}), {1, 1156, NA});
}

TEST(ExpressionFunctions, IsoWeeksAtTheTurnOfYears) {
    // From the examples of ISO 8601.
    for (const auto& [day, week] : std::vector<std::pair<const char*, unsigned>>{{"2005-01-01", 53},
                                                                                 {"2005-01-02", 53},
                                                                                 {"2005-12-31", 52},
                                                                                 {"2006-01-01", 52},
                                                                                 {"2006-01-02", 1},
                                                                                 {"2007-01-01", 1},
                                                                                 {"2007-12-31", 1},
                                                                                 {"2008-12-29", 1},
                                                                                 {"2010-01-03", 53}}) {
        EXPECT_EQ(iso_week(calendar_day(*parse_date(day))), week) << day;
    }
}

TEST(ExpressionFunctions, OfTexts) {
    expect_texts(fn("trim", {col("t")}), {"Grüße", "a-b-a", "?"});
    expect_numbers(fn("contains", {col("t"), col("u")}), {1, 1, NA});
    expect_numbers(fn("starts_with", {col("t"), txt("a")}), {0, 1, NA});
    expect_numbers(fn("ends_with", {col("t"), txt("b")}), {0, 0, NA});
    expect_texts(fn("replace", {col("t"), txt("a"), txt("aa")}), {" Grüße ", "aa-b-aa", "?"});
    expect_texts(fn("replace", {col("t"), txt(""), txt("x")}), {" Grüße ", "a-b-a", "?"});
    expect_texts(fn("substring", {col("t"), num(4), num(2)}), {"üß", "-a", "?"});
    expect_texts(fn("substring", {col("t"), num(3)}), {"rüße ", "b-a", "?"});
    expect_texts(fn("substring", {col("t"), num(-1), num(3)}), {" ", "a", "?"});
    expect_texts(fn("substring", {col("t"), num(99), num(3)}), {"", "", "?"});
    expect_texts(fn("concat", {col("u"), txt("/"), col("y")}), {"ß/3", "?", "b/1"});
    expect_numbers(fn("number", {txt("1e3")}), {1000, 1000, 1000});
    expect_numbers(fn("number", {txt("3 km")}), {NA, NA, NA});
}

TEST(ExpressionFunctions, AreListedOnceAndRefuseWhatDoesNotFit) {
    std::set<std::string> names;
    for (const std::string& name : row_wise_functions()) {
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_NE(expressions::find_function(name), nullptr) << name;
        EXPECT_NE(expressions::find_function(name)->call, nullptr) << name;
    }
    EXPECT_GE(names.size(), 45U);
    EXPECT_THROW(evaluate(fn("pow", {num(1)}), table()), RunError);
    EXPECT_THROW(evaluate(fn("trim", {num(1)}), table()), RunError);
    EXPECT_THROW(evaluate(fn("coalesce", {col("x"), col("t")}), table()), RunError);
}

}  // namespace expression_functions_test
}  // namespace mlpc
