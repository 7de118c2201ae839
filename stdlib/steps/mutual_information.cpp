#include "stdlib/steps/mutual_information.h"

#include "runtime/core/rng.h"
#include "stdlib/steps/statistics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace mlpc::steps {

namespace {

constexpr std::size_t rows_per_discrete_value = 20;

// Of whole numbers, which are all that counts of neighbours need.
class Digamma {
public:
    explicit Digamma(std::size_t largest) : values_(largest + 1, -std::numbers::egamma) {
        for (std::size_t m = 2; m <= largest; ++m) {
            values_[m] = values_[m - 1] + 1 / static_cast<double>(m - 1);
        }
    }
    double operator()(std::size_t m) const { return values_[m]; }

private:
    std::vector<double> values_;
};

// A value's class, where there are few values for the rows.
std::optional<std::vector<std::int32_t>> as_classes(const std::vector<double>& values) {
    std::vector<double> distinct = values;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() * rows_per_discrete_value > values.size()) {
        return std::nullopt;
    }
    std::vector<std::int32_t> classes;
    for (const double value : values) {
        classes.push_back(static_cast<std::int32_t>(std::lower_bound(distinct.begin(), distinct.end(), value) - distinct.begin()));
    }
    return classes;
}

std::vector<std::size_t> counts_of(const std::vector<std::int32_t>& classes) {
    std::vector<std::size_t> counts;
    for (const std::int32_t label : classes) {
        counts.resize(std::max(counts.size(), static_cast<std::size_t>(label) + 1));
        ++counts[static_cast<std::size_t>(label)];
    }
    return counts;
}

double of_classes(const std::vector<std::int32_t>& a, const std::vector<std::int32_t>& b) {
    const std::vector<std::size_t> of_a = counts_of(a), of_b = counts_of(b);
    std::vector<std::size_t> both(of_a.size() * of_b.size());
    for (std::size_t row = 0; row < a.size(); ++row) {
        ++both[static_cast<std::size_t>(a[row]) * of_b.size() + static_cast<std::size_t>(b[row])];
    }
    const double rows = static_cast<double>(a.size());
    double sum = 0;
    for (std::size_t i = 0; i < both.size(); ++i) {
        if (both[i] > 0) {
            const double expected = static_cast<double>(of_a[i / of_b.size()]) * static_cast<double>(of_b[i % of_b.size()]) / rows;
            sum += static_cast<double>(both[i]) / rows * std::log(static_cast<double>(both[i]) / expected);
        }
    }
    return sum;
}

// The distance from sorted[place] to the k-th nearest of the others.
double distance_to_nearest(const std::vector<double>& sorted, std::size_t place, std::size_t k) {
    std::size_t below = place, above = place;
    double distance = 0;
    for (std::size_t i = 0; i < k; ++i) {
        const double down = below > 0 ? sorted[place] - sorted[below - 1] : std::numeric_limits<double>::infinity();
        const double up = above + 1 < sorted.size() ? sorted[above + 1] - sorted[place] : std::numeric_limits<double>::infinity();
        distance = std::min(down, up);
        down <= up ? --below : ++above;
    }
    return distance;
}

// How many values lie nearer than `distance`, itself included; at least itself and its equals. By differences, as the distance itself: a
// bound `value + distance` would be rounded to the neighbour that must not count.
std::size_t count_nearer(const std::vector<double>& sorted, double value, double distance) {
    const auto is_near = [distance](double difference) { return difference < distance || difference == 0; };
    const auto first = std::partition_point(sorted.begin(), sorted.end(), [&](double other) { return other < value && !is_near(value - other); });
    const auto last = std::partition_point(first, sorted.end(), [&](double other) { return other <= value || is_near(other - value); });
    return static_cast<std::size_t>(last - first);
}

double of_number_and_class(const std::vector<double>& numbers, const std::vector<std::int32_t>& classes, std::size_t neighbours) {
    std::vector<std::vector<double>> by_class(counts_of(classes).size());
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        by_class[static_cast<std::size_t>(classes[row])].push_back(numbers[row]);
    }
    std::vector<double> all;  // of classes with more than one row; a single row has no neighbour to tell by
    for (std::vector<double>& own : by_class) {
        if (own.size() > 1) {
            std::sort(own.begin(), own.end());
            all.insert(all.end(), own.begin(), own.end());
        }
    }
    if (all.empty()) {
        return 0;
    }
    std::sort(all.begin(), all.end());
    const Digamma digamma(all.size() + 1);
    double sum = 0;
    for (const std::vector<double>& own : by_class) {
        const std::size_t k = own.size() > 1 ? std::min(neighbours, own.size() - 1) : 0;
        for (std::size_t i = 0; k > 0 && i < own.size(); ++i) {
            sum += digamma(k) - digamma(own.size()) - digamma(count_nearer(all, own[i], distance_to_nearest(own, i, k)));
        }
    }
    return digamma(all.size()) + sum / static_cast<double>(all.size());
}

// In standard deviations, and moved apart by a billionth: of values that are written with few digits many distances would be equal, and no
// nearest row could be told. The draws are always the same ones.
std::vector<double> scaled(std::vector<double> values, std::string_view stream) {
    const double deviation = std::sqrt(variance_of(values, mean_of(values)));
    double magnitude = 0;
    for (double& value : values) {
        value /= deviation > 0 ? deviation : 1;
        magnitude += std::abs(value) / static_cast<double>(values.size());
    }
    Rng rng = Rng::of_seed(0).child("mutual_information").child(stream);
    for (double& value : values) {
        value += 1e-10 * std::max(1.0, magnitude) * rng.normal();
    }
    return values;
}

// Rows in order of one number, to look for neighbours from a row outwards.
class Plane {
public:
    Plane(const std::vector<double>& x, const std::vector<double>& y) : x_(x.size()), y_(x.size()) {
        std::vector<std::uint32_t> order(x.size());
        std::iota(order.begin(), order.end(), 0u);
        std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return x[a] < x[b]; });
        for (std::size_t i = 0; i < order.size(); ++i) {
            x_[i] = x[order[i]];
            y_[i] = y[order[i]];
        }
    }
    const std::vector<double>& x() const { return x_; }
    const std::vector<double>& y() const { return y_; }
    // By the larger of the two differences.
    double distance_to_nearest(std::size_t place, std::size_t k) const {
        std::vector<double> nearest(k, std::numeric_limits<double>::infinity());  // ascending
        std::size_t below = place, above = place;
        while (true) {
            const double down = below > 0 ? x_[place] - x_[below - 1] : std::numeric_limits<double>::infinity();
            const double up = above + 1 < x_.size() ? x_[above + 1] - x_[place] : std::numeric_limits<double>::infinity();
            if (std::min(down, up) >= nearest.back()) {
                return nearest.back();
            }
            const std::size_t other = down <= up ? --below : ++above;
            const double distance = std::max(std::min(down, up), std::abs(y_[other] - y_[place]));
            if (distance < nearest.back()) {
                nearest.pop_back();
                nearest.insert(std::upper_bound(nearest.begin(), nearest.end(), distance), distance);
            }
        }
    }

private:
    std::vector<double> x_, y_;
};

double of_numbers(const std::vector<double>& a, const std::vector<double>& b, std::size_t neighbours) {
    const std::size_t rows = a.size();
    const std::size_t k = std::min(neighbours, rows - 1);
    if (k == 0) {
        return 0;
    }
    const Plane plane(a, b);
    std::vector<double> sorted_y = plane.y();
    std::sort(sorted_y.begin(), sorted_y.end());
    const Digamma digamma(rows + 1);
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        const double distance = plane.distance_to_nearest(row, k);
        sum += digamma(count_nearer(plane.x(), plane.x()[row], distance)) + digamma(count_nearer(sorted_y, plane.y()[row], distance));
    }
    return digamma(rows) + digamma(k) - sum / static_cast<double>(rows);
}

double signed_information(const std::vector<double>& column, const Target& y, std::size_t neighbours) {
    const auto classes = as_classes(column);
    const auto labels = is_classification(y.task) ? std::optional(y.labels) : as_classes(y.values);
    if (classes && labels) {
        return of_classes(*classes, *labels);
    }
    if (labels) {
        return of_number_and_class(scaled(column, "column"), *labels, neighbours);
    }
    const std::vector<double> target = scaled(y.values, "target");
    return classes ? of_number_and_class(target, *classes, neighbours) : of_numbers(scaled(column, "column"), target, neighbours);
}

}  // namespace

double mutual_information(const std::vector<double>& column, const Target& y, std::size_t neighbours) {
    return std::max(0.0, signed_information(column, y, neighbours));
}

}  // namespace mlpc::steps
