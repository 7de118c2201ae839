// The hyper-parameters of the Gaussian process of a search, and how they act on the columns of a point.
#pragma once

#include "stdlib/models/covariance.h"

#include <vector>

namespace mlpc::surrogate {

// Which columns share a length (those of one dimension do), and which are bent by an own distribution function before distances are taken.
struct GpColumns {
    std::vector<Eigen::Index> length_of;  // by column
    Eigen::Index lengths = 0;
    std::vector<Eigen::Index> warped = {};
};

// The prior variance of the level around which the process varies; it is integrated out. Where a search has looked at one good region for long,
// the mean of its values is better than what is to be expected elsewhere: a process around that mean would send it to every empty corner.
inline constexpr double level_variance = 1;

// The least share of its variance that a point is left with: what rounding takes away from it otherwise.
inline constexpr double jitter = 1e-10;

// Matérn 5/2 with a length a dimension around an unknown level, of values whose mean is 0 and whose variance is about 1.
struct GpParameters {
    Vector log_lengths;
    double log_variance = 0;
    double log_noise = 0;
    Vector log_warps = {};  // log a and log b of each warped column in turn

    Vector to_vector() const;
    static GpParameters from_vector(const Vector&, const GpColumns&);
    models::Covariance covariance(const GpColumns&) const;
};

// The share of Beta(a, b) below x: the regularised incomplete beta function.
double beta_cdf(double x, double a, double b);

// Rows in [0, 1] with the warped columns replaced by the share of their Beta(a, b) below them (Snoek, Swersky, Zemel, Adams 2014, Input warping
// for Bayesian optimization of non-stationary functions).
Matrix warp(Matrix rows, const GpParameters&, const GpColumns&);
// The derivatives of warped places by the places, for one row.
Vector warp_slopes(const Vector& row, const GpParameters&, const GpColumns&);

}  // namespace mlpc::surrogate
