#include "stdlib/search/integer_margin.h"

#include "runtime/core/dimension_values.h"
#include "stdlib/search/cube_coordinates.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc {
namespace {

double share_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// How many deviations from the mean that share of a normal distribution begins.
double deviations_at(double share) {
    constexpr double least = 1e-10;
    const Dimension standard{.prior = Dimension::Prior::Normal, .mean = 0, .sd = 1};
    return -quantile(standard, std::clamp(share, least, 0.5 - least));
}

}  // namespace

IntegerMargin::IntegerMargin(std::vector<Dimension> dimensions, double margin)
    : dimensions_(std::move(dimensions)), margin_(margin), factors_(Vector::Ones(static_cast<Eigen::Index>(dimensions_.size()))) {}

Vector IntegerMargin::widened(const Vector& sample, const Vector& mean) const { return mean + factors_.cwiseProduct(sample - mean); }

void IntegerMargin::correct(CovarianceAdaptation& distribution) {
    for (Eigen::Index i = 0; i < factors_.size(); ++i) {
        correct(i, distribution);
    }
}

void IntegerMargin::correct(Eigen::Index i, CovarianceAdaptation& distribution) {
    const Dimension& dimension = dimensions_[static_cast<std::size_t>(i)];
    const double mean = distribution.mean()(i);
    const auto cell = cell_of(dimension, quantile(dimension, std::clamp(mean, 0.0, 1.0)));
    constexpr double at_the_end = 1e-9;
    const bool lowest = cell && cell->low < at_the_end, highest = cell && cell->high > 1 - at_the_end;
    if (!cell || (lowest && highest)) {
        return;
    }
    const double narrow = distribution.deviation(i), deviation = factors_(i) * narrow;
    if (lowest || highest) {
        const double edge = lowest ? cell->high : cell->low;
        if (share_below(-std::fabs(edge - mean) / deviation) < margin_) {
            const double distance = deviation * deviations_at(margin_);
            distribution.move_mean(i, lowest ? edge - distance : edge + distance);
        }
        return;
    }
    const double below = share_below((cell->low - mean) / deviation), above = share_below((mean - cell->high) / deviation);
    if (below >= margin_ / 2 && above >= margin_ / 2) {
        return;
    }
    // What the two sides are given is taken from all three shares in proportion to what they have beyond their least.
    const double within = 1 - below - above, low = std::max(below, margin_ / 2), high = std::max(above, margin_ / 2);
    const double excess = (1 - low - high - within) / (low + within + high - 1.5 * margin_);
    const double to_low = deviations_at(low + excess * (low - margin_ / 2)), to_high = deviations_at(high + excess * (high - margin_ / 2));
    factors_(i) = (cell->high - cell->low) / ((to_low + to_high) * narrow);
    distribution.move_mean(i, (cell->low * to_high + cell->high * to_low) / (to_low + to_high));
}

}  // namespace mlpc
