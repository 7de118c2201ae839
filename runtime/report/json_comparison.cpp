#include "runtime/report/json_comparison.h"

#include "runtime/report/comparison_text.h"

namespace mlpc {

namespace {

Json scores_of(const ComparedRecord& model) {
    Json seeds = Json::array();
    for (const std::vector<double>& seed : model.scores) {
        seeds.push_back(json_numbers(seed));
    }
    return seeds;
}

}  // namespace

Json json_comparison(const ComparisonRecord& comparison) {
    const std::vector<ComparedStanding> standings = read_comparison(comparison);
    Json models = Json::array();
    for (std::size_t i = 0; i < standings.size(); ++i) {
        const ComparedStanding& s = standings[i];
        const ComparedRecord& model = comparison.models[s.model];
        models.push_back({{"name", model.name},
                          {"standing", standing_words(standings, i)},
                          {"trials", model.trials},
                          {"score", json_summary(s.score)},
                          {"behind", json_summary(s.behind.gain)},
                          {"p_value", json_number(s.behind.p_value)},
                          {"adjusted_p_value", json_number(s.adjusted_p_value)},
                          {"fold_scores", scores_of(model)}});
    }
    return {{"metric", comparison.metric},
            {"greater_is_better", comparison.greater_is_better},
            {"folds", comparison.folds == ComparisonRecord::Folds::Outer ? "outer" : "validation"},
            {"scored_per_fitted", json_number(comparison.scored_per_fitted)},
            {"folds_differ", comparison.folds_differ},
            {"models", std::move(models)},
            {"sentences", comparison_sentences(comparison, standings)}};
}

}  // namespace mlpc
