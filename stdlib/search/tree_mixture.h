// Normal kernels with a covariance on a conditional space: two mixtures, of good and of other trials, which every branch has a part in.
#pragma once

#include "runtime/core/rng.h"
#include "stdlib/search/parzen_axis.h"

#include <Eigen/Core>

#include <map>
#include <vector>

namespace mlpc::parzen {

// A trial as kernels see it, an entry a dimension. Lines are in units of their length (a normal prior's: of √12 standard deviations, so that
// every prior has the same variance).
struct TreePoint {
    std::vector<char> active;
    Eigen::VectorXd places;
};

struct TreeRule {
    double width = 1.1;            // of kernels, by Scott's rule from the covariance of the good trials
    double least_width = 0.003;    // of a line
    double shrinkage = 4;          // observations that the prior's variance is worth in that covariance …
    double shrinkage_decay = 1;    // … at first: by this power of the number of trials its variance falls
    double good_prior_weight = 2;  // of the prior in the mixture of good trials, in observations
    double other_prior_weight = 1;
};

// An observation stands on the dimensions that it has. Where a candidate has one that the observation lacks, the kernel is the prior there, and
// where it lacks one, the kernel's margin counts: what was seen in one branch teaches what the others share with it, and the densities of
// candidates in different branches compare.
class TreeMixture {
public:
    TreeMixture(const SearchSpace&, const std::vector<Axis>&, const TreeRule&);

    TreePoint point_of(const Assignment&) const;
    // `good` is best first. Weights of the good ones; empty: the better, the more.
    void fit(const std::vector<const TreePoint*>& good, const std::vector<const TreePoint*>& others, const std::vector<double>& weights = {});
    enum class Origin { Kernels, KernelsAndPrior };
    Assignment draw(Origin, Rng&);
    // log of good by other density, of each.
    Eigen::ArrayXd log_ratios(const std::vector<Assignment>& candidates);

private:
    // The kernels on the lines that a set of observations and a set of candidates have both.
    struct Margin {
        std::vector<Eigen::Index> lines;
        Eigen::MatrixXd factor;    // lower triangular, factor · factorᵀ is the covariance
        Eigen::MatrixXd whitener;  // its inverse
        double log_scale = 0;      // of the density at the centre
    };
    using Mask = std::vector<char>;
    struct Pattern {
        Mask active;
        std::vector<Eigen::Index> members;
    };
    // The kernels of one pattern as candidates with certain dimensions see them.
    struct Part {
        const Pattern* pattern = nullptr;
        const Margin* margin = nullptr;
        Eigen::VectorXd origin;     // of the coordinates below
        Eigen::MatrixXd centres;    // whitened, a column a kernel
        Eigen::VectorXd log_bases;  // what does not depend on the candidate
    };

    const Margin& margin_of(const Mask&);
    void fit_weights(std::size_t good, const std::vector<double>& weights);
    void fit_covariance(const std::vector<const TreePoint*>& good, const std::vector<const TreePoint*>& others);
    double least_variance(std::size_t dimension, double place) const;
    double draw_by_prior(std::size_t dimension, Rng&) const;
    Eigen::VectorXd draw_lines(const TreePoint& kernel, Rng&);
    bool within_ends(std::size_t dimension, double place) const;
    double value_of(std::size_t dimension, double place) const;
    double prior_log_density(const TreePoint&, const Mask& besides) const;
    static Eigen::MatrixXd whitened(const Margin&, const Eigen::MatrixXd& columns);
    std::vector<Part> parts_for(const Mask& active);
    Eigen::MatrixXd log_kernels(const std::vector<Part>&, const std::vector<const TreePoint*>& candidates) const;
    void add_categories(const Pattern&, const std::vector<const TreePoint*>& candidates, Eigen::MatrixXd& terms) const;

    const SearchSpace* space_;
    const std::vector<Axis>* axes_;
    TreeRule rule_;
    std::vector<double> scales_;  // the length of each line
    std::vector<double> priors_;  // log density of each uniform prior in units of its line, log probability of each category

    std::vector<const TreePoint*> kernels_;  // the good ones, then the others
    std::vector<Pattern> patterns_;
    Eigen::Index good_ = 0;
    Eigen::ArrayXd good_weights_, log_weights_;
    double good_prior_ = 0, other_prior_ = 0;  // log weights
    double own_pseudo_ = 0;                    // pseudo-observations of every category in a kernel
    Eigen::MatrixXd covariance_;
    std::map<Mask, Margin> margins_;
};

}  // namespace mlpc::parzen
