// Functions of numbers. A result that is no number is missing.
#include "runtime/core/expression_functions.h"

#include <algorithm>
#include <cmath>

namespace mlpc::expressions {

namespace {

using Values = std::vector<Value>;

template <double (*F)(double)>
Value one(const Values& x, std::size_t rows) {
    return each_row(x[0].constant, rows, [&](std::size_t row) { return F(x[0].number(row)); });
}
template <double (*F)(double, double)>
Value two(const Values& x, std::size_t rows) {
    return each_row(x[0].constant && x[1].constant, rows, [&](std::size_t row) {
        const double a = x[0].number(row), b = x[1].number(row);
        return std::isnan(a) || std::isnan(b) ? missing_number : F(a, b);
    });
}
// F over all arguments from the left.
template <double (*F)(double, double)>
Value folded(const Values& x, std::size_t rows) {
    Value result = x[0];
    for (std::size_t i = 1; i < x.size(); ++i) {
        result = two<F>({std::move(result), x[i]}, rows);
    }
    return result;
}

double sign(double a) { return std::isnan(a) ? a : static_cast<double>((a > 0) - (a < 0)); }
double smaller(double a, double b) { return std::min(a, b); }
double larger(double a, double b) { return std::max(a, b); }

double rounded_to(double a, double digits) {
    const double scale = std::pow(10.0, digits);
    const double scaled = std::round(a * scale) / scale;
    return std::isfinite(scaled) ? scaled : a;  // more digits than a number has
}

// clip(x, low, high)
Value clip(const Values& x, std::size_t rows) { return two<smaller>({two<larger>({x[0], x[1]}, rows), x[2]}, rows); }

// round(x) and round(x, digits): a half goes away from zero.
Value round(const Values& x, std::size_t rows) {
    if (x.size() == 1) {
        return one<std::round>(x, rows);
    }
    return two<rounded_to>(x, rows);
}

}  // namespace

const std::vector<Function>& number_functions() {
    using enum ArgumentKind;
    constexpr auto number = ResultKind::Number;
    constexpr std::size_t many = 100;
    static const std::vector<Function> list{
        {"abs", 1, 1, {Number}, number, one<std::fabs>},
        {"sqrt", 1, 1, {Number}, number, one<std::sqrt>},
        {"exp", 1, 1, {Number}, number, one<std::exp>},
        {"expm1", 1, 1, {Number}, number, one<std::expm1>},
        {"log", 1, 1, {Number}, number, one<std::log>},
        {"log1p", 1, 1, {Number}, number, one<std::log1p>},
        {"log2", 1, 1, {Number}, number, one<std::log2>},
        {"log10", 1, 1, {Number}, number, one<std::log10>},
        {"sin", 1, 1, {Number}, number, one<std::sin>},
        {"cos", 1, 1, {Number}, number, one<std::cos>},
        {"tan", 1, 1, {Number}, number, one<std::tan>},
        {"atan2", 2, 2, {Number}, number, two<std::atan2>},
        {"tanh", 1, 1, {Number}, number, one<std::tanh>},
        {"floor", 1, 1, {Number}, number, one<std::floor>},
        {"ceil", 1, 1, {Number}, number, one<std::ceil>},
        {"round", 1, 2, {Number}, number, round},
        {"sign", 1, 1, {Number}, number, one<sign>},
        {"pow", 2, 2, {Number}, number, two<std::pow>},
        {"clip", 3, 3, {Number}, number, clip},
        {"min", 1, many, {Number}, number, folded<smaller>},
        {"max", 1, many, {Number}, number, folded<larger>},
    };
    return list;
}

}  // namespace mlpc::expressions
