// The normal distribution that CMA-ES samples from and moves (Hansen 2016, The CMA evolution strategy: a tutorial), with negative weights.
#pragma once

#include "runtime/core/rng.h"
#include "runtime/core/table.h"

#include <vector>

namespace mlpc {

class CovarianceAdaptation {
public:
    // Diagonal: no correlations are learned, faster and with less to learn (Ros and Hansen 2008, sep-CMA-ES).
    enum class Form { Full, Diagonal };
    CovarianceAdaptation(Vector mean, double sigma, std::size_t population, Form);

    struct Member {
        Vector x;
        bool foreign = false;  // not drawn from this generation's distribution: its step is cut to a likely length (Hansen 2011)
    };
    Vector sample(Rng&) const;
    // A whole generation, best first.
    void update(const std::vector<Member>&);

    const Vector& mean() const { return mean_; }
    void move_mean(Eigen::Index coordinate, double to) { mean_(coordinate) = to; }
    double deviation(Eigen::Index coordinate) const;  // of one coordinate
    // Whether going on is pointless: too narrow, too wide, or too badly conditioned for floating point.
    bool exhausted() const;

private:
    struct Weights {
        std::size_t parents = 0;
        double effective = 0;     // mu_eff, of the parents
        std::vector<double> all;  // of a generation; those behind the parents are negative
    };
    void set_weights(std::size_t population, Form);
    void decompose();
    void update_paths(const Vector& step);
    void update_covariance(const std::vector<Vector>& steps);
    Vector whitened(const Vector& y) const;  // C^(-1/2) y
    Vector shaped(const Vector& z) const;    // C^(1/2) z, up to a rotation

    Form form_;
    Vector mean_;
    double sigma_, first_sigma_;
    Matrix covariance_;    // of the full form
    Vector variances_;     // the covariance's diagonal
    Matrix axes_;          // its eigenvectors, of the full form
    Vector axis_lengths_;  // square roots of its eigenvalues
    Vector sigma_path_, covariance_path_;
    Weights weights_;
    double sigma_rate_ = 0, sigma_damping_ = 0, path_rate_ = 0, rank_one_rate_ = 0, rank_mu_rate_ = 0, expected_length_ = 0;
    double path_stalls_ = 0;  // 1 while the step size grows so fast that the covariance's path waits
    std::uint64_t generation_ = 0, decomposed_ = 0;
};

// What the best of a generation weigh in its mean, summing to 1.
std::vector<double> recombination_weights(std::size_t population);

}  // namespace mlpc
