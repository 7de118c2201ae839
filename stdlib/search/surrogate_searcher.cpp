#include "stdlib/search/surrogate_searcher.h"

#include "runtime/core/draw.h"
#include "stdlib/search/enumerate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc::surrogate {

namespace {

// More points than a surrogate looks at for one proposal.
constexpr std::size_t most_listed = 2'000;

// The same for any number of trials, so that a search that is given more of them begins as it began.
std::size_t initial_count(const UnitCube& cube, const SurrogateOptions& options) {
    constexpr std::size_t least = 5, most = 12;
    const std::size_t usual = std::clamp(2 * cube.axes().size(), least, most);
    return options.initial_points ? static_cast<std::size_t>(*options.initial_points) : usual;
}

double middle_value(const std::vector<ToldTrial>& told) {
    std::vector<double> values;
    for (const ToldTrial& trial : told) {
        if (trial.value && !trial.outcome.given_up) {
            values.push_back(*trial.value);
        }
    }
    if (values.empty()) {
        return -std::numeric_limits<double>::infinity();
    }
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

}  // namespace

SurrogateSearcher::SurrogateSearcher(const SearchTask& task, const SurrogateOptions& options)
    : cube_(task.space), options_(options), rng_(task.rng), all_points_(points_of_small_space(task.space)) {
    initial_ = initial_points(cube_, options.initial, initial_count(cube_, options), rng_.child("initial"));
}

std::optional<std::uint64_t> SurrogateSearcher::planned_trials() const {
    return all_points_ ? std::min<std::uint64_t>(options_.trials, all_points_->size()) : options_.trials;
}

std::optional<Assignment> SurrogateSearcher::propose(std::uint64_t trial) {
    if (trial >= *planned_trials()) {
        return std::nullopt;
    }
    const Rng rng = rng_.child("propose").child(trial);
    std::optional<Assignment> point;
    if (trial < initial_.size()) {
        point = initial_[static_cast<std::size_t>(trial)];
    } else if (values_ >= 2) {
        point = propose_by_model(trial, rng);
    }
    if (!point) {
        point = fresh_point(rng);
    }
    if (point) {
        taken_.insert(*point);
        pending_.emplace(trial, cube_.encode(*point));
    }
    return point;
}

void SurrogateSearcher::learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) {
    pending_.erase(trial);
    taken_.insert(point);
    ToldTrial told{.point = point, .row = cube_.encode(point), .outcome = outcome, .value = std::nullopt};
    if (!outcome.failed && std::isfinite(outcome.value)) {
        told.value = outcome.given_up ? std::max(outcome.value, middle_value(told_)) : outcome.value;
        ++values_;
    }
    told_.push_back(std::move(told));
}

std::vector<Vector> SurrogateSearcher::pending() const {
    std::vector<Vector> rows;
    for (const auto& [trial, row] : pending_) {
        rows.push_back(row);
    }
    return rows;
}

std::optional<Assignment> SurrogateSearcher::best_by(const Acquisition& acquisition, const SearchEffort& effort, const Rng& rng) const {
    if (all_points_) {
        const std::vector<Assignment> open = open_points();
        if (open.size() <= most_listed) {
            return open.empty() ? std::nullopt : std::optional(best_of(cube_, acquisition, open));
        }
    }
    return best_point(cube_, acquisition, anchors(), taken_, effort, rng);
}

std::vector<Assignment> SurrogateSearcher::open_points() const {
    std::vector<Assignment> open;
    for (const Assignment& point : *all_points_) {
        if (taken_.count(point) == 0) {
            open.push_back(point);
        }
    }
    return open;
}

// A random point that has not been taken, of a space without end perhaps one that has.
std::optional<Assignment> SurrogateSearcher::fresh_point(const Rng& rng) const {
    if (all_points_) {
        const std::vector<Assignment> open = open_points();
        Rng pick = rng.child("pick");
        return open.empty() ? std::nullopt : std::optional(open[static_cast<std::size_t>(pick.below(open.size()))]);
    }
    constexpr std::uint64_t most_tries = 100;
    Assignment point;
    for (std::uint64_t i = 0; i < most_tries; ++i) {
        point = draw_feasible(cube_.space(), rng.child(i));
        if (taken_.count(point) == 0) {
            break;
        }
    }
    return point;
}

std::vector<Assignment> SurrogateSearcher::anchors() const {
    constexpr std::size_t most = 5;
    std::vector<const ToldTrial*> ranked;
    for (const ToldTrial& trial : told_) {
        if (trial.value) {
            ranked.push_back(&trial);
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const ToldTrial* a, const ToldTrial* b) { return is_sound(*a) != is_sound(*b) ? is_sound(*a) : *a->value < *b->value; });
    std::vector<Assignment> points;
    for (std::size_t i = 0; i < std::min(most, ranked.size()); ++i) {
        points.push_back(ranked[i]->point);
    }
    return points;
}

ParamSpec trials_spec() { return {.name = "trials", .doc = "How many points are tried; fewer where the space has fewer", .valid = {.low = 1}}; }
ParamSpec initial_points_spec() {
    return {.name = "initial_points",
            .doc = "Trials of the initial design, before the surrogate is used; none: two a dimension, 5 to 12",
            .valid = {.low = 1, .high = 1'000}};
}
ParamSpec initial_spec() {
    return {.name = "initial",
            .doc = "The initial design: a scrambled Sobol or Halton sequence, a Latin hypercube, or random points",
            .words = {"sobol", "halton", "latin_hypercube", "random"}};
}

}  // namespace mlpc::surrogate
