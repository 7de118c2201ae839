#include "stdlib/search/tpe_proposals.h"

#include "runtime/core/dimension_values.h"
#include "stdlib/search/good_trials.h"
#include "stdlib/search/parzen_rules.h"
#include "stdlib/search/tree_mixture.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace mlpc::parzen {
namespace {

// Optuna and Hyperopt both let no more trials than that be good.
constexpr std::size_t most_good = 25;

std::size_t candidates_of(const TpeParams& params) { return static_cast<std::size_t>(params.candidates); }

// The points of good and of other trials, both in the order of time.
struct Split {
    std::vector<Assignment> good, others;
    std::vector<double> good_weights;  // empty: by their age
};
Split split_of(const TpeParams& params, const TrialHistory& history) {
    const GoodTrials good = good_trials(history, good_count(params, history.trials().size()));
    std::map<std::uint32_t, double> weight_of;
    for (std::size_t i = 0; i < good.positions.size(); ++i) {
        weight_of[good.positions[i]] = good.weights.empty() ? 1 : good.weights[i];
    }
    Split split;
    for (std::uint32_t i = 0; i < history.trials().size(); ++i) {
        const auto weight = weight_of.find(i);
        (weight != weight_of.end() ? split.good : split.others).push_back(history.trials()[i].point);
        if (weight != weight_of.end() && !good.weights.empty()) {
            split.good_weights.push_back(weight->second);
        }
    }
    if (params.constant_liar) {
        split.others.insert(split.others.end(), history.pending().begin(), history.pending().end());
    }
    return split;
}

// Of points, those that have a value in each of the dimensions, and their weights where there are any.
struct Observed {
    std::vector<Assignment> points;
    std::vector<double> weights;
};
Observed having(const std::vector<std::size_t>& dimensions, const std::vector<Assignment>& points, const std::vector<double>& weights) {
    Observed observed;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::all_of(dimensions.begin(), dimensions.end(), [&](std::size_t d) { return points[i][d].has_value(); })) {
            continue;
        }
        observed.points.push_back(points[i]);
        if (!weights.empty()) {
            observed.weights.push_back(weights[i]);
        }
    }
    return observed;
}

KernelRule rule_of(const TpeParams& params, const Observed& observed) {
    return {.prior_weight = params.prior_weight, .remembered = params.forgetting, .weights = observed.weights};
}

// The best of the candidates that the mixture of good trials draws, by the ratio of densities.
std::vector<double> best_draw(const ProductMixture& good, const ProductMixture& others, std::size_t candidates, Rng rng) {
    std::vector<double> best;
    double best_ratio = -std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < candidates; ++c) {
        std::vector<double> values = good.draw(rng);
        const double ratio = good.log_density(values) - others.log_density(values);
        if (best.empty() || ratio > best_ratio) {
            best = std::move(values);
            best_ratio = ratio;
        }
    }
    return best;
}

std::vector<double> values_of(const Observed& observed, std::size_t dimension) {
    std::vector<double> values;
    for (const Assignment& point : observed.points) {
        values.push_back(*point[dimension]);
    }
    return values;
}

// One dimension after the other, each by what is known of it alone.
class IndependentProposals final : public TpeProposals {
public:
    IndependentProposals(const SearchSpace& space, const TpeParams& params) : space_(&space), params_(params) {}

    std::vector<Assignment> ranked(const TrialHistory& history, const Rng& rng) override {
        const Split split = split_of(params_, history);
        Assignment point(space_->dimensions.size());
        for (std::size_t d = 0; d < point.size(); ++d) {
            if (is_active(*space_, d, point)) {
                point[d] = value(split, d, rng.child(space_->dimensions[d].name));
            }
        }
        return {point};
    }

private:
    double value(const Split& split, std::size_t d, Rng rng) const {
        if (axis_of(space_->dimensions[d]).kind == Axis::Kind::Constant) {
            return quantile(space_->dimensions[d], rng.uniform());
        }
        const auto mixture = params_.variant == Variant::Hyperopt ? hyperopt_mixture : independent_mixture;
        const Observed good = having({d}, split.good, split.good_weights), others = having({d}, split.others, {});
        return best_draw(mixture(*space_, d, values_of(good, d), rule_of(params_, good)),
                         mixture(*space_, d, values_of(others, d), rule_of(params_, others)), candidates_of(params_), rng)
            .front();
    }

    const SearchSpace* space_;
    TpeParams params_;
};

// Dimensions that every trial so far had either all or none of, drawn together.
std::vector<std::vector<std::size_t>> groups_of(const SearchSpace& space, const TrialHistory& history) {
    std::vector<std::vector<std::size_t>> groups;
    std::vector<std::vector<char>> presence;  // of each group: in which trials
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        if (axis_of(space.dimensions[d]).kind == Axis::Kind::Constant) {
            continue;
        }
        std::vector<char> present;
        for (const TrialHistory::Trial& trial : history.trials()) {
            present.push_back(trial.point[d].has_value());
        }
        const auto group = std::find(presence.begin(), presence.end(), present);
        if (group == presence.end()) {
            presence.push_back(std::move(present));
            groups.push_back({d});
        } else {
            groups[static_cast<std::size_t>(group - presence.begin())].push_back(d);
        }
    }
    return groups;
}

class MultivariateProposals final : public TpeProposals {
public:
    MultivariateProposals(const SearchSpace& space, const TpeParams& params) : space_(&space), params_(params) {}

    std::vector<Assignment> ranked(const TrialHistory& history, const Rng& rng) override {
        const Split split = split_of(params_, history);
        std::vector<std::optional<double>> drawn(space_->dimensions.size());
        for (const std::vector<std::size_t>& group : groups_of(*space_, history)) {
            const std::vector<double> values = draw_group(split, group, rng.child(space_->dimensions[group.front()].name));
            for (std::size_t i = 0; i < group.size(); ++i) {
                drawn[group[i]] = values[i];
            }
        }
        Assignment point(drawn.size());
        for (std::size_t d = 0; d < point.size(); ++d) {
            if (is_active(*space_, d, point)) {
                point[d] = drawn[d] ? *drawn[d] : quantile(space_->dimensions[d], rng.child(d).uniform());
            }
        }
        return {point};
    }

private:
    std::vector<double> draw_group(const Split& split, const std::vector<std::size_t>& group, const Rng& rng) const {
        const Observed good = having(group, split.good, split.good_weights), others = having(group, split.others, {});
        return best_draw(multivariate_mixture(*space_, group, good.points, rule_of(params_, good)),
                         multivariate_mixture(*space_, group, others.points, rule_of(params_, others)), candidates_of(params_), rng);
    }

    const SearchSpace* space_;
    TpeParams params_;
};

class JointProposals final : public TpeProposals {
public:
    JointProposals(const SearchSpace& space, const TpeParams& params)
        : space_(&space), params_(params), axes_(axes_of(space)), mixture_(space, axes_, rule_of(params)) {}

    std::vector<Assignment> ranked(const TrialHistory& history, const Rng& stream) override {
        for (std::size_t i = points_.size(); i < history.trials().size(); ++i) {
            points_.push_back(mixture_.point_of(history.trials()[i].point));
        }
        fit(history);
        // Most rounds refine what is known, so that a draw by the prior does not win by being far from everything.
        constexpr double share_of_refining = 0.9;
        Rng rng = stream;
        const auto origin = rng.uniform() < share_of_refining ? TreeMixture::Origin::Kernels : TreeMixture::Origin::KernelsAndPrior;
        std::vector<Assignment> candidates;
        for (std::size_t c = 0; c < candidates_of(params_); ++c) {
            candidates.push_back(mixture_.draw(origin, rng));
        }
        // The branch of the best candidate is that of the best trials so far, which others could not catch up with: now and then it is drawn.
        constexpr double share_of_drawn_branches = 0.5;
        const auto first = rng.uniform() < share_of_drawn_branches ? Order::BranchOfFirstDraw : Order::Ratio;
        return sorted(std::move(candidates), first);
    }

private:
    static std::vector<Axis> axes_of(const SearchSpace& space) {
        std::vector<Axis> axes;
        for (const Dimension& dimension : space.dimensions) {
            axes.push_back(axis_of(dimension));
        }
        return axes;
    }
    static TreeRule rule_of(const TpeParams& params) {
        TreeRule rule;
        rule.good_prior_weight *= params.prior_weight;
        rule.other_prior_weight *= params.prior_weight;
        return rule;
    }
    void fit(const TrialHistory& history) {
        const GoodTrials best = good_trials(history, good_count(params_, points_.size()));
        std::vector<const TreePoint*> good, others;
        std::vector<char> is_good(points_.size(), 0);
        for (const std::uint32_t position : best.positions) {
            good.push_back(&points_[position]);
            is_good[position] = 1;
        }
        for (const std::uint32_t position : history.best_first()) {
            if (!is_good[position]) {
                others.push_back(&points_[position]);
            }
        }
        if (params_.constant_liar) {
            pending_.clear();
            for (const Assignment& point : history.pending()) {
                pending_.push_back(mixture_.point_of(point));
            }
            for (const TreePoint& point : pending_) {
                others.push_back(&point);
            }
        }
        mixture_.fit(good, others, best.weights);
    }
    enum class Order { Ratio, BranchOfFirstDraw };
    bool same_branch(const Assignment& a, const Assignment& b) const {
        for (std::size_t d = 0; d < axes_.size(); ++d) {
            if (axes_[d].kind == Axis::Kind::Category && a[d] != b[d]) {
                return false;
            }
        }
        return true;
    }
    std::vector<Assignment> sorted(std::vector<Assignment> candidates, Order by) {
        const Eigen::ArrayXd ratios = mixture_.log_ratios(candidates);
        std::vector<std::size_t> order(candidates.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
                         [&](std::size_t a, std::size_t b) { return ratios[static_cast<Eigen::Index>(a)] > ratios[static_cast<Eigen::Index>(b)]; });
        if (by == Order::BranchOfFirstDraw) {
            std::stable_partition(order.begin(), order.end(), [&](std::size_t c) { return same_branch(candidates[c], candidates.front()); });
        }
        std::vector<Assignment> result;
        for (const std::size_t c : order) {
            result.push_back(std::move(candidates[c]));
        }
        return result;
    }

    const SearchSpace* space_;
    TpeParams params_;
    std::vector<Axis> axes_;
    TreeMixture mixture_;
    std::vector<TreePoint> points_;  // of the history's trials
    std::vector<TreePoint> pending_;
};

}  // namespace

std::size_t startup_of(const TpeParams& params) {
    const std::int64_t usual = params.variant == Variant::Joint ? 8 : params.variant == Variant::Hyperopt ? 20 : 10;
    return static_cast<std::size_t>(params.startup.value_or(usual));
}

std::size_t good_count(const TpeParams& params, std::size_t trials) {
    const auto all = static_cast<double>(trials);
    double good = 0;
    switch (params.variant) {
        case Variant::Joint:
            good = std::max(3.0, params.gamma.value_or(0.75) * std::sqrt(all));
            break;
        case Variant::Hyperopt:
            good = params.gamma.value_or(0.25) * std::sqrt(all);
            break;
        case Variant::Independent:
        case Variant::Multivariate:
            good = params.gamma.value_or(0.1) * all;
            break;
    }
    return std::min({static_cast<std::size_t>(std::ceil(good)), most_good, trials});
}

std::unique_ptr<TpeProposals> tpe_proposals(const SearchSpace& space, const TpeParams& params) {
    switch (params.variant) {
        case Variant::Joint:
            return std::make_unique<JointProposals>(space, params);
        case Variant::Multivariate:
            return std::make_unique<MultivariateProposals>(space, params);
        case Variant::Independent:
        case Variant::Hyperopt:
            break;
    }
    return std::make_unique<IndependentProposals>(space, params);
}

}  // namespace mlpc::parzen
