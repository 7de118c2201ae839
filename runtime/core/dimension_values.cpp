#include "runtime/core/dimension_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cmath>
#include <numbers>

namespace mlpc {
namespace {

using Kind = Dimension::Kind;
using Prior = Dimension::Prior;

bool is_choice(const Dimension& d) { return d.kind == Kind::Choice || d.kind == Kind::Ordered; }
bool is_normal(const Dimension& d) { return d.prior == Prior::Normal || d.prior == Prior::LogNormal; }
bool is_logarithmic(const Dimension& d) { return d.prior == Prior::LogUniform || d.prior == Prior::LogNormal; }

// The nearest number of twelve digits: 1e-4..1e2 has 0.01 in it and not 0.009999999999999998.
double tidy(double number) {
    const std::string text = fmt::format("{:.12g}", number);
    double rounded = number;
    std::from_chars(text.data(), text.data() + text.size(), rounded);
    return rounded;
}

// A number of the dimension's kind within its bounds.
double fitted(const Dimension& d, double number) {
    const double whole = d.kind == Kind::Integer ? std::round(number) : number;
    return d.low < d.high || !is_normal(d) ? std::clamp(whole, d.low, d.high) : whole;
}

double step_of(const Dimension& d) { return d.step.value_or(1.0); }

double step_value(const Dimension& d, double position) {
    const double value = d.low + position * step_of(d);
    return fitted(d, d.kind == Kind::Real ? tidy(value) : value);
}

double normal_share_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// By bisection, since only the share is at hand; beyond 38 standard deviations no share is left.
double normal_quantile(double share) {
    double low = -38, high = 38;
    for (int i = 0; i < 70; ++i) {
        const double middle = (low + high) / 2;
        (normal_share_below(middle) < share ? low : high) = middle;
    }
    return (low + high) / 2;
}

double normal_prior_quantile(const Dimension& d, double u) {
    const bool logarithmic = is_logarithmic(d);
    double share_low = 0, share_high = 1;
    if (d.low < d.high) {
        const auto share_below = [&](double bound) { return normal_share_below(((logarithmic ? std::log(bound) : bound) - d.mean) / d.sd); };
        share_low = logarithmic && d.low <= 0 ? 0 : share_below(d.low);
        share_high = share_below(d.high);
    }
    const double z = normal_quantile(share_low + u * (share_high - share_low));
    const double value = d.mean + d.sd * z;
    return fitted(d, logarithmic ? std::exp(value) : value);
}

// Integers on a log scale get the shares of the reals that round to them.
double log_low(const Dimension& d) { return std::log(d.kind == Kind::Integer ? d.low - 0.5 : d.low); }
double log_high(const Dimension& d) { return std::log(d.kind == Kind::Integer ? d.high + 0.5 : d.high); }

double between(const Dimension& d, double position) {
    if (is_logarithmic(d)) {
        return d.low * std::pow(d.high / d.low, position);
    }
    return d.low + position * (d.high - d.low);
}

double grid_value(const Dimension& d, std::size_t i, std::size_t points) {
    const double share = (static_cast<double>(i) + 0.5) / static_cast<double>(points);
    if (is_normal(d)) {
        return fitted(d, tidy(quantile(d, share)));
    }
    const double position = points == 1 ? 0.5 : static_cast<double>(i) / static_cast<double>(points - 1);
    return fitted(d, tidy(between(d, position)));
}

}  // namespace

std::optional<std::uint64_t> value_count(const Dimension& d) {
    if (is_choice(d)) {
        return d.choices.size();
    }
    if (is_normal(d) || (d.kind == Kind::Real && !d.step)) {
        return std::nullopt;
    }
    // A step that goes into the range a whole number of times may seem to miss its end by a rounding error.
    return static_cast<std::uint64_t>(std::floor((d.high - d.low) / step_of(d) + 1e-9)) + 1;
}

std::vector<double> all_values(const Dimension& d) {
    const auto count = value_count(d);
    assert(count && "only a dimension of choices, integers or steps has all its values");
    std::vector<double> values;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto position = static_cast<double>(i);
        values.push_back(is_choice(d) ? position : step_value(d, position));
    }
    return values;
}

double probability(const Dimension& d, double value) {
    if (d.prior == Prior::LogUniform && !d.step && !is_choice(d)) {
        return (std::log(value + 0.5) - std::log(value - 0.5)) / (log_high(d) - log_low(d));
    }
    return 1.0 / static_cast<double>(*value_count(d));
}

std::vector<double> grid_values(const Dimension& d, std::size_t points) {
    const auto count = value_count(d);
    const bool given = is_choice(d) || d.step;
    if (count && (given || *count <= points)) {
        return all_values(d);
    }
    std::vector<double> values;
    for (std::size_t i = 0; i < points; ++i) {
        values.push_back(grid_value(d, i, points));
    }
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

double position(const Dimension& d, double value) {
    if (is_normal(d)) {
        const auto below = [&](double bound) {
            return is_logarithmic(d) && bound <= 0 ? 0.0 : normal_share_below(((is_logarithmic(d) ? std::log(bound) : bound) - d.mean) / d.sd);
        };
        const bool cut = d.low < d.high;
        const double low = cut ? below(d.low) : 0, high = cut ? below(d.high) : 1;
        return std::clamp((below(value) - low) / (high - low), 0.0, 1.0);
    }
    if (d.prior == Prior::LogUniform && !d.step && !is_choice(d)) {
        return log_high(d) > log_low(d) ? std::clamp((std::log(value) - log_low(d)) / (log_high(d) - log_low(d)), 0.0, 1.0) : 0.5;
    }
    if (const auto count = value_count(d)) {
        const double index = is_choice(d) ? value : std::round((value - d.low) / step_of(d));
        return (index + 0.5) / static_cast<double>(*count);
    }
    return d.high > d.low ? (value - d.low) / (d.high - d.low) : 0.5;
}

double quantile(const Dimension& d, double u) {
    if (is_normal(d)) {
        return normal_prior_quantile(d, u);
    }
    const bool logarithmic = d.prior == Prior::LogUniform && !d.step && !is_choice(d);
    if (logarithmic) {
        return fitted(d, std::exp(log_low(d) + u * (log_high(d) - log_low(d))));
    }
    const auto count = value_count(d);
    if (!count) {
        return d.low + u * (d.high - d.low);
    }
    const double position = std::min(std::floor(u * static_cast<double>(*count)), static_cast<double>(*count - 1));
    return is_choice(d) ? position : step_value(d, position);
}

}  // namespace mlpc
