// The clauses of a `search` beside its method: goals, constraints, pruning, and when to stop.
#include "compiler/sema/sema.h"

#include "runtime/core/error.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

constexpr const char* fit_seconds = "fit_seconds";

std::vector<const ast::Clause*> goal_clauses(const ast::Search& s) {
    std::vector<const ast::Clause*> goals;
    for (const ast::Clause& c : s.clauses) {
        if (c.keyword == "maximize" || c.keyword == "minimize") {
            goals.push_back(&c);
        }
    }
    return goals;
}

bool is_seconds(const ast::Expr& e) {
    const auto* name = std::get_if<ast::NameRef>(&e.node);
    return name != nullptr && name->name.text == fit_seconds;
}

// Whether the method evaluates every trial whole, so that a pruner may cut trials and points may come before them.
bool evaluates_whole_trials(const SearchSpec& search) {
    try {
        const auto searcher = search.method->make_searcher(search.method_params, {.space = search.space, .rng = Rng::of_seed(0)});
        return dynamic_cast<TrialSearcher*>(searcher.get()) != nullptr;
    } catch (const RunError&) {
        return true;  // what it says is said when it is run
    }
}

}  // namespace

std::optional<MetricSpec> Sema::goal_metric(const ast::Expr& e, const ast::Clause& goal, const DataSpec& data) {
    auto spec = metric(e, &data);
    if (!spec) {
        return std::nullopt;
    }
    if (spec->component->make_metric == nullptr) {
        diags_.report(spec->span, diag::NotOneNumber, spec->text);
        return std::nullopt;
    }
    const bool greater = spec->component->greater_is_better;
    if (greater != (goal.keyword == "maximize")) {
        const char* right = greater ? "maximize" : "minimize";
        diags_.report(goal.keyword_span, diag::WrongDirection, spec->text, greater ? "larger" : "smaller")
            .fix(goal.keyword_span, right, fmt::format("write `{}`", right));
    }
    return spec;
}

void Sema::resolve_goals(const ast::Search& s, const DataSpec& data, SearchSpec& search) {
    const auto add_first = [&](MetricSpec spec) {
        search.maximize = spec.component->greater_is_better;
        search.metric = std::move(spec);
    };
    const std::vector<const ast::Clause*> goals = goal_clauses(s);
    if (goals.empty()) {
        if (auto spec = default_metric(data)) {
            add_first(std::move(*spec));
        }
        return;
    }
    for (const ast::Clause* goal : goals) {
        for (const ast::Expr& e : goal->values) {
            const bool is_first = search.metric.component == nullptr;
            if (is_seconds(e)) {
                if (is_first) {
                    diags_.report(e.span, diag::SecondsFirst).help("name the metric first: `maximize mcc` above `minimize fit_seconds`");
                    return;
                }
                search.measures.push_back({.kind = MeasureSpec::Kind::FitSeconds, .name = fit_seconds, .metric = {}, .goal_maximize = false});
                continue;
            }
            auto spec = goal_metric(e, *goal, data);
            if (!spec) {
                return;
            }
            if (is_first) {
                add_first(std::move(*spec));
                continue;
            }
            const bool maximize = spec->component->greater_is_better;
            search.measures.push_back({.kind = MeasureSpec::Kind::Metric, .name = spec->text, .metric = std::move(*spec), .goal_maximize = maximize});
        }
    }
}

bool Sema::measure_named(const std::string& name, Span span, const DataSpec* data, SearchSpec& search) {
    const auto known = [&](const MeasureSpec& m) { return m.name == name; };
    if (name == search.metric.text || std::any_of(search.measures.begin(), search.measures.end(), known)) {
        return true;
    }
    if (name == fit_seconds) {
        search.measures.push_back({.kind = MeasureSpec::Kind::FitSeconds, .name = name, .metric = {}, .goal_maximize = {}});
        return true;
    }
    if (data == nullptr) {
        search.measures.push_back({.kind = MeasureSpec::Kind::Reported, .name = name, .metric = {}, .goal_maximize = {}});
        return true;
    }
    if (const auto called = called_in_where_.find(name); called != called_in_where_.end()) {
        search.measures.push_back({.kind = MeasureSpec::Kind::Metric, .name = name, .metric = called->second, .goal_maximize = {}});
        return true;
    }
    // A goal's own name stands for it with its arguments: `minimize fairness_gap(by: sex)` and `where fairness_gap < 0.1`.
    const auto is_goal = [&](const MeasureSpec& m) { return m.kind == MeasureSpec::Kind::Metric && m.metric.component->name == name; };
    if (const auto goal = std::find_if(search.measures.begin(), search.measures.end(), is_goal); goal != search.measures.end()) {
        MetricSpec metric = goal->metric;
        search.measures.push_back({.kind = MeasureSpec::Kind::Metric, .name = name, .metric = std::move(metric), .goal_maximize = {}});
        return true;
    }
    ast::Expr reference;
    reference.span = span;
    ast::NameRef named;
    named.name.text = name;
    named.name.span = span;
    reference.node = std::move(named);
    auto spec = metric(reference, data);
    if (!spec) {
        return false;
    }
    spec->text = name;
    search.measures.push_back({.kind = MeasureSpec::Kind::Metric, .name = name, .metric = std::move(*spec), .goal_maximize = {}});
    return true;
}

// What a condition on results may name beside parameters.
std::vector<std::string> Sema::result_names(const SearchSpec& search) const {
    if (search.objective) {
        return {"value", fit_seconds};
    }
    std::vector<std::string> names{fit_seconds};
    for (const std::string& name : catalog_.names(ComponentKind::Metric)) {
        if (catalog_.find(ComponentKind::Metric, name)->make_metric) {
            names.push_back(name);
        }
    }
    return names;
}

void Sema::resolve_condition(const ast::Expr& condition, const DataSpec* data, SearchSpec& search) {
    scope_ = {ExpressionPlace::Where, nullptr, search.name, &search.space, {}};
    scope_.names = result_names(search);
    scored_data_ = data;
    scope_.any_name = search.objective && !plan_.objectives[*search.objective].command.empty();
    auto e = truth(condition, ExpressionPlace::Where, nullptr, fmt::format("the space of `{}`", search.name));
    scope_.space = nullptr;
    scope_.any_name = false;
    if (!e) {
        return;
    }
    std::vector<std::string> results;
    std::size_t parameters = 0;
    for (const std::string& name : columns_of(*e)) {
        const auto& dimensions = search.space.dimensions;
        const bool is_parameter = std::any_of(dimensions.begin(), dimensions.end(), [&](const Dimension& d) { return d.name == name; });
        parameters += is_parameter ? 1 : 0;
        if (!is_parameter) {
            results.push_back(name);
        }
    }
    if (results.empty()) {
        search.space.constraints.push_back(std::move(*e));
        return;
    }
    if (parameters > 0) {
        diags_.report(condition.span, diag::ResultsAndParameters, text_of(condition.span), results.front())
            .help("write one `where` over parameters, which is kept before a trial begins, and one over results, which is looked at after it");
        return;
    }
    for (const std::string& name : results) {
        if (!measure_named(name, condition.span, data, search)) {
            return;
        }
    }
    search.result_constraints.push_back({std::move(*e), text_of(condition.span), condition.span});
}

void Sema::resolve_where(const ast::Search& s, const DataSpec* data, SearchSpec& search) {
    for (const ast::Clause& c : s.clauses) {
        if (c.keyword == "where") {
            for (const ast::Expr& condition : c.values) {
                resolve_condition(condition, data, search);
            }
        }
    }
}

bool Sema::resolve_pruner(const ast::Clause& prune, SearchSpec& search) {
    const ast::Expr& value = prune.values.front();
    const auto* call = std::get_if<ast::Call>(&value.node);
    const auto* name = std::get_if<ast::NameRef>(&value.node);
    if (call == nullptr && name == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(value.node)) {
            diags_.report(value.span, diag::UnknownComponent, "pruner", text_of(value.span));
        }
        return false;
    }
    const ComponentInfo* pruner = component(ComponentKind::Pruner, call != nullptr ? call->callee : name->name);
    if (pruner == nullptr) {
        return false;
    }
    const std::vector<ast::Arg> none;
    auto params = constant_params(*pruner, call != nullptr ? call->args : none, value.span);
    if (!params) {
        return false;
    }
    search.pruner = pruner;
    search.pruner_params = std::move(*params);
    return true;
}

void Sema::resolve_limits(const ast::Search& s, SearchSpec& search) {
    const auto integer = [&](const char* keyword) -> std::optional<std::int64_t> {
        const ast::Clause* c = clause(s.clauses, keyword);
        return c != nullptr && !c->values.empty() ? constant_integer(c->values.front(), fmt::format("`{}`", keyword).c_str(), 1) : std::nullopt;
    };
    search.batch = integer("batch").value_or(0);
    search.patience = integer("stop early");
    search.failures = integer("failures");
    search.executions = integer("executions").value_or(1);
    if (const ast::Clause* budget = clause(s.clauses, "budget"); budget != nullptr && !budget->values.empty()) {
        search.budget_seconds = constant_number(budget->values.front(), "a budget");
    }
}

void Sema::warn_of_time(const ast::Search& s, const SearchSpec& search) {
    const auto is_time = [](const MeasureSpec& m) { return m.kind == MeasureSpec::Kind::FitSeconds; };
    const bool by_method = search.method != nullptr && search.method->uses_time && search.method->uses_time(search.method_params);
    if (const ast::Clause* budget = clause(s.clauses, "budget"); budget != nullptr && search.budget_seconds) {
        diags_.report(budget->span, diag::TimeDecides, search.name).help("`trials` of the method bounds the search the same way in every run");
    } else if (by_method || std::any_of(search.measures.begin(), search.measures.end(), is_time)) {
        diags_.report(search.span, diag::TimeDecides, search.name);
    }
}

bool Sema::check_whole_trials(const ast::Search& s, const SearchSpec& search) {
    for (const char* keyword : {"prune", "first"}) {
        const ast::Clause* c = clause(s.clauses, keyword);
        if (c != nullptr && !evaluates_whole_trials(search)) {
            diags_.report(c->span, diag::OwnRungs, keyword, search.method->name).help("drop one of the two");
            return false;
        }
    }
    return true;
}

// Everything that says how the space is searched; false where something is wrong with it.
bool Sema::resolve_search_clauses(const ast::Search& s, SearchSpec& search) {
    resolve_method(s, search);
    bool ok = search.method != nullptr;
    if (const ast::Clause* prune = clause(s.clauses, "prune"); prune != nullptr && !prune->values.empty()) {
        ok = resolve_pruner(*prune, search) && ok;
    }
    if (const ast::Clause* first = clause(s.clauses, "first"); first != nullptr && !first->values.empty()) {
        resolve_first(*first, search);
    }
    ok = ok && check_whole_trials(s, search);
    resolve_limits(s, search);
    warn_of_time(s, search);
    const auto is_goal = [](const MeasureSpec& m) { return m.goal_maximize.has_value(); };
    const bool has_many_goals = std::any_of(search.measures.begin(), search.measures.end(), is_goal);
    if (ok && has_many_goals && !search.method->many_goals) {
        std::vector<std::string> able;
        for (const std::string& name : catalog_.names(ComponentKind::Searcher)) {
            if (catalog_.find(ComponentKind::Searcher, name)->many_goals) {
                able.push_back(name);
            }
        }
        diags_.report(search.span, diag::OneGoal, fmt::format("`method {}`", search.method->name))
            .help(fmt::format("methods for several goals are: {}", fmt::join(able, ", ")));
        return false;
    }
    if (ok && has_many_goals && search.pruner != nullptr) {
        diags_.report(clause(s.clauses, "prune")->span, diag::OneGoal, fmt::format("`prune {}`", search.pruner->name));
        return false;
    }
    if (ok) {
        lint_space(s, search);
    }
    return ok;
}

}  // namespace mlpc::sema
