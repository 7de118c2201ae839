#include "runtime/reading/paired_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double p_value_of(double mean, double error, std::size_t count) {
    if (error == 0) {
        return mean == 0 ? 1 : 0;
    }
    return two_sided_p_value(mean / error, count - 1);
}

std::vector<double> means_by_fold(const std::vector<std::vector<double>>& seeds) {
    std::vector<double> means;
    for (std::size_t fold = 0; !seeds.empty() && fold < seeds.front().size(); ++fold) {
        std::vector<double> of_fold;
        for (const std::vector<double>& seed : seeds) {
            of_fold.push_back(fold < seed.size() ? seed[fold] : unknown);
        }
        means.push_back(summarise(of_fold).mean);
    }
    return means;
}

}  // namespace

PairedComparison compare_paired(const std::vector<double>& differences, double scored_per_fitted) {
    PairedComparison comparison{.gain = summarise(differences), .p_value = unknown};
    Summary& gain = comparison.gain;
    if (gain.count < 2 || std::isnan(scored_per_fitted)) {
        gain.low = gain.high = unknown;
        return comparison;
    }
    const auto count = static_cast<double>(gain.count);
    const double widening = std::sqrt(1 + count * scored_per_fitted);
    const double half_width = widening * (gain.high - gain.low) / 2;
    gain.low = gain.mean - half_width;
    gain.high = gain.mean + half_width;
    comparison.p_value = p_value_of(gain.mean, widening * gain.sd / std::sqrt(count), gain.count);
    return comparison;
}

std::vector<double> fold_differences(const SearchRecord& search, const std::vector<const TrialRecord*>& first,
                                     const std::vector<const TrialRecord*>& second) {
    std::vector<std::vector<double>> seeds;
    const double direction = search.greater_is_better ? 1 : -1;
    for (std::size_t s = 0; s < first.size() && s < second.size(); ++s) {
        if (first[s] == nullptr || second[s] == nullptr) {
            continue;
        }
        const std::vector<double>&a = first[s]->fold_scores, &b = second[s]->fold_scores;
        std::vector<double>& of_seed = seeds.emplace_back();
        for (std::size_t fold = 0; fold < std::min(a.size(), b.size()); ++fold) {
            of_seed.push_back(direction * (a[fold] - b[fold]));
        }
    }
    if (!search.folds_differ) {
        return means_by_fold(seeds);
    }
    std::vector<double> all;
    for (const std::vector<double>& seed : seeds) {
        all.insert(all.end(), seed.begin(), seed.end());
    }
    return all;
}

std::vector<double> holm(const std::vector<double>& p_values) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p_values.size(); ++i) {
        if (!std::isnan(p_values[i])) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
    std::vector<double> adjusted = p_values;
    double so_far = 0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        so_far = std::max(so_far, std::min(1.0, static_cast<double>(order.size() - rank) * p_values[order[rank]]));
        adjusted[order[rank]] = so_far;
    }
    return adjusted;
}

}  // namespace mlpc
