// The populations of DEHB, one a share of the effort, and what differential evolution makes of them.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/standing.h"

#include <optional>
#include <vector>

namespace mlpc {

using Genes = std::vector<double>;  // a place in [0, 1] a dimension

struct Individual {
    Genes genes;
    std::optional<Standing> standing = {};  // none before it has been evaluated
    std::uint64_t evaluation = 0;           // that found it
    bool has_gone_on = false;               // to the next share
};

struct Evolution {
    double mutation = 0.5, crossover = 0.5;
};

class Subpopulations {
public:
    // A population of each size, of random individuals.
    Subpopulations(const std::vector<std::size_t>& sizes, std::size_t dimensions, const Evolution&, const Rng&);

    Individual& at(std::size_t level, std::size_t slot) { return levels_[level][slot]; }
    // The slots of a population in turn.
    std::size_t next_slot(std::size_t level);
    // The best evaluated one that has neither failed nor gone on; null where there is none.
    Individual* best_to_go_on(std::size_t level);
    // rand/1/bin: what crossing that slot with a mutant gives, made of three of the best `parents` of another level (Storn and Price 1997).
    Genes child(std::size_t level, std::size_t slot, std::size_t parents_level, std::size_t parents, Rng&) const;
    // Takes the slot unless it is worse than what is there.
    void compete(std::size_t level, std::size_t slot, Individual);

private:
    std::vector<const Individual*> parents(std::size_t level, std::size_t count, Rng&) const;

    Evolution evolution_;
    std::vector<std::vector<Individual>> levels_;
    std::vector<std::size_t> next_slots_;
};

}  // namespace mlpc
