#include "stdlib/steps/statistics.h"

#include <algorithm>
#include <cmath>

namespace mlpc::steps {

namespace {

// Four running sums: as exact as one, and not bound by the latency of an addition.
template <class Term>
double sum_of_terms(std::size_t count, Term term) {
    double sums[4] = {};
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        sums[0] += term(i);
        sums[1] += term(i + 1);
        sums[2] += term(i + 2);
        sums[3] += term(i + 3);
    }
    for (; i < count; ++i) {
        sums[i % 4] += term(i);
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace

double sum_of(std::span<const double> values) {
    return sum_of_terms(values.size(), [&](std::size_t i) { return values[i]; });
}

double mean_of(std::span<const double> values) { return sum_of(values) / static_cast<double>(values.size()); }

double variance_of(std::span<const double> values, double mean) {
    const double squares = sum_of_terms(values.size(), [&](std::size_t i) { return (values[i] - mean) * (values[i] - mean); });
    return squares / static_cast<double>(values.size());
}

double quantile_of(std::vector<double>& values, double share) {
    const double position = share * static_cast<double>(values.size() - 1);
    const double below = std::floor(position);
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), lower, values.end());
    if (lower + 1 == values.end()) {
        return *lower;
    }
    return std::lerp(*lower, *std::min_element(lower + 1, values.end()), position - below);
}

}  // namespace mlpc::steps
