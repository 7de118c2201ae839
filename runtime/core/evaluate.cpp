// Evaluation of expressions, a column at a time: operators, comparisons and sets.
#include "runtime/core/error.h"
#include "runtime/core/expression_functions.h"
#include "runtime/core/pattern.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace mlpc {
namespace {

using namespace expressions;

// Position of each of the levels in use in `order`, -1 where it is not in it.
std::vector<std::int32_t> positions_in(const Levels& order, const Value& texts) {
    std::unordered_map<std::string_view, std::int32_t> position;
    for (std::size_t i = 0; i < order.size(); ++i) {
        position.emplace(order[i], static_cast<std::int32_t>(i));
    }
    return each_level(texts, [&](const std::string& text) {
        const auto found = position.find(text);
        return found == position.end() ? -1 : found->second;
    });
}

double compare_numbers(Op op, double a, double b) {
    if (std::isnan(a) || std::isnan(b)) {
        return missing_number;
    }
    switch (op) {
        case Op::Equal:
            return truth(a == b);
        case Op::NotEqual:
            return truth(a != b);
        case Op::Less:
            return truth(a < b);
        case Op::LessEqual:
            return truth(a <= b);
        case Op::Greater:
            return truth(a > b);
        default:
            return truth(a >= b);
    }
}

// False if either is false, whatever the other; missing where that is not decided.
double both(double a, double b) {
    if (a == 0 || b == 0) {
        return 0;
    }
    return std::isnan(a) || std::isnan(b) ? missing_number : 1;
}
double either(double a, double b) {
    if ((!std::isnan(a) && a != 0) || (!std::isnan(b) && b != 0)) {
        return 1;
    }
    return std::isnan(a) || std::isnan(b) ? missing_number : 0;
}
double negation(double a) { return std::isnan(a) ? missing_number : truth(a == 0); }

// The remainder has the sign of the divisor, so that `weekday % 7` and its like count on below zero.
double remainder_of(double a, double b) {
    const double rest = std::fmod(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}
// std::pow gives 1 for pow(NaN, 0) and pow(1, NaN); what is missing stays missing here.
double power(double a, double b) { return std::isnan(a) || std::isnan(b) ? missing_number : std::pow(a, b); }

class Evaluator {
public:
    using Lookup = std::function<Value(const std::string&)>;
    Evaluator(std::size_t rows, Lookup column) : rows_(rows), column_(std::move(column)) {}

    Value value(const Expression& e) const {
        switch (e.op) {
            case Op::Number:
                return constant_number(e.number);
            case Op::Text:
                return constant_text(e.text);
            case Op::ColumnRef:
                return column_(e.text);
            case Op::Negate:
                return unary(e, [](double a) { return -a; });
            case Op::Not:
                return unary(e, negation);
            case Op::Add:
                return binary(e, [](double a, double b) { return a + b; });
            case Op::Subtract:
                return binary(e, [](double a, double b) { return a - b; });
            case Op::Multiply:
                return binary(e, [](double a, double b) { return a * b; });
            case Op::Divide:
                return binary(e, [](double a, double b) { return a / b; });
            case Op::Remainder:
                return binary(e, remainder_of);
            case Op::Power:
                return binary(e, power);
            case Op::And:
                return binary(e, both);
            case Op::Or:
                return binary(e, either);
            case Op::Equal:
            case Op::NotEqual:
            case Op::Less:
            case Op::LessEqual:
            case Op::Greater:
            case Op::GreaterEqual:
                return compare(e.op, value(e.operands[0]), value(e.operands[1]), e);
            case Op::InRange:
                return in_range(e);
            case Op::InSet:
                return in_set(e);
            case Op::Matches:
                return matches(e);
            case Op::Function:
                return call(e);
            case Op::Aggregate:
                return constant_number(aggregate_of(e));
        }
        return constant_number(missing_number);
    }

private:
    Value number(const Expression& e) const {
        Value result = value(e);
        if (result.is_text) {
            throw RunError(fmt::format("`{}` is a text where a number is needed", to_string(e)));
        }
        return result;
    }
    Value text(const Expression& e) const {
        Value result = value(e);
        if (!result.is_text) {
            throw RunError(fmt::format("`{}` is a number where a text is needed", to_string(e)));
        }
        return result;
    }
    template <class F>
    Value unary(const Expression& e, F f) const {
        const Value a = number(e.operands.at(0));
        return each_row(a.constant, rows_, [&](std::size_t row) { return f(a.number(row)); });
    }
    template <class F>
    Value binary(const Expression& e, F f) const {
        const Value a = number(e.operands.at(0)), b = number(e.operands.at(1));
        return each_row(a.constant && b.constant, rows_, [&](std::size_t row) { return f(a.number(row), b.number(row)); });
    }

    Value compare(Op op, const Value& a, const Value& b, const Expression& e) const {
        if (a.is_text != b.is_text) {
            throw RunError(fmt::format("`{}` compares a text with a number; a text is written in quotes", to_string(e)));
        }
        if (!a.is_text) {
            return each_row(a.constant && b.constant, rows_, [&](std::size_t row) { return compare_numbers(op, a.number(row), b.number(row)); });
        }
        if (op == Op::Equal || op == Op::NotEqual) {
            return compare_by_rank(op, a, b, *a.levels);
        }
        if (!a.ordered && !b.ordered) {
            throw RunError(fmt::format("`{}` asks for an order of texts; declare the column `ordinal(a < b < c)`", to_string(e)));
        }
        if (a.ordered && b.ordered && *a.levels != *b.levels) {
            throw RunError(fmt::format("`{}` compares two ordinal columns with different levels", to_string(e)));
        }
        const Levels& order = a.ordered ? *a.levels : *b.levels;
        check_levels(order, a.ordered ? b : a, e);
        return compare_by_rank(op, a, b, order);
    }
    // By position in `order`; texts outside it equal nothing.
    Value compare_by_rank(Op op, const Value& a, const Value& b, const Levels& order) const {
        const std::vector<std::int32_t> rank_a = positions_in(order, a), rank_b = positions_in(order, b);
        return each_row(a.constant && b.constant, rows_, [&](std::size_t row) {
            if (a.missing(row) || b.missing(row)) {
                return missing_number;
            }
            return compare_numbers(op, rank_a[static_cast<std::size_t>(a.code(row))], rank_b[static_cast<std::size_t>(b.code(row))]);
        });
    }
    void check_levels(const Levels& order, const Value& texts, const Expression& e) const {
        each_level(texts, [&](const std::string& text) {
            if (std::find(order.begin(), order.end(), text) == order.end()) {
                throw RunError(fmt::format("`{}`: `{}` is not one of the levels {}", to_string(e), text, fmt::join(order, " < ")));
            }
            return true;
        });
    }

    Value in_range(const Expression& e) const {
        const Value x = value(e.operands[0]);
        Value result = each_row(x.constant, rows_, [&](std::size_t row) { return x.missing(row) ? missing_number : 1.0; });
        const auto bound = [&](const Expression& end, Op op) {
            const bool open = end.op == Op::Number && std::isnan(end.number);
            if (open) {
                return;
            }
            const Value within = compare(op, x, value(end), e);
            result =
                each_row(result.constant && within.constant, rows_, [&](std::size_t row) { return both(result.number(row), within.number(row)); });
        };
        bound(e.operands[1], Op::GreaterEqual);
        bound(e.operands[2], Op::LessEqual);
        return result;
    }
    Value in_set(const Expression& e) const {
        const Value x = value(e.operands[0]);
        Value result = each_row(x.constant, rows_, [&](std::size_t row) { return x.missing(row) ? missing_number : 0.0; });
        for (std::size_t i = 1; i < e.operands.size(); ++i) {
            const Value equal = compare(Op::Equal, x, value(e.operands[i]), e);
            result =
                each_row(result.constant && equal.constant, rows_, [&](std::size_t row) { return either(result.number(row), equal.number(row)); });
        }
        return result;
    }
    Value matches(const Expression& e) const {
        const Value x = text(e.operands[0]);
        const Pattern pattern(e.text);
        return numbers_of_texts(x, [&](const std::string& cell) { return truth(pattern.matches_whole(cell)); });
    }

    Value call(const Expression& e) const {
        const Function* function = find_function(e.text);
        if (function == nullptr) {
            throw RunError(fmt::format("there is no function `{}`", e.text));
        }
        return function->call(arguments(*function, e), rows_);
    }
    double aggregate_of(const Expression& e) const {
        const Function* function = find_aggregate_function(e.text);
        if (function == nullptr) {
            throw RunError(fmt::format("there is no aggregate `{}`", e.text));
        }
        return aggregate(e.text, arguments(*function, e), rows_);
    }
    std::vector<Value> arguments(const Function& function, const Expression& e) const {
        if (e.operands.size() < function.least || e.operands.size() > function.most) {
            throw RunError(fmt::format("`{}` has the wrong number of arguments", to_string(e)));
        }
        std::vector<Value> values;
        const Value* alike = nullptr;
        for (std::size_t i = 0; i < e.operands.size(); ++i) {
            switch (function.kind_of(i)) {
                case ArgumentKind::Number:
                case ArgumentKind::Truth:
                    values.push_back(number(e.operands[i]));
                    break;
                case ArgumentKind::Text:
                    values.push_back(text(e.operands[i]));
                    break;
                case ArgumentKind::Alike:
                case ArgumentKind::Any:
                    values.push_back(value(e.operands[i]));
                    break;
            }
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (function.kind_of(i) != ArgumentKind::Alike) {
                continue;
            }
            if (alike != nullptr && alike->is_text != values[i].is_text) {
                throw RunError(fmt::format("`{}` gives a text on one side and a number on the other", to_string(e)));
            }
            alike = &values[i];
        }
        return values;
    }

    std::size_t rows_;
    Lookup column_;
};

Value column_value(const Frame& frame, const std::string& name) {
    const std::size_t c = frame.find(name);
    if (c == frame.columns()) {
        throw RunError(fmt::format("there is no column `{}`", name));
    }
    const Column& column = frame.column(c);
    if (holds_numbers(column.type)) {
        return {.numbers = frame.numbers(c)};
    }
    return {.is_text = true, .codes = frame.codes(c), .levels = column.levels, .ordered = column.type == ColumnType::Ordinal};
}

}  // namespace

ExpressionValue evaluate(const Expression& e, const Frame& frame) {
    const Evaluator evaluator(frame.rows(), [&](const std::string& name) { return column_value(frame, name); });
    Value value = evaluator.value(e);
    ExpressionValue result{.is_text = value.is_text};
    if (!value.is_text) {
        result.numbers = value.constant ? std::vector<double>(frame.rows(), value.numbers[0]) : std::move(value.numbers);
        return result;
    }
    result.texts.resize(frame.rows());
    result.text_missing.resize(frame.rows());
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        result.text_missing[row] = value.missing(row);
        if (!value.missing(row)) {
            result.texts[row] = value.text(row);
        }
    }
    return result;
}

double evaluate_once(const Expression& e, const Frame& frame) {
    const Evaluator evaluator(frame.rows(), [&](const std::string& name) { return column_value(frame, name); });
    const Value value = evaluator.value(e);
    if (value.is_text || !value.constant) {
        throw RunError(fmt::format("`{}` is not one number for all rows", to_string(e)));
    }
    return value.number(0);
}

double evaluate(const Expression& e, const std::function<double(const std::string&)>& value_of) {
    const Evaluator evaluator(1, [&](const std::string& name) { return constant_number(value_of(name)); });
    const Value value = evaluator.value(e);
    if (value.is_text) {
        throw RunError(fmt::format("`{}` is a text where a number is needed", to_string(e)));
    }
    return value.number(0);
}

}  // namespace mlpc
