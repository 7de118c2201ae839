#include "stdlib/search/unit_cube.h"

#include "runtime/core/dimension_values.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

// Two choices are then at distance 1, as are the ends of a numeric axis.
const double indicator = std::sqrt(0.5);

// Beyond these shares of an unbounded prior the axis ends: where nothing is known a surrogate likes the ends best, and those lie at infinity.
constexpr double least_share = 1e-4, greatest_share = 1 - 1e-4;

bool is_unbounded(const Dimension& d) { return (d.prior == Dimension::Prior::Normal || d.prior == Dimension::Prior::LogNormal) && !(d.low < d.high); }

Axis axis_of(const Dimension& d, Eigen::Index column) {
    const std::uint64_t values = value_count(d).value_or(0);
    if (d.kind == Dimension::Kind::Choice) {
        return {.kind = Axis::Kind::Choice, .column = column, .columns = static_cast<Eigen::Index>(values), .values = values};
    }
    const bool continuous = d.kind == Dimension::Kind::Real && values == 0;
    return {.kind = continuous ? Axis::Kind::Continuous : Axis::Kind::Stepped, .column = column, .columns = 1, .values = values};
}

}  // namespace

UnitCube::UnitCube(SearchSpace space) : space_(std::move(space)) {
    for (const Dimension& d : space_.dimensions) {
        axes_.push_back(axis_of(d, columns_));
        columns_ += axes_.back().columns;
    }
}

Vector UnitCube::encode(const Assignment& point) const {
    Vector out = Vector::Zero(columns_);
    for (std::size_t d = 0; d < axes_.size(); ++d) {
        const Axis& axis = axes_[d];
        if (axis.kind != Axis::Kind::Choice) {
            out[axis.column] = point[d] ? position(space_.dimensions[d], *point[d]) : 0.5;
        } else if (point[d]) {
            out[axis.column + static_cast<Eigen::Index>(*point[d])] = indicator;
        }
    }
    return out;
}

Matrix UnitCube::encode(const std::vector<Assignment>& points) const {
    Matrix out(static_cast<Eigen::Index>(points.size()), columns_);
    for (std::size_t i = 0; i < points.size(); ++i) {
        out.row(static_cast<Eigen::Index>(i)) = encode(points[i]).transpose();
    }
    return out;
}

double UnitCube::value_at(std::size_t dimension, double place) const {
    const Dimension& d = space_.dimensions[dimension];
    return quantile(d, is_unbounded(d) ? std::clamp(place, least_share, greatest_share) : std::clamp(place, 0.0, 1.0));
}

void UnitCube::complete(Assignment& point, Rng& rng) const {
    for (std::size_t d = 0; d < axes_.size(); ++d) {
        if (!is_active(space_, d, point)) {
            point[d].reset();
        } else if (!point[d]) {
            point[d] = quantile(space_.dimensions[d], rng.uniform());
        }
    }
}

Assignment UnitCube::draw(Rng& rng) const {
    Assignment point(axes_.size());
    complete(point, rng);
    return point;
}

}  // namespace mlpc::surrogate
