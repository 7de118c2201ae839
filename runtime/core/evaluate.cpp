// Evaluation of expressions: a column at a time, texts as codes into their dictionary, constants once.
#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/core/expression.h"
#include "runtime/core/pattern.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>

namespace mlpc {
namespace {

using Op = Expression::Op;

// One value a row, or one for all rows.
struct Value {
    bool is_text = false;
    bool constant = false;
    std::vector<double> numbers = {};
    std::vector<std::int32_t> codes = {};
    std::shared_ptr<const Levels> levels = {};
    bool ordered = false;  // levels are in a declared order

    std::size_t size() const { return is_text ? codes.size() : numbers.size(); }
    double number(std::size_t row) const { return numbers[constant ? 0 : row]; }
    std::int32_t code(std::size_t row) const { return codes[constant ? 0 : row]; }
    bool missing(std::size_t row) const { return is_text ? code(row) < 0 : std::isnan(number(row)); }
    const std::string& text(std::size_t row) const { return (*levels)[static_cast<std::size_t>(code(row))]; }
};

Value constant_number(double number) { return {.constant = true, .numbers = {number}}; }
Value constant_text(std::string text) {
    return {.is_text = true, .constant = true, .codes = {0}, .levels = std::make_shared<const Levels>(Levels{std::move(text)})};
}

// Applies f(row) to one row where every operand is constant, else to all rows.
template <class F>
Value each_row(bool constant, std::size_t rows, F f) {
    Value result{.constant = constant};
    result.numbers.resize(constant ? 1 : rows);
    for (std::size_t row = 0; row < result.numbers.size(); ++row) {
        result.numbers[row] = f(row);
    }
    return result;
}

// f(text) for each level that occurs, by code; unused levels are not looked at.
template <class F>
auto each_level(const Value& texts, F f) {
    std::vector<decltype(f(texts.text(0)))> result(texts.levels->size());
    std::vector<bool> done(texts.levels->size());
    for (const std::int32_t code : texts.codes) {
        if (code >= 0 && !done[static_cast<std::size_t>(code)]) {
            done[static_cast<std::size_t>(code)] = true;
            result[static_cast<std::size_t>(code)] = f((*texts.levels)[static_cast<std::size_t>(code)]);
        }
    }
    return result;
}

template <class F>
Value numbers_of_texts(const Value& texts, F f) {
    const auto by_code = each_level(texts, [&](const std::string& text) -> double { return f(text); });
    return each_row(texts.constant, texts.size(), [&](std::size_t row) {
        const std::int32_t code = texts.code(row);
        return code < 0 ? missing_number : by_code[static_cast<std::size_t>(code)];
    });
}

// Builds texts row by row.
class TextBuilder {
public:
    std::int32_t code(const std::string& text) {
        const auto [entry, is_new] = codes_.try_emplace(text, static_cast<std::int32_t>(levels_.size()));
        if (is_new) {
            levels_.push_back(text);
        }
        return entry->second;
    }
    Value value(std::vector<std::int32_t> codes, bool constant) {
        return {.is_text = true, .constant = constant, .codes = std::move(codes), .levels = std::make_shared<const Levels>(std::move(levels_))};
    }

private:
    std::unordered_map<std::string, std::int32_t> codes_;
    Levels levels_;
};

template <class F>
Value texts_of_texts(const Value& texts, F f) {
    TextBuilder builder;
    const auto by_code = each_level(texts, [&](const std::string& text) { return builder.code(f(text)); });
    std::vector<std::int32_t> codes(texts.codes.size(), missing_code);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (texts.codes[i] >= 0) {
            codes[i] = by_code[static_cast<std::size_t>(texts.codes[i])];
        }
    }
    return builder.value(std::move(codes), texts.constant);
}

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

double truth(bool b) { return b ? 1.0 : 0.0; }

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

double sign(double a) { return std::isnan(a) ? a : static_cast<double>((a > 0) - (a < 0)); }
double year(double days) { return std::isnan(days) ? days : calendar_day(days).year; }
double month(double days) { return std::isnan(days) ? days : calendar_day(days).month; }
double day(double days) { return std::isnan(days) ? days : calendar_day(days).day; }
double weekday(double days) { return std::isnan(days) ? days : calendar_day(days).weekday; }

using NumberFunction = double (*)(double);
const std::map<std::string, NumberFunction, std::less<>>& number_functions() {
    static const std::map<std::string, NumberFunction, std::less<>> functions{
        {"abs", std::fabs}, {"sqrt", std::sqrt}, {"exp", std::exp},     {"log", std::log},   {"log1p", std::log1p}, {"log10", std::log10},
        {"sin", std::sin},  {"cos", std::cos},   {"tan", std::tan},     {"tanh", std::tanh}, {"floor", std::floor}, {"ceil", std::ceil},
        {"sign", sign},     {"year", year},      {"round", std::round}, {"month", month},    {"day", day},          {"weekday", weekday},
    };
    return functions;
}

double median_of(std::vector<double>& numbers) {
    const std::size_t middle = numbers.size() / 2;
    std::nth_element(numbers.begin(), numbers.begin() + middle, numbers.end());
    if (numbers.size() % 2 == 1) {
        return numbers[middle];
    }
    return (*std::max_element(numbers.begin(), numbers.begin() + middle) + numbers[middle]) / 2;
}

double summarise_numbers(const std::string& name, std::vector<double> numbers) {
    if (name == "sum") {
        return std::accumulate(numbers.begin(), numbers.end(), 0.0);
    }
    const double count = static_cast<double>(numbers.size());
    if (numbers.empty() || (name == "sd" && numbers.size() < 2)) {
        return missing_number;
    }
    if (name == "min") {
        return *std::min_element(numbers.begin(), numbers.end());
    }
    if (name == "max") {
        return *std::max_element(numbers.begin(), numbers.end());
    }
    if (name == "median") {
        return median_of(numbers);
    }
    const double mean = std::accumulate(numbers.begin(), numbers.end(), 0.0) / count;
    if (name == "mean") {
        return mean;
    }
    double squares = 0;
    for (const double x : numbers) {
        squares += (x - mean) * (x - mean);
    }
    return std::sqrt(squares / (count - 1));
}

// Numbers each row so that two rows have the same number where their values agree; -1 where missing.
std::vector<std::int64_t> distinct_ids(const Value& value, std::size_t rows) {
    std::vector<std::int64_t> ids(rows, -1);
    std::unordered_map<double, std::int64_t> id_of_number;
    std::vector<std::int32_t> id_of_code;
    if (value.is_text) {
        std::unordered_map<std::string, std::int32_t> id_of_text;  // two codes may have the same text
        id_of_code = each_level(
            value, [&](const std::string& text) { return id_of_text.try_emplace(text, static_cast<std::int32_t>(id_of_text.size())).first->second; });
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (value.missing(row)) {
            continue;
        }
        ids[row] = value.is_text ? id_of_code[static_cast<std::size_t>(value.code(row))]
                                 : id_of_number.try_emplace(value.number(row), static_cast<std::int64_t>(id_of_number.size())).first->second;
    }
    return ids;
}

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
                return constant_number(aggregate(e));
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
        if (const auto f = number_functions().find(e.text); f != number_functions().end()) {
            return unary(e, f->second);
        }
        if (e.text == "missing") {
            const Value x = value(e.operands.at(0));
            return each_row(x.constant, rows_, [&](std::size_t row) { return truth(x.missing(row)); });
        }
        if (e.text == "if") {
            return choose(e);
        }
        if (e.text == "min" || e.text == "max") {
            return extreme(e);
        }
        if (e.text == "length") {
            return numbers_of_texts(text(e.operands.at(0)), [](const std::string& cell) { return static_cast<double>(decode_utf8(cell).size()); });
        }
        if (e.text == "lower") {
            return texts_of_texts(text(e.operands.at(0)), to_lower);
        }
        if (e.text == "upper") {
            return texts_of_texts(text(e.operands.at(0)), to_upper);
        }
        throw RunError(fmt::format("there is no function `{}`", e.text));
    }
    Value extreme(const Expression& e) const {
        Value result = number(e.operands.at(0));
        const bool smallest = e.text == "min";
        for (std::size_t i = 1; i < e.operands.size(); ++i) {
            const Value next = number(e.operands[i]);
            result = each_row(result.constant && next.constant, rows_, [&](std::size_t row) {
                const double a = result.number(row), b = next.number(row);
                if (std::isnan(a) || std::isnan(b)) {
                    return missing_number;
                }
                return smallest ? std::min(a, b) : std::max(a, b);
            });
        }
        return result;
    }
    Value choose(const Expression& e) const {
        const Value condition = number(e.operands.at(0)), yes = value(e.operands.at(1)), no = value(e.operands.at(2));
        if (yes.is_text != no.is_text) {
            throw RunError(fmt::format("`{}` gives a text on one side and a number on the other", to_string(e)));
        }
        const bool constant = condition.constant && yes.constant && no.constant;
        if (!yes.is_text) {
            return each_row(constant, rows_, [&](std::size_t row) {
                const double c = condition.number(row);
                return std::isnan(c) ? missing_number : (c != 0 ? yes : no).number(row);
            });
        }
        TextBuilder builder;
        const auto recode = [&](const std::string& cell) { return builder.code(cell); };
        const std::vector<std::int32_t> yes_codes = each_level(yes, recode), no_codes = each_level(no, recode);
        std::vector<std::int32_t> codes(constant ? 1 : rows_, missing_code);
        for (std::size_t row = 0; row < codes.size(); ++row) {
            const double c = condition.number(row);
            const Value& side = c != 0 ? yes : no;
            if (!std::isnan(c) && !side.missing(row)) {
                codes[row] = (c != 0 ? yes_codes : no_codes)[static_cast<std::size_t>(side.code(row))];
            }
        }
        return builder.value(std::move(codes), constant);
    }

    double aggregate(const Expression& e) const {
        const double rows = static_cast<double>(rows_);
        if (e.text == "rows") {
            return rows;
        }
        if (e.text == "count") {
            return count_true(e);
        }
        if (e.text == "share") {
            return count_true(e) / rows;
        }
        if (e.text == "unique") {
            return truth(all_unique(e));
        }
        const Value x = value(e.operands.at(0));
        if (e.text == "missing") {
            return count_missing(x) / rows;
        }
        if (e.text == "classes") {
            const std::vector<std::int64_t> ids = distinct_ids(x, rows_);
            return ids.empty() ? 0.0 : static_cast<double>(*std::max_element(ids.begin(), ids.end()) + 1);
        }
        const std::vector<std::string>& known = aggregate_functions();
        if (std::find(known.begin(), known.end(), e.text) == known.end()) {
            throw RunError(fmt::format("there is no aggregate `{}`", e.text));
        }
        return summarise_numbers(e.text, present_numbers(e.operands[0]));
    }
    double count_true(const Expression& e) const {
        const Value condition = number(e.operands.at(0));
        double count = 0;
        for (std::size_t row = 0; row < rows_; ++row) {
            const double c = condition.number(row);
            count += !std::isnan(c) && c != 0;
        }
        return count;
    }
    double count_missing(const Value& x) const {
        double count = 0;
        for (std::size_t row = 0; row < rows_; ++row) {
            count += x.missing(row);
        }
        return count;
    }
    // Rows with a missing part agree with none.
    bool all_unique(const Expression& e) const {
        std::vector<std::vector<std::int64_t>> parts;
        for (const Expression& operand : e.operands) {
            parts.push_back(distinct_ids(value(operand), rows_));
        }
        std::vector<std::vector<std::int64_t>> keys;
        for (std::size_t row = 0; row < rows_; ++row) {
            std::vector<std::int64_t> key;
            for (const auto& part : parts) {
                key.push_back(part[row]);
            }
            if (std::find(key.begin(), key.end(), -1) == key.end()) {
                keys.push_back(std::move(key));
            }
        }
        std::sort(keys.begin(), keys.end());
        return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
    }
    std::vector<double> present_numbers(const Expression& e) const {
        const Value x = number(e);
        std::vector<double> numbers;
        for (std::size_t row = 0; row < rows_; ++row) {
            if (!x.missing(row)) {
                numbers.push_back(x.number(row));
            }
        }
        return numbers;
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
