#include "runtime/core/draw.h"
#include "stdlib/search/enumerate.h"
#include "stdlib/search/listed_searcher.h"

#include <algorithm>

namespace mlpc {
namespace {

struct RandomParams {
    std::int64_t trials = 60;
};

const Schema<RandomParams>& random_schema() {
    static const Schema<RandomParams> schema = {
        field(&RandomParams::trials, {.name = "trials", .doc = "How many points are drawn; fewer where the space has fewer", .valid = {.low = 1}}),
    };
    return schema;
}

// A trial's point is a function of its number and the stream alone, so that it can be asked for in any order.
class RandomSearcher final : public TrialSearcher {
public:
    RandomSearcher(SearchSpace space, std::uint64_t trials, const Rng& rng) : space_(std::move(space)), trials_(trials), rng_(rng) {}

    std::optional<Assignment> propose(std::uint64_t trial) override {
        return trial < trials_ ? std::optional(draw_feasible(space_, rng_.child(trial))) : std::nullopt;
    }
    void learn(std::uint64_t, const Assignment&, const Outcome&) override {}
    std::optional<std::uint64_t> planned_trials() const override { return trials_; }
    bool adaptive() const override { return false; }

private:
    SearchSpace space_;
    std::uint64_t trials_;
    Rng rng_;
};

std::unique_ptr<Searcher> make_random(const RandomParams& params, const SearchSpace& space, const Rng& rng) {
    const auto trials = static_cast<std::uint64_t>(params.trials);
    const auto points = points_of_small_space(space);
    if (!points) {
        return std::make_unique<RandomSearcher>(space, trials, rng);
    }
    std::vector<Assignment> drawn = drawn_without_replacement(space, *points, rng);
    drawn.resize(std::min<std::size_t>(drawn.size(), trials));
    return listed_searcher(std::move(drawn));
}

}  // namespace

void add_random(Catalog& catalog) {
    ComponentInfo info;
    info.name = "random";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "Draws points by the priors of the space; from a small finite space each point once";
    info.source = "Bergstra and Bengio 2012, Random search for hyper-parameter optimization";
    info.example = "method random(trials: 60)";
    info.params = specs_of(random_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return make_random(read_params(random_schema(), values), task.space, task.rng);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
