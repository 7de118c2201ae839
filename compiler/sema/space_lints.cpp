// What can be seen of a search's space before anything runs: values that are no choice, points that are never reached, budgets too large.
#include "compiler/sema/sema.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

constexpr std::uint64_t most_points = 1'000'000;
constexpr std::uint64_t drawn_points = 2'000;

// How many values a dimension has; 0: a continuum, or more than anyone counts.
std::uint64_t values_of(const Dimension& d) {
    if (!d.choices.empty()) {
        return d.choices.size();
    }
    if (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) {
        return 0;
    }
    const double width = d.high - d.low;
    const double step = d.step.value_or(d.kind == Dimension::Kind::Integer ? 1 : 0);
    if (width == 0) {
        return 1;
    }
    // A step that does not divide the width in binary, as 0.1 does not, must not lose its last value.
    const double count = step > 0 ? std::floor(width / step * (1 + 1e-12)) + 1 : 0;
    return count <= static_cast<double>(most_points) ? static_cast<std::uint64_t>(count) : 0;
}

// The points of a space under the choices made before dimension d; 0: too many. Only choices that others depend on are tried one by one.
std::uint64_t count_points(const SearchSpace& space, std::size_t d, Assignment& chosen) {
    if (d == space.dimensions.size()) {
        return 1;
    }
    if (!is_active(space, d, chosen)) {
        return count_points(space, d + 1, chosen);
    }
    const std::uint64_t values = values_of(space.dimensions[d]);
    const bool decides = std::any_of(space.dimensions.begin(), space.dimensions.end(), [&](const Dimension& other) {
        return std::any_of(other.conditions.begin(), other.conditions.end(), [&](const Condition& c) { return c.dimension.index == d; });
    });
    std::uint64_t points = 0;
    for (std::uint64_t i = 0; i < (decides ? values : 1); ++i) {
        chosen[d] = static_cast<double>(i);
        const std::uint64_t below = count_points(space, d + 1, chosen);
        points += below;
        if (below == 0 || values == 0 || points > most_points) {
            points = 0;
            break;
        }
    }
    chosen[d].reset();
    const std::uint64_t all = decides ? points : points * values;
    return all <= most_points ? all : 0;
}

// Draws by the priors, the constraints left aside.
std::vector<Assignment> drawn(const Catalog& catalog, const SearchSpace& space) {
    const ComponentInfo* random = catalog.find(ComponentKind::Searcher, "random");
    if (random == nullptr || random->find_param("trials") == random->params.size()) {
        return {};
    }
    ParamValues params = random->default_params();
    params[random->find_param("trials")] = ParamValue{static_cast<std::int64_t>(drawn_points)};
    SearchSpace free = space;
    free.constraints.clear();
    const auto searcher = random->make_searcher(params, {.space = std::move(free), .rng = Rng::of_seed(0)});
    std::vector<Assignment> points;
    for (;;) {
        const Answer answer = searcher->ask(points.size());
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr) {
            return points;
        }
        points.push_back(suggestion->point);
    }
}

// The value of the method's `trials`, where it has such a parameter.
std::optional<std::int64_t> trials_of(const SearchSpec& search) {
    const std::size_t at = search.method->find_param("trials");
    if (at >= search.method_params.size() || !std::holds_alternative<std::int64_t>(search.method_params[at].value)) {
        return std::nullopt;
    }
    return detail::integer_of(search.method_params[at]);
}

std::string last_name(const std::string& name) { return name.substr(name.rfind('.') + 1); }

}  // namespace

void Sema::lint_values(const SearchSpace& space) {
    for (const Dimension& d : space.dimensions) {
        if (values_of(d) == 1) {
            const ParamValue value = d.choices.empty() ? value_of(d, d.low) : d.choices.front();
            diags_.report(d.span, diag::OneValue, text_of(d.span)).help(fmt::format("fix it: `{}: {}`", last_name(d.name), value.to_string()));
        }
    }
}

void Sema::lint_budget(const ast::Search& s, const SearchSpec& search) {
    const auto trials = trials_of(search);
    const ast::Clause* batch = clause(s.clauses, "batch");
    if (trials && batch != nullptr && search.batch > *trials) {
        diags_.report(batch->span, diag::BatchTooLarge, search.batch, *trials);
    }
    const ast::Clause* method = clause(s.clauses, "method");
    const auto* call = method != nullptr && !method->values.empty() ? std::get_if<ast::Call>(&method->values.front().node) : nullptr;
    const bool written = call != nullptr && std::any_of(call->args.begin(), call->args.end(), [](const ast::Arg& arg) {
                             return arg.name.text == "trials" || arg.kind == ast::Arg::Kind::Positional;
                         });
    Assignment none(search.space.dimensions.size());
    const std::uint64_t points = count_points(search.space, 0, none);
    if (trials && written && points > 0 && static_cast<std::uint64_t>(*trials) > points) {
        diags_.report(method->values.front().span, diag::BudgetLargerThanSpace, *trials, static_cast<std::int64_t>(points))
            .help("the search ends when it has tried them all; `grid` tries each once in any case");
    }
}

void Sema::lint_constraints(const SearchSpec& search) {
    const SearchSpace& space = search.space;
    const std::vector<Assignment> points = drawn(catalog_, space);
    if (points.empty()) {
        return;
    }
    std::vector<Assignment> feasible;
    for (const Assignment& point : points) {
        if (is_feasible(space, point)) {
            feasible.push_back(point);
        }
    }
    if (feasible.empty()) {
        const auto leaves_nothing = [&](const Expression& constraint) {
            const SearchSpace alone{space.dimensions, {constraint}};
            return std::none_of(points.begin(), points.end(), [&](const Assignment& point) { return is_feasible(alone, point); });
        };
        const auto at = std::find_if(space.constraints.begin(), space.constraints.end(), leaves_nothing);
        diags_.report((at != space.constraints.end() ? *at : space.constraints.back()).span, diag::NothingFeasible, points.size(), search.name);
        return;
    }
    lint_choices(space, points, feasible);
}

void Sema::lint_choices(const SearchSpace& space, const std::vector<Assignment>& points, const std::vector<Assignment>& feasible) {
    // Of fewer draws none may be feasible by chance; where all points are known, one tells enough.
    const std::ptrdiff_t enough = points.size() < drawn_points ? 1 : 50;
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        const Dimension& dimension = space.dimensions[d];
        for (std::size_t c = 0; c < dimension.choices.size(); ++c) {
            const auto has = [&](const Assignment& point) { return point[d] && *point[d] == static_cast<double>(c); };
            if (std::any_of(feasible.begin(), feasible.end(), has) || std::count_if(points.begin(), points.end(), has) < enough) {
                continue;
            }
            diags_.report(dimension.span, diag::NeverChosen, dimension.choices[c].to_string(), dimension.name)
                .note(space.constraints.front().span, "what points must satisfy")
                .help("drop the alternative, or mend the condition");
        }
    }
}

void Sema::lint_space(const ast::Search& s, const SearchSpec& search) {
    lint_values(search.space);
    lint_budget(s, search);
    if (search.space.constraints.empty() || search.method->name == "manual") {
        return;
    }
    try {
        lint_constraints(search);
    } catch (const RunError&) {
        return;  // a constraint that compares a text with a number is reported where it is first needed
    }
}

}  // namespace mlpc::sema
