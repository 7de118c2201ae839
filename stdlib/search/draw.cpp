#include "stdlib/search/draw.h"

#include "runtime/core/error.h"
#include "stdlib/search/dimension_values.h"

#include <fmt/format.h>

namespace mlpc {

Assignment draw_by_prior(const SearchSpace& space, const Rng& rng) {
    Assignment point(space.dimensions.size());
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        if (is_active(space, d, point)) {
            point[d] = quantile(space.dimensions[d], rng.child(space.dimensions[d].name).uniform());
        }
    }
    return point;
}

Assignment draw_feasible(const SearchSpace& space, const Rng& rng) {
    constexpr std::uint64_t most_rejections = 10'000;
    for (std::uint64_t attempt = 0; attempt < most_rejections; ++attempt) {
        Assignment point = draw_by_prior(space, rng.child(attempt));
        if (is_feasible(space, point)) {
            return point;
        }
    }
    throw RunError(
        fmt::format("{} random points in a row break `where`: it leaves too little of the space; narrow the spaces instead", most_rejections));
}

}  // namespace mlpc
