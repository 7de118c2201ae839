// Metrics as they stand in `maximize`, `minimize` and `metrics`.
#include "compiler/sema/sema.h"

#include "runtime/core/error.h"
#include "runtime/core/grouped_metric.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

// What the expression of a custom metric may name.
std::vector<ColumnSpec> scored_columns(const ColumnSpec* target) {
    const ColumnType type = target != nullptr ? target->type : ColumnType::Numeric;
    std::vector<ColumnSpec> columns{{.name = "truth", .type = type}, {.name = "predicted", .type = type}, {.name = "weight"}};
    if (!holds_numbers(type) || type == ColumnType::Boolean) {
        columns.push_back({.name = "probability"});
    }
    return columns;
}

// Whether it compares groups and the file does not say by which column.
bool lacks_groups(const MetricSpec& metric) {
    const auto& params = metric.component->params;
    const auto by = std::find_if(params.begin(), params.end(), [](const ParamSpec& spec) { return spec.name == "by"; });
    return by != params.end() && detail::text_of(metric.params[static_cast<std::size_t>(by - params.begin())]).empty();
}

}  // namespace

std::optional<ParamValue> Sema::metric_groups(const ComponentInfo& info, const ast::Expr& e) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    const auto wrong = [&]() -> std::optional<ParamValue> {
        diags_.report(e.span, diag::WrongType, "by", info.name, "the name of a column that is a category, an ordinal, a boolean or a text",
                      text_of(e.span));
        return std::nullopt;
    };
    if (name == nullptr || scored_data_ == nullptr) {
        return wrong();
    }
    const ExpressionScope outer = scope_;
    scope_ = {ExpressionPlace::RowWise, &scored_data_->columns, fmt::format("`{}`", scored_data_->name), nullptr, {}};
    const auto column = typed_name(name->name.text, e.span, true);
    scope_ = outer;
    if (!column) {
        return std::nullopt;
    }
    if (column->type == ValueType::Number) {
        return wrong();
    }
    columns_of_scores_.insert({scored_data_->name, name->name.text});
    return ParamValue{name->name.text};
}

std::optional<ParamValue> Sema::metric_expression(const ast::Expr& e, const std::vector<ColumnSpec>* columns) {
    auto formula = expression(e, ExpressionPlace::Metric, columns, "a scored row");
    if (!formula) {
        return std::nullopt;
    }
    if (depends_on_row(*formula)) {
        diags_.report(e.span, diag::MetricPerRow, text_of(e.span)).help(fmt::format("for instance `mean({})`", text_of(e.span)));
        return std::nullopt;
    }
    return ParamValue{std::make_shared<const Expression>(std::move(*formula))};
}

std::optional<MetricSpec> Sema::metric(const ast::Expr& e, const DataSpec* data) {
    MetricSpec metric;
    metric.span = e.span;
    metric.text = text_of(e.span);
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    const auto* call = std::get_if<ast::Call>(&e.node);
    if (name == nullptr && call == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(e.node)) {
            diags_.report(e.span, diag::UnknownComponent, "metric", text_of(e.span));
        }
        return std::nullopt;
    }
    const ast::Name& callee = name != nullptr ? name->name : call->callee;
    metric.component = component(ComponentKind::Metric, callee);
    if (metric.component == nullptr) {
        return std::nullopt;
    }
    const std::vector<ast::Arg> none;
    scored_data_ = data;
    const ColumnSpec* target = data != nullptr ? data->target() : nullptr;
    const std::vector<ColumnSpec> scored = scored_columns(target);
    auto params = constant_params(*metric.component, call != nullptr ? call->args : none, e.span, &scored);
    if (!params) {
        return std::nullopt;
    }
    metric.params = std::move(*params);
    if (lacks_groups(metric)) {
        diags_.report(e.span, diag::MissingArgument, metric.component->name, fmt::format("the column of the groups: `{}(by: sex)`", callee.text));
        return std::nullopt;
    }
    if (target != nullptr && !metric.component->tasks.empty()) {
        const bool regression = target->type == ColumnType::Numeric;
        const bool fits =
            std::any_of(metric.component->tasks.begin(), metric.component->tasks.end(), [&](Task t) { return is_classification(t) != regression; });
        if (!fits) {
            diags_
                .report(e.span, diag::TaskMismatch, metric.text, regression ? "classes" : "numbers", target->name,
                        std::string(mlpc::name_of(target->type)))
                .note(target->span, "the target");
            return std::nullopt;
        }
    }
    return metric;
}

}  // namespace mlpc::sema
