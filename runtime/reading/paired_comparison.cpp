#include "runtime/reading/paired_comparison.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace mlpc {

namespace {

double p_value_of(double mean, double error, std::size_t count) {
    if (error == 0) {
        return mean == 0 ? 1 : 0;
    }
    return two_sided_p_value(mean / error, count - 1);
}

// The mean over the seeds that have a value.
FoldScores means_over_seeds(const FoldScores& seeds) {
    FoldScores by_fold;
    for (const std::vector<double>& seed : seeds) {
        by_fold.resize(std::max(by_fold.size(), seed.size()));
        for (std::size_t fold = 0; fold < seed.size(); ++fold) {
            if (!std::isnan(seed[fold])) {
                by_fold[fold].push_back(seed[fold]);
            }
        }
    }
    std::vector<double> means;
    for (const std::vector<double>& fold : by_fold) {
        means.push_back(fold.empty() ? not_a_number : summarise(fold).mean);
    }
    return {means};
}

}  // namespace

PairedComparison compare_paired(const std::vector<double>& differences, double scored_per_fitted) {
    PairedComparison comparison{.gain = summarise(differences), .p_value = not_a_number};
    Summary& gain = comparison.gain;
    if (gain.count < 2 || std::isnan(scored_per_fitted)) {
        gain.low = gain.high = not_a_number;
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

FoldScores differences_of(const FoldScores& first, const FoldScores& second) {
    FoldScores differences;
    for (std::size_t s = 0; s < std::min(first.size(), second.size()); ++s) {
        std::vector<double>& of_seed = differences.emplace_back();
        for (std::size_t fold = 0; fold < std::min(first[s].size(), second[s].size()); ++fold) {
            of_seed.push_back(first[s][fold] - second[s][fold]);
        }
    }
    return differences;
}

std::vector<double> values_by_fold(const FoldScores& seeds, bool folds_differ) {
    std::vector<double> values;
    for (const std::vector<double>& some : folds_differ ? seeds : means_over_seeds(seeds)) {
        std::copy_if(some.begin(), some.end(), std::back_inserter(values), [](double value) { return !std::isnan(value); });
    }
    return values;
}

std::vector<double> fold_differences(const SearchRecord& search, const std::vector<const TrialRecord*>& first,
                                     const std::vector<const TrialRecord*>& second) {
    const auto scores = [](const std::vector<const TrialRecord*>& trials) {
        FoldScores seeds;
        for (const TrialRecord* trial : trials) {
            seeds.push_back(trial == nullptr ? std::vector<double>() : trial->fold_scores);
        }
        return seeds;
    };
    const bool greater = search.greater_is_better;
    return values_by_fold(differences_of(scores(greater ? first : second), scores(greater ? second : first)), search.folds_differ);
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
