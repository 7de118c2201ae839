#include "stdlib/search/hedge.h"

#include <utility>

namespace mlpc::surrogate {

void Hedge::reward(const std::function<double(const Vector& row)>& mean_at) {
    for (std::size_t arm = 0; arm < proposals_.size(); ++arm) {
        gains_[static_cast<Eigen::Index>(arm)] -= mean_at(proposals_[arm]);
    }
}

std::size_t Hedge::choose(std::vector<Vector> proposals, Rng rng) {
    proposals_ = std::move(proposals);
    const Vector weights = (gains_.array() - gains_.maxCoeff()).exp();
    double left = rng.uniform() * weights.sum();
    for (Eigen::Index arm = 0; arm + 1 < weights.size(); ++arm) {
        left -= weights[arm];
        if (left < 0) {
            return static_cast<std::size_t>(arm);
        }
    }
    return static_cast<std::size_t>(weights.size() - 1);
}

}  // namespace mlpc::surrogate
