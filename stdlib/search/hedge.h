// GP-Hedge: several acquisition functions propose, and those whose proposals turned out well are followed more often.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/table.h"

#include <functional>
#include <vector>

namespace mlpc::surrogate {

// Hoffman, Brochu, de Freitas 2011, Portfolio allocation for Bayesian optimization; as scikit-optimize has it, with eta 1.
class Hedge {
public:
    explicit Hedge(std::size_t arms) : gains_(Vector::Zero(static_cast<Eigen::Index>(arms))) {}

    // What the surrogate believes now of each arm's last proposal, smaller being better.
    void reward(const std::function<double(const Vector& row)>& mean_at);
    // The arm to follow, given the encoded proposals of all.
    std::size_t choose(std::vector<Vector> proposals, Rng);

private:
    Vector gains_;
    std::vector<Vector> proposals_;
};

}  // namespace mlpc::surrogate
