#include "stdlib/metrics/weighted_quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlpc {
namespace {

double interpolated(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

}  // namespace

double weighted_quantile(std::vector<double> values, const std::vector<double>& weights, double share) {
    if (values.empty() || std::any_of(values.begin(), values.end(), [](double v) { return std::isnan(v); })) {
        return std::numeric_limits<double>::quiet_NaN();
    }
    if (weights.empty()) {
        return interpolated(std::move(values), share);
    }
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    const double wanted = share * std::accumulate(weights.begin(), weights.end(), 0.0);
    double reached = 0;
    for (const std::size_t i : order) {
        reached += weights[i];
        if (weights[i] > 0 && reached >= wanted) {
            return values[i];
        }
    }
    return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace mlpc
