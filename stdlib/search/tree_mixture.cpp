#include "stdlib/search/tree_mixture.h"

#include "runtime/core/dimension_values.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc::parzen {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double prior_variance = 1.0 / 12;  // of a uniform number in [0, 1]
const double log_two_pi = std::log(2 * std::numbers::pi);

bool is_line(const Axis& axis) { return axis.kind == Axis::Kind::Line; }

double log_sum_exp(const Eigen::Ref<const VectorXd>& terms, double one_more) {
    const double greatest = std::max(terms.size() > 0 ? terms.maxCoeff() : one_more, one_more);
    // Six digits are enough to rank candidates by, and four of them are raised at once.
    const Eigen::ArrayXf shifted = (terms.array() - greatest).cast<float>();
    return greatest + std::log(static_cast<double>(shifted.exp().sum()) + std::exp(one_more - greatest));
}

VectorXd on_lines(const TreePoint& point, const std::vector<Index>& lines) {
    VectorXd places(static_cast<Index>(lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        places[static_cast<Index>(i)] = point.places[lines[i]];
    }
    return places;
}

}  // namespace

TreeMixture::TreeMixture(const SearchSpace& space, const std::vector<Axis>& axes, const TreeRule& rule) : space_(&space), axes_(&axes), rule_(rule) {
    for (const Axis& axis : axes) {
        scales_.push_back(axis.normal ? axis.width * std::sqrt(1 / prior_variance) : axis.width);
        priors_.push_back(axis.kind == Axis::Kind::Category ? -std::log(static_cast<double>(axis.categories)) : 0.0);
    }
}

TreePoint TreeMixture::point_of(const Assignment& point) const {
    const auto dimensions = static_cast<Index>(point.size());
    TreePoint result{.active = std::vector<char>(point.size(), 0), .places = VectorXd::Zero(dimensions)};
    for (std::size_t d = 0; d < point.size(); ++d) {
        const Axis& axis = (*axes_)[d];
        if (!point[d] || axis.kind == Axis::Kind::Constant) {
            continue;
        }
        result.active[d] = 1;
        result.places[static_cast<Index>(d)] = is_line(axis) ? place_of(axis, *point[d]) / scales_[d] : *point[d];
    }
    return result;
}

void TreeMixture::fit(const std::vector<const TreePoint*>& good, const std::vector<const TreePoint*>& others, const std::vector<double>& weights) {
    kernels_ = good;
    kernels_.insert(kernels_.end(), others.begin(), others.end());
    patterns_.clear();
    margins_.clear();
    for (std::size_t i = 0; i < kernels_.size(); ++i) {
        auto pattern = std::find_if(patterns_.begin(), patterns_.end(), [&](const Pattern& p) { return p.active == kernels_[i]->active; });
        if (pattern == patterns_.end()) {
            pattern = patterns_.insert(patterns_.end(), Pattern{.active = kernels_[i]->active, .members = {}});
        }
        pattern->members.push_back(static_cast<Index>(i));
    }
    fit_weights(good.size(), weights);
    fit_covariance(good, others);
}

// The better a good trial, the more it weighs: as in the recombination of CMA-ES (Hansen 2016).
void TreeMixture::fit_weights(std::size_t good, const std::vector<double>& weights) {
    good_ = static_cast<Index>(good);
    const auto others = static_cast<Index>(kernels_.size()) - good_;
    if (weights.empty()) {
        good_weights_ = std::log(static_cast<double>(good_) + 0.5) - ArrayXd::LinSpaced(good_, 1, static_cast<double>(good_)).log();
    } else {
        good_weights_ = Eigen::Map<const ArrayXd>(weights.data(), good_);
    }
    good_weights_ /= good_weights_.sum();
    const double good_total = static_cast<double>(good_) + rule_.good_prior_weight;
    const double other_total = static_cast<double>(others) + rule_.other_prior_weight;
    good_prior_ = std::log(rule_.good_prior_weight / good_total);
    other_prior_ = std::log(rule_.other_prior_weight / other_total);
    log_weights_.resize(static_cast<Index>(kernels_.size()));
    log_weights_.head(good_) = (good_weights_ * static_cast<double>(good_) / good_total).log();
    log_weights_.tail(others) = -std::log(other_total);
    own_pseudo_ = 1 / (1 + 1 / good_weights_.square().sum());
}

double TreeMixture::least_variance(std::size_t dimension, double place) const {
    // Narrower than a third of a cell, a kernel would never leave it.
    const Axis& axis = (*axes_)[dimension];
    double least = rule_.least_width;
    if (axis.step > 0) {
        const Cell cell = cell_of(axis, value_of(dimension, place));
        least = std::max(least, 0.3 * (cell.high - std::max(cell.low, cell.high - axis.width)) / scales_[dimension]);
    }
    return least * least;
}

void TreeMixture::fit_covariance(const std::vector<const TreePoint*>& good, const std::vector<const TreePoint*>& others) {
    const auto dimensions = static_cast<Index>(axes_->size());
    MatrixXd activity = MatrixXd::Zero(dimensions, good_), centred = MatrixXd::Zero(dimensions, good_);
    double lines = 0;
    for (Index i = 0; i < good_; ++i) {
        const TreePoint& point = *good[static_cast<std::size_t>(i)];
        for (Index d = 0; d < dimensions; ++d) {
            const auto at = static_cast<std::size_t>(d);
            activity(d, i) = point.active[at] && is_line((*axes_)[at]) ? 1 : 0;
        }
        lines += good_weights_[i] * activity.col(i).sum();
        centred.col(i) = point.places.cwiseProduct(activity.col(i));
    }
    const VectorXd weights = activity * good_weights_.matrix();
    const VectorXd squares = activity * good_weights_.square().matrix();
    const VectorXd means = (centred * good_weights_.matrix()).cwiseQuotient(weights.cwiseMax(1e-300));
    centred -= (activity.array().colwise() * means.array()).matrix();
    const MatrixXd scatter = centred * good_weights_.matrix().asDiagonal() * centred.transpose();

    covariance_ = MatrixXd::Zero(dimensions, dimensions);
    VectorXd factors = VectorXd::Zero(dimensions);
    for (Index d = 0; d < dimensions; ++d) {
        const auto at = static_cast<std::size_t>(d);
        const double effective = weights[d] > 0 ? weights[d] * weights[d] / squares[d] : 0;
        double seen = 0;
        for (const auto* points : {&good, &others}) {
            seen += static_cast<double>(std::count_if(points->begin(), points->end(), [&](const TreePoint* p) { return p->active[at] != 0; }));
        }
        // Without a good trial that has the dimension the kernels' width there is of no account.
        const double scott = rule_.width * std::pow(std::max(effective, 1.0), -1 / (lines + 4));
        const double shrunk = prior_variance * std::pow(std::max(seen, 1.0), -rule_.shrinkage_decay);
        factors[d] = scott * std::sqrt(effective / (effective + rule_.shrinkage) / std::max(weights[d], 1e-300));
        covariance_(d, d) = scott * scott * rule_.shrinkage / (effective + rule_.shrinkage) * shrunk + least_variance(at, means[d]);
    }
    // Of pairs that seldom are active together little is known: they keep the share of the weight that they have.
    covariance_ += factors.asDiagonal() * scatter * factors.asDiagonal();
}

const TreeMixture::Margin& TreeMixture::margin_of(const Mask& mask) {
    const auto found = margins_.find(mask);
    if (found != margins_.end()) {
        return found->second;
    }
    Margin margin;
    for (std::size_t d = 0; d < mask.size(); ++d) {
        if (mask[d] && is_line((*axes_)[d])) {
            margin.lines.push_back(static_cast<Index>(d));
        }
    }
    const auto lines = static_cast<Index>(margin.lines.size());
    const MatrixXd covariance = covariance_(margin.lines, margin.lines);
    margin.factor = covariance.llt().matrixL();
    margin.whitener = margin.factor.triangularView<Eigen::Lower>().solve(MatrixXd::Identity(lines, lines));
    margin.log_scale = -margin.factor.diagonal().array().log().sum() - 0.5 * static_cast<double>(lines) * log_two_pi;
    return margins_.emplace(mask, std::move(margin)).first->second;
}

double TreeMixture::value_of(std::size_t dimension, double place) const {
    return value_at(space_->dimensions[dimension], (*axes_)[dimension], place * scales_[dimension]);
}

bool TreeMixture::within_ends(std::size_t dimension, double place) const {
    const double on_line = place * scales_[dimension];
    return on_line >= (*axes_)[dimension].low && on_line <= (*axes_)[dimension].high;
}

// Draws that leave the space are drawn again; at last they are brought to its edge, where the best value may well lie.
VectorXd TreeMixture::draw_lines(const TreePoint& kernel, Rng& rng) {
    constexpr int attempts = 10;
    const Margin& margin = margin_of(kernel.active);
    VectorXd places = kernel.places, normals(static_cast<Index>(margin.lines.size()));
    for (int attempt = 0; attempt < attempts; ++attempt) {
        for (double& normal : normals) {
            normal = rng.normal();
        }
        const VectorXd steps = margin.factor * normals;
        bool within = true;
        for (std::size_t i = 0; i < margin.lines.size(); ++i) {
            const Index d = margin.lines[i];
            places[d] = kernel.places[d] + steps[static_cast<Index>(i)];
            within = within && within_ends(static_cast<std::size_t>(d), places[d]);
        }
        if (within) {
            break;
        }
    }
    return places;
}

double TreeMixture::draw_by_prior(std::size_t dimension, Rng& rng) const { return quantile(space_->dimensions[dimension], rng.uniform()); }

Assignment TreeMixture::draw(Origin origin, Rng& rng) {
    const std::size_t dimensions = space_->dimensions.size();
    const bool by_prior = rng.uniform() < std::exp(good_prior_) && origin == Origin::KernelsAndPrior;
    Index kernel = 0;
    for (double left = rng.uniform() - good_weights_[0]; left >= 0 && kernel + 1 < good_; left -= good_weights_[kernel]) {
        ++kernel;
    }
    const TreePoint& centre = *kernels_[static_cast<std::size_t>(kernel)];
    const VectorXd places = by_prior ? VectorXd() : draw_lines(centre, rng);
    Assignment point(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
        if (!is_active(*space_, d, point)) {
            continue;
        }
        const Axis& axis = (*axes_)[d];
        if (by_prior || !centre.active[d]) {
            point[d] = draw_by_prior(d, rng);
        } else if (is_line(axis)) {
            point[d] = value_of(d, places[static_cast<Index>(d)]);
        } else {
            const double all = 1 + own_pseudo_ * static_cast<double>(axis.categories);
            const bool own = rng.uniform() < 1 / all;
            point[d] = own ? centre.places[static_cast<Index>(d)] : draw_by_prior(d, rng);
        }
    }
    return point;
}

double TreeMixture::prior_log_density(const TreePoint& point, const Mask& besides) const {
    double sum = 0;
    for (std::size_t d = 0; d < point.active.size(); ++d) {
        if (!point.active[d] || (!besides.empty() && besides[d])) {
            continue;
        }
        const Axis& axis = (*axes_)[d];
        sum += axis.normal ? log_prior(axis, point.places[static_cast<Index>(d)] * scales_[d]) + std::log(scales_[d]) : priors_[d];
    }
    return sum;
}

void TreeMixture::add_categories(const Pattern& pattern, const std::vector<const TreePoint*>& candidates, MatrixXd& terms) const {
    for (std::size_t d = 0; d < axes_->size(); ++d) {
        const Axis& axis = (*axes_)[d];
        if (axis.kind != Axis::Kind::Category || !pattern.active[d] || !candidates.front()->active[d]) {
            continue;
        }
        const double all = 1 + own_pseudo_ * static_cast<double>(axis.categories);
        const double own = std::log((1 + own_pseudo_) / all), other = std::log(own_pseudo_ / all);
        const auto at = static_cast<Index>(d);
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            for (std::size_t i = 0; i < pattern.members.size(); ++i) {
                const TreePoint& kernel = *kernels_[static_cast<std::size_t>(pattern.members[i])];
                terms(static_cast<Index>(i), static_cast<Index>(c)) += kernel.places[at] == candidates[c]->places[at] ? own : other;
            }
        }
    }
}

// Branches may have no number in common, and Eigen's triangular product divides by their count.
MatrixXd TreeMixture::whitened(const Margin& margin, const MatrixXd& columns) {
    return margin.lines.empty() ? columns : MatrixXd(margin.whitener.triangularView<Eigen::Lower>() * columns);
}

std::vector<TreeMixture::Part> TreeMixture::parts_for(const Mask& active) {
    std::vector<Part> parts;
    for (const Pattern& pattern : patterns_) {
        Mask shared = pattern.active;
        for (std::size_t d = 0; d < shared.size(); ++d) {
            shared[d] = shared[d] && active[d];
        }
        Part part{.pattern = &pattern, .margin = &margin_of(shared), .origin = {}, .centres = {}, .log_bases = {}};
        // Relative to one of them, so that differences of squares keep their digits.
        part.origin = on_lines(*kernels_[static_cast<std::size_t>(pattern.members.front())], part.margin->lines);
        part.centres.resize(part.origin.size(), static_cast<Index>(pattern.members.size()));
        for (Index i = 0; i < part.centres.cols(); ++i) {
            const TreePoint& kernel = *kernels_[static_cast<std::size_t>(pattern.members[static_cast<std::size_t>(i)])];
            for (Index k = 0; k < part.origin.size(); ++k) {
                part.centres(k, i) = kernel.places[part.margin->lines[static_cast<std::size_t>(k)]] - part.origin[k];
            }
        }
        part.centres = whitened(*part.margin, part.centres);
        part.log_bases = log_weights_(pattern.members).matrix() - 0.5 * part.centres.colwise().squaredNorm().transpose();
        part.log_bases.array() += part.margin->log_scale;
        parts.push_back(std::move(part));
    }
    return parts;
}

// Weighted log densities of candidates that have the same dimensions: a column each, a row a kernel.
MatrixXd TreeMixture::log_kernels(const std::vector<Part>& parts, const std::vector<const TreePoint*>& candidates) const {
    MatrixXd result(static_cast<Index>(kernels_.size()), static_cast<Index>(candidates.size()));
    for (const Part& part : parts) {
        MatrixXd places(part.origin.size(), result.cols());
        VectorXd priors(result.cols());
        for (Index c = 0; c < result.cols(); ++c) {
            const TreePoint& candidate = *candidates[static_cast<std::size_t>(c)];
            places.col(c) = on_lines(candidate, part.margin->lines) - part.origin;
            priors[c] = prior_log_density(candidate, part.pattern->active);
        }
        places = whitened(*part.margin, places);
        MatrixXd terms = part.centres.transpose() * places;
        terms.colwise() += part.log_bases;
        terms.rowwise() += (priors - 0.5 * places.colwise().squaredNorm().transpose()).transpose();
        add_categories(*part.pattern, candidates, terms);
        result(part.pattern->members, Eigen::all) = terms;
    }
    return result;
}

ArrayXd TreeMixture::log_ratios(const std::vector<Assignment>& candidates) {
    std::vector<TreePoint> points;
    std::map<Mask, std::vector<std::size_t>> by_pattern;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
        points.push_back(point_of(candidates[c]));
        by_pattern[points.back().active].push_back(c);
    }
    ArrayXd ratios(static_cast<Index>(candidates.size()));
    for (const auto& [active, members] : by_pattern) {
        const std::vector<Part> parts = parts_for(active);
        // A few at a time, so that their kernels stay in the cache.
        constexpr std::size_t at_a_time = 8;
        for (std::size_t first = 0; first < members.size(); first += at_a_time) {
            const std::size_t last = std::min(first + at_a_time, members.size());
            std::vector<const TreePoint*> alike;
            for (std::size_t c = first; c < last; ++c) {
                alike.push_back(&points[members[c]]);
            }
            const MatrixXd terms = log_kernels(parts, alike);
            for (std::size_t c = first; c < last; ++c) {
                const double prior = prior_log_density(points[members[c]], {});
                const auto column = terms.col(static_cast<Index>(c - first));
                ratios[static_cast<Index>(members[c])] =
                    log_sum_exp(column.head(good_), prior + good_prior_) - log_sum_exp(column.tail(column.size() - good_), prior + other_prior_);
            }
        }
    }
    return ratios;
}

}  // namespace mlpc::parzen
