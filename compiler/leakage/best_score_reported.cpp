// L114: the best score of a search is the best of many draws, and no estimate of how well the winner does.
#include "compiler/leakage/rules.h"

#include <algorithm>

namespace mlpc::leakage {

namespace {

// Outer folds judge a search that is compared on rows that have chosen nothing; beside an `evaluate` the report would be by its metric.
bool is_compared_outside(const plan::Plan& plan, std::uint32_t search) {
    const SearchSpec& spec = plan.searches[search];
    const auto stands_for_winner = [&](const ComparedModel& m) { return m.search == search && (!m.candidate || spec.candidates.size() == 1); };
    return plan.evaluations.empty() && plan.splits[spec.split].outer &&
           std::any_of(plan.comparisons.begin(), plan.comparisons.end(),
                       [&](const CompareSpec& c) { return std::any_of(c.models.begin(), c.models.end(), stands_for_winner); });
}

}  // namespace

void best_score_reported(const plan::Plan& plan, Diagnostics& diags) {
    if (diags.has_errors() || plan.reports.empty()) {
        return;  // an `evaluate` with an error has been reported as such
    }
    for (std::uint32_t i = 0; i < plan.searches.size(); ++i) {
        const bool evaluated = std::any_of(plan.evaluations.begin(), plan.evaluations.end(), [&](const EvaluateSpec& e) { return e.search == i; });
        const SearchSpec& search = plan.searches[i];
        if (!evaluated && !search.objective && !plan.is_only_compared(i) && !is_compared_outside(plan, i)) {
            diags.report(plan.reports.front().span, diag::BestScoreReported, search.name)
                .note(search.span, "the search")
                .help(fmt::format("add `evaluate {}`", search.name));
        }
    }
}

}  // namespace mlpc::leakage
