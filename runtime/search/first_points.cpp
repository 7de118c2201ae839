#include "runtime/search/first_points.h"

#include "runtime/core/dimension_values.h"
#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

class FirstPoints final : public TrialSearcher {
public:
    FirstPoints(std::unique_ptr<TrialSearcher> method, std::vector<Assignment> points) : method_(std::move(method)), points_(std::move(points)) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        return trial < points_.size() ? std::optional(points_[trial]) : method_->propose(own_number(trial));
    }
    void learn(std::uint64_t trial, const Assignment& point, const Outcome& found) override {
        if (method_->adaptive()) {
            method_->learn(trial, point, found);
        }
    }
    std::optional<std::uint64_t> planned_trials() const override {
        const auto own = method_->planned_trials();
        if (!own) {
            return std::nullopt;
        }
        return method_->adaptive() ? std::max<std::uint64_t>(*own, points_.size()) : *own + points_.size();
    }
    bool adaptive() const override { return method_->adaptive(); }
    std::string remark() const override { return method_->remark(); }

private:
    std::uint64_t own_number(std::uint64_t trial) const { return method_->adaptive() ? trial : trial - points_.size(); }

    std::unique_ptr<TrialSearcher> method_;
    std::vector<Assignment> points_;
};

// Nullopt where something that is given exists under no choice that was drawn, or a constraint is broken.
std::optional<Assignment> drawn_around(const Assignment& given, const SearchSpace& space, const Rng& rng) {
    Assignment point(space.dimensions.size());
    for (std::size_t d = 0; d < point.size(); ++d) {
        const Dimension& dimension = space.dimensions[d];
        if (is_active(space, d, point)) {
            point[d] = given[d] ? given[d] : quantile(dimension, rng.child(dimension.name).uniform());
        } else if (given[d]) {
            return std::nullopt;
        }
    }
    return is_feasible(space, point) ? std::optional(std::move(point)) : std::nullopt;
}

Assignment completed(const Assignment& given, const SearchSpace& space, const Rng& rng) {
    constexpr std::uint64_t most_rejections = 10'000;
    for (std::uint64_t attempt = 0; attempt < most_rejections; ++attempt) {
        if (std::optional<Assignment> point = drawn_around(given, space, rng.child(attempt))) {
            return std::move(*point);
        }
    }
    throw RunError(
        fmt::format("the point {} of `first` breaks `where`, or gives what does not exist together, in {} draws of the rest in a row; "
                    "give it other values",
                    to_string(space, given), most_rejections));
}

}  // namespace

std::vector<Assignment> completed(const std::vector<Assignment>& points, const SearchSpace& space, const Rng& rng) {
    std::vector<Assignment> whole;
    for (const Assignment& given : points) {
        whole.push_back(completed(given, space, rng.child(whole.size())));
    }
    return whole;
}

std::unique_ptr<TrialSearcher> with_first_points(std::unique_ptr<TrialSearcher> method, std::vector<Assignment> points) {
    return std::make_unique<FirstPoints>(std::move(method), std::move(points));
}

}  // namespace mlpc
