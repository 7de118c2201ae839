#include "stdlib/search/bracket_searcher.h"
#include "stdlib/search/halving_pruner.h"

namespace mlpc {
namespace {

constexpr const char* paper =
    "Li, Jamieson, DeSalvo, Rostamizadeh and Talwalkar 2018, Hyperband: a novel bandit-based approach to hyperparameter optimization";

struct HyperbandParams : HalvingParams {
    std::int64_t rounds = 1;
    std::optional<std::int64_t> trials;
};

const Schema<HyperbandParams>& searcher_schema() {
    static const Schema<HyperbandParams> schema = [] {
        Schema<HyperbandParams> fields = with_halving_fields(Schema<HyperbandParams>{});
        fields.push_back(
            field(&HyperbandParams::rounds, {.name = "rounds", .doc = "How often all brackets are run", .valid = {.low = 1, .high = 1'000}}));
        fields.push_back(field(&HyperbandParams::trials,
                               {.name = "trials", .doc = "Instead of `rounds`: brackets until so many points have been drawn", .valid = {.low = 1}}));
        return fields;
    }();
    return schema;
}

std::unique_ptr<Searcher> make_hyperband(const HyperbandParams& params, const SearchTask& task) {
    PointPool pool(task.space, task.rng);
    std::vector<Bracket> brackets = hyperband_brackets(params, budget_of(params.rounds, params.trials, pool));
    return bracket_searcher(std::move(brackets), random_points(std::move(pool)));
}

struct HyperbandPrunerParams : HalvingParams {
    std::int64_t startup = 0;
};

const Schema<HyperbandPrunerParams>& pruner_schema() {
    static const Schema<HyperbandPrunerParams> schema = [] {
        Schema<HyperbandPrunerParams> fields = with_halving_fields(Schema<HyperbandPrunerParams>{});
        fields.push_back(field(&HyperbandPrunerParams::startup,
                               {.name = "startup", .doc = "So many trials of a bracket end at a rung before one goes on", .valid = {.low = 0}}));
        return fields;
    }();
    return schema;
}

// Every trial belongs to a bracket by its number, as often as Hyperband would draw trials for it; within one, successive halving.
class HyperbandPruner final : public Pruner {
public:
    HyperbandPruner(const HyperbandPrunerParams& params, const Rng& rng) : rng_(rng), brackets_(hyperband_brackets(params, {})) {
        for (const Bracket& bracket : brackets_) {
            rules_.emplace_back(bracket.size(), params.eta, static_cast<std::size_t>(params.startup));
        }
    }

    std::vector<Rung> rungs(std::uint64_t trial) const override {
        std::vector<Rung> rungs;
        for (const BracketRung& rung : brackets_[bracket_of(trial)]) {
            rungs.push_back({.share = rung.share});
        }
        return rungs;
    }
    bool gives_up(std::uint64_t trial, std::size_t rung, const Outcome& outcome) override {
        return rules_[bracket_of(trial)].gives_up(rung, outcome);
    }

private:
    std::size_t bracket_of(std::uint64_t trial) const {
        std::uint64_t place = rng_.child(trial).below(new_trials(brackets_));
        std::size_t bracket = 0;
        while (place >= brackets_[bracket].front().trials) {
            place -= brackets_[bracket++].front().trials;
        }
        return bracket;
    }

    Rng rng_;
    std::vector<Bracket> brackets_;
    std::vector<HalvingRule> rules_;
};

void add_searcher(Catalog& catalog) {
    ComponentInfo info;
    info.name = "hyperband";
    info.kind = ComponentKind::Searcher;
    info.summary =
        "Draws points at random and gives them effort by successive halving, from many trials with little effort each to few with all of it";
    info.source = paper;
    info.example = "method hyperband(resource: 27)";
    info.params = specs_of(searcher_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return make_hyperband(read_params(searcher_schema(), values), task);
    };
    catalog.add(std::move(info));
}

void add_pruner(Catalog& catalog) {
    ComponentInfo info;
    info.name = "hyperband";
    info.kind = ComponentKind::Pruner;
    info.summary = "Successive halving in several brackets, so that some trials are judged later than others";
    info.source = paper;
    info.example = "prune hyperband(resource: 27)";
    info.params = specs_of(pruner_schema());
    info.make_pruner = [](const ParamValues& values, const PruneTask& task) -> std::unique_ptr<Pruner> {
        return std::make_unique<HyperbandPruner>(read_params(pruner_schema(), values), task.rng);
    };
    catalog.add(std::move(info));
}

}  // namespace

void add_hyperband(Catalog& catalog) {
    add_searcher(catalog);
    add_pruner(catalog);
}

}  // namespace mlpc
