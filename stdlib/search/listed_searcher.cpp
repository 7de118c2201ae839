#include "stdlib/search/listed_searcher.h"

namespace mlpc {
namespace {

class ListedSearcher final : public TrialSearcher {
public:
    explicit ListedSearcher(std::vector<Assignment> points) : points_(std::move(points)) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        return trial < points_.size() ? std::optional(points_[static_cast<std::size_t>(trial)]) : std::nullopt;
    }
    void learn(std::uint64_t, const Assignment&, const Outcome&) override {}
    std::optional<std::uint64_t> planned_trials() const override { return points_.size(); }
    bool adaptive() const override { return false; }

private:
    std::vector<Assignment> points_;
};

}  // namespace

std::unique_ptr<Searcher> listed_searcher(std::vector<Assignment> points) { return std::make_unique<ListedSearcher>(std::move(points)); }

}  // namespace mlpc
