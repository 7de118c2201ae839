// The published rules by which tree-structured Parzen estimators make kernels of observed values.
#pragma once

#include "stdlib/search/product_mixture.h"

#include <cstdint>
#include <vector>

namespace mlpc::parzen {

struct KernelRule {
    double prior_weight = 1;           // of the prior, in observations
    std::int64_t remembered = 25;      // so many of the newest observations count whole, older ones the less the older they are
    std::vector<double> weights = {};  // of the observations, in their order, instead of that; empty: none are given
};

// Weights of observations in the order of time (Hyperopt's linear forgetting).
Eigen::ArrayXd forgetting_weights(std::size_t observations, std::int64_t remembered);

// Values are given in the order of time. Hyperopt's adaptive Parzen estimator and its counted categories: Bergstra et al. 2011, as in
// hyperopt/tpe.py.
ProductMixture hyperopt_mixture(const SearchSpace&, std::size_t dimension, const std::vector<double>& values, const KernelRule&);
// Optuna's univariate estimator with the magic clip and without end points.
ProductMixture independent_mixture(const SearchSpace&, std::size_t dimension, const std::vector<double>& values, const KernelRule&);
// Optuna's multivariate estimator, of points that have a value in each of the dimensions: bandwidths by Scott's rule from the length of the
// line.
ProductMixture multivariate_mixture(const SearchSpace&, const std::vector<std::size_t>& dimensions, const std::vector<Assignment>& points,
                                    const KernelRule&);

}  // namespace mlpc::parzen
