#include "runtime/report/comparison_text.h"

#include "runtime/report/reading_text.h"
#include "runtime/report/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

constexpr std::size_t model_name_width = 24;

using Standings = std::vector<ComparedStanding>;

// "a", "a and b", "a, b and c"
std::string listed(const std::vector<std::string>& parts) {
    if (parts.size() < 2) {
        return joined(parts);
    }
    return joined({parts.begin(), parts.end() - 1}) + " and " + parts.back();
}

bool is_known(const ComparedStanding& s) { return !std::isnan(s.adjusted_p_value); }

template <class Is>
std::vector<std::string> names_where(const ComparisonRecord& comparison, const Standings& standings, Is is) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i < standings.size(); ++i) {
        if (is(standings[i])) {
            names.push_back(comparison.models[standings[i].model].name);
        }
    }
    return names;
}

std::string best_sentence(const ComparisonRecord& comparison, const Standings& standings) {
    if (standings.front().score.count == 0) {
        return "No model has a score, so that nothing is compared.";
    }
    const std::string best = comparison.models[standings.front().model].name;
    const auto near = names_where(comparison, standings, [](const auto& s) { return is_known(s) && !s.is_told_from_best(); });
    const auto worse = names_where(comparison, standings, [](const auto& s) { return s.is_told_from_best(); });
    if (near.empty() && worse.empty()) {
        return fmt::format("The best by {} is {}; whether that is chance cannot be told from one pair of scores.", comparison.metric, best);
    }
    if (worse.empty()) {
        return fmt::format("The best by {} is {}, but {} cannot be told from it.", comparison.metric, best, listed(near));
    }
    return fmt::format("The best by {} is {}{}; {} {} worse.", comparison.metric, best,
                       near.empty() ? "" : fmt::format(", but {} cannot be told from it", listed(near)), listed(worse),
                       worse.size() > 1 ? "are" : "is");
}

std::string folds_sentence(const ComparisonRecord& comparison, const Standings& standings) {
    const bool outer = comparison.folds == ComparisonRecord::Folds::Outer;
    const std::size_t seeds = comparison.models.front().scores.size(), pairs = standings.front().score.count;
    const std::string each = seeds < 2                 ? ""
                             : comparison.folds_differ ? fmt::format(", other ones under each of {} seeds", seeds)
                                                       : fmt::format(", each the mean over {} seeds", seeds);
    return fmt::format("Paired over the same {}{}; {}.", counted(pairs, outer ? "outer fold" : "validation fold"), each, paired_test_words);
}

// Nothing where no model is the best of several trials.
std::string choice_sentence(const ComparisonRecord& comparison) {
    std::vector<std::string> names, trials;
    for (const ComparedRecord& model : comparison.models) {
        if (model.trials > 1) {
            names.push_back(model.name);
            trials.push_back(std::to_string(model.trials));
        }
    }
    if (names.empty()) {
        return "";
    }
    if (comparison.folds == ComparisonRecord::Folds::Outer) {
        return "The outer folds have chosen nothing: the search was made anew inside of every one.";
    }
    return fmt::format(
        "What is shown of {} is the best of {} trials, chosen by these same folds: the scores are optimistic, more so with more trials, and p does "
        "not know of the choice. `outer 5` in the split compares on folds that have chosen nothing.",
        listed(names), listed(trials));
}

std::string missing_sentence(const ComparisonRecord& comparison, const Standings& standings) {
    const auto names = names_where(comparison, standings, [](const auto& s) { return s.score.count == 0; });
    const bool any = !names.empty() && standings.front().score.count > 0;
    return any ? fmt::format("{} {} no score, and {} not compared.", listed(names), names.size() > 1 ? "have" : "has",
                             names.size() > 1 ? "are" : "is")
               : "";
}

}  // namespace

const char* const paired_test_words = "±: half the 95 % interval, p after Holm, by the corrected resampled t-test (Nadeau and Bengio 2003)";

ScoreFormat score_format(const Standings& standings) {
    std::vector<double> scores;
    for (const ComparedStanding& standing : standings) {
        scores.push_back(standing.score.mean);
    }
    return ScoreFormat(scores);
}

std::string standing_words(const Standings& standings, std::size_t position) {
    const ComparedStanding& standing = standings[position];
    if (standing.score.count == 0) {
        return "no score";
    }
    return position == 0 ? "best" : standing.is_told_from_best() ? "worse" : "not told from the best";
}

std::vector<std::string> comparison_sentences(const ComparisonRecord& comparison, const Standings& standings) {
    std::vector<std::string> sentences = {best_sentence(comparison, standings), missing_sentence(comparison, standings)};
    if (standings.front().score.count > 0) {
        sentences.insert(sentences.end(), {folds_sentence(comparison, standings), choice_sentence(comparison)});
    }
    sentences.erase(std::remove(sentences.begin(), sentences.end(), ""), sentences.end());
    return sentences;
}

std::string comparison_text(const ComparisonRecord& comparison) {
    const Standings standings = read_comparison(comparison);
    const ScoreFormat score = score_format(standings);
    TextTable table({Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left});
    table.add({"model", "trials", elided(comparison.metric, model_name_width), "behind", "p", ""});
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const ComparedStanding& s = standings[i];
        const ComparedRecord& model = comparison.models[s.model];
        table.add({elided(model.name, model_name_width), std::to_string(model.trials), score.with_interval(s.score),
                   score.with_interval(s.behind.gain), p_value_text(s.adjusted_p_value), standing_words(standings, i)});
    }
    std::string out = table.text();
    for (const std::string& sentence : comparison_sentences(comparison, standings)) {
        out += wrapped(sentence, line_width, 2);
    }
    return out;
}

}  // namespace mlpc
