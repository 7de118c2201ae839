#include "runtime/core/error.h"
#include "stdlib/search/dimension_values.h"
#include "stdlib/search/draw.h"
#include "stdlib/search/enumerate.h"
#include "stdlib/search/listed_searcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

struct RandomParams {
    std::int64_t trials = 60;
};

// Up to so many points, a finite space is drawn from without replacement.
constexpr std::size_t small_space = 20'000;

const Schema<RandomParams>& random_schema() {
    static const Schema<RandomParams> schema = {
        field(&RandomParams::trials, {.name = "trials", .doc = "How many points are drawn; fewer where the space has fewer", .valid = {.low = 1}}),
    };
    return schema;
}

// A trial's point is a function of its number and the stream alone, so that it can be asked for in any order.
class RandomSearcher final : public TrialSearcher {
public:
    RandomSearcher(SearchSpace space, std::uint64_t trials, const Rng& rng) : space_(std::move(space)), trials_(trials), rng_(rng) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        return trial < trials_ ? std::optional(draw_feasible(space_, rng_.child(trial))) : std::nullopt;
    }
    void learn(std::uint64_t, const Assignment&, const Outcome&) override {}
    std::optional<std::uint64_t> planned_trials() const override { return trials_; }
    bool adaptive() const override { return false; }

private:
    SearchSpace space_;
    std::uint64_t trials_;
    Rng rng_;
};

double prior_of(const SearchSpace& space, const Assignment& point) {
    double prior = 1;
    for (std::size_t d = 0; d < point.size(); ++d) {
        prior *= point[d] ? probability(space.dimensions[d], *point[d]) : 1;
    }
    return prior;
}

// All feasible points of a small finite space; nullopt where it is not one.
std::optional<std::vector<Assignment>> points_of_small_space(const SearchSpace& space) {
    std::vector<std::vector<double>> values;
    for (const Dimension& dimension : space.dimensions) {
        const auto count = value_count(dimension);
        if (!count || *count > small_space) {
            return std::nullopt;
        }
        values.push_back(all_values(dimension));
    }
    std::vector<Assignment> points;
    if (!enumerate_points(space, values, small_space, [&](const Assignment& point) { points.push_back(point); })) {
        return std::nullopt;
    }
    if (points.empty()) {
        throw RunError("no point of the space satisfies `where`");
    }
    return points;
}

// The order in which draws by the prior without replacement would take the points: a race of exponential waiting times (Efraimidis and
// Spirakis 2006, Weighted random sampling with a reservoir).
std::vector<Assignment> drawn_without_replacement(const SearchSpace& space, const std::vector<Assignment>& points, const Rng& rng) {
    std::vector<double> arrival;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double u = rng.child(i).uniform();
        arrival.push_back(-std::log1p(-u) / prior_of(space, points[i]));
    }
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return arrival[a] < arrival[b]; });
    std::vector<Assignment> drawn;
    for (const std::size_t i : order) {
        drawn.push_back(points[i]);
    }
    return drawn;
}

std::unique_ptr<Searcher> make_random(const RandomParams& params, const SearchSpace& space, const Rng& rng) {
    const auto trials = static_cast<std::uint64_t>(params.trials);
    const auto points = points_of_small_space(space);
    if (!points) {
        return std::make_unique<RandomSearcher>(space, trials, rng);
    }
    std::vector<Assignment> drawn = drawn_without_replacement(space, *points, rng);
    drawn.resize(std::min<std::size_t>(drawn.size(), trials));
    return listed_searcher(std::move(drawn));
}

}  // namespace

void add_random(Catalog& catalog) {
    ComponentInfo info;
    info.name = "random";
    info.kind = ComponentKind::Searcher;
    info.summary = "Draws points by the priors of the space; from a small finite space each point once";
    info.source = "Bergstra and Bengio 2012, Random search for hyper-parameter optimization";
    info.example = "method random(trials: 60)";
    info.params = specs_of(random_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return make_random(read_params(random_schema(), values), task.space, task.rng);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
