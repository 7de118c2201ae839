#include "runtime/core/dimension_values.h"
#include "stdlib/search/bracket_searcher.h"
#include "stdlib/search/subpopulations.h"

#include <algorithm>
#include <map>
#include <set>

namespace mlpc {
namespace {

struct DehbParams : HalvingParams {
    std::int64_t rounds = 3;
    std::optional<std::int64_t> trials;
    double mutation = 0.5;
    double crossover = 0.5;
};

const Schema<DehbParams>& dehb_schema() {
    static const Schema<DehbParams> schema = [] {
        Schema<DehbParams> fields = with_halving_fields(Schema<DehbParams>{});
        const Schema<DehbParams> own = {
            field(&DehbParams::rounds, {.name = "rounds", .doc = "How often all brackets are run", .valid = {.low = 1, .high = 1'000}}),
            field(&DehbParams::trials,
                  {.name = "trials", .doc = "Instead of `rounds`: brackets until so many points have been tried", .valid = {.low = 1}}),
            field(
                &DehbParams::mutation,
                {.name = "mutation", .doc = "Weight of the difference of two individuals that is added to a third", .valid = {.low = 0, .high = 2}}),
            field(&DehbParams::crossover,
                  {.name = "crossover", .doc = "Probability that a dimension is taken from the mutant", .valid = {.low = 0, .high = 1}}),
        };
        fields.insert(fields.end(), own.begin(), own.end());
        return fields;
    }();
    return schema;
}

// A bracket of the first round is one of successive halving. Later ones have as many evaluations at each share, every one of a new trial.
struct EvolvingBracket {
    Bracket rungs;
    bool halves = true;
};

std::uint64_t new_trials(const EvolvingBracket& bracket) {
    std::uint64_t trials = 0;
    for (const BracketRung& rung : bracket.rungs) {
        trials += bracket.halves && &rung != &bracket.rungs.front() ? 0 : rung.trials;
    }
    return trials;
}

std::vector<EvolvingBracket> evolving_brackets(const DehbParams& params, const HyperbandBudget& budget) {
    std::vector<EvolvingBracket> brackets;
    std::uint64_t drawn = 0;
    for (Bracket& rungs : hyperband_brackets(params, {.rounds = 1, .most_trials = budget.most_trials})) {
        brackets.push_back({.rungs = std::move(rungs)});
        drawn += new_trials(brackets.back());
    }
    const std::vector<Bracket> round = hyperband_brackets(params, {});
    for (std::size_t i = round.size(); i < budget.rounds * round.size(); ++i) {
        EvolvingBracket bracket{.rungs = round[i % round.size()], .halves = false};
        for (BracketRung& rung : bracket.rungs) {
            rung.trials = std::min(rung.trials, budget.most_trials.value_or(drawn + rung.trials) - drawn);
            drawn += rung.trials;
        }
        std::erase_if(bracket.rungs, [](const BracketRung& rung) { return rung.trials == 0; });
        if (bracket.rungs.empty()) {
            break;
        }
        brackets.push_back(std::move(bracket));
    }
    return brackets;
}

class Dehb final : public Searcher {
public:
    Dehb(const DehbParams& params, std::vector<EvolvingBracket> plan, PointPool pool, const Rng& rng)
        : shares_(halving_shares(params)),
          plan_(std::move(plan)),
          progress_(plan_.size()),
          pool_(std::move(pool)),
          rng_(rng.child("evolution")),
          populations_(population_sizes(params), pool_.space().dimensions.size(), {params.mutation, params.crossover}, rng.child("population")),
          started_(shares_.size()) {}

    Answer ask(std::uint64_t evaluation) override {
        for (std::size_t b = 0; b < plan_.size(); ++b) {
            while (takes_more(b)) {
                if (std::optional<Suggestion> suggestion = propose(b, evaluation)) {
                    return std::move(*suggestion);
                }
                // Nobody is left to go on, or no point: the rung ends with those that it has.
                progress_[b].seats_lost += plan_[b].rungs[progress_[b].rung].trials - progress_[b].asked;
                progress_[b].asked = plan_[b].rungs[progress_[b].rung].trials;
                close_rung(b);
            }
        }
        return in_flight_.empty() ? Answer(Done{}) : Answer(Wait{});
    }

    void tell(std::uint64_t evaluation, const Suggestion&, const Outcome& outcome) override {
        const auto at = in_flight_.find(evaluation);
        Flight& flight = at->second;
        populations_.compete(
            flight.level, flight.slot,
            {.genes = std::move(flight.genes), .standing = standing_of(outcome), .evaluation = evaluation, .has_gone_on = outcome.given_up});
        const std::size_t bracket = flight.bracket;
        in_flight_.erase(at);
        ++progress_[bracket].told;
        close_rung(bracket);
    }

    std::optional<std::uint64_t> planned_trials() const override {
        std::uint64_t trials = 0;
        for (const EvolvingBracket& bracket : plan_) {
            trials += new_trials(bracket);
        }
        return trials;
    }
    bool adaptive() const override { return true; }
    std::vector<PlannedRung> planned_rungs() const override {
        std::vector<Bracket> brackets;
        for (const EvolvingBracket& bracket : plan_) {
            brackets.push_back(bracket.rungs);
        }
        return planned_rungs_of(brackets);
    }

private:
    struct Progress {
        std::size_t rung = 0;
        std::uint64_t asked = 0, told = 0, seats_lost = 0;  // of the rung
    };
    struct Flight {
        std::size_t bracket, level, slot;
        Genes genes;
    };

    // As many as are evaluated at that share in one bracket at most; four, so that three others are there to make a mutant.
    static std::vector<std::size_t> population_sizes(const DehbParams& params) {
        const std::vector<Bracket> round = hyperband_brackets(params, {});
        std::vector<std::size_t> sizes(round.size(), 4);
        for (std::size_t b = 0; b < round.size(); ++b) {
            for (std::size_t rung = 0; rung < round[b].size(); ++rung) {
                sizes[b + rung] = std::max<std::size_t>(sizes[b + rung], round[b][rung].trials);
            }
        }
        return sizes;
    }

    std::size_t level_of(const Share& share) const {
        return static_cast<std::size_t>(std::find(shares_.begin(), shares_.end(), share) - shares_.begin());
    }
    bool takes_more(std::size_t b) const {
        const Progress& progress = progress_[b];
        return progress.rung < plan_[b].rungs.size() && progress.asked < plan_[b].rungs[progress.rung].trials;
    }
    void close_rung(std::size_t b) {
        Progress& progress = progress_[b];
        if (progress.rung < plan_[b].rungs.size() && progress.told + progress.seats_lost >= plan_[b].rungs[progress.rung].trials) {
            progress = {.rung = progress.rung + 1};
        }
    }

    std::optional<Suggestion> propose(std::size_t b, std::uint64_t evaluation) {
        const std::size_t rung = progress_[b].rung;
        const BracketRung& plan = plan_[b].rungs[rung];
        const std::size_t level = level_of(plan.share);
        const bool promotes = rung > 0 && plan_[b].halves;
        Individual* promoted = promotes ? populations_.best_to_go_on(level - 1) : nullptr;
        if (promotes && promoted == nullptr) {
            return std::nullopt;
        }
        const std::size_t slot = populations_.next_slot(level);
        Suggestion suggestion{.point = {}, .rung = {.share = plan.share}};
        Flight flight{.bracket = b, .level = level, .slot = slot, .genes = {}};
        if (promoted != nullptr) {
            promoted->has_gone_on = true;
            flight.genes = promoted->genes;
            suggestion.point = point_at(promoted->genes);
            suggestion.continues = promoted->evaluation;
        } else if (std::optional<Assignment> point = new_point(flight, rung > 0 ? level - 1 : level, plan.trials, evaluation)) {
            suggestion.point = std::move(*point);
        } else {
            return std::nullopt;
        }
        started_[level].insert(slot);
        ++progress_[b].asked;
        in_flight_[evaluation] = std::move(flight);
        return suggestion;
    }

    // The individual in the slot where it has not been evaluated, else a child of it; draws by the prior where those are not free.
    std::optional<Assignment> new_point(Flight& flight, std::size_t parents_level, std::size_t parents, std::uint64_t evaluation) {
        constexpr int most_attempts = 20;
        Rng rng = rng_.child(evaluation);
        const bool is_first = !started_[flight.level].contains(flight.slot);
        for (int attempt = 0; attempt < most_attempts && !pool_.space().dimensions.empty(); ++attempt) {
            flight.genes = is_first && attempt == 0 ? populations_.at(flight.level, flight.slot).genes
                                                    : populations_.child(flight.level, flight.slot, parents_level, parents, rng);
            Assignment point = point_at(flight.genes);
            if (pool_.take(point)) {
                return point;
            }
        }
        std::optional<Assignment> point = pool_.draw(evaluation);
        for (std::size_t d = 0; point && d < point->size(); ++d) {
            const Dimension& dimension = pool_.space().dimensions[d];
            flight.genes[d] = (*point)[d] ? position(dimension, *(*point)[d]) : flight.genes[d];
        }
        return point;
    }

    Assignment point_at(const Genes& genes) const {
        Assignment point(genes.size());
        for (std::size_t d = 0; d < genes.size(); ++d) {
            if (is_active(pool_.space(), d, point)) {
                point[d] = quantile(pool_.space().dimensions[d], genes[d]);
            }
        }
        return point;
    }

    std::vector<Share> shares_;
    std::vector<EvolvingBracket> plan_;
    std::vector<Progress> progress_;
    PointPool pool_;
    Rng rng_;
    Subpopulations populations_;
    std::vector<std::set<std::size_t>> started_;  // by level: slots that were evaluated or are being
    std::map<std::uint64_t, Flight> in_flight_;   // by evaluation
};

std::unique_ptr<Searcher> make_dehb(const DehbParams& params, const SearchTask& task) {
    PointPool pool(task.space, task.rng.child("prior"));
    std::vector<EvolvingBracket> plan = evolving_brackets(params, budget_of(params.rounds, params.trials, pool));
    return std::make_unique<Dehb>(params, std::move(plan), std::move(pool), task.rng);
}

}  // namespace

void add_dehb(Catalog& catalog) {
    ComponentInfo info;
    info.name = "dehb";
    info.kind = ComponentKind::Searcher;
    info.summary = "The brackets of `hyperband` with a population for every share of the effort, which differential evolution improves";
    info.source = "Awad, Mallik and Hutter 2021, DEHB: evolutionary Hyperband for scalable, robust and efficient hyperparameter optimization";
    info.example = "method dehb(resource: 27, trials: 60)";
    info.params = specs_of(dehb_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) { return make_dehb(read_params(dehb_schema(), values), task); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
