#include "stdlib/search/gp_parameters.h"

#include <algorithm>
#include <cmath>

namespace mlpc::surrogate {

namespace {

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

// Lentz's method for the continued fraction of the incomplete beta function (Press et al., Numerical Recipes, 3rd ed., 6.4).
double beta_fraction(double x, double a, double b) {
    constexpr int most_terms = 300;
    constexpr double tiny = 1e-300, enough = 1e-15;
    const auto guarded = [](double v) { return std::abs(v) < tiny ? tiny : v; };
    double c = 1, d = 1 / guarded(1 - (a + b) * x / (a + 1)), out = d;
    for (int m = 1; m <= most_terms; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / guarded(1 + even * d);
        c = guarded(1 + even / c);
        out *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / guarded(1 + odd * d);
        c = guarded(1 + odd / c);
        const double change = d * c;
        out *= change;
        if (std::abs(change - 1) < enough) {
            break;
        }
    }
    return out;
}

double beta_density(double x, double a, double b) {
    const double inside = std::clamp(x, 1e-9, 1 - 1e-9);
    return std::exp((a - 1) * std::log(inside) + (b - 1) * std::log1p(-inside) - log_beta(a, b));
}

}  // namespace

double beta_cdf(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    const double front = std::exp(a * std::log(x) + b * std::log1p(-x) - log_beta(a, b));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(x, a, b) / a : 1 - front * beta_fraction(1 - x, b, a) / b;
}

Vector GpParameters::to_vector() const {
    Vector out(log_lengths.size() + 2 + log_warps.size());
    out << log_lengths, log_variance, log_noise, log_warps;
    return out;
}

GpParameters GpParameters::from_vector(const Vector& v, const GpColumns& columns) {
    const Eigen::Index lengths = columns.lengths, warps = v.size() - lengths - 2;
    return {.log_lengths = v.head(lengths), .log_variance = v[lengths], .log_noise = v[lengths + 1], .log_warps = v.tail(warps)};
}

models::Covariance GpParameters::covariance(const GpColumns& columns) const {
    models::Covariance out{.kind = models::CovarianceKind::Matern52, .variance = std::exp(log_variance), .lengths = Vector(columns.length_of.size())};
    for (std::size_t c = 0; c < columns.length_of.size(); ++c) {
        out.lengths[static_cast<Eigen::Index>(c)] = std::exp(log_lengths[columns.length_of[c]]);
    }
    return out;
}

Matrix warp(Matrix rows, const GpParameters& parameters, const GpColumns& columns) {
    if (parameters.log_warps.size() == 0) {
        return rows;
    }
    for (std::size_t i = 0; i < columns.warped.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(2 * i);
        const double a = std::exp(parameters.log_warps[at]), b = std::exp(parameters.log_warps[at + 1]);
        for (double& cell : rows.col(columns.warped[i])) {
            cell = beta_cdf(cell, a, b);
        }
    }
    return rows;
}

Vector warp_slopes(const Vector& row, const GpParameters& parameters, const GpColumns& columns) {
    Vector out = Vector::Ones(row.size());
    for (std::size_t i = 0; parameters.log_warps.size() > 0 && i < columns.warped.size(); ++i) {
        const auto at = static_cast<Eigen::Index>(2 * i);
        out[columns.warped[i]] = beta_density(row[columns.warped[i]], std::exp(parameters.log_warps[at]), std::exp(parameters.log_warps[at + 1]));
    }
    return out;
}

}  // namespace mlpc::surrogate
