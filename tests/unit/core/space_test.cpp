#include "runtime/core/space.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace space_test {

// scale = standard | none; model.kernel in {rbf, poly}; model.degree in 2..4 where kernel is poly; model.cost in 0.1..10 log.
SearchSpace space() {
    using Kind = Dimension::Kind;
    SearchSpace s;
    s.dimensions = {
        {.name = "prep.1", .kind = Kind::Choice, .choices = {{Word{"standard"}}, {}}},
        {.name = "model.kernel", .kind = Kind::Choice, .choices = {{Word{"rbf"}}, {Word{"poly"}}}},
        {.name = "model.degree", .kind = Kind::Integer, .low = 2, .high = 4, .conditions = {{{1}, {1}}}},
        {.name = "model.cost", .kind = Kind::Real, .prior = Dimension::Prior::LogUniform, .low = 0.1, .high = 10},
    };
    return s;
}

Expression leaf(Expression::Op op, std::string name, double number) {
    Expression e;
    e.op = op;
    e.text = std::move(name);
    e.number = number;
    return e;
}
Expression binary(Expression::Op op, Expression left, Expression right) {
    Expression e;
    e.op = op;
    e.operands = {std::move(left), std::move(right)};
    return e;
}
Expression name(const std::string& text) { return leaf(Expression::Op::ColumnRef, text, 0); }
Expression number(double value) { return leaf(Expression::Op::Number, "", value); }

TEST(SearchSpace, ConditionsDecideActivity) {
    const auto s = space();
    EXPECT_TRUE(is_active(s, 0, {}));
    EXPECT_TRUE(is_active(s, 2, {0, 1}));
    EXPECT_FALSE(is_active(s, 2, {0, 0}));
    EXPECT_FALSE(is_active(s, 2, {0, std::nullopt}));
}

TEST(SearchSpace, AConditionOnAnInactiveDimensionFails) {
    auto s = space();
    s.dimensions.push_back({.name = "model.inner", .conditions = {{{2}, {3}}}});
    EXPECT_FALSE(is_active(s, 4, {0, 0, std::nullopt, 1}));
    EXPECT_TRUE(is_active(s, 4, {0, 1, 3, 1}));
}

TEST(SearchSpace, ValuesHaveTheTypeOfTheirDimension) {
    const auto s = space();
    EXPECT_EQ(value_of(s.dimensions[0], 0), (ParamValue{Word{"standard"}}));
    EXPECT_TRUE(value_of(s.dimensions[0], 1).is_none());
    EXPECT_EQ(value_of(s.dimensions[2], 3), (ParamValue{std::int64_t{3}}));
    EXPECT_EQ(value_of(s.dimensions[3], 3), (ParamValue{3.0}));
}

TEST(SearchSpace, TextNamesActiveDimensionsInOrder) {
    const auto s = space();
    EXPECT_EQ(to_string(s, {0, 1, 3, 0.5}), "prep.1=standard model.kernel=poly model.degree=3 model.cost=0.5");
    EXPECT_EQ(to_string(s, {1, 0, std::nullopt, 10}), "prep.1=none model.kernel=rbf model.cost=10.0");
}

TEST(SearchSpace, ConstraintsSeeNumbersAndWords) {
    using Op = Expression::Op;
    auto s = space();
    s.constraints = {binary(Op::LessEqual, binary(Op::Multiply, name("model.degree"), name("model.cost")), number(6))};
    EXPECT_TRUE(is_feasible(s, {0, 1, 3, 2}));
    EXPECT_FALSE(is_feasible(s, {0, 1, 3, 2.5}));
    EXPECT_TRUE(is_feasible(s, {0, 0, std::nullopt, 9})) << "an inactive name passes";

    s.constraints = {binary(Op::NotEqual, name("model.kernel"), leaf(Op::Text, "poly", 0))};
    EXPECT_TRUE(is_feasible(s, {0, 0, std::nullopt, 1}));
    EXPECT_FALSE(is_feasible(s, {0, 1, 2, 1}));

    s.constraints.push_back(binary(Op::Less, name("model.cost"), number(5)));
    EXPECT_FALSE(is_feasible(s, {0, 0, std::nullopt, 7})) << "every constraint must hold";
}

TEST(SearchSpace, AConstraintOnNoneHasNothingToConstrain) {
    SearchSpace s;
    s.dimensions = {{.name = "depth", .kind = Dimension::Kind::Choice, .choices = {{}, {std::int64_t{30}}}}};
    s.constraints = {binary(Expression::Op::Less, name("depth"), number(20))};
    EXPECT_TRUE(is_feasible(s, {0}));
    EXPECT_FALSE(is_feasible(s, {1}));
}

}  // namespace space_test
}  // namespace mlpc
