#include "runtime/search/searcher_of.h"

#include "runtime/core/error.h"
#include "runtime/search/first_points.h"
#include "runtime/search/pruned_searcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

Rng rng_of(const Experiment& e, const SearchSpec& search, std::uint32_t seed, int outer) {
    return Rng::of_seed(e.seeds.values[e.seeds.vary_search ? seed : 0])
        .child("search")
        .child(search.name)
        .child(static_cast<std::uint64_t>(outer + 1));
}

std::unique_ptr<TrialSearcher> of_whole_trials(std::unique_ptr<Searcher> searcher, const SearchSpec& search, const char* clause) {
    auto* whole = dynamic_cast<TrialSearcher*>(searcher.get());
    if (whole == nullptr) {
        throw RunError(fmt::format("`{}` does not go with `method {}`, which itself decides how far a trial is evaluated; drop one of the two",
                                   clause, search.method->name));
    }
    static_cast<void>(searcher.release());
    return std::unique_ptr<TrialSearcher>(whole);
}

// Of one fold's score, smaller being better; NaN where the metric has no best value.
double best_possible(const SearchSpec& search) {
    if (search.metric.component == nullptr) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    const Range& range = search.metric.component->range;
    const double best = search.maximize ? -range.high : range.low;
    return std::isfinite(best) ? best : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::size_t batch_of(const SearchSpec& search) { return search.batch > 0 ? static_cast<std::size_t>(search.batch) : 1; }

std::unique_ptr<Searcher> searcher_of(const Experiment& e, const SearchSpec& search, std::uint32_t seed, int outer, std::size_t folds) {
    const Rng rng = rng_of(e, search, seed, outer);
    const auto is_goal = [](const MeasureSpec& m) { return m.goal_maximize.has_value(); };
    const auto more_goals = static_cast<std::size_t>(std::count_if(search.measures.begin(), search.measures.end(), is_goal));
    std::unique_ptr<Searcher> searcher = search.method->make_searcher(search.method_params, {.space = search.space,
                                                                                             .rng = rng,
                                                                                             .goals = 1 + more_goals,
                                                                                             .result_constraints = search.result_constraints.size(),
                                                                                             .batch = batch_of(search),
                                                                                             .folds = folds});
    if (!search.first.empty()) {
        searcher =
            with_first_points(of_whole_trials(std::move(searcher), search, "first"), completed(search.first, search.space, rng.child("first")));
    }
    if (search.pruner == nullptr) {
        return searcher;
    }
    const auto planned = searcher->planned_trials();
    return pruned_searcher(
        of_whole_trials(std::move(searcher), search, "prune"),
        search.pruner->make_pruner(search.pruner_params,
                                   {.rng = rng.child("prune"), .folds = folds, .trials = planned, .best_possible = best_possible(search)}));
}

}  // namespace mlpc
