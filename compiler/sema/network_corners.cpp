#include "compiler/sema/network_corners.h"

#include "runtime/core/error.h"

#include <algorithm>
#include <cmath>

namespace mlpc::sema {

namespace {

constexpr std::size_t most_corners = 300;

// The values of a dimension at which shapes are looked at.
std::vector<double> corners_of(const Dimension& d, bool shaping) {
    if (!d.choices.empty()) {
        std::vector<double> all;
        for (std::size_t i = 0; i < (shaping ? d.choices.size() : 1); ++i) {
            all.push_back(static_cast<double>(i));
        }
        return all;
    }
    double low = d.low, high = d.high;
    if (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) {
        const auto at = [&](double deviations) {
            const double value = d.mean + deviations * d.sd;
            return std::clamp(std::round(d.prior == Dimension::Prior::Normal ? value : std::exp(value)), d.low, d.high);
        };
        low = at(-2);
        high = at(2);
    } else if (d.step) {
        high = low + std::floor((high - low) / *d.step) * *d.step;
    }
    return shaping && high > low ? std::vector{low, high} : std::vector{low};
}

}  // namespace

Corners::Corners(const NetworkRecord& network, const SearchSpace& space)
    : space_(space), shaping_(space.dimensions.size()), point_(space.dimensions.size()) {
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
}

std::vector<Assignment> Corners::all() {
    if (!visit(0)) {
        draw();
    }
    std::erase_if(found_, [&](const Assignment& point) { return !is_possible(point); });
    return std::move(found_);
}

std::vector<double> Corners::values(std::size_t dimension) const { return corners_of(space_.dimensions[dimension], shaping_[dimension]); }

Assignment Corners::changed(Assignment point, std::size_t dimension, double value) const {
    point[dimension] = value;
    for (const std::size_t other : dimensions_) {
        if (other <= dimension) {
            continue;
        }
        const bool active = is_active(space_, other, point);
        point[other] = !active ? std::nullopt : point[other] ? point[other] : std::optional(values(other).front());
    }
    return point;
}

bool Corners::visit(std::size_t at) {
    if (at == dimensions_.size()) {
        found_.push_back(point_);
        return found_.size() <= most_corners;
    }
    const std::size_t d = dimensions_[at];
    if (!is_active(space_, d, point_)) {
        return visit(at + 1);
    }
    for (const double value : values(d)) {
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
    for (std::size_t i = 0; i < most_corners; ++i) {
        for (const std::size_t d : dimensions_) {
            point_[d].reset();
        }
        for (const std::size_t d : dimensions_) {
            if (is_active(space_, d, point_)) {
                const std::vector<double> all = values(d);
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
