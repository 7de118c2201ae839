// The margin that keeps CMA-ES from standing still on integers (Hamano, Saito, Nomura and Shirakawa 2022, CMA-ES with margin): the chance of
// another value than the mean's is never below a bound.
#pragma once

#include "runtime/core/space.h"
#include "stdlib/search/covariance_adaptation.h"

#include <vector>

namespace mlpc {

class IntegerMargin {
public:
    // Of the dimension at each coordinate of the distribution. `margin`: the least chance of another value.
    IntegerMargin(std::vector<Dimension>, double margin);

    // Where a sample stands once the deviations are widened; the same for a continuum.
    Vector widened(const Vector& sample, const Vector& mean) const;
    // After an update: moves the mean and widens deviations where another value has become too unlikely.
    void correct(CovarianceAdaptation&);

private:
    void correct(Eigen::Index coordinate, CovarianceAdaptation&);

    std::vector<Dimension> dimensions_;
    double margin_;
    Vector factors_;  // by which a coordinate's deviation is widened: the paper's A
};

}  // namespace mlpc
