#include "runtime/core/space.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

bool is_choice(const Dimension& d) { return d.kind == Dimension::Kind::Choice || d.kind == Dimension::Kind::Ordered; }

bool holds(const Condition& condition, const Assignment& assignment) {
    const std::size_t d = condition.dimension.index;
    if (d >= assignment.size() || !assignment[d]) {
        return false;
    }
    const auto choice = static_cast<std::uint32_t>(*assignment[d]);
    return std::find(condition.choices.begin(), condition.choices.end(), choice) != condition.choices.end();
}

// A one-row column, so that numbers and words alike can stand in a constraint.
Column column_of(const std::string& name, const ParamValue& v) {
    if (const auto* word = std::get_if<Word>(&v.value)) {
        return Column::of_texts(name, {word->text});
    }
    if (const auto* text = std::get_if<std::string>(&v.value)) {
        return Column::of_texts(name, {*text});
    }
    if (const auto* truth = std::get_if<bool>(&v.value)) {
        return Column::of_numbers(name, {*truth ? 1.0 : 0.0}, ColumnType::Boolean);
    }
    return Column::of_numbers(name, {detail::number_of(v)});
}

// The values that a constraint names; nullopt where one of them is inactive or `none`, so that there is nothing to constrain.
std::optional<Frame> operands_of(const Expression& constraint, const SearchSpace& space, const Assignment& assignment) {
    std::vector<Column> columns;
    for (const std::string& name : columns_of(constraint)) {
        const auto dimension = std::find_if(space.dimensions.begin(), space.dimensions.end(), [&](const Dimension& d) { return d.name == name; });
        if (dimension == space.dimensions.end()) {
            continue;
        }
        const auto& assigned = assignment.at(static_cast<std::size_t>(dimension - space.dimensions.begin()));
        if (!assigned) {
            return std::nullopt;
        }
        const ParamValue v = value_of(*dimension, *assigned);
        if (v.is_none()) {
            return std::nullopt;
        }
        columns.push_back(column_of(name, v));
    }
    return Frame(std::move(columns), 1);
}

}  // namespace

bool is_active(const SearchSpace& space, std::size_t d, const Assignment& assignment) {
    const auto& conditions = space.dimensions.at(d).conditions;
    return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) { return holds(c, assignment); });
}

bool is_feasible(const SearchSpace& space, const Assignment& assignment) {
    return std::all_of(space.constraints.begin(), space.constraints.end(), [&](const Expression& constraint) {
        const auto operands = operands_of(constraint, space, assignment);
        if (!operands) {
            return true;
        }
        const double truth = evaluate(constraint, *operands).numbers.at(0);
        return !std::isnan(truth) && truth != 0;
    });
}

ParamValue value_of(const Dimension& dimension, double value) {
    if (is_choice(dimension)) {
        return dimension.choices.at(static_cast<std::size_t>(value));
    }
    if (dimension.kind == Dimension::Kind::Integer) {
        return {static_cast<std::int64_t>(std::llround(value))};
    }
    return {value};
}

std::string to_string(const SearchSpace& space, const Assignment& assignment) {
    std::string out;
    for (std::size_t d = 0; d < assignment.size(); ++d) {
        if (!assignment[d]) {
            continue;
        }
        const Dimension& dimension = space.dimensions.at(d);
        out += out.empty() ? "" : " ";
        out += dimension.name + "=" + value_of(dimension, *assignment[d]).to_string();
    }
    return out;
}

}  // namespace mlpc
