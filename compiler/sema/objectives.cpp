// What is searched in place of models: `objective`, as a formula or as a program.
#include "compiler/sema/sema.h"

#include "runtime/core/objective.h"

#include <algorithm>
#include <filesystem>

namespace mlpc::sema {

namespace {

const ast::Expr& without_parentheses(const ast::Expr& e) {
    const auto* paren = std::get_if<ast::Paren>(&e.node);
    return paren != nullptr ? without_parentheses(*paren->inner) : e;
}

bool is_error(const ast::Expr& e) { return std::holds_alternative<ast::ErrorExpr>(e.node); }

// What a formula sees of a parameter that takes these values; texts where some of them are no numbers.
ColumnType type_of(const std::vector<ParamValue>& values) {
    const auto all = [&](auto is) { return std::all_of(values.begin(), values.end(), [&](const ParamValue& v) { return v.is_none() || is(v); }); };
    if (all([](const ParamValue& v) { return std::holds_alternative<bool>(v.value); })) {
        return ColumnType::Boolean;
    }
    return all(detail::is_number) ? ColumnType::Numeric : ColumnType::Category;
}

// The name itself and every shorter one by which a nested parameter may be called: `opt.sgd.rate`, `sgd.rate`, `rate`.
std::vector<std::string> spoken_names(const std::string& parameter) {
    std::vector<std::string> names{parameter};
    for (std::size_t at = parameter.find('.'); at != std::string::npos; at = parameter.find('.', at + 1)) {
        names.push_back(parameter.substr(at + 1));
    }
    return names;
}

ColumnSpec parameter_column(const std::string& name, ColumnType type) {
    ColumnSpec column;
    column.name = name;
    column.type = type;
    return column;
}

}  // namespace

// A range is one of integers where both its ends and its step are.
std::optional<ParamType> Sema::range_type(const ast::Range& range) {
    bool integers = true;
    for (const ast::Expr* end : {range.low.get(), range.high.get(), range.step.get()}) {
        const auto value = end != nullptr ? constant(*end) : ParamValue{std::int64_t{0}};
        if (!value) {
            return std::nullopt;
        }
        integers = integers && std::holds_alternative<std::int64_t>(value->value);
    }
    return integers ? ParamType::Integer : ParamType::Real;
}

std::optional<Dimension> Sema::objective_set(const ast::Set& set, Span span) {
    Dimension d;
    d.span = span;
    d.kind = set.ordered ? Dimension::Kind::Ordered : Dimension::Kind::Choice;
    for (const ast::Expr& element : set.elements) {
        auto value = constant(element);
        if (!value) {
            return std::nullopt;
        }
        if (std::find(d.choices.begin(), d.choices.end(), *value) != d.choices.end()) {
            diags_.report(element.span, diag::GivenTwice, fmt::format("`{}`", text_of(element.span)));
            return std::nullopt;
        }
        d.choices.push_back(std::move(*value));
    }
    if (d.choices.empty()) {
        diags_.report(span, diag::EmptySpace, text_of(span));
        return std::nullopt;
    }
    return d;
}

std::optional<Dimension> Sema::objective_dimension(const ast::Arg& arg, const ObjectiveScope& in) {
    const ast::Expr& space = without_parentheses(arg.value);
    if (const auto* set = std::get_if<ast::Set>(&space.node)) {
        return objective_set(*set, space.span);
    }
    ParamSpec spec;
    spec.name = arg.name.text;
    spec.type = ParamType::Real;
    if (const auto* range = std::get_if<ast::Range>(&space.node)) {
        const auto type = range_type(*range);
        if (!type) {
            return std::nullopt;
        }
        spec.type = *type;
    }
    ComponentInfo owner;
    owner.name = in.objective.name;
    return dimension_for(owner, spec, space);
}

// An alternative's value; the parameters that it alone has are resolved afterwards.
std::optional<ParamValue> Sema::alternative_value(const ast::Expr& option) {
    const ast::Expr& e = without_parentheses(option);
    if (const auto* call = std::get_if<ast::Call>(&e.node)) {
        return ParamValue{Word{call->callee.text}};
    }
    if (std::holds_alternative<ast::Range>(e.node) || std::holds_alternative<ast::Set>(e.node)) {
        diags_.report(e.span, diag::SpaceExpected, text_of(e.span))
            .help(fmt::format("a space inside of an alternative has a name of its own: `some(value in {})`", text_of(e.span)));
        return std::nullopt;
    }
    return constant(e);
}

bool Sema::objective_alternatives(const ast::Arg& arg, const std::vector<const ast::Expr*>& options, ObjectiveScope& in) {
    const std::string name = in.prefix + arg.name.text;
    Dimension d;
    d.kind = Dimension::Kind::Choice;
    d.span = arg.value.span;
    for (const ast::Expr* option : options) {
        auto value = alternative_value(*option);
        if (!value) {
            return false;
        }
        if (std::find(d.choices.begin(), d.choices.end(), *value) != d.choices.end()) {
            diags_.report(option->span, diag::GivenTwice, fmt::format("`{}`", text_of(option->span)));
            return false;
        }
        d.choices.push_back(std::move(*value));
    }
    in.types.push_back(type_of(d.choices));
    std::vector<Condition> conditions = in.conditions;
    if (options.size() == 1) {
        in.objective.parameters.emplace_back(name, d.choices.front());
    } else {
        const DimensionId id = add_dimension(in.space, std::move(d), {&in.space, in.conditions, {}}, name);
        in.objective.parameters.emplace_back(name, id);
        conditions.push_back({id, {}});
    }
    bool ok = true;
    for (std::uint32_t i = 0; i < options.size(); ++i) {
        const auto* call = std::get_if<ast::Call>(&without_parentheses(*options[i]).node);
        if (call == nullptr) {
            continue;
        }
        if (options.size() > 1) {
            conditions.back().choices = {i};
        }
        ObjectiveScope inner{in.objective, in.space, in.types, conditions, name + "." + call->callee.text + "."};
        ok = objective_parameters(call->args, inner) && ok;
    }
    return ok;
}

bool Sema::objective_parameter(const ast::Arg& arg, ObjectiveScope& in) {
    if (arg.kind == ast::Arg::Kind::Positional) {
        if (!is_error(arg.value)) {
            diags_.report(arg.span, diag::NameTheArgument, in.objective.name, text_of(arg.span))
                .help("`x in 0.0..1.0` opens a parameter, `x: 1.0` fixes it");
        }
        return false;
    }
    const std::string name = in.prefix + arg.name.text;
    const auto& known = in.objective.parameters;
    if (std::any_of(known.begin(), known.end(), [&](const auto& p) { return p.first == name; })) {
        diags_.report(arg.name.span, diag::GivenTwice, fmt::format("`{}`", arg.name.text));
        return false;
    }
    if (arg.name.text.find('.') != std::string::npos) {
        diags_.report(arg.name.span, diag::ParameterName, arg.name.text);
        return false;
    }
    const ast::Expr& value = without_parentheses(arg.value);
    std::vector<const ast::Expr*> options;
    if (const auto* alternatives = std::get_if<ast::Alternatives>(&value.node)) {
        for (const ast::Expr& option : alternatives->options) {
            options.push_back(&option);
        }
    } else if (arg.kind == ast::Arg::Kind::Fixed && std::holds_alternative<ast::Call>(value.node)) {
        options.push_back(&value);
    }
    if (!options.empty()) {
        return objective_alternatives(arg, options, in);
    }
    if (arg.kind == ast::Arg::Kind::Fixed) {
        auto fixed = constant(value);
        if (fixed) {
            in.types.push_back(type_of({*fixed}));
            in.objective.parameters.emplace_back(name, std::move(*fixed));
        }
        return fixed.has_value();
    }
    auto dimension = objective_dimension(arg, in);
    if (!dimension) {
        return false;
    }
    in.types.push_back(dimension->choices.empty() ? ColumnType::Numeric : type_of(dimension->choices));
    in.objective.parameters.emplace_back(name, add_dimension(in.space, std::move(*dimension), {&in.space, in.conditions, {}}, name));
    return true;
}

bool Sema::objective_parameters(const std::vector<ast::Arg>& args, ObjectiveScope& in) {
    bool ok = true;
    for (const ast::Arg& arg : args) {
        ok = objective_parameter(arg, in) && ok;
    }
    return ok;
}

bool Sema::objective_command(const ast::Call& call, Span span, ObjectiveSpec& objective) {
    bool ok = true;
    for (const ast::Arg& arg : call.args) {
        if (arg.kind != ast::Arg::Kind::Positional && arg.name.text != "timeout") {
            diags_.report(arg.name.span, diag::UnknownParameter, "command", arg.name.text).help("it has: timeout");
            ok = false;
            continue;
        }
        const auto value = constant(arg.value);
        if (arg.name.text == "timeout") {
            const bool duration = value && detail::is_number(*value) && detail::number_of(*value) > 0;
            if (value && !duration) {
                diags_.report(arg.value.span, diag::WrongType, "timeout", "command", "a duration such as `30s`", text_of(arg.value.span));
            }
            ok = ok && duration;
            objective.timeout_seconds = duration ? std::optional(detail::number_of(*value)) : std::nullopt;
            continue;
        }
        const auto* text = value ? std::get_if<std::string>(&value->value) : nullptr;
        if (value && text == nullptr) {
            diags_.report(arg.span, diag::WrongType, "the program and its arguments", "command", "texts in double quotes", text_of(arg.span));
        }
        ok = ok && text != nullptr;
        objective.command.push_back(text != nullptr ? *text : "");
    }
    if (ok && (objective.command.empty() || objective.command.front().empty())) {
        diags_.report(span, diag::MissingArgument, "command", "the program to start: `command(\"python3\", \"train.py\")`");
        return false;
    }
    objective.folder = std::filesystem::path(sources_.path(span.file)).parent_path().string();
    return ok;
}

bool Sema::objective_formula(const ast::Expr& value, const std::vector<ColumnType>& types, ObjectiveSpec& objective) {
    std::vector<ColumnSpec> columns;
    for (std::size_t i = 0; i < objective.parameters.size(); ++i) {
        for (const std::string& name : spoken_names(objective.parameters[i].first)) {
            if (find_parameter(objective, name) == i) {
                columns.push_back(parameter_column(name, types[i]));
            }
        }
    }
    scope_ = {ExpressionPlace::Formula, &columns, fmt::format("`{}`", objective.name), nullptr, {}};
    auto formula = typed(value);
    scope_.columns = nullptr;
    if (!formula) {
        return false;
    }
    if (const Expression* aggregate = find_aggregate(formula->expression)) {
        diags_.report(aggregate->span, diag::OperandType, aggregate->text, "the rows of a table", "the parameters of an objective");
        return false;
    }
    if (formula->type == ValueType::Text) {
        diags_.report(value.span, diag::NumberExpected, "what an objective gives", text_of(value.span));
        return false;
    }
    objective.formula = std::move(formula->expression);
    return true;
}

void Sema::resolve_objective(const ast::Objective& o, Symbol& symbol) {
    symbol.failed = true;
    ObjectiveSpec objective;
    objective.name = o.name.text;
    objective.span = o.name.span;
    SearchSpace space;
    std::vector<ColumnType> types;
    ObjectiveScope scope{objective, space, types, {}, ""};
    if (!objective_parameters(o.parameters, scope) || is_error(o.value)) {
        return;
    }
    const auto* call = std::get_if<ast::Call>(&o.value.node);
    const bool ok = call != nullptr && call->callee.text == "command" ? objective_command(*call, o.value.span, objective)
                                                                      : objective_formula(o.value, types, objective);
    if (!ok) {
        return;
    }
    symbol.failed = false;
    symbol.index = static_cast<std::uint32_t>(plan_.objectives.size());
    plan_.objectives.push_back(std::move(objective));
    objective_spaces_.push_back(std::move(space));
}

// `value`, or other numbers that a program reports.
bool Sema::objective_goals(const ast::Search& s, const ObjectiveSpec& objective, SearchSpec& search) {
    for (const ast::Clause& goal : s.clauses) {
        if (goal.keyword != "maximize" && goal.keyword != "minimize") {
            continue;
        }
        for (const ast::Expr& value : goal.values) {
            const auto* name = std::get_if<ast::NameRef>(&value.node);
            const bool given = name != nullptr && (!objective.formula || name->name.text == "value");
            if (!given) {
                if (!is_error(value)) {
                    diags_.report(value.span, diag::ObjectiveGoal, text_of(value.span))
                        .note(objective.span, objective.formula ? "a formula gives `value` and nothing else" : "the program reports numbers by name")
                        .help(fmt::format("write `{} value`", goal.keyword));
                }
                return false;
            }
            const bool maximize = goal.keyword == "maximize";
            const auto is_same = [&](const MeasureSpec& m) { return m.name == name->name.text; };
            if (search.metric.text == name->name.text || std::any_of(search.measures.begin(), search.measures.end(), is_same)) {
                diags_.report(value.span, diag::GivenTwice, fmt::format("`{}`", name->name.text));
                return false;
            }
            if (search.metric.text.empty()) {
                search.metric.text = name->name.text;
                search.metric.span = value.span;
                search.maximize = maximize;
            } else {
                search.measures.push_back({.kind = MeasureSpec::Kind::Reported, .name = name->name.text, .metric = {}, .goal_maximize = maximize});
            }
        }
    }
    if (search.metric.text.empty()) {
        search.metric.text = "value";
        search.maximize = false;
    }
    return true;
}

void Sema::search_objective(const ast::Search& s, Symbol& symbol) {
    symbol.failed = true;
    if (s.over.size() > 1) {
        diags_.report(s.over[1].span, diag::OneObjective, s.name.text)
            .note(s.over[0].span, "the first one")
            .help("write a `search` for each of them");
        return;
    }
    const Symbol* found = expect(s.over.front(), {Symbol::Kind::Objective}, "an objective");
    if (found == nullptr) {
        return;
    }
    if (const ast::Clause* on = clause(s.clauses, "on")) {
        diags_.report(on->span, diag::NoRowsSearched, s.name.text, "`on`");
        return;
    }
    const ObjectiveSpec& objective = plan_.objectives[found->index];
    SearchSpec search;
    search.name = s.name.text;
    search.span = s.name.span;
    search.objective = found->index;
    search.space = objective_spaces_[found->index];
    if (!objective_goals(s, objective, search)) {
        return;
    }
    resolve_where(s, nullptr, search);
    if (!resolve_search_clauses(s, search)) {
        return;
    }
    const auto index = static_cast<std::uint32_t>(plan_.searches.size());
    Node node{.kind = NodeKind::Objective, .objective = found->index, .search = index, .stream = objective.name, .span = objective.span};
    for (const auto& [name, binding] : objective.parameters) {
        node.params.push_back(binding);
    }
    const NodeId value = add(std::move(node));
    Candidate candidate;
    candidate.model = objective.name;
    candidate.span = objective.span;
    candidate.fold = {.score = value, .measures = {}, .train_score = value, .prediction = value, .train_prediction = value, .model = value};
    candidate.final = candidate.fold;
    search.candidates.push_back(std::move(candidate));
    search.chosen = add({.kind = NodeKind::Chosen, .inputs = {value}, .search = index, .span = search.span});
    symbol.failed = false;
    symbol.index = index;
    plan_.searches.push_back(std::move(search));
}

bool Sema::is_of_objective(std::uint32_t search, const ast::Name& name, const char* asked) {
    if (!plan_.searches[search].objective) {
        return false;
    }
    diags_.report(name.span, diag::NoRowsSearched, name.text, asked).note(plan_.searches[search].span, "it searches an objective");
    return true;
}

}  // namespace mlpc::sema
