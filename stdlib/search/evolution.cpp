#include "runtime/core/component.h"
#include "stdlib/search/cube_coordinates.h"
#include "stdlib/search/genome.h"
#include "stdlib/search/trial_rank.h"

#include <algorithm>
#include <map>

namespace mlpc {
namespace {

struct EvolutionParams {
    std::int64_t population = 50;
    std::int64_t generations = 10;
    std::int64_t tournament_size = 3;
    double crossover_prob = 0.5;
    double gene_crossover_prob = 0.5;
    double mutation_prob = 0.2;
    double gene_mutation_prob = 0.1;
};

const Schema<EvolutionParams>& evolution_schema() {
    static const Range share = {.low = 0, .high = 1};
    static const Schema<EvolutionParams> schema = {
        field(&EvolutionParams::population, {.name = "population", .doc = "Members of a generation", .valid = {.low = 2, .high = 100'000}}),
        field(
            &EvolutionParams::generations,
            {.name = "generations", .doc = "How often a generation is bred after the first one, which is random", .valid = {.low = 0, .high = 1e6}}),
        field(&EvolutionParams::tournament_size,
              {.name = "tournament_size", .doc = "A parent is the best of so many members taken at random", .valid = {.low = 1, .high = 100'000}}),
        field(&EvolutionParams::crossover_prob, {.name = "crossover_prob", .doc = "How likely a pair of parents is crossed", .valid = share}),
        field(&EvolutionParams::gene_crossover_prob,
              {.name = "gene_crossover_prob",
               .doc = "How likely a crossed pair mixes a parameter: choices change places, numbers move between the parents' values",
               .valid = share}),
        field(&EvolutionParams::mutation_prob, {.name = "mutation_prob", .doc = "How likely a member is mutated", .valid = share}),
        field(&EvolutionParams::gene_mutation_prob,
              {.name = "gene_mutation_prob", .doc = "How likely a mutated member draws a parameter anew", .valid = share}),
    };
    return schema;
}

class EvolutionSearcher final : public Searcher {
public:
    EvolutionSearcher(const EvolutionParams& params, const SearchTask& task) : params_(params), space_(task.space), rng_(task.rng) {
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(params_.population); ++i) {
            join(random_genome(space_, rng_.child("first").child(i)));
        }
    }

    Answer ask(std::uint64_t) override {
        for (;;) {
            for (; next_ < members_.size(); ++next_) {
                // A point that is known, or under way, is not evaluated again: its rank is every such member's.
                if (is_feasible(space_, members_[next_].point) && ranks_.emplace(members_[next_].point, std::nullopt).second) {
                    ++under_way_;
                    return Suggestion{.point = members_[next_++].point};
                }
            }
            if (under_way_ > 0) {
                return Wait{};
            }
            if (generation_ == static_cast<std::uint64_t>(params_.generations)) {
                return Done{};
            }
            breed();
        }
    }

    void tell(std::uint64_t, const Suggestion& suggestion, const Outcome& outcome) override {
        ranks_.insert_or_assign(suggestion.point, rank_of(outcome));
        --under_way_;
    }

    std::optional<std::uint64_t> planned_trials() const override { return std::nullopt; }
    bool adaptive() const override { return true; }

private:
    struct Member {
        Genome genome;
        Assignment point;
    };

    void join(Genome genome) {
        Assignment point = point_at(space_, genome);
        members_.push_back({std::move(genome), std::move(point)});
    }

    // What breaks a constraint is never evaluated, and is as bad as what failed.
    TrialRank rank(const Member& member) const {
        const auto known = ranks_.find(member.point);
        return known == ranks_.end() ? TrialRank{} : known->second.value_or(TrialRank{});
    }

    // As DEAP's eaSimple: the offspring of tournaments take the generation's place.
    void breed() {
        ++generation_;
        const Rng rng = rng_.child("generation").child(generation_);
        std::vector<TrialRank> ranks;
        for (const Member& member : members_) {
            ranks.push_back(rank(member));
        }
        std::vector<Genome> offspring;
        for (std::uint64_t i = 0; i < members_.size(); ++i) {
            offspring.push_back(members_[tournament(ranks, rng.child("parent").child(i))].genome);
        }
        for (std::size_t i = 1; i < offspring.size(); i += 2) {
            cross(offspring[i - 1], offspring[i], rng.child("pair").child(i));
        }
        members_.clear();
        for (std::uint64_t i = 0; i < offspring.size(); ++i) {
            mutate(offspring[i], rng.child("mutation").child(i));
            join(std::move(offspring[i]));
        }
        next_ = 0;
    }

    std::size_t tournament(const std::vector<TrialRank>& ranks, Rng rng) const {
        std::size_t best = rng.below(ranks.size());
        for (std::int64_t i = 1; i < params_.tournament_size; ++i) {
            const std::size_t other = rng.below(ranks.size());
            best = ranks[other] < ranks[best] ? other : best;
        }
        return best;
    }

    void cross(Genome& a, Genome& b, Rng rng) const {
        if (rng.uniform() >= params_.crossover_prob) {
            return;
        }
        for (std::size_t d = 0; d < a.size(); ++d) {
            if (rng.uniform() >= params_.gene_crossover_prob) {
                continue;
            }
            if (space_.dimensions[d].kind == Dimension::Kind::Choice) {
                std::swap(a[d], b[d]);
            } else {
                a[d] += rng.uniform() * (b[d] - a[d]);
                b[d] += rng.uniform() * (a[d] - b[d]);
            }
        }
    }

    void mutate(Genome& genome, Rng rng) const {
        if (rng.uniform() >= params_.mutation_prob) {
            return;
        }
        for (double& gene : genome) {
            if (rng.uniform() < params_.gene_mutation_prob) {
                gene = rng.uniform();
            }
        }
    }

    EvolutionParams params_;
    SearchSpace space_;
    Rng rng_;
    std::vector<Member> members_;  // of this generation
    std::size_t next_ = 0;         // all before have been asked for
    std::uint64_t generation_ = 0, under_way_ = 0;
    std::map<Assignment, std::optional<TrialRank>> ranks_;  // of every point so far; none while under way
};

}  // namespace

void add_evolution(Catalog& catalog) {
    ComponentInfo info;
    info.name = "evolution";
    info.kind = ComponentKind::Searcher;
    info.summary = "A genetic algorithm: parents are chosen by tournaments, crossed and mutated; a point seen before costs no trial";
    info.source = "Holland 1975; operators and defaults of sklearn-deap's EvolutionaryAlgorithmSearchCV and DEAP's eaSimple";
    info.example = "method evolution(population: 30, generations: 5)";
    info.params = specs_of(evolution_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return std::make_unique<EvolutionSearcher>(read_params(evolution_schema(), values), task);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
