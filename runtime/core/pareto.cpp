#include "runtime/core/pareto.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlpc {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double comparable(double value) { return std::isnan(value) ? infinity : value; }

std::vector<std::size_t> by_goal(const std::vector<Goals>& points, std::size_t goal) {
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return comparable(points[a][goal]) < comparable(points[b][goal]); });
    return order;
}

void add_gaps(const std::vector<Goals>& points, std::size_t goal, std::vector<double>& distances) {
    const std::vector<std::size_t> order = by_goal(points, goal);
    const double range = points[order.back()][goal] - points[order.front()][goal];
    if (!(range > 0)) {
        return;
    }
    distances[order.front()] = distances[order.back()] = infinity;
    for (std::size_t i = 1; i + 1 < order.size(); ++i) {
        distances[order[i]] += (points[order[i + 1]][goal] - points[order[i - 1]][goal]) / range;
    }
}

// Of points all below the reference, in the first `goals` goals: slices between neighbouring values of the last of those, each as thick as it
// is times the volume of the points that reach into it (Zitzler 2001, hypervolume by slicing objectives).
double volume(std::vector<Goals> points, const Goals& reference, std::size_t goals) {
    if (points.empty()) {
        return 0;
    }
    const std::size_t last = goals - 1;
    std::stable_sort(points.begin(), points.end(), [&](const Goals& a, const Goals& b) { return a[last] < b[last]; });
    if (goals == 1) {
        return reference[0] - points.front()[0];
    }
    double sum = 0;
    std::vector<Goals> reaching;
    for (std::size_t i = 0; i < points.size(); ++i) {
        reaching.push_back(points[i]);
        const double next = i + 1 < points.size() ? points[i + 1][last] : reference[last];
        if (next > points[i][last]) {
            sum += (next - points[i][last]) * volume(reaching, reference, last);
        }
    }
    return sum;
}

}  // namespace

bool dominates(std::span<const double> a, std::span<const double> b) {
    bool better = false;
    for (std::size_t g = 0; g < a.size(); ++g) {
        if (comparable(a[g]) > comparable(b[g])) {
            return false;
        }
        better = better || comparable(a[g]) < comparable(b[g]);
    }
    return better;
}

std::vector<std::size_t> pareto_front(const std::vector<Goals>& points) {
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (std::none_of(points.begin(), points.end(), [&](const Goals& other) { return dominates(other, points[i]); })) {
            front.push_back(i);
        }
    }
    return front;
}

std::vector<std::size_t> front_numbers(std::size_t items, const std::function<bool(std::size_t, std::size_t)>& beats) {
    std::vector<std::vector<std::size_t>> beaten(items);
    std::vector<std::size_t> beaten_by(items), numbers(items), front, next;
    for (std::size_t a = 0; a < items; ++a) {
        for (std::size_t b = 0; b < items; ++b) {
            if (a != b && beats(a, b)) {
                beaten[a].push_back(b);
                ++beaten_by[b];
            }
        }
    }
    for (std::size_t i = 0; i < items; ++i) {
        if (beaten_by[i] == 0) {
            front.push_back(i);
        }
    }
    for (std::size_t number = 0; !front.empty(); ++number, front = std::move(next), next.clear()) {
        for (const std::size_t winner : front) {
            numbers[winner] = number;
            for (const std::size_t loser : beaten[winner]) {
                if (--beaten_by[loser] == 0) {
                    next.push_back(loser);
                }
            }
        }
    }
    return numbers;
}

std::vector<double> crowding_distances(const std::vector<Goals>& points) {
    std::vector<double> distances(points.size());
    for (std::size_t goal = 0; !points.empty() && goal < points.front().size(); ++goal) {
        add_gaps(points, goal, distances);
    }
    return distances;
}

double hypervolume(const std::vector<Goals>& points, const Goals& reference) {
    std::vector<Goals> below;
    for (const std::size_t i : pareto_front(points)) {
        if (std::equal(points[i].begin(), points[i].end(), reference.begin(), [](double value, double bound) { return value < bound; })) {
            below.push_back(points[i]);
        }
    }
    return volume(std::move(below), reference, reference.size());
}

}  // namespace mlpc
