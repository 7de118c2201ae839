#include "stdlib/search/parzen_axis.h"

#include "runtime/core/dimension_values.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace mlpc::parzen {
namespace {

using Kind = Dimension::Kind;
using Prior = Dimension::Prior;

constexpr double infinity = std::numeric_limits<double>::infinity();

// A count may round to 0, which has no logarithm: it stands in the middle of what rounds to it.
double logarithm(double value) { return std::log(std::max(value, value == 0 ? 0.25 : std::numeric_limits<double>::min())); }
double bound_on_line(const Axis& axis, double bound) {
    if (!axis.logarithmic) {
        return bound;
    }
    return bound > 0 ? std::log(bound) : -infinity;
}

bool has_one_value(const Dimension& d, const Axis& axis) {
    if (axis.kind == Axis::Kind::Category) {
        return d.choices.size() < 2;
    }
    if (axis.normal) {
        return !(d.sd > 0);
    }
    const auto count = value_count(d);
    return count ? *count < 2 : !(d.low < d.high);
}

// Ends of the line of an ordered set are half a place beyond its first and its last member.
void set_ends(const Dimension& d, Axis& axis) {
    const double half = axis.step / 2;
    if (d.kind == Kind::Ordered) {
        axis.low = -half;
        axis.high = static_cast<double>(d.choices.size()) - half;
        return;
    }
    if (axis.normal && !(d.low < d.high)) {
        axis.low = -infinity;
        axis.high = infinity;
        return;
    }
    axis.low = bound_on_line(axis, d.low - half);
    axis.high = bound_on_line(axis, d.high + half);
}

}  // namespace

Axis axis_of(const Dimension& d) {
    Axis axis;
    axis.kind = d.kind == Kind::Choice ? Axis::Kind::Category : Axis::Kind::Line;
    axis.categories = d.choices.size();
    axis.normal = d.prior == Prior::Normal || d.prior == Prior::LogNormal;
    // The steps of a range are equally likely, whatever its prior: so `quantile` has it.
    axis.logarithmic = d.prior == Prior::LogNormal || (d.prior == Prior::LogUniform && !d.step);
    const bool discrete = d.kind == Kind::Integer || d.kind == Kind::Ordered || (d.step && !axis.normal);
    axis.step = discrete ? (d.kind == Kind::Ordered ? 1.0 : d.step.value_or(1.0)) : 0.0;
    if (has_one_value(d, axis)) {
        axis.kind = Axis::Kind::Constant;
        return axis;
    }
    if (axis.kind == Axis::Kind::Line) {
        set_ends(d, axis);
        axis.centre = axis.normal ? d.mean : (axis.low + axis.high) / 2;
        axis.width = axis.normal ? d.sd : axis.high - axis.low;
    }
    return axis;
}

double place_of(const Axis& axis, double value) { return axis.logarithmic ? logarithm(value) : value; }

double value_at(const Dimension& d, const Axis& axis, double place) {
    const double number = axis.logarithmic ? std::exp(place) : place;
    if (d.kind == Kind::Ordered) {
        return std::clamp(std::round(number), 0.0, static_cast<double>(d.choices.size() - 1));
    }
    if (const auto count = axis.logarithmic ? std::nullopt : value_count(d)) {
        const auto values = static_cast<double>(*count);
        const double index = std::clamp(std::round((number - d.low) / axis.step), 0.0, values - 1);
        return quantile(d, (index + 0.5) / values);
    }
    const double whole = d.kind == Kind::Integer ? std::round(number) : number;
    return d.low < d.high ? std::clamp(whole, d.low, d.high) : whole;
}

Cell cell_of(const Axis& axis, double value) {
    const double low = bound_on_line(axis, value - axis.step / 2), high = bound_on_line(axis, value + axis.step / 2);
    return {std::max(low, axis.low), std::min(high, axis.high)};
}

double log_prior(const Axis& axis, double place) {
    if (axis.kind != Axis::Kind::Line) {
        return axis.kind == Axis::Kind::Category ? -std::log(static_cast<double>(axis.categories)) : 0.0;
    }
    if (!axis.normal) {
        return -std::log(axis.width);
    }
    const double z = (place - axis.centre) / axis.width;
    const double share = normal_share((axis.low - axis.centre) / axis.width, (axis.high - axis.centre) / axis.width);
    return -0.5 * z * z - log_root_two_pi - std::log(axis.width) - std::log(share);
}

double normal_share(double low, double high) {
    // Of the upper tail the mirror image, since 1 - Φ loses all digits there.
    if (low > 0) {
        return normal_share(-high, -low);
    }
    const auto below = [](double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); };
    return below(high) - below(low);
}

}  // namespace mlpc::parzen
