#include "runtime/search/first_points.h"

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

}  // namespace

std::unique_ptr<TrialSearcher> with_first_points(std::unique_ptr<TrialSearcher> method, std::vector<Assignment> points) {
    return std::make_unique<FirstPoints>(std::move(method), std::move(points));
}

}  // namespace mlpc
