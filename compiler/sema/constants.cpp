// Values that are known before anything runs.
#include "compiler/sema/sema.h"

#include <cmath>

namespace mlpc::sema {

namespace {

std::optional<double> as_number(const ParamValue& v) {
    if (const auto* i = std::get_if<std::int64_t>(&v.value)) {
        return static_cast<double>(*i);
    }
    if (const auto* d = std::get_if<double>(&v.value)) {
        return *d;
    }
    return std::nullopt;
}

std::optional<ParamValue> arithmetic(ast::BinaryOp op, const ParamValue& left, const ParamValue& right) {
    const auto a = as_number(left), b = as_number(right);
    if (!a || !b) {
        return std::nullopt;
    }
    double result = 0;
    switch (op) {
        case ast::BinaryOp::Add:
            result = *a + *b;
            break;
        case ast::BinaryOp::Subtract:
            result = *a - *b;
            break;
        case ast::BinaryOp::Multiply:
            result = *a * *b;
            break;
        case ast::BinaryOp::Divide:
            result = *a / *b;
            break;
        case ast::BinaryOp::Remainder:
            result = std::fmod(*a, *b);
            break;
        case ast::BinaryOp::Power:
            result = std::pow(*a, *b);
            break;
        default:
            return std::nullopt;
    }
    const bool integers = std::holds_alternative<std::int64_t>(left.value) && std::holds_alternative<std::int64_t>(right.value);
    if (integers && op != ast::BinaryOp::Divide && std::abs(result) < 9e15 && result == std::floor(result)) {
        return ParamValue{static_cast<std::int64_t>(result)};
    }
    return ParamValue{result};
}

}  // namespace

std::optional<ParamValue> Sema::constant(const ast::Expr& e) {
    return std::visit(
        [&](const auto& n) -> std::optional<ParamValue> {
            using N = std::decay_t<decltype(n)>;
            if constexpr (std::is_same_v<N, ast::Number>) {
                return n.form == ast::Number::Form::Integer ? ParamValue{n.integer} : ParamValue{n.value};
            } else if constexpr (std::is_same_v<N, ast::String>) {
                return ParamValue{n.value};
            } else if constexpr (std::is_same_v<N, ast::Bool>) {
                return ParamValue{n.value};
            } else if constexpr (std::is_same_v<N, ast::None>) {
                return ParamValue{};
            } else if constexpr (std::is_same_v<N, ast::Date>) {
                return ParamValue{static_cast<double>(n.days)};
            } else if constexpr (std::is_same_v<N, ast::Duration>) {
                return ParamValue{n.seconds};
            } else if constexpr (std::is_same_v<N, ast::Size>) {
                return ParamValue{static_cast<double>(n.bytes)};
            } else if constexpr (std::is_same_v<N, ast::Paren>) {
                return constant(*n.inner);
            } else if constexpr (std::is_same_v<N, ast::NameRef>) {
                if (const auto at = params_.find(n.name.text); at != params_.end()) {
                    return at->second;
                }
                if (const Symbol* s = find(n.name.text); s != nullptr && s->kind == Symbol::Kind::Param) {
                    if (!s->failed) {
                        diags_.report(e.span, diag::UsedBeforeDeclared, n.name.text).note(s->span, "declared here");
                    }
                    return std::nullopt;
                }
                return ParamValue{Word{n.name.text}};
            } else if constexpr (std::is_same_v<N, ast::Unary>) {
                const auto v = constant(*n.operand);
                if (v && n.op == ast::UnaryOp::Minus) {
                    if (const auto* i = std::get_if<std::int64_t>(&v->value)) {
                        return ParamValue{-*i};
                    }
                    if (const auto* d = std::get_if<double>(&v->value)) {
                        return ParamValue{-*d};
                    }
                }
                if (v) {
                    diags_.report(e.span, diag::NotConstant, text_of(e.span));
                }
                return std::nullopt;
            } else if constexpr (std::is_same_v<N, ast::Binary>) {
                const auto a = constant(*n.left), b = constant(*n.right);
                if (!a || !b) {
                    return std::nullopt;
                }
                auto result = arithmetic(n.op, *a, *b);
                if (!result) {
                    diags_.report(e.span, diag::NotConstant, text_of(e.span));
                }
                return result;
            } else if constexpr (std::is_same_v<N, ast::Range>) {
                const auto low = n.low ? constant_number(*n.low, "an end of a range") : std::optional(-std::numeric_limits<double>::infinity());
                const auto high = n.high ? constant_number(*n.high, "an end of a range") : std::optional(std::numeric_limits<double>::infinity());
                if (!low || !high) {
                    return std::nullopt;
                }
                if (*high < *low) {
                    diags_.report(e.span, diag::EmptySpace, text_of(e.span)).help("the smaller end stands first");
                    return std::nullopt;
                }
                return ParamValue{Interval{*low, *high}};
            } else if constexpr (std::is_same_v<N, ast::List> || std::is_same_v<N, ast::Set>) {
                std::vector<ParamValue> items;
                for (const ast::Expr& element : n.elements) {
                    auto v = constant(element);
                    if (!v) {
                        return std::nullopt;
                    }
                    items.push_back(std::move(*v));
                }
                return ParamValue{std::move(items)};
            } else if constexpr (std::is_same_v<N, ast::ErrorExpr>) {
                return std::nullopt;
            } else {
                diags_.report(e.span, diag::NotConstant, text_of(e.span));
                return std::nullopt;
            }
        },
        e.node);
}

std::optional<double> Sema::constant_number(const ast::Expr& e, const char* what) {
    const auto v = constant(e);
    if (!v) {
        return std::nullopt;
    }
    const auto number = as_number(*v);
    if (!number || std::isnan(*number)) {
        diags_.report(e.span, diag::NumberExpected, what, text_of(e.span));
        return std::nullopt;
    }
    return number;
}

std::optional<std::int64_t> Sema::constant_integer(const ast::Expr& e, const char* what, std::int64_t low) {
    const auto v = constant(e);
    if (!v) {
        return std::nullopt;
    }
    const auto* i = std::get_if<std::int64_t>(&v->value);
    if (i == nullptr || *i < low) {
        diags_.report(e.span, diag::IntegerExpected, what, low, text_of(e.span));
        return std::nullopt;
    }
    return *i;
}

}  // namespace mlpc::sema
