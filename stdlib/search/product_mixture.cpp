#include "stdlib/search/product_mixture.h"

#include "runtime/core/dimension_values.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace mlpc::parzen {
namespace {

// The share of each kernel between the ends of the line, as a logarithm.
Eigen::ArrayXd log_shares_of(const AxisKernels& kernels) {
    Eigen::ArrayXd shares = Eigen::ArrayXd::Zero(kernels.centres.size());
    if (std::isinf(kernels.axis.low) && std::isinf(kernels.axis.high)) {
        return shares;
    }
    for (Eigen::Index i = 0; i < shares.size(); ++i) {
        const double centre = kernels.centres[i], spread = kernels.spreads[i];
        shares[i] = std::log(normal_share((kernels.axis.low - centre) / spread, (kernels.axis.high - centre) / spread));
    }
    return shares;
}

double log_sum_exp(const Eigen::ArrayXd& terms) {
    const double greatest = terms.maxCoeff();
    return std::isfinite(greatest) ? greatest + std::log((terms - greatest).exp().sum()) : greatest;
}

std::uint32_t draw_category(const AxisKernels& kernels, std::size_t kernel, Rng& rng) {
    const auto i = static_cast<Eigen::Index>(kernel);
    double left = rng.uniform();
    for (std::uint32_t category = 0; category + 1 < kernels.axis.categories; ++category) {
        left -= category == kernels.own[kernel] ? kernels.own_probability[i] : kernels.other_probability[i];
        if (left < 0) {
            return category;
        }
    }
    return static_cast<std::uint32_t>(kernels.axis.categories - 1);
}

}  // namespace

ProductMixture::ProductMixture(const SearchSpace& space, Eigen::ArrayXd weights, std::vector<AxisKernels> axes, Truncation truncation)
    : space_(&space), axes_(std::move(axes)), truncation_(truncation) {
    weights /= weights.sum();
    log_weights_ = weights.log();
    cumulative_ = weights;
    for (Eigen::Index i = 1; i < cumulative_.size(); ++i) {
        cumulative_[i] += cumulative_[i - 1];
    }
    for (const AxisKernels& kernels : axes_) {
        log_shares_.push_back(kernels.axis.kind == Axis::Kind::Line ? log_shares_of(kernels) : Eigen::ArrayXd());
    }
    if (truncation_ == Truncation::Mixture) {
        assert(axes_.size() == 1 && "a mixture that is cut off as a whole has one axis");
        log_accepted_ = log_shares_.front().size() > 0 ? log_sum_exp(log_weights_ + log_shares_.front()) : 0.0;
        log_shares_.front().setZero();
    }
}

std::size_t ProductMixture::draw_kernel(Rng& rng) const {
    const double u = rng.uniform();
    const auto place = std::upper_bound(cumulative_.begin(), cumulative_.end(), u);
    return std::min(static_cast<std::size_t>(place - cumulative_.begin()), static_cast<std::size_t>(cumulative_.size() - 1));
}

double ProductMixture::draw_on_line(const AxisKernels& kernels, std::size_t kernel, Rng& rng) const {
    // Kernels stand between the ends, so that a third of the draws at least lies there; only a prior may have its mean elsewhere.
    constexpr int most_rejections = 100;
    const Axis& axis = kernels.axis;
    for (int attempt = 0; attempt < most_rejections; ++attempt) {
        if (truncation_ == Truncation::Mixture && attempt > 0) {
            kernel = draw_kernel(rng);
        }
        const auto i = static_cast<Eigen::Index>(kernel);
        const double place = kernels.centres[i] + kernels.spreads[i] * rng.normal();
        if (place >= axis.low && place <= axis.high) {
            return value_at(space_->dimensions[kernels.dimension], axis, place);
        }
    }
    return quantile(space_->dimensions[kernels.dimension], rng.uniform());
}

std::vector<double> ProductMixture::draw(Rng& rng) const {
    const std::size_t kernel = draw_kernel(rng);
    std::vector<double> values;
    for (const AxisKernels& kernels : axes_) {
        values.push_back(kernels.axis.kind == Axis::Kind::Category ? static_cast<double>(draw_category(kernels, kernel, rng))
                                                                   : draw_on_line(kernels, kernel, rng));
    }
    return values;
}

void ProductMixture::add_line(const AxisKernels& kernels, const Eigen::ArrayXd& log_shares, double value, Eigen::ArrayXd& log_densities) const {
    const Axis& axis = kernels.axis;
    if (axis.step == 0) {
        const double place = place_of(axis, value);
        log_densities -= 0.5 * ((place - kernels.centres) / kernels.spreads).square() + kernels.spreads.log() + log_root_two_pi + log_shares;
        return;
    }
    const Cell cell = cell_of(axis, value);
    for (Eigen::Index i = 0; i < log_densities.size(); ++i) {
        const double centre = kernels.centres[i], spread = kernels.spreads[i];
        log_densities[i] += std::log(normal_share((cell.low - centre) / spread, (cell.high - centre) / spread)) - log_shares[i];
    }
}

double ProductMixture::log_density(const std::vector<double>& values) const {
    Eigen::ArrayXd terms = log_weights_;
    for (std::size_t a = 0; a < axes_.size(); ++a) {
        const AxisKernels& kernels = axes_[a];
        if (kernels.axis.kind == Axis::Kind::Line) {
            add_line(kernels, log_shares_[a], values[a], terms);
            continue;
        }
        for (Eigen::Index i = 0; i < terms.size(); ++i) {
            const bool own = static_cast<double>(kernels.own[static_cast<std::size_t>(i)]) == values[a];
            terms[i] += std::log(own ? kernels.own_probability[i] : kernels.other_probability[i]);
        }
    }
    return log_sum_exp(terms) - log_accepted_;
}

}  // namespace mlpc::parzen
