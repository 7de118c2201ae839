#include "runtime/io/validate.h"

#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mlpc {
namespace {

using Op = Expression::Op;
constexpr std::size_t most_rows_shown = 5;

// The table, and the rows of the file that it holds.
struct Rows {
    const Frame& frame;
    const RowIndex& file_rows;

    std::size_t number(std::size_t row) const { return file_rows[row] + 2; }  // the header is row 1
};

std::string cell_text(const Frame& frame, std::size_t row, std::size_t c) {
    if (frame.missing(row, c)) {
        return "missing";
    }
    switch (frame.column(c).type) {
        case ColumnType::Numeric:
            return fmt::format("{}", frame.number(row, c));
        case ColumnType::Boolean:
            return frame.number(row, c) != 0 ? "true" : "false";
        case ColumnType::Date:
            return format_date(frame.number(row, c));
        default:
            return written_text(frame.text(row, c));
    }
}

// --- rules on the whole table -------------------------------------------------------------------------------------

bool is_share(const Expression& e) { return e.op == Op::Aggregate && (e.text == "share" || e.text == "missing"); }

// At least three digits, and those before the decimal point.
std::string print_value(double value, bool as_share, int digits) {
    if (std::isnan(value)) {
        return "missing";
    }
    const double number = as_share ? value * 100 : value;
    const int whole_digits = std::abs(number) < 1 ? 1 : static_cast<int>(std::log10(std::abs(number))) + 1;
    return fmt::format("{:.{}g}{}", number, std::max(digits, std::min(whole_digits, 15)), as_share ? " %" : "");
}

// Few digits, but as many as it takes to tell the value from the bounds that it misses.
int digits_to_tell(double value, std::initializer_list<double> bounds, bool as_share) {
    constexpr int usual = 3, all = 17;
    for (int digits = usual; digits < all; ++digits) {
        const auto differs = [&](double bound) {
            return bound == value || std::isnan(bound) || print_value(bound, as_share, digits) != print_value(value, as_share, digits);
        };
        if (std::all_of(bounds.begin(), bounds.end(), differs)) {
            return digits;
        }
    }
    return all;
}

Op mirrored(Op op) {
    switch (op) {
        case Op::Less:
            return Op::Greater;
        case Op::LessEqual:
            return Op::GreaterEqual;
        case Op::Greater:
            return Op::Less;
        case Op::GreaterEqual:
            return Op::LessEqual;
        default:
            return op;
    }
}

std::string_view demand(Op op) {
    switch (op) {
        case Op::Less:
            return "asks for less than";
        case Op::LessEqual:
            return "allows at most";
        case Op::Greater:
            return "asks for more than";
        case Op::GreaterEqual:
            return "asks for at least";
        case Op::NotEqual:
            return "forbids";
        default:
            return "asks for";
    }
}

bool is_comparison(Op op) {
    return op == Op::Equal || op == Op::NotEqual || op == Op::Less || op == Op::LessEqual || op == Op::Greater || op == Op::GreaterEqual;
}

std::string comparison_detail(const Expression& e, const Frame& frame) {
    const bool swapped = find_aggregate(e.operands[0]) == nullptr;
    const Expression& left = e.operands[swapped ? 1 : 0];
    const Expression& right = e.operands[swapped ? 0 : 1];
    const double value = evaluate_once(left, frame), bound = evaluate_once(right, frame);
    const bool as_share = is_share(left);
    const int digits = digits_to_tell(value, {bound}, as_share);
    return fmt::format("{} is {}, the rule {} {}", to_string(left), print_value(value, as_share, digits), demand(swapped ? mirrored(e.op) : e.op),
                       print_value(bound, as_share, digits));
}

std::string range_detail(const Expression& e, const Frame& frame) {
    const double value = evaluate_once(e.operands[0], frame);
    const double low = evaluate_once(e.operands[1], frame), high = evaluate_once(e.operands[2], frame);
    const bool as_share = is_share(e.operands[0]);
    const int digits = digits_to_tell(value, {low, high}, as_share);
    const std::string range = std::isnan(low)    ? "at most " + print_value(high, as_share, digits)
                              : std::isnan(high) ? "at least " + print_value(low, as_share, digits)
                                                 : print_value(low, as_share, digits) + " to " + print_value(high, as_share, digits);
    return fmt::format("{} is {}, the rule allows {}", to_string(e.operands[0]), print_value(value, as_share, digits), range);
}

void collect_aggregates(const Expression& e, std::vector<const Expression*>& found) {
    if (e.op == Op::Aggregate) {
        found.push_back(&e);
        return;
    }
    for (const Expression& operand : e.operands) {
        collect_aggregates(operand, found);
    }
}

std::string table_detail(const Expression& e, const Frame& frame) {
    if (e.op == Op::And) {
        const bool first_fails = evaluate_once(e.operands[0], frame) != 1;
        return table_detail(e.operands[first_fails ? 0 : 1], frame);
    }
    if (is_comparison(e.op)) {
        return comparison_detail(e, frame);
    }
    if (e.op == Op::InRange) {
        return range_detail(e, frame);
    }
    std::vector<const Expression*> aggregates;
    collect_aggregates(e, aggregates);
    std::string detail;
    for (const Expression* aggregate : aggregates) {
        constexpr int digits = 6;
        detail += fmt::format("{}{} is {}", detail.empty() ? "" : ", ", to_string(*aggregate),
                              print_value(evaluate_once(*aggregate, frame), is_share(*aggregate), digits));
    }
    return detail;
}

// The rows that agree with an earlier or later one, and which.
RuleFailure repeated_rows(std::size_t rule, const Expression& unique, const Rows& rows) {
    const Frame& frame = rows.frame;
    std::map<std::vector<std::string>, std::vector<std::size_t>> rows_of;
    std::vector<std::size_t> columns;
    for (const std::string& name : columns_of(unique)) {
        columns.push_back(frame.find(name));
    }
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        std::vector<std::string> key;
        for (const std::size_t c : columns) {
            key.push_back(cell_text(frame, row, c));
        }
        rows_of[key].push_back(row);
    }
    RuleFailure failure{.rule = rule};
    std::size_t values = 0;
    const std::pair<const std::vector<std::string>, std::vector<std::size_t>>* example = nullptr;
    for (const auto& entry : rows_of) {
        const bool has_missing = std::find(entry.first.begin(), entry.first.end(), "missing") != entry.first.end();
        if (entry.second.size() < 2 || has_missing) {
            continue;
        }
        ++values;
        example = example == nullptr || entry.second.front() < example->second.front() ? &entry : example;
        for (const std::size_t row : entry.second) {
            failure.first.push_back(rows.number(row));
        }
    }
    failure.failing_rows = failure.first.size();
    std::sort(failure.first.begin(), failure.first.end());
    failure.first.resize(std::min(failure.first.size(), most_rows_shown));
    if (example != nullptr) {
        failure.detail = fmt::format("{} {} more than once, for instance {} in rows {} and {}", values, values == 1 ? "value occurs" : "values occur",
                                     fmt::join(example->first, ", "), rows.number(example->second[0]), rows.number(example->second[1]));
    }
    return failure;
}

bool is_unique_of_columns(const Expression& e) {
    return e.op == Op::Aggregate && e.text == "unique" &&
           std::all_of(e.operands.begin(), e.operands.end(), [](const Expression& operand) { return operand.op == Op::ColumnRef; });
}

void check_table(std::size_t rule, const Expression& condition, const Rows& rows, std::vector<RuleFailure>& failures) {
    const Frame& frame = rows.frame;
    const double holds = evaluate_once(condition, frame);
    if (holds != 0 && !std::isnan(holds)) {
        return;
    }
    if (is_unique_of_columns(condition)) {
        failures.push_back(repeated_rows(rule, condition, rows));
        return;
    }
    failures.push_back({.rule = rule, .detail = table_detail(condition, frame)});
}

// --- rules on every row -------------------------------------------------------------------------------------------

void check_rows(std::size_t rule, const Expression& condition, const Rows& rows, std::vector<RuleFailure>& failures) {
    const Frame& frame = rows.frame;
    const ExpressionValue value = evaluate(condition, frame);
    if (value.is_text) {
        throw RunError(fmt::format("`{}` is a text where a condition is needed", to_string(condition)));
    }
    std::vector<std::size_t> columns;
    for (const std::string& name : columns_of(condition)) {
        columns.push_back(frame.find(name));
    }
    RuleFailure failure{.rule = rule};
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (value.numbers[row] != 0 || ++failure.failing_rows > most_rows_shown) {
            continue;
        }
        failure.first.push_back(rows.number(row));
        failure.detail += fmt::format("{}row {}: ", failure.detail.empty() ? "" : "; ", failure.first.back());
        for (const std::size_t c : columns) {
            failure.detail +=
                fmt::format("{}{} is {}", c == columns.front() ? "" : ", ", written_name(frame.column(c).name), cell_text(frame, row, c));
        }
    }
    if (failure.failing_rows > 0) {
        failures.push_back(std::move(failure));
    }
}

}  // namespace

std::vector<RuleFailure> validate(const std::vector<DataRule>& rules, const Frame& frame, const RowIndex& file_rows) {
    const Rows rows{frame, file_rows};
    std::vector<RuleFailure> failures;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
        const Expression& condition = rules[rule].condition;
        if (depends_on_row(condition)) {
            check_rows(rule, condition, rows, failures);
        } else {
            check_table(rule, condition, rows, failures);
        }
    }
    return failures;
}

std::vector<RuleFailure> validate(const std::vector<DataRule>& rules, const Frame& frame) {
    if (frame.is_view()) {
        return validate(rules, frame, *frame.row_index());
    }
    RowIndex file_rows(frame.rows());
    std::iota(file_rows.begin(), file_rows.end(), 0U);
    return validate(rules, frame, file_rows);
}

}  // namespace mlpc
