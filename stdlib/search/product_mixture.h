// A mixture of kernels that are products over axes: the densities of the published tree-structured Parzen estimators.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/parzen_axis.h"

#include <Eigen/Core>

#include <vector>

namespace mlpc::parzen {

// Whether the ends of a line cut off every kernel for itself, or the mixture as a whole.
enum class Truncation { EachKernel, Mixture };

// The kernels of one axis, an entry each.
struct AxisKernels {
    std::size_t dimension = 0;
    Axis axis;
    // Lines: normal densities.
    Eigen::ArrayXd centres = {}, spreads = {};
    // Categories: the probability of the kernel's own one, and of each other; where there is no own one the two are the same.
    std::vector<std::uint32_t> own = {};
    Eigen::ArrayXd own_probability = {}, other_probability = {};
};

class ProductMixture {
public:
    // Weights need not sum to 1.
    ProductMixture(const SearchSpace&, Eigen::ArrayXd weights, std::vector<AxisKernels>, Truncation);

    // Draws the values of the axes.
    std::vector<double> draw(Rng&) const;
    double log_density(const std::vector<double>& values) const;

private:
    std::size_t draw_kernel(Rng&) const;
    double draw_on_line(const AxisKernels&, std::size_t kernel, Rng&) const;
    void add_line(const AxisKernels&, const Eigen::ArrayXd& log_shares, double value, Eigen::ArrayXd& log_densities) const;

    const SearchSpace* space_;
    std::vector<AxisKernels> axes_;
    Truncation truncation_;
    Eigen::ArrayXd cumulative_;  // of the weights
    Eigen::ArrayXd log_weights_;
    std::vector<Eigen::ArrayXd> log_shares_;  // of each axis: what of each kernel lies within the ends of its line
    double log_accepted_ = 0;                 // of the mixture, where it is cut off as a whole
};

}  // namespace mlpc::parzen
