#include "stdlib/search/bracket_searcher.h"
#include "stdlib/search/halving_pruner.h"

#include <algorithm>

namespace mlpc {
namespace {

struct HalvingSearchParams : HalvingParams {
    std::int64_t trials = 81;
};

const Schema<HalvingSearchParams>& searcher_schema() {
    static const Schema<HalvingSearchParams> schema = with_halving_fields(Schema<HalvingSearchParams>{
        field(&HalvingSearchParams::trials,
              {.name = "trials", .doc = "How many points are drawn; fewer where the space has fewer", .valid = {.low = 1}}),
    });
    return schema;
}

std::unique_ptr<Searcher> make_halving(const HalvingSearchParams& params, const SearchTask& task) {
    PointPool pool(task.space, task.rng);
    const auto asked = static_cast<std::uint64_t>(params.trials);
    const Bracket bracket = halving_bracket(std::min(asked, pool.size().value_or(asked)), halving_shares(params), params.eta);
    return bracket_searcher({bracket}, random_points(std::move(pool)));
}

// Optuna's reduction factor for this pruner is that of the paper's experiments.
struct HalvingPrunerParams : HalvingParams {
    HalvingPrunerParams() {
        resource = 64;
        eta = 4;
    }
    std::int64_t startup = 0;
};

const Schema<HalvingPrunerParams>& pruner_schema() {
    static const Schema<HalvingPrunerParams> schema = [] {
        Schema<HalvingPrunerParams> fields = with_halving_fields(Schema<HalvingPrunerParams>{});
        fields.push_back(
            field(&HalvingPrunerParams::startup, {.name = "startup", .doc = "So many trials end at a rung before one goes on", .valid = {.low = 0}}));
        return fields;
    }();
    return schema;
}

class HalvingPruner final : public Pruner {
public:
    explicit HalvingPruner(const HalvingPrunerParams& params)
        : shares_(halving_shares(params)), rule_(shares_.size(), params.eta, static_cast<std::size_t>(params.startup)) {}

    std::vector<Rung> rungs(std::uint64_t) const override { return rungs_of(shares_); }
    bool gives_up(std::uint64_t, std::size_t rung, const Outcome& outcome) override { return rule_.gives_up(rung, outcome); }

private:
    std::vector<Share> shares_;
    HalvingRule rule_;
};

void add_searcher(Catalog& catalog) {
    ComponentInfo info;
    info.name = "successive_halving";
    info.kind = ComponentKind::Searcher;
    info.summary = "Draws points at random, evaluates all with little effort, and goes on with the best of them, each time fewer with more effort";
    info.source = "Jamieson and Talwalkar 2016, Non-stochastic best arm identification and hyperparameter optimization";
    info.example = "method successive_halving(trials: 27, resource: 27)";
    info.params = specs_of(searcher_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_halving(read_params(searcher_schema(), values), task); };
    catalog.add(std::move(info));
}

void add_pruner(Catalog& catalog) {
    ComponentInfo info;
    info.name = "successive_halving";
    info.kind = ComponentKind::Pruner;
    info.summary = "Of the trials that reached a share of their effort, lets one in eta go on, without waiting for those to come";
    info.source = "Li et al. 2020, A system for massively parallel hyperparameter tuning; Akiba et al. 2019, Optuna";
    info.example = "prune successive_halving(resource: 27, eta: 3)";
    info.params = specs_of(pruner_schema());
    info.make_pruner = [](const ParamValues& values, const PruneTask&) -> std::unique_ptr<Pruner> {
        return std::make_unique<HalvingPruner>(read_params(pruner_schema(), values));
    };
    catalog.add(std::move(info));
}

}  // namespace

void add_successive_halving(Catalog& catalog) {
    add_searcher(catalog);
    add_pruner(catalog);
}

}  // namespace mlpc
