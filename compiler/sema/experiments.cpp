// Searches, evaluations, fits and outputs.
#include "compiler/sema/sema.h"

#include "compiler/syntax/print.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

bool is_regression(const DataSpec& data) { return data.target() != nullptr && data.target()->type == ColumnType::Numeric; }

}  // namespace

const ast::Clause* Sema::clause(const std::vector<ast::Clause>& clauses, std::string_view keyword) const {
    const auto at = std::find_if(clauses.begin(), clauses.end(), [&](const ast::Clause& c) { return c.keyword == keyword; });
    return at == clauses.end() ? nullptr : &*at;
}

std::optional<MetricSpec> Sema::default_metric(const DataSpec& data) {
    MetricSpec metric;
    metric.text = is_regression(data) ? "rmse" : "mcc";
    metric.component = catalog_.find(ComponentKind::Metric, metric.text);
    if (metric.component == nullptr) {
        return std::nullopt;
    }
    metric.params = metric.component->default_params();
    return metric;
}

bool Sema::add_candidate(SearchSpec& search, std::vector<Pipe>& pipes, const ast::Name& model, std::uint32_t choice, bool one_of_several) {
    const Symbol* symbol = expect(model, {Symbol::Kind::Model, Symbol::Kind::Network}, "a model");
    if (symbol == nullptr) {
        return false;
    }
    ChainContext context;
    context.data = &plan_.data[plan_.splits[search.split].data.index];
    context.space = &search.space;
    context.model = model.text;
    if (one_of_several) {
        context.conditions.push_back({DimensionId{0}, {choice}});
    }
    context.visiting.insert(model.text);
    auto pipe = symbol->kind == Symbol::Kind::Network ? network(std::get<ast::Network>(symbol->declaration->node), model.span, context)
                                                      : chain(std::get<ast::Model>(symbol->declaration->node).chain, context);
    if (!pipe) {
        return false;
    }
    if (!ends_in_model(*pipe)) {
        diags_.report(symbol->span, diag::NoEstimator, model.text).help("end the chain with one, for instance `-> logistic()`");
        return false;
    }
    flow(*pipe, features(*context.data), *context.data);
    Candidate candidate;
    candidate.model = model.text;
    candidate.span = symbol->span;
    search.candidates.push_back(std::move(candidate));
    pipes.push_back(std::move(*pipe));
    return true;
}

std::uint32_t Sema::finish_search(SearchSpec search, std::vector<Pipe> pipes) {
    const auto index = static_cast<std::uint32_t>(plan_.searches.size());
    const SplitSpec split = plan_.splits[search.split];
    Node chosen{.kind = NodeKind::Chosen, .search = index, .span = search.span};
    for (std::size_t c = 0; c < pipes.size(); ++c) {
        search.candidates[c].fold = emit_stage(pipes[c], split.data, rows::Fit, rows::Scored, Purpose::Selection, search, index, std::nullopt);
        chosen.inputs.push_back(search.candidates[c].fold.score);
    }
    search.chosen = add(std::move(chosen));
    for (std::size_t c = 0; c < pipes.size(); ++c) {
        if (split.outer) {
            search.candidates[c].outer =
                emit_stage(pipes[c], split.data, rows::Train, rows::Outer, Purpose::Performance, search, index, search.chosen);
        }
        search.candidates[c].final = emit_stage(pipes[c], split.data, rows::AllTrain, rows::Test, Purpose::Performance, search, index, search.chosen);
    }
    search_pipes_[index] = std::move(pipes);
    plan_.searches.push_back(std::move(search));
    return index;
}

ParamValue Sema::manual_points(const ast::Expr& list, const SearchSpace& space) {
    std::vector<ParamValue> points;
    for (const auto& [span, fields] : listed_points(list)) {
        std::vector<bool> used(fields.size(), false);
        std::vector<ParamValue> point(space.dimensions.size());
        Assignment assignment(space.dimensions.size());
        bool alternative_unknown = false;  // which parameters exist is then unknown too
        for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
            const Dimension& dimension = space.dimensions[d];
            if (!is_active(space, d, assignment)) {
                continue;
            }
            std::optional<double> value;
            for (std::size_t f = 0; f < fields.size(); ++f) {
                const std::string& name = fields[f].name.text;
                const bool names_it = dimension.name == name || dimension.name.ends_with("." + name);
                if (!names_it || used[f]) {
                    continue;
                }
                used[f] = true;
                value = number_of_field(fields[f], dimension);
                alternative_unknown = alternative_unknown || (!value && !dimension.choices.empty());
                value = value.value_or(0);
                break;
            }
            if (!value && !alternative_unknown) {
                diags_.report(span, diag::PointIncomplete, dimension.name).note(dimension.span, "opened here");
            }
            assignment[d] = value.value_or(0);
            point[d] = ParamValue{*assignment[d]};
        }
        for (std::size_t f = 0; f < fields.size(); ++f) {
            if (!used[f] && !alternative_unknown) {
                diags_.report(fields[f].name.span, diag::NotSearched, fields[f].name.text);
            }
        }
        points.push_back({std::move(point)});
    }
    return {std::move(points)};
}

void Sema::resolve_method(const ast::Search& s, SearchSpec& search) {
    const ast::Clause* method = clause(s.clauses, "method");
    ast::Name fallback;
    fallback.text = "random";
    const std::vector<ast::Arg> none;
    const ast::Name* callee = &fallback;
    const std::vector<ast::Arg>* args = &none;
    Span span = search.span;
    if (method != nullptr && !method->values.empty()) {
        const ast::Expr& value = method->values.front();
        span = value.span;
        if (const auto* call = std::get_if<ast::Call>(&value.node)) {
            callee = &call->callee;
            args = &call->args;
        } else if (const auto* name = std::get_if<ast::NameRef>(&value.node)) {
            callee = &name->name;
        } else {
            if (!std::holds_alternative<ast::ErrorExpr>(value.node)) {
                diags_.report(span, diag::UnknownComponent, "search method", text_of(span));
            }
            return;
        }
    }
    search.method_text = method != nullptr ? text_of(span) : "random()";
    search.method = component(ComponentKind::Searcher, *callee);
    if (search.method == nullptr) {
        return;
    }
    if (callee->text == "manual" && args->size() == 1) {
        search.method_params = {manual_points(args->front().value, search.space)};
        return;
    }
    if (auto params = constant_params(*search.method, *args, span)) {
        search.method_params = std::move(*params);
    } else {
        search.method = nullptr;
    }
}

void Sema::resolve_search(const ast::Search& s, Symbol& symbol, Span span) {
    symbol.failed = true;
    for (const ast::Name& model : s.over) {
        if (const Symbol* objective = find(model.text); objective != nullptr && objective->kind == Symbol::Kind::Objective) {
            search_objective(s, symbol);
            return;
        }
    }
    const ast::Clause* on = clause(s.clauses, "on");
    const ast::Expr* on_value = on != nullptr && !on->values.empty() ? &on->values.front() : nullptr;
    const auto split = split_for(on_value, s.name.span);
    if (on_value != nullptr) {
        if (const auto* member = std::get_if<ast::Member>(&on_value->node); member != nullptr && member->member.text == "test") {
            plan_.partition_uses.push_back({plan::PartitionUse::Where::SearchOn, text_of(on_value->span), rows::Test, s.name.text, on_value->span});
        }
    }
    if (!split) {
        return;
    }
    const DataSpec& data = plan_.data[plan_.splits[*split].data.index];
    if (data.target() == nullptr) {
        diags_.report(data.span, diag::NoTarget, data.name).help("mark one column of the schema: `churned: category target`");
        return;
    }
    if (!plan_.splits[*split].folds && s.over.size() > 0) {
        diags_.report(plan_.splits[*split].span, diag::NoFolds, data.name, s.name.text).help("add for instance `folds 5` to the split");
        return;
    }
    SearchSpec search;
    search.name = s.name.text;
    search.span = s.name.span;
    search.split = *split;
    (void)span;
    if (s.over.size() > 1) {
        Dimension d;
        d.kind = Dimension::Kind::Choice;
        d.name = "model";
        d.span = s.over.front().span;
        for (const ast::Name& model : s.over) {
            ParamValue word{Word{model.text}};
            if (std::find(d.choices.begin(), d.choices.end(), word) != d.choices.end()) {
                diags_.report(model.span, diag::GivenTwice, fmt::format("`{}`", model.text));
                return;
            }
            d.choices.push_back(std::move(word));
        }
        search.space.dimensions.push_back(std::move(d));
    }
    std::vector<Pipe> pipes;
    bool ok = true;
    for (std::uint32_t i = 0; i < s.over.size(); ++i) {
        ok = add_candidate(search, pipes, s.over[i], i, s.over.size() > 1) && ok;
    }
    resolve_goals(s, data, search);
    if (!ok || search.metric.component == nullptr) {
        check_networks(search.space);
        return;
    }
    resolve_where(s, &data, search);
    check_networks(search.space);
    resolve_search_clauses(s, search);
    symbol.failed = false;
    symbol.index = finish_search(std::move(search), std::move(pipes));
}

std::optional<std::uint32_t> Sema::implicit_search(const ast::Name& model, const ast::Expr* on, Span span) {
    const auto split = models_without_split_.contains(model.text) ? std::nullopt : split_for(on, span);
    if (!split) {
        models_without_split_.insert(model.text);
        return std::nullopt;
    }
    const auto metric = default_metric(plan_.data[plan_.splits[*split].data.index]);
    return metric ? plain_search(model, *split, *metric, span) : std::nullopt;
}

// "logit"; beside a search of that name "logit by accuracy", or "logit on later" where that one is on another split.
std::string Sema::plain_search_name(const std::string& model, std::uint32_t split, const MetricSpec& metric) const {
    const auto taken = std::find_if(plan_.searches.begin(), plan_.searches.end(), [&](const SearchSpec& s) { return s.name == model; });
    if (taken == plan_.searches.end()) {
        return model;
    }
    return taken->split == split ? fmt::format("{} by {}", model, metric.text)
                                 : fmt::format("{} on {}", model, plan_.data[plan_.splits[split].data.index].name);
}

std::optional<std::uint32_t> Sema::plain_search(const ast::Name& model, std::uint32_t split, const MetricSpec& metric, Span span) {
    const auto key = std::tuple(model.text, split, metric.text);
    if (const auto at = plain_searches_.find(key); at != plain_searches_.end()) {
        return at->second;
    }
    plain_searches_[key] = std::nullopt;
    const DataSpec& data = plan_.data[plan_.splits[split].data.index];
    if (data.target() == nullptr) {
        diags_.report(data.span, diag::NoTarget, data.name).help("mark one column of the schema: `churned: category target`");
        return std::nullopt;
    }
    SearchSpec search;
    search.name = plain_search_name(model.text, split, metric);
    search.span = model.span;
    search.split = split;
    search.implicit = true;
    std::vector<Pipe> pipes;
    const bool ok = add_candidate(search, pipes, model, 0, false);
    check_networks(search.space);
    if (!ok) {
        return std::nullopt;
    }
    for (const Dimension& d : search.space.dimensions) {
        diags_.report(d.span, diag::NothingSearches, d.name)
            .note(span, "the model is used as it stands here")
            .help("fix it, or declare a `search` over the model and use its name");
    }
    search.method = catalog_.find(ComponentKind::Searcher, "manual");
    if (!search.space.dimensions.empty() || search.method == nullptr) {
        return std::nullopt;
    }
    search.method_params = {ParamValue{std::vector<ParamValue>{ParamValue{std::vector<ParamValue>{}}}}};
    search.method_text = "manual [{}]";
    search.metric = metric;
    search.maximize = metric.component->greater_is_better;
    return plain_searches_[key] = finish_search(std::move(search), std::move(pipes));
}

void Sema::resolve_evaluate(const ast::Evaluate& e, Span span) {
    Symbol* symbol =
        expect(e.name, {Symbol::Kind::Search, Symbol::Kind::Model, Symbol::Kind::Network, Symbol::Kind::Fit}, "a search, a model or a fit");
    if (symbol == nullptr) {
        return;
    }
    EvaluateSpec evaluate;
    evaluate.span = e.name.span;
    (void)span;
    const ast::Clause* on = clause(e.clauses, "on");
    if (symbol->kind == Symbol::Kind::Search) {
        evaluate.search = symbol->index;
    } else if (symbol->kind == Symbol::Kind::Fit) {
        const FitSpec& fit = plan_.fits[symbol->index];
        evaluate.search = fit.search;
        if ((fit.rows & rows::Test) != 0) {
            plan_.fitted_uses.push_back({fit.name, plan_.data[fit.data.index].name, fit.rows, e.name.span, fit.span});
        }
    } else {
        const ast::Expr* where = on != nullptr && !on->values.empty() ? &on->values.front() : nullptr;
        const auto index = implicit_search(e.name, where, e.name.span);
        if (!index) {
            return;
        }
        evaluate.search = *index;
    }
    if (is_of_objective(evaluate.search, e.name, "`evaluate`")) {
        return;
    }
    const SearchSpec& search = plan_.searches[evaluate.search];
    const DataSpec& data = plan_.data[plan_.splits[search.split].data.index];
    if (const ast::Clause* metrics = clause(e.clauses, "metrics")) {
        for (const ast::Expr& m : metrics->values) {
            if (auto spec = metric(m, &data)) {
                evaluate.metrics.push_back(std::move(*spec));
            }
        }
    } else {
        evaluate.metrics.push_back(search.metric);
    }
    if (const ast::Clause* errors = clause(e.clauses, "errors by")) {
        for (const ast::Expr& column : errors->values) {
            const auto* name = std::get_if<ast::NameRef>(&column.node);
            scope_ = {ExpressionPlace::RowWise, &data.columns, fmt::format("`{}`", data.name), nullptr, {}};
            if (name == nullptr || !typed_name(name->name.text, column.span, name->name.quoted)) {
                continue;
            }
            columns_of_scores_.insert({data.name, name->name.text});
            evaluate.slices.push_back(name->name.text);
        }
    }
    for (const ast::Clause& c : e.clauses) {
        if (c.keyword != "gate") {
            continue;
        }
        for (const ast::Expr& condition : c.values) {
            scope_ = {ExpressionPlace::Gate, nullptr, "", nullptr, {}};
            for (const MetricSpec& m : evaluate.metrics) {
                scope_.names.push_back(m.component->name);
            }
            auto gate = truth(condition, ExpressionPlace::Gate, nullptr, fmt::format("`evaluate {}`", e.name.text));
            if (gate) {
                evaluate.gates.push_back({std::move(*gate), text_of(condition.span), condition.span});
            }
        }
    }
    plan_.evaluations.push_back(std::move(evaluate));
}

void Sema::resolve_fit(const ast::Fit& f, Symbol& symbol, Span span) {
    symbol.failed = true;
    const auto* name = std::get_if<ast::NameRef>(&f.model.node);
    if (name == nullptr) {
        if (!std::holds_alternative<ast::ErrorExpr>(f.model.node)) {
            diags_.report(f.model.span, diag::FitExpectsName, text_of(f.model.span));
        }
        return;
    }
    Symbol* model = expect(name->name, {Symbol::Kind::Model, Symbol::Kind::Network, Symbol::Kind::Search}, "a model or a search");
    const auto split = split_for(&f.on, f.on.span);
    if (model == nullptr || !split) {
        return;
    }
    (void)span;
    FitSpec fit;
    fit.name = f.name.text;
    fit.span = f.name.span;
    fit.data = plan_.splits[*split].data;
    if (const auto* member = std::get_if<ast::Member>(&f.on.node)) {
        fit.rows = member->member.text == "test" ? rows::Test : rows::AllTrain;
        if (fit.rows == rows::Test) {
            plan_.partition_uses.push_back({plan::PartitionUse::Where::Argument, text_of(f.on.span), rows::Test, "fit", f.on.span});
        }
    }
    if (model->kind == Symbol::Kind::Search) {
        fit.search = model->index;
    } else {
        const auto index = implicit_search(name->name, &f.on, f.on.span);
        if (!index) {
            return;
        }
        fit.search = *index;
    }
    if (is_of_objective(fit.search, name->name, "`fit`")) {
        return;
    }
    const SearchSpec search = plan_.searches[fit.search];
    for (std::size_t c = 0; c < search.candidates.size(); ++c) {
        const Pipe& pipe = search_pipes_.at(fit.search)[c];
        fit.stages.push_back(emit_stage(pipe, fit.data, fit.rows, fit.rows, Purpose::Training, search, fit.search, search.chosen));
    }
    symbol.failed = false;
    symbol.index = static_cast<std::uint32_t>(plan_.fits.size());
    plan_.fits.push_back(std::move(fit));
}

void Sema::resolve_save(const ast::Save& s, Span span) {
    Symbol* symbol =
        expect(s.name, {Symbol::Kind::Search, Symbol::Kind::Model, Symbol::Kind::Network, Symbol::Kind::Fit}, "a search, a model or a fit");
    if (symbol == nullptr) {
        return;
    }
    (void)span;
    SaveSpec save;
    save.name = s.name.text;
    save.span = s.path_span;
    save.path = resolve_path(s.path, s.path_span);
    if (s.path.ends_with(".onnx")) {
        plan_.unavailable.push_back({"saving as ONNX (use the extension `.mlpm`)", s.path_span});
    } else if (!s.path.ends_with(".mlpm")) {
        diags_.report(s.path_span, diag::SaveFormat, s.path).help("the fitted pipeline is saved as `.mlpm`");
    }
    if (symbol->kind == Symbol::Kind::Fit) {
        save.fit = symbol->index;
    } else if (symbol->kind == Symbol::Kind::Search) {
        save.search = symbol->index;
    } else {
        save.search = implicit_search(s.name, nullptr, s.name.span);
        if (!save.search) {
            return;
        }
    }
    const std::uint32_t search = save.fit && *save.fit < plan_.fits.size() ? plan_.fits[*save.fit].search : save.search.value_or(UINT32_MAX);
    if (search < plan_.searches.size() && is_of_objective(search, s.name, "`save`")) {
        return;
    }
    if (search < plan_.searches.size()) {
        refuse_history_behind_filter(plan_.splits[plan_.searches[search].split].data, s);
    }
    plan_.saves.push_back(std::move(save));
}

// Predicting drops no rows, so that an earlier row would be another one there.
void Sema::refuse_history_behind_filter(DataId id, const ast::Save& s) {
    std::vector<const DataStep*> steps;
    for (std::optional<DataId> at = id; at; at = plan_.data[at->index].base) {
        const std::vector<DataStep>& own = plan_.data[at->index].steps;
        for (auto step = own.rbegin(); step != own.rend(); ++step) {
            steps.push_back(&*step);
        }
    }
    const DataStep* backward = nullptr;
    for (const DataStep* step : steps) {  // from the last to the first
        const bool known = step->component != nullptr;
        backward = known && step->component->effect(step->params) == Effect::Backward ? step : backward;
        if (known && backward != nullptr && step->component->effect(step->params) == Effect::RowSelecting) {
            diags_.report(s.name.span, diag::SavedBehindFilter, s.name.text, backward->component->name, step->component->name)
                .note(step->span, "rows are chosen here")
                .note(backward->span, "earlier rows are looked at here")
                .help(fmt::format("put `{}` behind `{}`", step->component->name, backward->component->name));
            return;
        }
    }
}

}  // namespace mlpc::sema
