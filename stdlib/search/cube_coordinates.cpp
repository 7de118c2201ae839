#include "stdlib/search/cube_coordinates.h"

#include "runtime/core/dimension_values.h"

#include <algorithm>

namespace mlpc {
namespace {

// An unbounded prior has no value at the ends; one as near to them as this is as rare as one in four thousand million.
constexpr double margin = 1.0 / 4294967296.0;

bool is_uniform_integer(const Dimension& d) { return d.prior == Dimension::Prior::Uniform; }

}  // namespace

Assignment point_at(const SearchSpace& space, const std::vector<double>& coordinates) {
    Assignment point(space.dimensions.size());
    for (std::size_t d = 0; d < point.size(); ++d) {
        if (!is_active(space, d, point)) {
            continue;
        }
        const Dimension& dimension = space.dimensions[d];
        const bool unbounded = !(dimension.low < dimension.high);
        point[d] = quantile(dimension, unbounded ? std::clamp(coordinates[d], margin, 1 - margin) : coordinates[d]);
    }
    return point;
}

std::optional<Cell> cell_of(const Dimension& dimension, double value) {
    const auto count = value_count(dimension);
    if (dimension.kind == Dimension::Kind::Integer && !dimension.step && !is_uniform_integer(dimension)) {
        return Cell{position(dimension, value - 0.5), position(dimension, value + 0.5)};
    }
    if (!count) {
        return std::nullopt;
    }
    const double middle = position(dimension, value), half = 0.5 / static_cast<double>(*count);
    return Cell{middle - half, middle + half};
}

}  // namespace mlpc
