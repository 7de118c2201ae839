// Hyper-parameters of a Gaussian process from data: the likeliest, or some drawn from their posterior.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/gp_parameters.h"

namespace mlpc::surrogate {

struct GpData {
    const Matrix& rows;
    const Vector& values;  // mean 0, variance 1
};

// The logarithm of the posterior density of hyper-parameters, up to a constant; its gradient by GpParameters::to_vector.
struct Density {
    double value = 0;  // -infinity where the covariance matrix is singular
    Vector gradient;
};
Density posterior_density(const GpData&, const GpColumns&, const GpParameters&);

GpParameters prior_parameters(const GpColumns&, bool warped);
// The mode of the posterior density that is found from the first point given or, where that is better, from the prior's middle.
GpParameters fit_parameters(const GpData&, const GpColumns&, const GpParameters& start, int most_evaluations);
// So many draws by slice sampling (Neal 2003), each a sweep over the hyper-parameters further along the chain that begins at `start`.
std::vector<GpParameters> sample_parameters(const GpData&, const GpColumns&, const GpParameters& start, int draws, int burn_in, Rng);

}  // namespace mlpc::surrogate
