#include "stdlib/search/covariance_adaptation.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

constexpr double least_variance = 1e-30;
constexpr double narrowest = 1e-12, widest = 1e4;  // in first step sizes
constexpr double worst_condition = 1e14;

double sum_of(const std::vector<double>& values, std::size_t from, std::size_t to) {
    return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(from), values.begin() + static_cast<std::ptrdiff_t>(to), 0.0);
}

// How many equal weights would vary as much: (Σw)² / Σw².
double effective_count(const std::vector<double>& weights, std::size_t from, std::size_t to) {
    double squares = 0;
    for (std::size_t i = from; i < to; ++i) {
        squares += weights[i] * weights[i];
    }
    const double sum = sum_of(weights, from, to);
    return squares > 0 ? sum * sum / squares : 0;
}

// Positive for the better half, negative for the worse.
std::vector<double> log_ranks(std::size_t population) {
    std::vector<double> weights(population);
    for (std::size_t i = 0; i < population; ++i) {
        weights[i] = std::log((static_cast<double>(population) + 1) / 2) - std::log(static_cast<double>(i + 1));
    }
    return weights;
}

}  // namespace

std::vector<double> recombination_weights(std::size_t population) {
    std::vector<double> weights = log_ranks(population);
    weights.resize(population / 2);
    const double sum = sum_of(weights, 0, weights.size());
    for (double& weight : weights) {
        weight /= sum;
    }
    return weights;
}

CovarianceAdaptation::CovarianceAdaptation(Vector mean, double sigma, std::size_t population, Form form)
    : form_(form), mean_(std::move(mean)), sigma_(sigma), first_sigma_(sigma) {
    const Eigen::Index n = mean_.size();
    assert(n > 0 && population >= 2 && "there is a coordinate, and a better and a worse member");
    variances_ = axis_lengths_ = Vector::Ones(n);
    sigma_path_ = covariance_path_ = Vector::Zero(n);
    if (form_ == Form::Full) {
        covariance_ = axes_ = Matrix::Identity(n, n);
    }
    set_weights(population, form);
}

// Equations 49 to 58 of the tutorial.
void CovarianceAdaptation::set_weights(std::size_t population, Form form) {
    const double n = static_cast<double>(mean_.size());
    weights_.parents = population / 2;
    weights_.all = log_ranks(population);
    const double effective = weights_.effective = effective_count(weights_.all, 0, weights_.parents);
    const double effective_behind = effective_count(weights_.all, weights_.parents, population);

    sigma_rate_ = (effective + 2) / (n + effective + 5);
    sigma_damping_ = 1 + 2 * std::max(0.0, std::sqrt((effective - 1) / (n + 1)) - 1) + sigma_rate_;
    path_rate_ = (4 + effective / n) / (n + 4 + 2 * effective / n);
    expected_length_ = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));

    const double faster = form == Form::Diagonal ? (n + 2) / 3 : 1;
    rank_one_rate_ = std::min(0.5, faster * 2 / ((n + 1.3) * (n + 1.3) + effective));
    rank_mu_rate_ = std::min(0.99 - rank_one_rate_, faster * 2 * (effective - 2 + 1 / effective) / ((n + 2) * (n + 2) + effective));
    rank_mu_rate_ = std::max(rank_mu_rate_, 1e-8);

    const double negative = std::min(
        {1 + rank_one_rate_ / rank_mu_rate_, 1 + 2 * effective_behind / (effective + 2), (1 - rank_one_rate_ - rank_mu_rate_) / (n * rank_mu_rate_)});
    double above = 0, below = 0;
    for (const double weight : weights_.all) {
        (weight >= 0 ? above : below) += std::fabs(weight);
    }
    for (double& weight : weights_.all) {
        weight *= weight >= 0 ? 1 / above : negative / below;
    }
}

double CovarianceAdaptation::deviation(Eigen::Index coordinate) const { return sigma_ * std::sqrt(variances_(coordinate)); }

Vector CovarianceAdaptation::shaped(const Vector& z) const {
    const Vector stretched = axis_lengths_.cwiseProduct(z);
    return form_ == Form::Diagonal ? stretched : Vector(axes_ * stretched);
}

Vector CovarianceAdaptation::whitened(const Vector& y) const {
    return form_ == Form::Diagonal ? Vector(y.cwiseQuotient(axis_lengths_)) : Vector(axes_ * (axes_.transpose() * y).cwiseQuotient(axis_lengths_));
}

Vector CovarianceAdaptation::sample(Rng& rng) const {
    Vector z(mean_.size());
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        z(i) = rng.normal();
    }
    return mean_ + sigma_ * shaped(z);
}

void CovarianceAdaptation::update(const std::vector<Member>& best_first) {
    assert(best_first.size() == weights_.all.size() && "a generation is told whole");
    const double n = static_cast<double>(mean_.size()), longest = std::sqrt(n) + 2 * n / (n + 2);
    std::vector<Vector> steps;
    Vector mean_step = Vector::Zero(mean_.size());
    for (std::size_t i = 0; i < best_first.size(); ++i) {
        Vector step = (best_first[i].x - mean_) / sigma_;
        const double length = best_first[i].foreign ? whitened(step).norm() : 0;
        if (length > longest) {
            step *= longest / length;
        }
        if (i < weights_.parents) {
            mean_step += weights_.all[i] * step;
        }
        steps.push_back(std::move(step));
    }
    ++generation_;
    mean_ += sigma_ * mean_step;
    update_paths(mean_step);
    update_covariance(steps);
    sigma_ *= std::exp(std::min(1.0, sigma_rate_ / sigma_damping_ * (sigma_path_.norm() / expected_length_ - 1)));
    decompose();
}

void CovarianceAdaptation::update_paths(const Vector& step) {
    sigma_path_ = (1 - sigma_rate_) * sigma_path_ + std::sqrt(sigma_rate_ * (2 - sigma_rate_) * weights_.effective) * whitened(step);
    const double n = static_cast<double>(mean_.size());
    const double started = std::sqrt(1 - std::pow(1 - sigma_rate_, 2 * static_cast<double>(generation_)));
    path_stalls_ = sigma_path_.norm() / started < (1.4 + 2 / (n + 1)) * expected_length_ ? 0 : 1;
    covariance_path_ *= 1 - path_rate_;
    if (path_stalls_ == 0) {
        covariance_path_ += std::sqrt(path_rate_ * (2 - path_rate_) * weights_.effective) * step;
    }
}

void CovarianceAdaptation::update_covariance(const std::vector<Vector>& steps) {
    const double n = static_cast<double>(mean_.size());
    const double lost = path_stalls_ * path_rate_ * (2 - path_rate_);
    const double kept = 1 + rank_one_rate_ * lost - rank_one_rate_ - rank_mu_rate_ * sum_of(weights_.all, 0, weights_.all.size());
    const auto add = [this](double weight, const Vector& y) {
        if (form_ == Form::Diagonal) {
            variances_ += weight * y.cwiseAbs2();
        } else {
            covariance_.selfadjointView<Eigen::Lower>().rankUpdate(y, weight);
        }
    };
    std::vector<double> scaled = weights_.all;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        // A long step with a negative weight must not take more variance away than there is.
        scaled[i] *= scaled[i] < 0 ? n / std::max(whitened(steps[i]).squaredNorm(), 1e-12) : 1;
    }
    (form_ == Form::Diagonal ? static_cast<void>(variances_ *= kept) : static_cast<void>(covariance_ *= kept));
    add(rank_one_rate_, covariance_path_);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        add(rank_mu_rate_ * scaled[i], steps[i]);
    }
}

void CovarianceAdaptation::decompose() {
    if (form_ == Form::Diagonal) {
        variances_ = variances_.cwiseMax(least_variance);
        axis_lengths_ = variances_.cwiseSqrt();
        return;
    }
    variances_ = covariance_.diagonal().cwiseMax(least_variance);
    // As often as keeps its cost below that of sampling; until then the distribution has changed little.
    const double n = static_cast<double>(mean_.size());
    if (static_cast<double>(generation_ - decomposed_) < 1 / (10 * n * (rank_one_rate_ + rank_mu_rate_))) {
        return;
    }
    decomposed_ = generation_;
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(covariance_);
    axes_ = solver.eigenvectors();
    axis_lengths_ = solver.eigenvalues().cwiseMax(least_variance).cwiseSqrt();
}

bool CovarianceAdaptation::exhausted() const {
    const double longest = axis_lengths_.maxCoeff(), shortest = axis_lengths_.minCoeff();
    if (!std::isfinite(sigma_ * longest) || !mean_.allFinite() || sigma_ * longest > widest * first_sigma_) {
        return true;
    }
    return sigma_ * longest < narrowest * first_sigma_ || longest * longest > worst_condition * shortest * shortest;
}

}  // namespace mlpc
