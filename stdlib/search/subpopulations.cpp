#include "stdlib/search/subpopulations.h"

#include <algorithm>

namespace mlpc {
namespace {

bool better(const Individual& a, const Individual& b) {
    if (!a.standing || !b.standing) {
        return a.standing.has_value() && !b.standing;
    }
    return *a.standing < *b.standing;
}

Genes random_genes(std::size_t dimensions, Rng rng) {
    Genes genes(dimensions);
    std::generate(genes.begin(), genes.end(), [&] { return rng.uniform(); });
    return genes;
}

}  // namespace

Subpopulations::Subpopulations(const std::vector<std::size_t>& sizes, std::size_t dimensions, const Evolution& evolution, const Rng& rng)
    : evolution_(evolution), next_slots_(sizes.size(), 0) {
    for (std::size_t level = 0; level < sizes.size(); ++level) {
        levels_.emplace_back();
        for (std::size_t slot = 0; slot < sizes[level]; ++slot) {
            levels_.back().push_back({.genes = random_genes(dimensions, rng.child(level).child(slot))});
        }
    }
}

std::size_t Subpopulations::next_slot(std::size_t level) {
    const std::size_t slot = next_slots_[level];
    next_slots_[level] = (slot + 1) % levels_[level].size();
    return slot;
}

Individual* Subpopulations::best_to_go_on(std::size_t level) {
    Individual* best = nullptr;
    for (Individual& individual : levels_[level]) {
        const bool ran = individual.standing && individual.standing->group != Standing::Class::Failed;
        if (ran && !individual.has_gone_on && (best == nullptr || better(individual, *best))) {
            best = &individual;
        }
    }
    return best;
}

std::vector<const Individual*> Subpopulations::parents(std::size_t level, std::size_t count, Rng& rng) const {
    std::vector<const Individual*> list;
    for (const Individual& individual : levels_[level]) {
        list.push_back(&individual);
    }
    std::stable_sort(list.begin(), list.end(), [](const Individual* a, const Individual* b) { return better(*a, *b); });
    list.resize(std::min(list.size(), count));
    while (list.size() < 3) {
        const auto& other = levels_[rng.below(levels_.size())];
        list.push_back(&other[rng.below(other.size())]);
    }
    return list;
}

Genes Subpopulations::child(std::size_t level, std::size_t slot, std::size_t parents_level, std::size_t count, Rng& rng) const {
    const std::vector<const Individual*> from = parents(parents_level, count, rng);
    const std::vector<std::uint32_t> three = rng.choose(static_cast<std::uint32_t>(from.size()), 3);
    Genes genes = levels_[level][slot].genes;
    const std::uint64_t always = rng.below(genes.size());
    for (std::size_t d = 0; d < genes.size(); ++d) {
        if (d != always && rng.uniform() >= evolution_.crossover) {
            continue;
        }
        const double mutant = from[three[0]]->genes[d] + evolution_.mutation * (from[three[1]]->genes[d] - from[three[2]]->genes[d]);
        genes[d] = mutant >= 0 && mutant <= 1 ? mutant : rng.uniform();
    }
    return genes;
}

void Subpopulations::compete(std::size_t level, std::size_t slot, Individual challenger) {
    Individual& holder = levels_[level][slot];
    if (!better(holder, challenger)) {
        holder = std::move(challenger);
    }
}

}  // namespace mlpc
