#include "runtime/reading/ped_anova.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace mlpc {

namespace {

double share_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// The number of cells before the one in which the given share of the points is reached.
double quantile_cell(const std::vector<double>& counts, double points) {
    double sum = 0;
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
        sum += counts[cell];
        if (sum >= points) {
            return static_cast<double>(cell);
        }
    }
    return static_cast<double>(counts.size() - 1);
}

// Scott's rule with the narrower of two spreads, in cells; 90 % of a kernel lies in one cell at least.
double bandwidth(const std::vector<double>& counts, double points) {
    double mean = 0, squares = 0;
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
        mean += counts[cell] * static_cast<double>(cell) / points;
    }
    for (std::size_t cell = 0; cell < counts.size(); ++cell) {
        const double off = static_cast<double>(cell) - mean;
        squares += counts[cell] * off * off;
    }
    const double sd = std::sqrt(squares / std::max(points - 1, 1.0));
    const double quartiles = quantile_cell(counts, 0.75 * points) - quantile_cell(counts, 0.25 * points);
    return std::max(1.059 * std::min(sd, quartiles / 1.34) * std::pow(points, -0.2), 0.5 / 1.64);
}

// Adds `weight` of a normal kernel around the middle of a cell, cut off at the ends of the axis.
void add_kernel(std::vector<double>& density, std::size_t centre, double width, double weight) {
    const auto edge = [&](std::size_t cell) { return share_below((static_cast<double>(cell) - static_cast<double>(centre) - 0.5) / width); };
    const double inside = edge(density.size()) - edge(0);
    for (std::size_t cell = 0; cell < density.size(); ++cell) {
        density[cell] += weight * (edge(cell + 1) - edge(cell)) / inside;
    }
}

// With one point spread over all cells, so that no cell is impossible.
std::vector<double> density_of(const GridAxis& axis, std::size_t index, const std::vector<GridPoint>& points, std::size_t count) {
    std::vector<double> counts(axis.cells, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
        counts[points[i].cells[index]] += 1;
    }
    const auto total = static_cast<double>(count);
    std::vector<double> density(axis.cells, 1 / (total + 1) / static_cast<double>(axis.cells));
    const double width = axis.ordered ? bandwidth(counts, total) : 0;
    for (std::size_t cell = 0; cell < axis.cells; ++cell) {
        if (counts[cell] > 0 && axis.ordered) {
            add_kernel(density, cell, width, counts[cell] / (total + 1));
        } else {
            density[cell] += counts[cell] / (total + 1);
        }
    }
    return density;
}

double pearson_divergence(const std::vector<double>& best, const std::vector<double>& all) {
    double sum = 0;
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        const double off = best[cell] / all[cell] - 1;
        sum += all[cell] * off * off;
    }
    return sum;
}

}  // namespace

std::vector<double> ped_anova(const std::vector<GridAxis>& axes, const std::vector<GridPoint>& points, std::size_t best) {
    std::vector<double> shares;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        shares.push_back(pearson_divergence(density_of(axes[axis], axis, points, best), density_of(axes[axis], axis, points, points.size())));
    }
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (double& share : shares) {
        share = sum > 0 ? share / sum : 0;
    }
    return shares;
}

}  // namespace mlpc
