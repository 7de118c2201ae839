#include "stdlib/search/choice_distribution.h"

#include "stdlib/search/covariance_adaptation.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

// CatCMA's: the probability that no dimension has another choice than the likeliest is at most this.
constexpr double sureness = 0.73;

// No probability below `least`; what that takes is taken from those above it, in proportion.
void keep_above(double least, std::vector<double>& probabilities) {
    double raised = 0, free = 0;
    for (const double p : probabilities) {
        raised += std::max(least - p, 0.0);
        free += std::max(p - least, 0.0);
    }
    for (double& p : probabilities) {
        p = p <= least ? least : p - (p - least) / free * raised;
    }
}

}  // namespace

ChoiceDistribution::ChoiceDistribution(const std::vector<std::size_t>& choices, std::size_t coordinates, std::size_t population)
    : weights_(recombination_weights(population)) {
    double squares = 0, to_learn = static_cast<double>(coordinates);
    for (const std::size_t count : choices) {
        probabilities_.emplace_back(count, 1.0 / static_cast<double>(count));
        to_learn += static_cast<double>(count) - 1;
    }
    for (const double weight : weights_) {
        squares += weight * weight;
    }
    rate_ = 1 / (1 + to_learn * squares);
    lost_share_ = choices.empty() ? 0 : 1 - std::pow(sureness, 1 / static_cast<double>(choices.size()));
}

std::vector<std::uint32_t> ChoiceDistribution::sample(Rng& rng) const {
    std::vector<std::uint32_t> sample;
    for (const auto& probabilities : probabilities_) {
        double left = rng.uniform();
        std::uint32_t choice = 0;
        while (choice + 1 < probabilities.size() && left >= probabilities[choice]) {
            left -= probabilities[choice++];
        }
        sample.push_back(choice);
    }
    return sample;
}

void ChoiceDistribution::update(const std::vector<std::vector<std::uint32_t>>& parents) {
    for (std::size_t d = 0; d < probabilities_.size(); ++d) {
        std::vector<double>& probabilities = probabilities_[d];
        if (probabilities.size() < 2) {
            continue;
        }
        for (double& p : probabilities) {
            p *= 1 - rate_;
        }
        for (std::size_t i = 0; i < weights_.size(); ++i) {
            probabilities[parents[i][d]] += rate_ * weights_[i];
        }
        keep_above(lost_share_ / static_cast<double>(probabilities.size() - 1), probabilities);
    }
}

}  // namespace mlpc
