#include "runtime/core/expression.h"

#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

using Op = Expression::Op;

// How tightly an operator binds, as in the grammar.
enum Precedence { OrLevel, AndLevel, NotLevel, CompareLevel, RangeLevel, AddLevel, MultiplyLevel, NegateLevel, PowerLevel, AtomLevel };

Precedence level_of(const Expression& e) {
    switch (e.op) {
        case Op::Or:
            return OrLevel;
        case Op::And:
            return AndLevel;
        case Op::Not:
            return NotLevel;
        case Op::Equal:
        case Op::NotEqual:
        case Op::Less:
        case Op::LessEqual:
        case Op::Greater:
        case Op::GreaterEqual:
        case Op::InRange:
        case Op::InSet:
        case Op::Matches:
            return CompareLevel;
        case Op::Add:
        case Op::Subtract:
            return AddLevel;
        case Op::Multiply:
        case Op::Divide:
        case Op::Remainder:
            return MultiplyLevel;
        case Op::Negate:
            return NegateLevel;
        case Op::Power:
            return PowerLevel;
        case Op::Number:
            return std::signbit(e.number) ? NegateLevel : AtomLevel;
        case Op::Text:
        case Op::ColumnRef:
        case Op::Function:
        case Op::Aggregate:
            return AtomLevel;
    }
    return AtomLevel;
}

std::string_view sign_of(Op op) {
    switch (op) {
        case Op::Add:
            return "+";
        case Op::Subtract:
            return "-";
        case Op::Multiply:
            return "*";
        case Op::Divide:
            return "/";
        case Op::Remainder:
            return "%";
        case Op::Power:
            return "^";
        case Op::Equal:
            return "==";
        case Op::NotEqual:
            return "!=";
        case Op::Less:
            return "<";
        case Op::LessEqual:
            return "<=";
        case Op::Greater:
            return ">";
        case Op::GreaterEqual:
            return ">=";
        case Op::And:
            return "and";
        case Op::Or:
            return "or";
        default:
            return "";
    }
}

std::string print_at(const Expression& e, int least) {
    const std::string text = to_string(e);
    return level_of(e) < least ? "(" + text + ")" : text;
}

std::string print_binary(const Expression& e) {
    const int level = level_of(e);
    const bool to_the_right = e.op == Op::Power;
    const std::string left = print_at(e.operands[0], to_the_right ? level + 1 : level);
    const std::string right = print_at(e.operands[1], to_the_right ? level : level + 1);
    if (e.op == Op::Power) {
        return left + "^" + right;
    }
    return fmt::format("{} {} {}", left, sign_of(e.op), right);
}

std::string print_list(std::vector<Expression>::const_iterator first, std::vector<Expression>::const_iterator last) {
    std::string text;
    for (auto e = first; e != last; ++e) {
        text += (e == first ? "" : ", ") + to_string(*e);
    }
    return text;
}

bool is_open_end(const Expression& e) { return e.op == Op::Number && std::isnan(e.number); }

std::string print_range_end(const Expression& e) { return is_open_end(e) ? "" : print_at(e, RangeLevel + 1); }

std::string print_call(const Expression& e) {
    if (e.op == Op::Aggregate && e.operands.empty()) {
        return e.text;
    }
    return fmt::format("{}({})", e.text, print_list(e.operands.begin(), e.operands.end()));
}

void collect_columns(const Expression& e, std::vector<std::string>& names) {
    if (e.op == Op::ColumnRef && std::find(names.begin(), names.end(), e.text) == names.end()) {
        names.push_back(e.text);
    }
    for (const Expression& operand : e.operands) {
        collect_columns(operand, names);
    }
}

}  // namespace

bool depends_on_row(const Expression& e) {
    if (e.op == Op::Aggregate) {
        return false;
    }
    return e.op == Op::ColumnRef || std::any_of(e.operands.begin(), e.operands.end(), depends_on_row);
}

std::vector<std::string> columns_of(const Expression& e) {
    std::vector<std::string> names;
    collect_columns(e, names);
    return names;
}

const Expression* find_aggregate(const Expression& e) {
    if (e.op == Op::Aggregate) {
        return &e;
    }
    for (const Expression& operand : e.operands) {
        if (const Expression* found = find_aggregate(operand)) {
            return found;
        }
    }
    return nullptr;
}

std::string to_string(const Expression& e) {
    switch (e.op) {
        case Op::Number:
            return fmt::format("{}", e.number);
        case Op::Text:
            return written_text(e.text);
        case Op::ColumnRef:
            return written_name(e.text);
        case Op::Negate:
            return "-" + print_at(e.operands[0], NegateLevel + 1);
        case Op::Not:
            return "not " + print_at(e.operands[0], NotLevel);
        case Op::InRange:
            return fmt::format("{} in {}..{}", print_at(e.operands[0], CompareLevel + 1), print_range_end(e.operands[1]),
                               print_range_end(e.operands[2]));
        case Op::InSet:
            return fmt::format("{} in {{{}}}", print_at(e.operands[0], CompareLevel + 1), print_list(e.operands.begin() + 1, e.operands.end()));
        case Op::Matches:
            return fmt::format("{} matches {}", print_at(e.operands[0], CompareLevel + 1), written_text(e.text));
        case Op::Function:
        case Op::Aggregate:
            return print_call(e);
        default:
            return print_binary(e);
    }
}

}  // namespace mlpc
