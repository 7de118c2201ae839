#include "runtime/core/component.h"
#include "runtime/core/dimension_values.h"
#include "runtime/core/pareto.h"
#include "stdlib/search/cube_coordinates.h"
#include "stdlib/search/genome.h"
#include "stdlib/search/point_pool.h"
#include "stdlib/search/trial_rank.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace mlpc {
namespace {

enum class Crossover { Uniform, Simulated };
enum class Mutation { Draw, Polynomial };

struct Nsga2Params {
    std::int64_t trials = 500;
    std::int64_t population = 50;
    Crossover crossover = Crossover::Simulated;
    double crossover_prob = 0.9;
    double swapping_prob = 0.5;
    Mutation mutation = Mutation::Polynomial;
    std::optional<double> mutation_prob;
    double spread = 20;
};

const Schema<Nsga2Params>& nsga2_schema() {
    static const Range share = {.low = 0, .high = 1};
    static const Schema<Nsga2Params> schema = {
        field(&Nsga2Params::trials, {.name = "trials", .doc = "How many points are tried", .valid = {.low = 1}}),
        field(
            &Nsga2Params::population,
            {.name = "population", .doc = "How many parents are kept, and how many trials make a generation", .valid = {.low = 2, .high = 100'000}}),
        field(&Nsga2Params::crossover,
              {.name = "crossover",
               .doc =
                   "How two parents mix: uniform takes each value from either; simulated puts numbers near the parents' (simulated binary crossover)",
               .words = {"uniform", "simulated"}}),
        field(&Nsga2Params::crossover_prob, {.name = "crossover_prob", .doc = "How likely a child has two parents", .valid = share}),
        field(&Nsga2Params::swapping_prob, {.name = "swapping_prob", .doc = "How likely a value comes from the second parent", .valid = share}),
        field(&Nsga2Params::mutation, {.name = "mutation",
                                       .doc = "How a value changes: draw takes a new one by the prior; polynomial moves a number a little",
                                       .words = {"draw", "polynomial"}}),
        field(&Nsga2Params::mutation_prob,
              {.name = "mutation_prob", .doc = "How likely a value is mutated; none: one in the number of dimensions", .valid = share}),
        field(&Nsga2Params::spread,
              {.name = "spread",
               .doc = "Distribution index of simulated crossover and polynomial mutation: the higher, the nearer to the parents",
               .valid = {.low = 0, .high = 1000}}),
    };
    return schema;
}

struct Individual {
    Genome genome;
    TrialRank rank;
    Goals goals;
    std::size_t front = 0;
    double crowding = 0;
};

// Constrained domination: what is complete and feasible by its goals, the rest by how far it is from that.
bool beats(const Individual& a, const Individual& b) {
    const bool by_goals = a.rank.group == b.rank.group && a.rank.group == Standing::Class::Sound && a.rank.missing == b.rank.missing;
    return by_goals ? dominates(a.goals, b.goals) : a.rank < b.rank;
}

// Fills in fronts and crowding distances, and sorts by them.
void sort_by_fronts(std::vector<Individual>& individuals) {
    const auto numbers = front_numbers(individuals.size(), [&](std::size_t a, std::size_t b) { return beats(individuals[a], individuals[b]); });
    std::map<std::size_t, std::vector<std::size_t>> fronts;
    for (std::size_t i = 0; i < individuals.size(); ++i) {
        individuals[i].front = numbers[i];
        fronts[numbers[i]].push_back(i);
    }
    for (const auto& [number, members] : fronts) {
        std::vector<Goals> goals;
        for (const std::size_t i : members) {
            goals.push_back(individuals[i].goals);
        }
        const std::vector<double> distances = crowding_distances(goals);
        for (std::size_t k = 0; k < members.size(); ++k) {
            individuals[members[k]].crowding = distances[k];
        }
    }
    std::stable_sort(individuals.begin(), individuals.end(),
                     [](const Individual& a, const Individual& b) { return a.front != b.front ? a.front < b.front : a.crowding > b.crowding; });
}

// Deb and Agrawal 1995, of a uniform u: the child lies as many times as far from the parents' middle as they do.
double spread_factor(double u, double index) { return u < 0.5 ? std::pow(2 * u, 1 / (index + 1)) : std::pow(2 - 2 * u, -1 / (index + 1)); }

// Deb and Goyal 1996, within [0, 1].
double polynomial_mutation(double x, double u, double index) {
    if (u < 0.5) {
        return x + std::pow(2 * u + (1 - 2 * u) * std::pow(1 - x, index + 1), 1 / (index + 1)) - 1;
    }
    return x + 1 - std::pow(2 - 2 * u + (2 * u - 1) * std::pow(x, index + 1), 1 / (index + 1));
}

class Nsga2Searcher final : public TrialSearcher {
public:
    Nsga2Searcher(const Nsga2Params& params, const SearchTask& task)
        : params_(params),
          pool_(task.space, task.rng.child("pool")),
          rng_(task.rng),
          goals_(task.goals),
          trials_(std::min<std::uint64_t>(static_cast<std::uint64_t>(params.trials), pool_.size().value_or(~std::uint64_t{0}))) {
        const double dimensions = static_cast<double>(std::max<std::size_t>(task.space.dimensions.size(), 1));
        mutation_prob_ = params_.mutation_prob.value_or(1 / dimensions);
    }

    std::optional<Assignment> propose(std::uint64_t trial) override {
        if (trial >= trials_) {
            return std::nullopt;
        }
        constexpr std::uint64_t most_attempts = 100;
        for (std::uint64_t attempt = 0; attempt < most_attempts; ++attempt) {
            const Rng rng = rng_.child(trial).child(attempt);
            Genome genome = parents_.empty() ? random_genome(space(), rng) : child(rng);
            Assignment point = point_at(space(), genome);
            if (!seen_.contains(point) && pool_.take(point)) {
                return asked(trial, std::move(genome), std::move(point));
            }
        }
        std::optional<Assignment> point = pool_.draw(trial);
        return point ? asked(trial, random_genome(space(), rng_.child(trial)), std::move(*point)) : point;
    }

    void learn(std::uint64_t trial, const Assignment& point, const Outcome& outcome) override {
        auto asked = in_flight_.extract(trial);
        Genome genome = asked ? std::move(asked.mapped()) : genome_of(trial, point);
        children_.push_back({.genome = std::move(genome), .rank = rank_of(outcome), .goals = goals_of(outcome)});
        if (children_.size() == static_cast<std::size_t>(params_.population)) {
            select();
        }
    }

    std::optional<std::uint64_t> planned_trials() const override { return trials_; }
    bool adaptive() const override { return true; }

private:
    const SearchSpace& space() const { return pool_.space(); }

    Assignment asked(std::uint64_t trial, Genome genome, Assignment point) {
        seen_.insert(point);
        in_flight_.emplace(trial, std::move(genome));
        return point;
    }

    // Of a point that others proposed.
    Genome genome_of(std::uint64_t trial, const Assignment& point) {
        seen_.insert(point);
        pool_.take(point);
        Genome genome = random_genome(space(), rng_.child(trial));
        for (std::size_t d = 0; d < point.size(); ++d) {
            genome[d] = point[d] ? position(space().dimensions[d], *point[d]) : genome[d];
        }
        return genome;
    }

    Goals goals_of(const Outcome& outcome) const {
        if (outcome.failed) {
            return Goals(goals_, std::numeric_limits<double>::quiet_NaN());
        }
        return outcome.values.empty() ? Goals{outcome.value} : outcome.values;
    }

    // The best of the parents and of as many children are the next parents.
    void select() {
        std::move(children_.begin(), children_.end(), std::back_inserter(parents_));
        children_.clear();
        sort_by_fronts(parents_);
        parents_.resize(static_cast<std::size_t>(params_.population));
    }

    // The better of two by front, then the one in the emptier place.
    const Genome& parent(Rng& rng) const {
        const Individual& a = parents_[rng.below(parents_.size())];
        const Individual& b = parents_[rng.below(parents_.size())];
        const bool second = a.front != b.front ? b.front < a.front : b.crowding > a.crowding;
        return (second ? b : a).genome;
    }

    Genome child(Rng rng) const {
        Genome child = parent(rng);
        if (rng.uniform() < params_.crossover_prob) {
            const Genome& other = parent(rng);
            for (std::size_t d = 0; d < child.size(); ++d) {
                child[d] = crossed(d, child[d], other[d], rng);
            }
        }
        for (std::size_t d = 0; d < child.size(); ++d) {
            if (rng.uniform() < mutation_prob_) {
                child[d] = mutated(d, child[d], rng);
            }
        }
        return child;
    }

    bool is_choice(std::size_t d) const { return space().dimensions[d].kind == Dimension::Kind::Choice; }

    double crossed(std::size_t d, double mine, double others, Rng& rng) const {
        const bool swapped = rng.uniform() < params_.swapping_prob;
        const double near = swapped ? others : mine, far = swapped ? mine : others;
        // Simulated crossover leaves every other value as it is.
        if (params_.crossover == Crossover::Uniform || is_choice(d) || rng.uniform() < 0.5) {
            return near;
        }
        const double factor = spread_factor(rng.uniform(), params_.spread);
        return std::clamp(((1 + factor) * near + (1 - factor) * far) / 2, 0.0, 1.0);
    }

    double mutated(std::size_t d, double gene, Rng& rng) const {
        const double u = rng.uniform();
        return params_.mutation == Mutation::Draw || is_choice(d) ? u : std::clamp(polynomial_mutation(gene, u, params_.spread), 0.0, 1.0);
    }

    Nsga2Params params_;
    PointPool pool_;
    Rng rng_;
    std::size_t goals_;
    std::uint64_t trials_;
    double mutation_prob_ = 0;
    std::vector<Individual> parents_, children_;
    std::map<std::uint64_t, Genome> in_flight_;
    std::set<Assignment> seen_;
};

}  // namespace

void add_nsga2(Catalog& catalog) {
    ComponentInfo info;
    info.name = "nsga2";
    info.kind = ComponentKind::Searcher;
    info.many_goals = true;
    info.summary = "A genetic algorithm for several goals: keeps what no other trial beats, and of that what stands apart";
    info.source = "Deb, Pratap, Agarwal and Meyarivan 2002, A fast and elitist multiobjective genetic algorithm: NSGA-II";
    info.example = "method nsga2(trials: 500)";
    info.params = specs_of(nsga2_schema());
    info.make_searcher = [](const ParamValues& values, const SearchTask& task) {
        return std::make_unique<Nsga2Searcher>(read_params(nsga2_schema(), values), task);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
