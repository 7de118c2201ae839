#include "runtime/core/objective.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

bool ends_in(std::string_view longer, std::string_view name) {
    return longer.size() > name.size() && longer.ends_with(name) && longer[longer.size() - name.size() - 1] == '.';
}

std::string text_of(const ParamValue& v) {
    const auto* word = std::get_if<Word>(&v.value);
    const auto* text = std::get_if<std::string>(&v.value);
    return word != nullptr ? word->text : text != nullptr ? *text : v.to_string();
}

bool is_truth(const ParamValue& v) { return std::holds_alternative<bool>(v.value); }

double cell_of(const ParamValue& v) {
    return v.is_none() ? std::numeric_limits<double>::quiet_NaN() : is_truth(v) ? (std::get<bool>(v.value) ? 1.0 : 0.0) : detail::number_of(v);
}

Column operand_of(const std::string& name, const ParamValue& v) {
    const bool number = v.is_none() || is_truth(v) || detail::is_number(v);
    return number ? Column::of_numbers(name, {cell_of(v)}, is_truth(v) ? ColumnType::Boolean : ColumnType::Numeric)
                  : Column::of_texts(name, {text_of(v)});
}

// Whether the parameter is a text wherever it exists, so that a missing one is a missing text.
bool is_text(const Expression& formula, const std::string& name) {
    const bool compared = formula.op == Expression::Op::Equal || formula.op == Expression::Op::NotEqual || formula.op == Expression::Op::InSet;
    if (compared) {
        const auto is_name = [&](const Expression& e) { return e.op == Expression::Op::ColumnRef && e.text == name; };
        const auto is_quoted = [](const Expression& e) { return e.op == Expression::Op::Text; };
        const auto& sides = formula.operands;
        if (std::any_of(sides.begin(), sides.end(), is_name) && std::any_of(sides.begin(), sides.end(), is_quoted)) {
            return true;
        }
    }
    return std::any_of(formula.operands.begin(), formula.operands.end(), [&](const Expression& e) { return is_text(e, name); });
}

}  // namespace

std::optional<std::size_t> find_parameter(const ObjectiveSpec& objective, std::string_view name) {
    std::optional<std::size_t> found;
    std::size_t count = 0;
    for (std::size_t i = 0; i < objective.parameters.size(); ++i) {
        const std::string& parameter = objective.parameters[i].first;
        if (parameter == name) {
            return i;
        }
        if (ends_in(parameter, name)) {
            found = i;
            ++count;
        }
    }
    return count == 1 ? found : std::nullopt;
}

double formula_value(const ObjectiveSpec& objective, const ParamValues& values) {
    const Expression& formula = objective.formula.value();
    std::vector<Column> columns;
    for (const std::string& name : columns_of(formula)) {
        const auto at = find_parameter(objective, name);
        if (!at) {
            throw RunError(fmt::format("the formula of `{}` names `{}`, which is none of its parameters", objective.name, name));
        }
        const ParamValue& v = values.at(*at);
        columns.push_back(v.is_none() && is_text(formula, name) ? Column::of_texts(name, {""}) : operand_of(name, v));
    }
    const double value = evaluate(formula, Frame(std::move(columns), 1)).numbers.at(0);
    if (std::isnan(value)) {
        throw RunError(
            fmt::format("the formula of `{}` has no value here: it takes 0/0, the log of a negative number or a parameter that the "
                        "chosen alternatives do not have",
                        objective.name));
    }
    if (std::isinf(value)) {
        throw RunError(fmt::format("the formula of `{}` is infinite here", objective.name));
    }
    return value;
}

}  // namespace mlpc
