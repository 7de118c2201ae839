#include "stdlib/search/parzen_rules.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc::parzen {
namespace {

using Eigen::ArrayXd;
using Eigen::Index;

// Where the prior, which comes last, stands among places that are equal to it.
enum class PriorAmongEqual { First, Last };

// How far each place is from the farther of its two neighbours; of an end, from its only one.
ArrayXd neighbour_distances(const ArrayXd& places, PriorAmongEqual prior) {
    std::vector<Index> order(static_cast<std::size_t>(places.size()));
    std::iota(order.begin(), order.end(), Index{0});
    if (prior == PriorAmongEqual::First) {
        std::rotate(order.begin(), order.end() - 1, order.end());
    }
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return places[a] < places[b]; });
    ArrayXd distances = ArrayXd::Zero(places.size());
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        const double gap = places[order[i + 1]] - places[order[i]];
        distances[order[i]] = std::max(distances[order[i]], gap);
        distances[order[i + 1]] = std::max(distances[order[i + 1]], gap);
    }
    return distances;
}

// Bergstra's "magic" clip: with more observations narrower kernels are allowed. The prior comes last.
void clip_spreads(const Axis& axis, ArrayXd& spreads) {
    const double least = axis.width / std::min(100.0, 1.0 + static_cast<double>(spreads.size()));
    spreads = spreads.max(least).min(axis.width);
    spreads[spreads.size() - 1] = axis.width;
}

// The places of the values, and last that of the prior.
ArrayXd places_of(const Axis& axis, const std::vector<double>& values) {
    ArrayXd places(static_cast<Index>(values.size()) + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
        places[static_cast<Index>(i)] = place_of(axis, values[i]);
    }
    places[places.size() - 1] = axis.centre;
    return places;
}

ArrayXd weights_of(std::size_t observations, const KernelRule& rule, double prior_weight) {
    const auto count = static_cast<Index>(observations);
    ArrayXd weights(count + 1);
    if (rule.weights.empty()) {
        weights.head(count) = forgetting_weights(observations, rule.remembered);
    } else {
        weights.head(count) = Eigen::Map<const ArrayXd>(rule.weights.data(), count);
    }
    weights[count] = prior_weight;
    return weights;
}

// A kernel for each value with that probability for itself, and last the prior.
AxisKernels category_kernels(std::size_t dimension, const Axis& axis, const std::vector<double>& values, double own, double other) {
    AxisKernels kernels{.dimension = dimension, .axis = axis};
    const auto count = static_cast<Index>(values.size()) + 1;
    kernels.own_probability = ArrayXd::Constant(count, own);
    kernels.other_probability = ArrayXd::Constant(count, other);
    for (const double value : values) {
        kernels.own.push_back(static_cast<std::uint32_t>(value));
    }
    kernels.own.push_back(0);
    kernels.own_probability[count - 1] = kernels.other_probability[count - 1] = 1 / static_cast<double>(axis.categories);
    return kernels;
}

// Optuna's categories: every kernel has a share of the prior's pseudo-observations.
AxisKernels smoothed_categories(std::size_t dimension, const Axis& axis, const std::vector<double>& values, const KernelRule& rule) {
    const double pseudo = rule.prior_weight / static_cast<double>(values.size() + 1);
    const double sum = 1 + pseudo * static_cast<double>(axis.categories);
    return category_kernels(dimension, axis, values, (1 + pseudo) / sum, pseudo / sum);
}

// Optuna integrates over a discrete value's cell on a linear scale, and takes the density at its place on a logarithmic one.
Axis optuna_axis(const Dimension& d) {
    Axis axis = axis_of(d);
    axis.step = axis.logarithmic ? 0 : axis.step;
    return axis;
}

}  // namespace

ArrayXd forgetting_weights(std::size_t observations, std::int64_t remembered) {
    const auto count = static_cast<Index>(observations);
    ArrayXd weights = ArrayXd::Ones(count);
    const Index older = count - static_cast<Index>(remembered);
    const double least = 1 / static_cast<double>(count);
    for (Index i = 0; i < older; ++i) {
        weights[i] = older == 1 ? least : least + (1 - least) * static_cast<double>(i) / static_cast<double>(older - 1);
    }
    return weights;
}

ProductMixture hyperopt_mixture(const SearchSpace& space, std::size_t dimension, const std::vector<double>& values, const KernelRule& rule) {
    const Axis axis = axis_of(space.dimensions[dimension]);
    if (axis.kind == Axis::Kind::Category) {
        // Counts with a prior weight for each category are a mixture of sure kernels and the prior.
        const double prior_weight = rule.prior_weight * static_cast<double>(axis.categories);
        return {space, weights_of(values.size(), rule, prior_weight), {category_kernels(dimension, axis, values, 1, 0)}, Truncation::EachKernel};
    }
    AxisKernels kernels{.dimension = dimension, .axis = axis};
    kernels.centres = places_of(axis, values);
    kernels.spreads = values.size() == 1 ? ArrayXd::Constant(2, axis.width / 2) : neighbour_distances(kernels.centres, PriorAmongEqual::First);
    clip_spreads(axis, kernels.spreads);
    return {space, weights_of(values.size(), rule, rule.prior_weight), {std::move(kernels)}, Truncation::Mixture};
}

ProductMixture independent_mixture(const SearchSpace& space, std::size_t dimension, const std::vector<double>& values, const KernelRule& rule) {
    const Axis axis = optuna_axis(space.dimensions[dimension]);
    AxisKernels kernels;
    if (axis.kind == Axis::Kind::Category) {
        kernels = smoothed_categories(dimension, axis, values, rule);
    } else {
        kernels = {.dimension = dimension, .axis = axis, .centres = places_of(axis, values)};
        kernels.spreads = neighbour_distances(kernels.centres, PriorAmongEqual::Last);
        clip_spreads(axis, kernels.spreads);
    }
    return {space, weights_of(values.size(), rule, rule.prior_weight), {std::move(kernels)}, Truncation::EachKernel};
}

ProductMixture multivariate_mixture(const SearchSpace& space, const std::vector<std::size_t>& dimensions, const std::vector<Assignment>& points,
                                    const KernelRule& rule) {
    constexpr double magnitude = 0.2;  // Optuna's SIGMA0_MAGNITUDE
    const double observations = std::max(1.0, static_cast<double>(points.size()));
    const double scale = magnitude * std::pow(observations, -1.0 / (static_cast<double>(dimensions.size()) + 4));
    std::vector<AxisKernels> axes;
    for (const std::size_t dimension : dimensions) {
        std::vector<double> values;
        for (const Assignment& point : points) {
            values.push_back(*point[dimension]);
        }
        const Axis axis = optuna_axis(space.dimensions[dimension]);
        if (axis.kind == Axis::Kind::Category) {
            axes.push_back(smoothed_categories(dimension, axis, values, rule));
            continue;
        }
        AxisKernels kernels{.dimension = dimension, .axis = axis, .centres = places_of(axis, values)};
        kernels.spreads = ArrayXd::Constant(kernels.centres.size(), scale * axis.width);
        clip_spreads(axis, kernels.spreads);
        axes.push_back(std::move(kernels));
    }
    return {space, weights_of(points.size(), rule, rule.prior_weight), std::move(axes), Truncation::EachKernel};
}

}  // namespace mlpc::parzen
