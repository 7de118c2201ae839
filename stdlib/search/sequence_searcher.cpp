#include "stdlib/search/sequence_searcher.h"

#include "stdlib/search/cube_coordinates.h"
#include "stdlib/search/point_pool.h"

#include <algorithm>

namespace mlpc {
namespace {

class SequenceSearcher final : public TrialSearcher {
public:
    SequenceSearcher(const SearchSpace& space, CubeSequence sequence, std::uint64_t trials, const Rng& rng)
        : pool_(space, rng), sequence_(std::move(sequence)), trials_(std::min(trials, pool_.size().value_or(trials))) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        while (points_.size() <= trial && points_.size() < trials_) {
            points_.push_back(*next_point());
        }
        return trial < trials_ ? std::optional(points_[static_cast<std::size_t>(trial)]) : std::nullopt;
    }
    void learn(std::uint64_t, const Assignment&, const Outcome&) override {}
    std::optional<std::uint64_t> planned_trials() const override { return trials_; }
    bool adaptive() const override { return false; }

private:
    // There is one: fewer trials are planned than a finite space has points.
    std::optional<Assignment> next_point() {
        constexpr int most_passed_over = 1'000;
        for (int passed_over = 0; passed_over < most_passed_over; ++passed_over) {
            Assignment point = point_at(pool_.space(), sequence_(next_++));
            if (pool_.take(point)) {
                return point;
            }
        }
        return pool_.draw(points_.size());
    }

    PointPool pool_;
    CubeSequence sequence_;
    std::uint64_t trials_;
    std::uint64_t next_ = 0;
    std::vector<Assignment> points_;
};

}  // namespace

std::unique_ptr<Searcher> sequence_searcher(const SearchSpace& space, CubeSequence sequence, std::uint64_t trials, const Rng& rng) {
    return std::make_unique<SequenceSearcher>(space, std::move(sequence), trials, rng);
}

}  // namespace mlpc
