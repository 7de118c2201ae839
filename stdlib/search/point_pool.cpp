#include "stdlib/search/point_pool.h"

#include "runtime/core/draw.h"
#include "stdlib/search/enumerate.h"

namespace mlpc {

PointPool::PointPool(SearchSpace space, const Rng& rng) : space_(std::move(space)), rng_(rng), points_(points_of_small_space(space_)) {
    if (points_) {
        points_ = drawn_without_replacement(space_, *points_, rng_);
    }
}

std::optional<std::uint64_t> PointPool::size() const { return points_ ? std::optional<std::uint64_t>(points_->size()) : std::nullopt; }

std::optional<Assignment> PointPool::draw(std::uint64_t trial) {
    if (!points_) {
        return draw_from_endless(rng_.child(trial));
    }
    while (next_ < points_->size()) {
        const Assignment& point = (*points_)[next_++];
        if (taken_.insert(point).second) {
            return point;
        }
    }
    return std::nullopt;
}

// Where a branch has few points, one that was taken comes up again; in the end it is given once more, for the next may be long in coming.
Assignment PointPool::draw_from_endless(const Rng& rng) {
    constexpr std::uint64_t most_draws = 100;
    Assignment point = draw_feasible(space_, rng);
    for (std::uint64_t draw = 1; !taken_.insert(point).second && draw < most_draws; ++draw) {
        point = draw_feasible(space_, rng.child(draw));
    }
    return point;
}

bool PointPool::take(const Assignment& point) { return is_feasible(space_, point) && taken_.insert(point).second; }

}  // namespace mlpc
