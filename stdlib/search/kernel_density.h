// Multivariate kernel density estimates over numbers in [0, 1] and categories, as BOHB fits them to good and to bad trials.
#pragma once

#include "runtime/core/rng.h"

#include <vector>

namespace mlpc {

// Products of normal kernels and of Aitchison and Aitken's for categories, bandwidths by the normal reference rule (KDEMultivariate of
// statsmodels), at least `least_bandwidth`.
class KernelDensity {
public:
    // `categories`: of each axis, 0 for a number. Each row of `data` has a value an axis.
    KernelDensity(std::vector<std::size_t> categories, std::vector<std::vector<double>> data, double least_bandwidth);

    double log_density(const std::vector<double>& x) const;
    // From a kernel at random, those of numbers widened by the factor and cut off at 0 and 1.
    std::vector<double> draw(Rng&, double widening) const;
    const std::vector<double>& bandwidths() const { return bandwidths_; }

private:
    std::vector<std::size_t> categories_;
    std::vector<std::vector<double>> data_;
    std::vector<double> bandwidths_;
    std::vector<double> log_peaks_, log_others_;  // of an axis' kernel at its centre, and at another category
};

}  // namespace mlpc
