// Row-wise expressions, check rules, constraints and gates: names and types.
#include "compiler/sema/sema.h"

#include "runtime/core/expression_functions.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

ValueType type_of(ColumnType t) {
    if (t == ColumnType::Boolean) {
        return ValueType::Truth;
    }
    return holds_numbers(t) ? ValueType::Number : ValueType::Text;
}
const char* words_for(ValueType t) {
    switch (t) {
        case ValueType::Number:
            return "a number";
        case ValueType::Truth:
            return "true or false";
        case ValueType::Text:
            return "a text";
        case ValueType::Unknown:
            return "a value";
    }
    return "";
}
bool is_numeric(ValueType t) { return t != ValueType::Text; }

Expression number_node(double value, Span span) {
    Expression e;
    e.op = Expression::Op::Number;
    e.number = value;
    e.span = span;
    return e;
}
Expression node(Expression::Op op, Span span, std::vector<Expression> operands = {}, std::string text = {}) {
    Expression e;
    e.op = op;
    e.text = std::move(text);
    e.operands = std::move(operands);
    e.span = span;
    return e;
}

using Op = Expression::Op;
Op op_of(ast::BinaryOp op) {
    switch (op) {
        case ast::BinaryOp::Or:
            return Op::Or;
        case ast::BinaryOp::And:
            return Op::And;
        case ast::BinaryOp::Equal:
            return Op::Equal;
        case ast::BinaryOp::NotEqual:
            return Op::NotEqual;
        case ast::BinaryOp::Less:
            return Op::Less;
        case ast::BinaryOp::LessEqual:
            return Op::LessEqual;
        case ast::BinaryOp::Greater:
            return Op::Greater;
        case ast::BinaryOp::GreaterEqual:
            return Op::GreaterEqual;
        case ast::BinaryOp::In:
            return Op::InSet;
        case ast::BinaryOp::Matches:
            return Op::Matches;
        case ast::BinaryOp::Add:
            return Op::Add;
        case ast::BinaryOp::Subtract:
            return Op::Subtract;
        case ast::BinaryOp::Multiply:
            return Op::Multiply;
        case ast::BinaryOp::Divide:
            return Op::Divide;
        case ast::BinaryOp::Remainder:
            return Op::Remainder;
        case ast::BinaryOp::Power:
            return Op::Power;
    }
    return Op::Add;
}
bool is_comparison(Op op) {
    return op == Op::Equal || op == Op::NotEqual || op == Op::Less || op == Op::LessEqual || op == Op::Greater || op == Op::GreaterEqual;
}
bool contains(const std::vector<std::string>& list, const std::string& item) { return std::find(list.begin(), list.end(), item) != list.end(); }

// The only dimension whose longer name ends in that one; null where there is none or more.
const Dimension* only_nested(const SearchSpace& space, const std::string& name) {
    const Dimension* found = nullptr;
    for (const Dimension& dimension : space.dimensions) {
        if (dimension.name.ends_with("." + name)) {
            if (found != nullptr) {
                return nullptr;
            }
            found = &dimension;
        }
    }
    return found;
}

const char* words_for(expressions::ArgumentKind kind) {
    switch (kind) {
        case expressions::ArgumentKind::Number:
            return "a number";
        case expressions::ArgumentKind::Truth:
            return "true or false";
        case expressions::ArgumentKind::Text:
            return "a text";
        case expressions::ArgumentKind::Any:
        case expressions::ArgumentKind::Alike:
            return "a value";
    }
    return "";
}
bool fits(ValueType type, expressions::ArgumentKind kind) {
    switch (kind) {
        case expressions::ArgumentKind::Number:
            return is_numeric(type);
        case expressions::ArgumentKind::Truth:
            return type == ValueType::Truth || type == ValueType::Unknown;
        case expressions::ArgumentKind::Text:
            return type == ValueType::Text || type == ValueType::Unknown;
        case expressions::ArgumentKind::Any:
        case expressions::ArgumentKind::Alike:
            return true;
    }
    return true;
}
ValueType type_of(expressions::ResultKind result, ValueType alike) {
    switch (result) {
        case expressions::ResultKind::Number:
            return ValueType::Number;
        case expressions::ResultKind::Truth:
            return ValueType::Truth;
        case expressions::ResultKind::Text:
            return ValueType::Text;
        case expressions::ResultKind::Alike:
            return alike;
    }
    return ValueType::Unknown;
}

}  // namespace

std::optional<Expression> Sema::expression(const ast::Expr& e, ExpressionPlace place, const std::vector<ColumnSpec>* columns,
                                           const std::string& owner) {
    scope_.place = place;
    scope_.columns = columns;
    scope_.owner = owner;
    auto t = typed(e);
    return t ? std::optional(std::move(t->expression)) : std::nullopt;
}

std::optional<Expression> Sema::truth(const ast::Expr& e, ExpressionPlace place, const std::vector<ColumnSpec>* columns, const std::string& owner) {
    scope_.place = place;
    scope_.columns = columns;
    scope_.owner = owner;
    auto t = typed(e);
    if (!t) {
        return std::nullopt;
    }
    if (t->type != ValueType::Truth && t->type != ValueType::Unknown) {
        diags_.report(e.span, diag::ConditionExpected, text_of(e.span), words_for(t->type)).help("a condition compares: `tenure >= 0`");
        return std::nullopt;
    }
    return std::move(t->expression);
}

std::optional<Sema::Typed> Sema::typed(const ast::Expr& e) {
    return std::visit(
        [&](const auto& n) -> std::optional<Typed> {
            using N = std::decay_t<decltype(n)>;
            if constexpr (std::is_same_v<N, ast::Number>) {
                return Typed{number_node(n.value, e.span), ValueType::Number};
            } else if constexpr (std::is_same_v<N, ast::Bool>) {
                return Typed{number_node(n.value ? 1 : 0, e.span), ValueType::Truth};
            } else if constexpr (std::is_same_v<N, ast::Date>) {
                return Typed{number_node(n.days, e.span), ValueType::Number};
            } else if constexpr (std::is_same_v<N, ast::Duration>) {
                return Typed{number_node(scope_.place == ExpressionPlace::Where ? n.seconds : n.seconds / 86'400.0, e.span), ValueType::Number};
            } else if constexpr (std::is_same_v<N, ast::Size>) {
                return Typed{number_node(static_cast<double>(n.bytes), e.span), ValueType::Number};
            } else if constexpr (std::is_same_v<N, ast::String>) {
                return Typed{node(Op::Text, e.span, {}, n.value), ValueType::Text};
            } else if constexpr (std::is_same_v<N, ast::Paren>) {
                return typed(*n.inner);
            } else if constexpr (std::is_same_v<N, ast::NameRef>) {
                return typed_name(n.name.text, e.span, n.name.quoted);
            } else if constexpr (std::is_same_v<N, ast::Member>) {
                return typed_name(text_of(e.span), e.span, false);
            } else if constexpr (std::is_same_v<N, ast::Unary>) {
                auto operand = typed(*n.operand);
                if (!operand) {
                    return std::nullopt;
                }
                const bool negation = n.op == ast::UnaryOp::Minus;
                if (negation ? !is_numeric(operand->type) : operand->type == ValueType::Text || operand->type == ValueType::Number) {
                    diags_.report(n.operand->span, diag::OperandType, negation ? "-" : "not", negation ? "a number" : "true or false",
                                  words_for(operand->type));
                    return std::nullopt;
                }
                return Typed{node(negation ? Op::Negate : Op::Not, e.span, {std::move(operand->expression)}),
                             negation ? ValueType::Number : ValueType::Truth};
            } else if constexpr (std::is_same_v<N, ast::Binary>) {
                return typed_binary(n, e.span);
            } else if constexpr (std::is_same_v<N, ast::Call>) {
                return calls_metric(n) ? typed_metric(e) : typed_call(n, e.span);
            } else if constexpr (std::is_same_v<N, ast::ErrorExpr>) {
                return std::nullopt;
            } else {
                diags_.report(e.span, diag::NotAnExpression, text_of(e.span));
                return std::nullopt;
            }
        },
        e.node);
}

std::optional<Sema::Typed> Sema::typed_name(const std::string& name, Span span, bool quoted) {
    if (scope_.columns != nullptr) {
        for (const ColumnSpec& column : *scope_.columns) {
            if (column.which == ColumnSpec::Which::Named && column.name == name) {
                return Typed{node(Op::ColumnRef, span, {}, name), type_of(column.type)};
            }
        }
    }
    if (!quoted && scope_.place == ExpressionPlace::Check && name == "rows") {
        return Typed{node(Op::Aggregate, span, {}, "rows"), ValueType::Number};
    }
    if (scope_.space != nullptr) {
        for (const Dimension& dimension : scope_.space->dimensions) {
            if (dimension.name == name) {
                return Typed{node(Op::ColumnRef, span, {}, name), ValueType::Unknown};
            }
        }
    }
    if (contains(scope_.names, name)) {
        return Typed{node(Op::ColumnRef, span, {}, name), ValueType::Number};
    }
    if (const Dimension* nested = scope_.space != nullptr ? only_nested(*scope_.space, name) : nullptr) {
        return Typed{node(Op::ColumnRef, span, {}, nested->name), ValueType::Unknown};
    }
    if (!quoted && params_.contains(name)) {
        const ParamValue& value = params_.at(name);
        if (const auto* i = std::get_if<std::int64_t>(&value.value)) {
            return Typed{number_node(static_cast<double>(*i), span), ValueType::Number};
        }
        if (const auto* d = std::get_if<double>(&value.value)) {
            return Typed{number_node(*d, span), ValueType::Number};
        }
        if (const auto* s = std::get_if<std::string>(&value.value)) {
            return Typed{node(Op::Text, span, {}, *s), ValueType::Text};
        }
    }
    if (!quoted && name == "pi") {
        return Typed{number_node(3.14159265358979323846, span), ValueType::Number};
    }
    if (!quoted && scope_.any_name) {
        return Typed{node(Op::ColumnRef, span, {}, name), ValueType::Number};
    }
    if (const Symbol* s = find(name); is_import_missing() || (s != nullptr && s->kind == Symbol::Kind::Param && s->failed)) {
        return std::nullopt;
    }
    std::vector<std::string> known = scope_.names, parameters;
    bool open_schema = false;
    if (scope_.columns != nullptr) {
        for (const ColumnSpec& column : *scope_.columns) {
            open_schema |= column.which != ColumnSpec::Which::Named;
            if (column.which == ColumnSpec::Which::Named) {
                known.push_back(column.name);
            }
        }
    }
    if (scope_.space != nullptr) {
        for (const Dimension& dimension : scope_.space->dimensions) {
            known.push_back(dimension.name);
            parameters.push_back(dimension.name);
        }
    }
    if (open_schema) {
        return Typed{node(Op::ColumnRef, span, {}, name), ValueType::Unknown};
    }
    const char* what = scope_.place == ExpressionPlace::Where     ? "searched parameter"
                       : scope_.place == ExpressionPlace::Gate    ? "metric"
                       : scope_.place == ExpressionPlace::Formula ? "parameter"
                                                                  : "column";
    Diagnostic& d = diags_.report(span, diag::UnknownColumn, scope_.owner, what, name);
    if (const std::string near = did_you_mean(name, known); !near.empty()) {
        d.help(fmt::format("did you mean `{}`?", near)).fix(span, near, fmt::format("write `{}`", near));
    } else if (scope_.place == ExpressionPlace::Where) {
        d.help(fmt::format("there are: {}; of results: `fit_seconds` and metrics by name", fmt::join(parameters, ", ")));
    } else if (scope_.place == ExpressionPlace::Gate) {
        d.help(fmt::format("there are: {}", fmt::join(known, ", ")));
    }
    return std::nullopt;
}

std::optional<Sema::Typed> Sema::typed_membership(const ast::Expr& operand_expr, const ast::Expr& space, Span span) {
    auto operand = typed(operand_expr);
    if (!operand) {
        return std::nullopt;
    }
    if (const auto* range = std::get_if<ast::Range>(&space.node)) {
        if (!is_numeric(operand->type)) {
            diags_.report(operand_expr.span, diag::OperandType, "in", "a number before a range", words_for(operand->type));
            return std::nullopt;
        }
        const auto interval = constant(space);
        if (!interval) {
            return std::nullopt;
        }
        const auto& ends = std::get<Interval>(interval->value);
        const double nan = std::numeric_limits<double>::quiet_NaN();
        return Typed{node(Op::InRange, span,
                          {std::move(operand->expression), number_node(range->low ? ends.low : nan, space.span),
                           number_node(range->high ? ends.high : nan, space.span)}),
                     ValueType::Truth};
    }
    const auto* set = std::get_if<ast::Set>(&space.node);
    if (set == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(space.node)) {
            diags_.report(space.span, diag::SpaceExpected, text_of(space.span)).help("write a range `0..120` or a set `{a, b}`");
        }
        return std::nullopt;
    }
    std::vector<Expression> parts{std::move(operand->expression)};
    for (const ast::Expr& element : set->elements) {
        const auto* word = std::get_if<ast::NameRef>(&element.node);
        const bool bare_text = word != nullptr && !params_.contains(word->name.text) && operand->type == ValueType::Text;
        auto member = bare_text ? Typed{node(Op::Text, element.span, {}, word->name.text), ValueType::Text} : typed(element);
        if (!member) {
            return std::nullopt;
        }
        if (operand->type != ValueType::Unknown && member->type != ValueType::Unknown && is_numeric(member->type) != is_numeric(operand->type)) {
            diags_.report(element.span, diag::ComparedTypes, words_for(operand->type), words_for(member->type));
            return std::nullopt;
        }
        parts.push_back(std::move(member->expression));
    }
    return Typed{node(Op::InSet, span, std::move(parts)), ValueType::Truth};
}

std::optional<Sema::Typed> Sema::typed_binary(const ast::Binary& b, Span span) {
    if (b.op == ast::BinaryOp::In) {
        return typed_membership(*b.left, *b.right, span);
    }
    auto left = typed(*b.left), right = typed(*b.right);
    if (!left || !right) {
        return std::nullopt;
    }
    const Op op = op_of(b.op);
    const std::string sign = text_of(b.op_span);
    if (op == Op::Matches) {
        if (left->type == ValueType::Number || left->type == ValueType::Truth || right->expression.op != Op::Text) {
            diags_.report(span, diag::OperandType, "matches", "a text and a quoted regular expression", words_for(left->type));
            return std::nullopt;
        }
        if (!is_pattern(right->expression.text, b.right->span)) {
            return std::nullopt;
        }
        return Typed{node(op, span, {std::move(left->expression)}, right->expression.text), ValueType::Truth};
    }
    if (is_comparison(op)) {
        const bool known = left->type != ValueType::Unknown && right->type != ValueType::Unknown;
        if (known && is_numeric(left->type) != is_numeric(right->type)) {
            Diagnostic& d = diags_.report(b.op_span, diag::ComparedTypes, words_for(left->type), words_for(right->type));
            d.note(b.left->span, words_for(left->type)).note(b.right->span, words_for(right->type));
            return std::nullopt;
        }
        return Typed{node(op, span, {std::move(left->expression), std::move(right->expression)}), ValueType::Truth};
    }
    const bool logic = op == Op::And || op == Op::Or;
    for (const auto& [side, value] : {std::pair(b.left.get(), &*left), std::pair(b.right.get(), &*right)}) {
        const bool fits = value->type == ValueType::Unknown || (logic ? value->type == ValueType::Truth : is_numeric(value->type));
        if (!fits) {
            diags_.report(side->span, diag::OperandType, sign, logic ? "true or false" : "numbers", words_for(value->type));
            return std::nullopt;
        }
    }
    return Typed{node(op, span, {std::move(left->expression), std::move(right->expression)}), logic ? ValueType::Truth : ValueType::Number};
}

std::optional<Sema::Typed> Sema::typed_argument(const std::string& function, const ast::Arg& arg) {
    if (arg.kind == ast::Arg::Kind::Positional) {
        return typed(arg.value);
    }
    if (arg.kind == ast::Arg::Kind::Search) {
        ast::Expr operand;
        operand.node = ast::NameRef{arg.name};
        operand.span = arg.name.span;
        return typed_membership(operand, arg.value, arg.span);
    }
    diags_.report(arg.name.span, diag::NamedInExpression, function);
    return std::nullopt;
}

void Sema::report_unknown_function(const ast::Name& name) {
    std::vector<std::string> known = row_wise_functions();
    known.insert(known.end(), aggregate_functions().begin(), aggregate_functions().end());
    Diagnostic& d = diags_.report(name.span, diag::UnknownFunction, name.text);
    if (const std::string near = did_you_mean(name.text, known); !near.empty()) {
        d.help(fmt::format("did you mean `{}`?", near)).fix(name.span, near, fmt::format("write `{}`", near));
    }
}

// `where recall(class: "yes") >= 0.5`; a function of the same name goes first.
bool Sema::calls_metric(const ast::Call& call) const {
    const std::string& name = call.callee.text;
    return scope_.place == ExpressionPlace::Where && contains(scope_.names, name) && catalog_.find(ComponentKind::Metric, name) != nullptr &&
           expressions::find_function(name) == nullptr && expressions::find_aggregate_function(name) == nullptr;
}

std::optional<Sema::Typed> Sema::typed_metric(const ast::Expr& e) {
    const ExpressionScope outer = scope_;
    auto spec = metric(e, scored_data_);
    scope_ = outer;
    if (!spec) {
        return std::nullopt;
    }
    const std::string name = spec->text;
    called_in_where_.insert_or_assign(name, std::move(*spec));
    return Typed{node(Op::ColumnRef, e.span, {}, name), ValueType::Number};
}

std::optional<Sema::Typed> Sema::typed_call(const ast::Call& call, Span span) {
    const std::string& name = call.callee.text;
    const expressions::Function* row_wise = expressions::find_function(name);
    const expressions::Function* aggregate = expressions::find_aggregate_function(name);
    if (row_wise == nullptr && aggregate == nullptr) {
        report_unknown_function(call.callee);
        return std::nullopt;
    }
    // `missing` and one-operand `min` and `max` have both readings: over all rows in a check, of one row elsewhere.
    bool over_rows = row_wise == nullptr;
    if (aggregate != nullptr && row_wise != nullptr) {
        over_rows = name == "missing" ? scope_.place == ExpressionPlace::Check : call.args.size() == 1;
    }
    const expressions::Function& function = over_rows ? *aggregate : *row_wise;
    if (call.args.size() < function.least || call.args.size() > function.most) {
        const bool too_few = call.args.size() < function.least;
        diags_.report(span, diag::ArgumentCount, name, too_few ? function.least : function.most, call.args.size());
        return std::nullopt;
    }
    std::vector<Expression> operands;
    std::optional<ValueType> alike;
    for (const ast::Arg& arg : call.args) {
        auto value = typed_argument(name, arg);
        if (!value) {
            return std::nullopt;
        }
        const expressions::ArgumentKind kind = function.kind_of(operands.size());
        if (!fits(value->type, kind)) {
            diags_.report(arg.span, diag::OperandType, name, words_for(kind), words_for(value->type));
            return std::nullopt;
        }
        if (kind == expressions::ArgumentKind::Alike) {
            const bool known = alike && *alike != ValueType::Unknown && value->type != ValueType::Unknown;
            if (known && is_numeric(*alike) != is_numeric(value->type)) {
                diags_.report(arg.span, diag::OperandType, name, words_for(*alike), words_for(value->type));
                return std::nullopt;
            }
            alike = !alike || value->type == *alike                               ? value->type
                    : *alike == ValueType::Text || value->type == ValueType::Text ? ValueType::Text
                                                                                  : ValueType::Number;
        }
        operands.push_back(std::move(value->expression));
    }
    return Typed{node(over_rows ? Op::Aggregate : Op::Function, span, std::move(operands), name),
                 type_of(function.result, alike.value_or(ValueType::Unknown))};
}

}  // namespace mlpc::sema
