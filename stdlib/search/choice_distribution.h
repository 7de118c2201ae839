// Independent probabilities of the choices of a search space, learned from the better members of generations.
#pragma once

#include "runtime/core/rng.h"

#include <cstdint>
#include <vector>

namespace mlpc {

class ChoiceDistribution {
public:
    // Of so many choices each. `coordinates`: how many others are learned beside them.
    ChoiceDistribution(const std::vector<std::size_t>& choices, std::size_t coordinates, std::size_t population);

    std::vector<std::uint32_t> sample(Rng&) const;
    // The choices of the parents of a generation, best first. Moves towards their weighted frequencies; no choice's probability falls below a
    // margin, so that all can come back (Hamano, Uchida, Shirakawa, Morinaga and Akimoto 2024, CatCMA).
    void update(const std::vector<std::vector<std::uint32_t>>& parents);

    double probability(std::size_t dimension, std::size_t choice) const { return probabilities_[dimension][choice]; }

private:
    std::vector<std::vector<double>> probabilities_;
    std::vector<double> weights_;
    double rate_ = 1;
    double lost_share_ = 0;  // how unlikely it is that a choice never comes up in a generation: the margin's base
};

}  // namespace mlpc
