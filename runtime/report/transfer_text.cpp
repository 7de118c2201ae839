#include "runtime/report/transfer_text.h"

#include "runtime/reading/model_comparison.h"
#include "runtime/report/comparison_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

std::string subject(Reuse reuse) {
    return reuse == Reuse::FineTuned ? "Fine-tuning" : reuse == Reuse::Frozen ? "The frozen source" : "Training from scratch";
}

std::string object(Reuse reuse) {
    return reuse == Reuse::FineTuned ? "fine-tuning" : reuse == Reuse::Frozen ? "the frozen source" : "training from scratch";
}

std::string sentence(const ReuseComparison& comparison, const std::string& metric, const ScoreFormat& score) {
    const Summary& gain = comparison.by_folds.gain;
    const bool lost = gain.mean < 0;
    const std::string what =
        fmt::format("{} {} {}{} {} {} {}", subject(comparison.first), lost ? "lost" : "gained", score(std::abs(gain.mean)),
                    std::isnan(gain.low) ? "" : " ±" + score((gain.high - gain.low) / 2), metric, lost ? "to" : "over", object(comparison.second));
    if (std::isnan(comparison.adjusted_p_value)) {
        return what + "; from one fold nobody can tell whether that is chance.";
    }
    return comparison.adjusted_p_value < significance ? fmt::format("{} (p {:.2g}).", what, comparison.adjusted_p_value)
                                                      : fmt::format("{}: not told apart (p {:.2g}).", what, comparison.adjusted_p_value);
}

}  // namespace

ScoreFormat score_format(const TransferGain& gain) {
    std::vector<double> scores;
    for (const ReuseStanding& standing : gain.standings) {
        scores.push_back(standing.score.mean);
    }
    return ScoreFormat(scores);
}

std::string words_for(Reuse reuse) { return reuse == Reuse::None ? "from scratch" : std::string(name_of(reuse)); }

std::string budget_sentence(const SearchRecord& search, const TransferGain& gain) {
    const auto [least, most] = std::minmax_element(gain.budget.begin(), gain.budget.end());
    const std::string count = *least == *most ? std::to_string(*most) : fmt::format("{} to {}", *least, *most);
    return fmt::format("Compared: {} of each{}, on the same folds; {}.",
                       *most == 1 ? "the first trial" : "the best of the first " + count + " trials",
                       search.seeds.size() > 1 ? " under every seed" : "", paired_test_words);
}

std::vector<std::string> gain_sentences(const SearchRecord& search, const TransferGain& gain) {
    const ScoreFormat score = score_format(gain);
    std::vector<std::string> sentences;
    for (const ReuseComparison& comparison : gain.comparisons) {
        sentences.push_back(sentence(comparison, search.metric, score));
    }
    return sentences;
}

}  // namespace mlpc
