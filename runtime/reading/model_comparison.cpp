#include "runtime/reading/model_comparison.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

constexpr Summary unknown_summary{.mean = not_a_number, .sd = not_a_number, .low = not_a_number, .high = not_a_number, .count = 0};

Summary score_of(const ComparisonRecord& comparison, const ComparedRecord& model) {
    const std::vector<double> scores = values_by_fold(model.scores, comparison.folds_differ);
    return scores.empty() ? unknown_summary : compare_paired(scores, comparison.scored_per_fitted).gain;
}

PairedComparison behind_best(const ComparisonRecord& comparison, const ComparedRecord& best, const ComparedRecord& model) {
    const bool greater = comparison.greater_is_better;
    const FoldScores differences = differences_of(greater ? best.scores : model.scores, greater ? model.scores : best.scores);
    const std::vector<double> by_fold = values_by_fold(differences, comparison.folds_differ);
    return by_fold.empty() ? PairedComparison{unknown_summary, not_a_number} : compare_paired(by_fold, comparison.scored_per_fitted);
}

}  // namespace

std::vector<ComparedStanding> read_comparison(const ComparisonRecord& comparison) {
    std::vector<ComparedStanding> standings;
    for (std::size_t m = 0; m < comparison.models.size(); ++m) {
        const Summary score = score_of(comparison, comparison.models[m]);
        standings.push_back({.model = m, .score = score, .behind = {unknown_summary, not_a_number}, .adjusted_p_value = not_a_number});
    }
    const auto rank = [&](const ComparedStanding& s) {
        return s.score.count == 0 ? std::numeric_limits<double>::infinity() : comparison.greater_is_better ? -s.score.mean : s.score.mean;
    };
    std::stable_sort(standings.begin(), standings.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    std::vector<double> p_values(standings.size(), not_a_number);
    for (std::size_t s = 1; s < standings.size(); ++s) {
        standings[s].behind = behind_best(comparison, comparison.models[standings[0].model], comparison.models[standings[s].model]);
        p_values[s] = standings[s].behind.p_value;
    }
    const std::vector<double> adjusted = holm(p_values);
    for (std::size_t s = 0; s < standings.size(); ++s) {
        standings[s].adjusted_p_value = adjusted[s];
    }
    return standings;
}

}  // namespace mlpc
