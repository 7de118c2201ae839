#include "compiler/sema/network_corners.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

constexpr std::size_t most_points = 512;

// The ends of a range; of a normal one, between which nearly all of its values lie.
std::pair<double, double> ends_of(const Dimension& d) {
    if (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) {
        const auto at = [&](double deviations) {
            const double value = d.mean + deviations * d.sd;
            return std::clamp(std::round(d.prior == Dimension::Prior::Normal ? value : std::exp(value)), d.low, d.high);
        };
        return {at(-2), at(2)};
    }
    return {d.low, d.step ? d.low + std::floor((d.high - d.low) / *d.step) * *d.step : d.high};
}

// The values of a dimension at which shapes are looked at in any case.
std::vector<double> corners_of(const Dimension& d, bool shaping) {
    if (!d.choices.empty()) {
        std::vector<double> all;
        for (std::size_t i = 0; i < (shaping ? d.choices.size() : 1); ++i) {
            all.push_back(static_cast<double>(i));
        }
        return all;
    }
    const auto [low, high] = ends_of(d);
    return shaping && high > low ? std::vector{low, high} : std::vector{low};
}

// Empty where they are no whole numbers, or too many.
std::vector<double> all_of(const Dimension& d) {
    const auto [low, high] = ends_of(d);
    const double step = d.step.value_or(1);
    if (d.kind != Dimension::Kind::Integer || (high - low) / step >= static_cast<double>(most_points)) {
        return {};
    }
    std::vector<double> all;
    for (double value = low; value <= high; value += step) {
        all.push_back(value);
    }
    return all;
}

}  // namespace

Corners::Corners(const NetworkRecord& network, const SearchSpace& space)
    : space_(space), shaping_(space.dimensions.size()), values_(space.dimensions.size()), point_(space.dimensions.size()) {
    for (const Condition& condition : network.conditions) {
        point_[condition.dimension.index] = condition.choices.front();
    }
    for (std::size_t i = 0; i < network.params.size(); ++i) {
        if (const auto* open = std::get_if<DimensionId>(&network.params[i])) {
            dimensions_.push_back(open->index);
            shaping_[open->index] = shaping_[open->index] || network.shaping[i];
        }
    }
    std::sort(dimensions_.begin(), dimensions_.end());
    dimensions_.erase(std::unique(dimensions_.begin(), dimensions_.end()), dimensions_.end());
    for (const std::size_t d : dimensions_) {
        values_[d] = corners_of(space_.dimensions[d], shaping_[d]);
    }
    look_between();
}

// Kernels, strides and depths have few values and are what shapes break at; widths have many.
void Corners::look_between() {
    std::vector<std::pair<std::size_t, std::vector<double>>> whole;
    for (const std::size_t d : dimensions_) {
        if (std::vector<double> all = all_of(space_.dimensions[d]); shaping_[d] && all.size() > values_[d].size()) {
            whole.emplace_back(d, std::move(all));
        }
    }
    std::stable_sort(whole.begin(), whole.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    for (auto& [d, all] : whole) {
        std::swap(values_[d], all);
        if (!visit_all()) {
            std::swap(values_[d], all);
        }
    }
}

std::vector<Assignment> Corners::all() {
    if (!visit_all()) {
        draw();
    }
    std::erase_if(found_, [&](const Assignment& point) { return !is_possible(point); });
    return std::move(found_);
}

Assignment Corners::changed(Assignment point, std::size_t dimension, double value) const {
    point[dimension] = value;
    for (const std::size_t other : dimensions_) {
        if (other <= dimension) {
            continue;
        }
        const bool active = is_active(space_, other, point);
        point[other] = !active ? std::nullopt : point[other] ? point[other] : std::optional(values_[other].front());
    }
    return point;
}

bool Corners::visit_all() {
    found_.clear();
    clear_point();
    return visit(0);
}

void Corners::clear_point() {
    for (const std::size_t d : dimensions_) {
        point_[d].reset();
    }
}

bool Corners::visit(std::size_t at) {
    if (at == dimensions_.size()) {
        found_.push_back(point_);
        return found_.size() <= most_points;
    }
    const std::size_t d = dimensions_[at];
    if (!is_active(space_, d, point_)) {
        return visit(at + 1);
    }
    for (const double value : values_[d]) {
        point_[d] = value;
        if (!visit(at + 1)) {
            return false;
        }
    }
    point_[d].reset();
    return true;
}

// All lowest, all highest, and a sample.
void Corners::draw() {
    found_.clear();
    Rng rng = Rng::of_seed(0);
    for (std::size_t i = 0; i < most_points; ++i) {
        clear_point();
        for (const std::size_t d : dimensions_) {
            if (is_active(space_, d, point_)) {
                const std::vector<double>& all = values_[d];
                point_[d] = i == 0 ? all.front() : i == 1 ? all.back() : all[rng.below(all.size())];
            }
        }
        found_.push_back(point_);
    }
}

bool Corners::is_possible(Assignment point) const {
    for (const std::size_t d : dimensions_) {
        if (!shaping_[d]) {
            point[d].reset();
        }
    }
    try {
        return is_feasible(space_, point);
    } catch (const RunError&) {
        return true;  // a constraint that compares a text with a number is reported where it is first needed
    }
}

}  // namespace mlpc::sema
