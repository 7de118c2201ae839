#include "stdlib/search/gp_inference.h"

#include "runtime/core/kernels.h"
#include "stdlib/search/box_minimum.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc::surrogate {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// --- priors -------------------------------------------------------------------------------------------------------
// Lengths: log-normal, longer the more dimensions there are (Hvarfner, Hellsten, Nardi 2024, Vanilla Bayesian optimization performs great in
// high dimensions), but shorter and narrower than theirs: few rows would make a process with theirs forget the dimensions that did not matter
// yet. Variance: Gamma(2, 1), noise: Gamma(1.1, 30), as Optuna's sampler has them. Warps: log-normal around no warp at all.
constexpr double length_middle = -0.9, length_spread = 0.8;
constexpr double warp_spread = 0.75;
constexpr double noise_shape = 1.1, noise_rate = 30;

double length_center(const GpColumns& columns) {
    return length_middle + 0.5 * std::log(static_cast<double>(std::max<Eigen::Index>(1, columns.lengths)));
}

struct Term {
    double value, slope;  // by the logarithm
};
Term log_normal_term(double log_x, double center, double spread) {
    const double z = (log_x - center) / spread;
    return {-0.5 * z * z, -z / spread};
}
Term gamma_term(double log_x, double shape, double rate) {
    return {(shape - 1) * log_x - rate * std::exp(log_x), shape - 1 - rate * std::exp(log_x)};
}

double add_priors(const GpParameters& p, const GpColumns& columns, Vector& gradient) {
    double value = 0;
    const auto add = [&](const Term& term, Eigen::Index at) {
        value += term.value;
        gradient[at] += term.slope;
    };
    const double center = length_center(columns);
    for (Eigen::Index i = 0; i < columns.lengths; ++i) {
        add(log_normal_term(p.log_lengths[i], center, length_spread), i);
    }
    add(gamma_term(p.log_variance, 2, 1), columns.lengths);
    add(gamma_term(p.log_noise, noise_shape, noise_rate), columns.lengths + 1);
    for (Eigen::Index i = 0; i < p.log_warps.size(); ++i) {
        add(log_normal_term(p.log_warps[i], 0, warp_spread), columns.lengths + 2 + i);
    }
    return value;
}

Box bounds(const GpColumns& columns, Eigen::Index size) {
    Box box{.low = Vector::Constant(size, -3), .high = Vector::Constant(size, 3)};
    box.low.head(columns.lengths).setConstant(std::log(0.005));
    box.high.head(columns.lengths).setConstant(std::log(1e3));
    box.low[columns.lengths] = std::log(1e-3);
    box.high[columns.lengths] = std::log(1e3);
    box.low[columns.lengths + 1] = std::log(1e-8);
    box.high[columns.lengths + 1] = 0;
    return box;
}

// --- likelihood ---------------------------------------------------------------------------------------------------
// Weights times the derivative of warped cells by log a and log b, summed over rows; there is no closed form.
void add_warp_gradient(const GpData& data, const GpColumns& columns, const GpParameters& p, const Matrix& by_cell, Vector& gradient) {
    constexpr double step = 1e-4;
    for (std::size_t i = 0; p.log_warps.size() > 0 && i < columns.warped.size(); ++i) {
        const auto first = static_cast<Eigen::Index>(2 * i);
        const double log_a = p.log_warps[first], log_b = p.log_warps[first + 1];
        const Eigen::Index column = columns.warped[i];
        double by_a = 0, by_b = 0;
        for (Eigen::Index row = 0; row < data.rows.rows(); ++row) {
            const double x = data.rows(row, column);
            const auto cdf = [&](double a, double b) { return beta_cdf(x, std::exp(a), std::exp(b)); };
            by_a += by_cell(row, column) * (cdf(log_a + step, log_b) - cdf(log_a - step, log_b)) / (2 * step);
            by_b += by_cell(row, column) * (cdf(log_a, log_b + step) - cdf(log_a, log_b - step)) / (2 * step);
        }
        gradient[columns.lengths + 2 + first] += by_a;
        gradient[columns.lengths + 3 + first] += by_b;
    }
}

double log_likelihood(const Matrix& factor, const Vector& values, const Vector& coefficients) {
    return -0.5 * values.dot(coefficients) - factor.diagonal().array().log().sum();
}

// Rows scaled, the covariance of them, its slope by distance and its factor with noise; false where there is none.
struct Factorised {
    models::Covariance function;
    Matrix scaled, covariance, slope, factor;
    Vector coefficients;
};
bool factorise(const GpData& data, const GpColumns& columns, const GpParameters& p, Factorised& out) {
    out.function = p.covariance(columns);
    out.scaled = out.function.scaled(warp(data.rows, p, columns));
    out.covariance = out.function.within(out.scaled, out.slope);
    out.factor = (out.covariance.array() + level_variance).matrix();
    out.factor.diagonal().array() += std::exp(p.log_noise) + jitter * out.function.variance;
    if (!kernels::cholesky(out.factor.data(), out.factor.rows())) {
        return false;
    }
    out.coefficients = data.values;
    kernels::cholesky_solve(out.factor.data(), out.factor.rows(), out.coefficients.data(), 1);
    return out.coefficients.allFinite();
}

}  // namespace

GpParameters prior_parameters(const GpColumns& columns, bool warped) {
    // A shorter start than the middle of the lengths' prior leaves the likelihood a slope to follow.
    return {.log_lengths = Vector::Constant(columns.lengths, length_center(columns) - 1.5),
            .log_variance = 0,
            .log_noise = std::log(1e-4),
            .log_warps = Vector::Zero(warped ? 2 * static_cast<Eigen::Index>(columns.warped.size()) : 0)};
}

Density posterior_density(const GpData& data, const GpColumns& columns, const GpParameters& p) {
    Density out{.value = -infinite, .gradient = Vector::Zero(p.log_lengths.size() + 2 + p.log_warps.size())};
    Factorised f;
    if (!factorise(data, columns, p, f)) {
        return out;
    }
    const Eigen::Index n = data.values.size();
    Matrix m = Matrix::Identity(n, n);
    kernels::cholesky_solve(f.factor.data(), n, m.data(), n);
    m = 0.5 * (f.coefficients * f.coefficients.transpose() - m);
    const Vector by_column = f.function.gradient(f.scaled, f.covariance, f.slope, m);
    out.gradient[columns.lengths] = by_column[0] + jitter * f.function.variance * m.trace();
    for (std::size_t c = 0; c < columns.length_of.size(); ++c) {
        out.gradient[columns.length_of[c]] += by_column[1 + static_cast<Eigen::Index>(c)];
    }
    out.gradient[columns.lengths + 1] = std::exp(p.log_noise) * m.trace();
    if (p.log_warps.size() > 0) {
        const Matrix weights = m.cwiseProduct(f.slope);
        const Vector totals = weights.rowwise().sum();
        const Matrix by_cell = -2 * (totals.asDiagonal() * f.scaled - weights * f.scaled) * f.function.lengths.cwiseInverse().asDiagonal();
        add_warp_gradient(data, columns, p, by_cell, out.gradient);
    }
    out.value = log_likelihood(f.factor, data.values, f.coefficients) + add_priors(p, columns, out.gradient);
    return out;
}

namespace {

BoxMinimum best_from(const GpData& data, const GpColumns& columns, const GpParameters& start, int most_evaluations) {
    const SmoothFunction loss = [&](const Vector& v, Vector& gradient) {
        const Density density = posterior_density(data, columns, GpParameters::from_vector(v, columns));
        gradient = -density.gradient;
        return -density.value;
    };
    Vector first = start.to_vector();
    const Box box = bounds(columns, first.size());
    first = first.cwiseMax(box.low).cwiseMin(box.high);
    return minimise_in_box(loss, std::move(first), box, most_evaluations, 1e-5);
}

// The density alone, for sampling.
double density_at(const GpData& data, const GpColumns& columns, const Vector& v, const Box& box) {
    if ((v.array() < box.low.array()).any() || (v.array() > box.high.array()).any()) {
        return -infinite;
    }
    const GpParameters p = GpParameters::from_vector(v, columns);
    Factorised f;
    if (!factorise(data, columns, p, f)) {
        return -infinite;
    }
    Vector unused = Vector::Zero(v.size());
    return log_likelihood(f.factor, data.values, f.coefficients) + add_priors(p, columns, unused);
}

class SliceSampler {
public:
    SliceSampler(const GpData& data, const GpColumns& columns, Vector start, Rng rng)
        : data_(data), columns_(columns), box_(bounds(columns, start.size())), at_(std::move(start)), rng_(rng) {
        at_ = at_.cwiseMax(box_.low).cwiseMin(box_.high);
        here_ = density_at(data_, columns_, at_, box_);
    }
    // Over all hyper-parameters, or over some of them where they are many.
    const Vector& sweep() {
        constexpr std::uint32_t most = 30;
        const auto size = static_cast<std::uint32_t>(at_.size());
        for (const std::uint32_t i : rng_.choose(size, std::min(most, size))) {
            move(i);
        }
        return at_;
    }

private:
    double density(Eigen::Index i, double value) const {
        Vector v = at_;
        v[i] = value;
        return density_at(data_, columns_, v, box_);
    }
    // Stepping out and shrinkage, figures 3 and 5 of Neal (2003).
    void move(Eigen::Index i) {
        constexpr double width = 1;
        constexpr int most_steps = 10, most_shrinks = 50;
        const double level = here_ + std::log1p(-rng_.uniform());
        double low = at_[i] - width * rng_.uniform(), high = low + width;
        for (int step = 0; step < most_steps && density(i, low) > level; ++step) {
            low -= width;
        }
        for (int step = 0; step < most_steps && density(i, high) > level; ++step) {
            high += width;
        }
        for (int shrink = 0; shrink < most_shrinks; ++shrink) {
            const double value = rng_.uniform(low, high), found = density(i, value);
            if (found > level) {
                at_[i] = value;
                here_ = found;
                return;
            }
            (value < at_[i] ? low : high) = value;
        }
    }

    const GpData& data_;
    const GpColumns& columns_;
    Box box_;
    Vector at_;
    double here_ = 0;
    Rng rng_;
};

}  // namespace

GpParameters fit_parameters(const GpData& data, const GpColumns& columns, const GpParameters& start, int most_evaluations) {
    const BoxMinimum warm = best_from(data, columns, start, most_evaluations);
    const BoxMinimum fresh = best_from(data, columns, prior_parameters(columns, start.log_warps.size() > 0), most_evaluations);
    return GpParameters::from_vector(warm.value <= fresh.value ? warm.point : fresh.point, columns);
}

std::vector<GpParameters> sample_parameters(const GpData& data, const GpColumns& columns, const GpParameters& start, int draws, int burn_in,
                                            Rng rng) {
    SliceSampler sampler(data, columns, start.to_vector(), rng);
    for (int i = 0; i < burn_in; ++i) {
        sampler.sweep();
    }
    std::vector<GpParameters> out;
    for (int i = 0; i < draws; ++i) {
        out.push_back(GpParameters::from_vector(sampler.sweep(), columns));
    }
    return out;
}

}  // namespace mlpc::surrogate
