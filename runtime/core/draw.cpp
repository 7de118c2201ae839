#include "runtime/core/draw.h"

#include "runtime/core/dimension_values.h"
#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

double prior_of(const SearchSpace& space, const Assignment& point) {
    double prior = 1;
    for (std::size_t d = 0; d < point.size(); ++d) {
        prior *= point[d] ? probability(space.dimensions[d], *point[d]) : 1;
    }
    return prior;
}

}  // namespace

Assignment draw_by_prior(const SearchSpace& space, const Rng& rng) {
    Assignment point(space.dimensions.size());
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        if (is_active(space, d, point)) {
            point[d] = quantile(space.dimensions[d], rng.child(space.dimensions[d].name).uniform());
        }
    }
    return point;
}

Assignment draw_feasible(const SearchSpace& space, const Rng& rng) {
    constexpr std::uint64_t most_rejections = 10'000;
    for (std::uint64_t attempt = 0; attempt < most_rejections; ++attempt) {
        Assignment point = draw_by_prior(space, rng.child(attempt));
        if (is_feasible(space, point)) {
            return point;
        }
    }
    throw RunError(
        fmt::format("{} random points in a row break `where`: it leaves too little of the space; narrow the spaces instead", most_rejections));
}

// A race of exponential waiting times: Efraimidis and Spirakis 2006, Weighted random sampling with a reservoir.
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

}  // namespace mlpc
