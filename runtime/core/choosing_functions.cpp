// Functions that ask whether a cell is missing, or choose between cells.
#include "runtime/core/expression_functions.h"

#include <cmath>

namespace mlpc::expressions {

namespace {

using Values = std::vector<Value>;
constexpr std::size_t none = static_cast<std::size_t>(-1);

// On each row the cell of the argument that `which(row)` names; missing where it names none.
template <class Which>
Value pick(const Values& x, std::size_t first, bool constant, std::size_t rows, Which which) {
    if (!x[first].is_text) {
        return each_row(constant, rows, [&](std::size_t row) {
            const std::size_t chosen = which(row);
            return chosen == none ? missing_number : x[chosen].number(row);
        });
    }
    TextBuilder builder;
    std::vector<std::vector<std::int32_t>> codes_of(x.size());
    for (std::size_t i = first; i < x.size(); ++i) {
        codes_of[i] = each_level(x[i], [&](const std::string& cell) { return builder.code(cell); });
    }
    std::vector<std::int32_t> codes(constant ? 1 : rows, missing_code);
    for (std::size_t row = 0; row < codes.size(); ++row) {
        const std::size_t chosen = which(row);
        if (chosen != none && !x[chosen].missing(row)) {
            codes[row] = codes_of[chosen][static_cast<std::size_t>(x[chosen].code(row))];
        }
    }
    return builder.value(std::move(codes), constant);
}

bool all_constant(const Values& x) {
    bool constant = true;
    for (const Value& value : x) {
        constant = constant && value.constant;
    }
    return constant;
}

// Where the condition is missing, so is the result.
Value choose(const Values& x, std::size_t rows) {
    return pick(x, 1, all_constant(x), rows, [&](std::size_t row) -> std::size_t {
        const double condition = x[0].number(row);
        return std::isnan(condition) ? none : condition != 0 ? 1 : 2;
    });
}

Value coalesce(const Values& x, std::size_t rows) {
    return pick(x, 0, all_constant(x), rows, [&](std::size_t row) {
        std::size_t i = 0;
        while (i + 1 < x.size() && x[i].missing(row)) {
            ++i;
        }
        return i;
    });
}

Value is_missing(const Values& x, std::size_t rows) {
    return each_row(x[0].constant, rows, [&](std::size_t row) { return truth(x[0].missing(row)); });
}

}  // namespace

const std::vector<Function>& choosing_functions() {
    using enum ArgumentKind;
    constexpr std::size_t many = 100;
    static const std::vector<Function> list{
        {"if", 3, 3, {Truth, Alike}, ResultKind::Alike, choose},
        {"coalesce", 2, many, {Alike}, ResultKind::Alike, coalesce},
        {"missing", 1, 1, {Any}, ResultKind::Truth, is_missing},
        {"is_missing", 1, 1, {Any}, ResultKind::Truth, is_missing},
    };
    return list;
}

}  // namespace mlpc::expressions
