// `compare`: for what each name stands, and that all of them are judged on the same folds by the same metric.
#include "compiler/sema/sema.h"

#include <algorithm>

namespace mlpc::sema {

namespace {

// A candidate is plain where no dimension of the space hangs on its being chosen.
bool is_open(const SearchSpec& search, std::uint32_t candidate) {
    const std::vector<Dimension>& dimensions = search.space.dimensions;
    if (search.candidates.size() == 1) {
        return !dimensions.empty();
    }
    const auto chooses_it = [&](const Condition& c) {
        return c.dimension.index == 0 && std::find(c.choices.begin(), c.choices.end(), candidate) != c.choices.end();
    };
    return std::any_of(dimensions.begin(), dimensions.end(),
                       [&](const Dimension& d) { return std::any_of(d.conditions.begin(), d.conditions.end(), chooses_it); });
}

bool has_one_number(const MetricSpec& metric) { return metric.component->make_metric != nullptr; }

}  // namespace

// Where a search chooses something of the model.
std::vector<ComparedModel> Sema::candidacies(const ast::Name& model) const {
    std::vector<ComparedModel> found;
    for (std::uint32_t s = 0; s < plan_.searches.size(); ++s) {
        const SearchSpec& search = plan_.searches[s];
        for (std::uint32_t c = 0; c < search.candidates.size() && !search.implicit; ++c) {
            if (search.candidates[c].model == model.text && is_open(search, c)) {
                found.push_back({model.text, s, c, model.span});
            }
        }
    }
    return found;
}

// Then nobody knows what the search leaves open.
bool Sema::is_in_failed_search(const ast::Name& model) const {
    return std::any_of(symbols_.begin(), symbols_.end(), [&](const auto& named) {
        const Symbol& symbol = named.second;
        const auto* search = std::get_if<ast::Search>(&symbol.declaration->node);
        return symbol.failed && search != nullptr &&
               std::any_of(search->over.begin(), search->over.end(), [&](const ast::Name& n) { return n.text == model.text; });
    });
}

// Nullopt where it is reported; a plain model's search is made when the metric is known.
std::optional<Sema::ComparedName> Sema::compared_name(const ast::Name& name) {
    Symbol* symbol = expect(name, {Symbol::Kind::Model, Symbol::Kind::Network, Symbol::Kind::Search}, "a model or a search");
    if (symbol == nullptr) {
        return std::nullopt;
    }
    if (symbol->kind == Symbol::Kind::Search) {
        const bool no_rows = is_of_objective(symbol->index, name, "`compare`");
        return no_rows ? std::nullopt : std::optional(ComparedName{&name, ComparedModel{name.text, symbol->index, std::nullopt, name.span}});
    }
    const std::vector<ComparedModel> trials = candidacies(name);
    if (trials.size() > 1) {
        const SearchSpec &first = plan_.searches[trials[0].search], &second = plan_.searches[trials[1].search];
        diags_.report(name.span, diag::InSeveralSearches, name.text, first.name, second.name)
            .note(first.span, "one search")
            .note(second.span, "the other")
            .help("compare the searches, each over this model alone");
        return std::nullopt;
    }
    if (trials.empty() && is_in_failed_search(name)) {
        return std::nullopt;
    }
    return ComparedName{&name, trials.empty() ? std::nullopt : std::optional(trials.front())};
}

// Reports where two of the searches have folds or metrics of their own.
bool Sema::is_comparable(const std::vector<ComparedName>& names) {
    const ComparedModel* first = nullptr;
    for (const ComparedName& name : names) {
        if (!name.model) {
            continue;
        }
        if (first == nullptr) {
            first = &*name.model;
            continue;
        }
        const SearchSpec &one = plan_.searches[first->search], &other = plan_.searches[name.model->search];
        if (one.split != other.split) {
            const auto data = [&](const SearchSpec& s) { return plan_.data[plan_.splits[s.split].data.index].name; };
            diags_.report(name.name->span, diag::ComparedElsewhere, first->name, data(one), name.name->text, data(other))
                .note(first->span, fmt::format("on the folds of `{}`", data(one)));
            return false;
        }
        if (one.metric.text != other.metric.text) {
            diags_.report(name.name->span, diag::ComparedOtherwise, first->name, one.metric.text, name.name->text, other.metric.text)
                .note(one.metric.span.end != 0 ? one.metric.span : one.span, fmt::format("`{}` goes by this", one.name))
                .help("let the searches go by one metric");
            return false;
        }
    }
    return true;
}

std::optional<std::uint32_t> Sema::compared_split(const std::vector<ComparedName>& names, Span keyword) {
    const auto searched = std::find_if(names.begin(), names.end(), [](const ComparedName& n) { return n.model.has_value(); });
    if (searched != names.end()) {
        return plan_.searches[searched->model->search].split;
    }
    if (plan_.splits.size() > 1) {
        diags_.report(keyword, diag::WhichData).help("compare searches: each says with `on DATA` on what it is judged");
        return std::nullopt;
    }
    return split_for(nullptr, keyword);
}

// Of the searches; else the first that `evaluate` names for the same data; else the default.
std::optional<MetricSpec> Sema::compared_metric(const std::vector<ComparedName>& names, std::uint32_t split) {
    for (const ComparedName& name : names) {
        if (name.model) {
            return plan_.searches[name.model->search].metric;
        }
    }
    for (const EvaluateSpec& evaluate : plan_.evaluations) {
        const auto metric = std::find_if(evaluate.metrics.begin(), evaluate.metrics.end(), has_one_number);
        if (plan_.searches[evaluate.search].split == split && metric != evaluate.metrics.end()) {
            return *metric;
        }
    }
    return default_metric(plan_.data[plan_.splits[split].data.index]);
}

void Sema::resolve_compare(const ast::Compare& c, Span keyword) {
    std::vector<ComparedName> names;
    bool ok = true;
    for (const ast::Name& name : c.models) {
        const bool twice = std::any_of(names.begin(), names.end(), [&](const ComparedName& n) { return n.name->text == name.text; });
        if (twice) {
            diags_.report(name.span, diag::GivenTwice, fmt::format("`{}`", name.text));
        }
        auto compared = twice ? std::nullopt : compared_name(name);
        ok = ok && compared.has_value();
        if (compared) {
            names.push_back(std::move(*compared));
        }
    }
    if (c.models.size() == 1) {
        diags_.report(keyword, diag::ComparedAlone, c.models.front().text).help("name another model behind a comma; `evaluate` scores one");
        return;
    }
    if (!ok || names.empty() || !is_comparable(names)) {
        return;
    }
    const auto split = compared_split(names, keyword);
    if (!split) {
        return;
    }
    const SplitSpec& rows = plan_.splits[*split];
    if (!rows.folds && !rows.outer) {
        diags_.report(rows.span, diag::NoFoldsCompared, plan_.data[rows.data.index].name)
            .note(keyword, "models are compared here")
            .help("add for instance `folds 5` to the split");
        return;
    }
    const auto metric = compared_metric(names, *split);
    CompareSpec compare{.models = {}, .span = keyword};
    for (const ComparedName& name : names) {
        const auto plain = name.model || !metric ? std::nullopt : plain_search(*name.name, *split, *metric, name.name->span);
        ok = ok && (name.model || plain);
        compare.models.push_back(name.model.value_or(ComparedModel{name.name->text, plain.value_or(0), 0, name.name->span}));
    }
    if (ok) {
        plan_.comparisons.push_back(std::move(compare));
    }
}

}  // namespace mlpc::sema
