#include "stdlib/search/good_trials.h"

#include "runtime/core/pareto.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace mlpc {
namespace {

// Optuna's: of trials that add nothing, and of those that break constraints.
constexpr double least_weight = 1e-12;

std::vector<Goals> goals_of(const TrialHistory& history, const std::vector<std::uint32_t>& positions) {
    std::vector<Goals> goals;
    for (const std::uint32_t position : positions) {
        goals.push_back(history.trials()[position].goals);
    }
    return goals;
}

// A little beyond the worst value of each goal.
Goals reference_of(const std::vector<Goals>& points) {
    Goals reference = points.front();
    for (const Goals& point : points) {
        std::transform(point.begin(), point.end(), reference.begin(), reference.begin(), [](double a, double b) { return std::max(a, b); });
    }
    for (double& worst : reference) {
        worst = worst == 0 ? least_weight : std::max(1.1 * worst, 0.9 * worst);
    }
    return reference;
}

// Greedily, as many of the front as add most to the volume. What a point adds only falls the more are chosen: most need not be looked at again.
std::vector<std::uint32_t> most_voluminous(const TrialHistory& history, const std::vector<std::uint32_t>& front, std::size_t count) {
    const std::vector<Goals> points = goals_of(history, front);
    const Goals reference = reference_of(points);
    std::vector<double> adds;
    for (const Goals& point : points) {
        adds.push_back(hypervolume({point}, reference));
    }
    std::vector<Goals> chosen_points;
    std::vector<std::uint32_t> chosen;
    std::vector<std::size_t> known_for(points.size(), 0);
    double volume = 0;
    while (chosen.size() < count) {
        const auto most = static_cast<std::size_t>(std::max_element(adds.begin(), adds.end()) - adds.begin());
        chosen_points.push_back(points[most]);
        const double with = hypervolume(chosen_points, reference);
        if (known_for[most] < chosen.size()) {
            adds[most] = with - volume;
            known_for[most] = chosen.size();
            chosen_points.pop_back();
            continue;
        }
        chosen.push_back(front[most]);
        volume = with;
        adds[most] = -std::numeric_limits<double>::infinity();
    }
    return chosen;
}

std::vector<double> volume_lost_without(const std::vector<Goals>& points) {
    if (points.size() == 1) {
        return {1};
    }
    const Goals reference = reference_of(points);
    const double volume = hypervolume(points, reference);
    std::vector<double> lost;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<Goals> others = points;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        lost.push_back(volume - hypervolume(others, reference) + least_weight);
    }
    const double most = *std::max_element(lost.begin(), lost.end());
    for (double& one : lost) {
        one = std::clamp(one / most, 0.0, 1.0);
    }
    return lost;
}

// Trials by fronts, until there are so many.
std::vector<std::uint32_t> best_by_fronts(const TrialHistory& history, const std::vector<std::uint32_t>& comparable, std::size_t count) {
    const std::vector<Goals> points = goals_of(history, comparable);
    std::map<std::size_t, std::vector<std::uint32_t>> fronts;
    const auto numbers = front_numbers(points.size(), [&](std::size_t a, std::size_t b) { return dominates(points[a], points[b]); });
    for (std::size_t i = 0; i < points.size(); ++i) {
        fronts[numbers[i]].push_back(comparable[i]);
    }
    std::vector<std::uint32_t> best;
    for (const auto& [number, front] : fronts) {
        const std::size_t missing = count - best.size();
        const std::vector<std::uint32_t> taken = front.size() <= missing ? front : most_voluminous(history, front, missing);
        best.insert(best.end(), taken.begin(), taken.end());
    }
    return best;
}

bool has_finite_goals(const TrialHistory::Trial& trial) {
    return trial.standing.group == Standing::Class::Sound && !trial.given_up &&
           std::all_of(trial.goals.begin(), trial.goals.end(), [](double value) { return std::isfinite(value); });
}

GoodTrials of_several_goals(const TrialHistory& history, std::size_t count) {
    std::vector<std::uint32_t> comparable, rest;
    for (std::uint32_t position = 0; position < history.trials().size(); ++position) {
        if (has_finite_goals(history.trials()[position])) {
            comparable.push_back(position);
        }
    }
    std::copy_if(history.best_first().begin(), history.best_first().end(), std::back_inserter(rest),
                 [&](std::uint32_t position) { return !has_finite_goals(history.trials()[position]); });
    GoodTrials good{.positions = best_by_fronts(history, comparable, std::min(count, comparable.size())), .weights = {}};
    if (!good.positions.empty()) {
        good.weights = volume_lost_without(goals_of(history, good.positions));
    }
    for (std::size_t i = 0; good.positions.size() < count && i < rest.size(); ++i) {
        good.positions.push_back(rest[i]);
        good.weights.push_back(least_weight);
    }
    return good;
}

}  // namespace

GoodTrials good_trials(const TrialHistory& history, std::size_t count) {
    const auto has_several = [](const TrialHistory::Trial& trial) { return trial.goals.size() > 1; };
    if (std::any_of(history.trials().begin(), history.trials().end(), has_several)) {
        return of_several_goals(history, count);
    }
    const auto& best = history.best_first();
    return {.positions = {best.begin(), best.begin() + static_cast<std::ptrdiff_t>(std::min(count, best.size()))}, .weights = {}};
}

}  // namespace mlpc
