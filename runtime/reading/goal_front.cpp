#include "runtime/reading/goal_front.h"

#include "runtime/core/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

double goal_value(const TrialRecord& trial, const SearchRecord& search, const std::string& metric) {
    if (metric == search.metric) {
        return trial.mean_score();
    }
    const auto at = std::find_if(trial.measures.begin(), trial.measures.end(), [&](const auto& m) { return m.first == metric; });
    return at != trial.measures.end() ? at->second : metric == "fit_seconds" ? trial.seconds : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace

std::vector<FrontMember> front_of(const SearchRecord& search, const SeedRecord& seed) {
    if (search.goals.size() < 2) {
        return {};
    }
    std::vector<FrontMember> candidates;
    std::vector<Goals> smaller_is_better;
    for (const TrialRecord& trial : seed.trials) {
        FrontMember member{.trial = trial.number, .goals = {}};
        Goals goals;
        for (const GoalRecord& goal : search.goals) {
            member.goals.push_back(goal_value(trial, search, goal.metric));
            goals.push_back(goal.greater_is_better ? -member.goals.back() : member.goals.back());
        }
        const bool known = std::all_of(goals.begin(), goals.end(), [](double value) { return std::isfinite(value); });
        if (known && trial.may_win()) {
            candidates.push_back(std::move(member));
            smaller_is_better.push_back(std::move(goals));
        }
    }
    std::vector<FrontMember> front;
    for (const std::size_t position : pareto_front(smaller_is_better)) {
        front.push_back(candidates[position]);
    }
    return front;
}

}  // namespace mlpc
