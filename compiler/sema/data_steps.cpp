// The steps that `data` applies to a whole table.
#include "compiler/sema/sema.h"

#include "runtime/core/error.h"
#include "runtime/core/look_back.h"
#include "runtime/core/pattern.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

// The target column's role spreads to what is computed from it.
bool from_target(const Expression& e, const std::vector<ColumnSpec>& columns) {
    for (const std::string& name : columns_of(e)) {
        for (const ColumnSpec& c : columns) {
            if (c.name == name && (c.target || c.known_after_target || c.from_target)) {
                return true;
            }
        }
    }
    return false;
}

// The columns of the data and those of its patterns that are named, without rows.
Frame empty_table(const DataSpec& data, const std::vector<std::string>& named) {
    std::vector<Column> columns;
    const auto add = [&](const std::string& name, const ColumnSpec& like) {
        columns.push_back(holds_numbers(like.type) ? Column::of_numbers(name, {}, like.type)
                                                   : Column::of_codes(name, {}, std::make_shared<const Levels>(like.levels), like.type));
    };
    for (const ColumnSpec& column : data.columns) {
        if (column.which == ColumnSpec::Which::Named) {
            add(column.name, column);
        }
    }
    for (const std::string& name : named) {
        const auto is_known = [&](const Column& column) { return column.name == name; };
        const auto declares = [&](const ColumnSpec& c) {
            return c.which == ColumnSpec::Which::Others || (c.which == ColumnSpec::Which::Pattern && Pattern(c.name).matches_whole(name));
        };
        const auto like = std::find_if(data.columns.begin(), data.columns.end(), declares);
        if (std::none_of(columns.begin(), columns.end(), is_known) && like != data.columns.end()) {
            add(name, *like);
        }
    }
    return {std::move(columns), 0};
}
}  // namespace

void Sema::resolve_data_step(const ast::Expr& link, DataSpec& data) {
    const auto* call = std::get_if<ast::Call>(&link.node);
    ast::Name callee;
    const std::vector<ast::Arg> none;
    const std::vector<ast::Arg>* args = &none;
    if (call != nullptr) {
        callee = call->callee;
        args = &call->args;
    } else if (const auto* name = std::get_if<ast::NameRef>(&link.node)) {
        callee = name->name;
    } else {
        if (!std::holds_alternative<ast::ErrorExpr>(link.node)) {
            diags_.report(link.span, diag::StepExpected, text_of(link.span));
        }
        return;
    }
    const ComponentInfo* info = component(ComponentKind::Step, callee);
    if (info == nullptr) {
        return;
    }
    Arguments arguments_of = arguments(*info, *args, link.span, &data.columns, nullptr);
    if (!arguments_of.ok) {
        return;
    }
    DataStep step{info, {}, std::move(arguments_of.named), link.span};
    for (const Binding& b : arguments_of.params) {
        step.params.push_back(std::get<ParamValue>(b));
    }
    if (info->removes_missing && info->removes_missing(step.params)) {
        for (ColumnSpec& column : data.columns) {
            column.optional = column.optional && (info->accepts & types_of({column.type})) == 0;
        }
    }
    for (const NamedExpression& named : step.named) {
        ColumnSpec column;
        column.name = named.name;
        column.span = link.span;
        column.from_target = from_target(named.expression, data.columns);
        const std::vector<std::string> used = columns_of(named.expression);
        column.optional =
            std::ranges::any_of(data.columns, [&](const ColumnSpec& c) { return c.optional && std::ranges::find(used, c.name) != used.end(); });
        std::erase_if(data.columns, [&](const ColumnSpec& c) { return c.name == named.name && !c.target; });
        data.columns.push_back(column);
    }
    if (step.component->effect(step.params) == Effect::Backward && !add_backward_columns(step, data)) {
        return;
    }
    data.steps.push_back(std::move(step));
}

// What a step that looks back adds is what it adds to a table without rows.
bool Sema::add_backward_columns(const DataStep& step, DataSpec& data) {
    if (data.time() == nullptr) {
        diags_.report(step.span, diag::NeedsColumn, step.component->name, "time")
            .help("give the column that orders the rows the modifier `time`: `day: date time`");
        return false;
    }
    const LookBack look_back{step.component, step.params, data.time()->name};
    const std::vector<std::string> used = look_back.columns();
    const Frame empty = empty_table(data, used);
    std::int64_t latest = 0;
    Frame extended;
    try {
        const std::unique_ptr<Backward> backward = step.component->make_backward(step.params, step.named);
        latest = backward->latest();
        extended = backward->extend(empty, {});
    } catch (const RunError& refusal) {
        diags_.report(step.span, diag::ArgumentsRefused, std::string(refusal.what()));
        return false;
    }
    const auto from_target = [&](const std::string& name) {
        return std::any_of(data.columns.begin(), data.columns.end(),
                           [&](const ColumnSpec& c) { return c.name == name && (c.target || c.known_after_target || c.from_target); });
    };
    const Expression* key = look_back.series_key();
    const std::vector<std::string> key_columns = key == nullptr ? std::vector<std::string>() : columns_of(*key);
    const bool told_by_target = std::any_of(key_columns.begin(), key_columns.end(), from_target);
    const bool of_target = std::any_of(used.begin(), used.end(), from_target);
    for (std::size_t c = empty.columns(); c < extended.columns(); ++c) {
        ColumnSpec column;
        column.name = extended.column(c).name;
        column.type = extended.column(c).type;
        column.optional = true;
        column.from_target = told_by_target || (of_target && latest == 0);
        column.span = step.span;
        if (column.type == ColumnType::Ordinal) {
            column.levels = *extended.column(c).levels;
        }
        const auto same = std::find_if(data.columns.begin(), data.columns.end(), [&](const ColumnSpec& other) { return other.name == column.name; });
        if (same != data.columns.end()) {
            diags_.report(step.span, diag::ColumnTwice, column.name).note(same->span, "first declared here");
            return false;
        }
        data.columns.push_back(std::move(column));
    }
    if (of_target && !told_by_target && latest > 0) {
        diags_.report(step.span, diag::TargetLookedBack, text_of(step.span), fmt::format("at most {} step{}", latest, latest == 1 ? "" : "s"));
    }
    return true;
}
}  // namespace mlpc::sema
