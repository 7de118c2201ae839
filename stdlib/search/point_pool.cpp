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
        return draw_feasible(space_, rng_.child(trial));
    }
    while (next_ < points_->size()) {
        const Assignment& point = (*points_)[next_++];
        if (taken_.insert(point).second) {
            return point;
        }
    }
    return std::nullopt;
}

bool PointPool::take(const Assignment& point) { return is_feasible(space_, point) && (!points_ || taken_.insert(point).second); }

}  // namespace mlpc
