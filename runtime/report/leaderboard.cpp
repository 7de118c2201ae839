#include "runtime/report/leaderboard.h"

#include "runtime/report/score_format.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

bool is_evaluated(const SearchRecord& search) {
    return std::any_of(search.seeds.begin(), search.seeds.end(),
                       [](const SeedRecord& s) { return !s.test_scores.empty() || !s.outer_scores.empty(); });
}

double find_score(const std::map<std::string, double>& scores, const std::string& metric) {
    const auto found = scores.find(metric);
    return found == scores.end() ? unknown : found->second;
}

bool has_test_score(const SearchRecord& search, const std::string& metric) {
    return std::any_of(search.seeds.begin(), search.seeds.end(), [&](const SeedRecord& s) { return s.test_scores.count(metric) > 0; });
}

HeldOut held_out_of(const SearchRecord& search) {
    const auto has_tests = [](const SeedRecord& s) { return !s.test_scores.empty(); };
    if (std::any_of(search.seeds.begin(), search.seeds.end(), has_tests)) {
        return HeldOut::TestRows;
    }
    return is_evaluated(search) ? HeldOut::OuterFolds : HeldOut::Nothing;
}

std::string held_out_metric_of(const RunRecord& run, const SearchRecord& search, HeldOut held_out) {
    const bool own = held_out == HeldOut::TestRows ? has_test_score(search, search.metric) : run.metrics.empty();
    return own || run.metrics.empty() || held_out == HeldOut::Nothing ? search.metric : run.metrics.front();
}

const TrialRecord* best_trial(const SearchRecord& search, const SeedRecord& seed, const std::string& model) {
    // The winner stands for its model even where another trial ties with it.
    if (const TrialRecord* winner = winning_trial(seed); winner != nullptr && winner->model == model) {
        return winner;
    }
    const TrialRecord* best = nullptr;
    for (const TrialRecord& trial : seed.trials) {
        const double score = trial.mean_score();
        if (trial.model != model || std::isnan(score) || !trial.may_win()) {
            continue;
        }
        const bool better = best == nullptr || (search.greater_is_better ? score > best->mean_score() : score < best->mean_score());
        best = better ? &trial : best;
    }
    return best;
}

Standing standing_of(const SearchRecord& search, const WinnerScores& winners, const std::string& model) {
    Standing standing;
    standing.model = model;
    std::vector<double> train, validation, test;
    for (std::size_t s = 0; s < search.seeds.size(); ++s) {
        const SeedRecord& seed = search.seeds[s];
        for (const TrialRecord& trial : seed.trials) {
            standing.trials += trial.model == model ? 1 : 0;
            standing.failed += trial.model == model && !trial.failure.empty() ? 1 : 0;
        }
        const TrialRecord* best = best_trial(search, seed, model);
        if (best == nullptr) {
            continue;
        }
        train.push_back(best->mean_train_score());
        validation.push_back(best->mean_score());
        if (best == winning_trial(seed)) {
            ++standing.won;
            test.push_back(winners.test[s]);
        }
    }
    standing.train = summarise_known(train);
    standing.validation = summarise_known(validation);
    standing.test = summarise_known(test);
    standing.dummy = summarise_known(winners.dummy);
    standing.gap = (search.greater_is_better ? 1 : -1) * (standing.train.mean - standing.validation.mean);
    return standing;
}

std::vector<std::string> models_of(const SearchRecord& search) {
    std::vector<std::string> models = search.models;
    for (const SeedRecord& seed : search.seeds) {
        for (const TrialRecord& trial : seed.trials) {
            if (std::find(models.begin(), models.end(), trial.model) == models.end()) {
                models.push_back(trial.model);
            }
        }
    }
    return models;
}

}  // namespace

const SearchRecord* main_search(const RunRecord& run) {
    const auto evaluated = std::find_if(run.searches.begin(), run.searches.end(), is_evaluated);
    if (evaluated != run.searches.end()) {
        return &*evaluated;
    }
    const auto own = std::find_if(run.searches.begin(), run.searches.end(), [](const SearchRecord& s) { return !s.only_compared; });
    if (own != run.searches.end()) {
        return &*own;
    }
    return run.searches.empty() ? nullptr : &run.searches.front();
}

bool says_more_than_comparison(const SearchRecord& search) {
    const auto failed = [](const SeedRecord& seed) { return winning_trial(seed) == nullptr; };
    return !search.only_compared || std::any_of(search.seeds.begin(), search.seeds.end(), failed);
}

const TrialRecord* winning_trial(const SeedRecord& seed) { return seed.winner < seed.trials.size() ? &seed.trials[seed.winner] : nullptr; }

bool metric_greater(const RunRecord& run, const std::string& metric) {
    for (std::size_t i = 0; i < run.metrics.size() && i < run.metrics_greater.size(); ++i) {
        if (run.metrics[i] == metric) {
            return run.metrics_greater[i];
        }
    }
    return true;
}

WinnerScores winner_scores(const RunRecord& run, const SearchRecord& search) {
    WinnerScores scores;
    scores.held_out = held_out_of(search);
    scores.held_out_metric = held_out_metric_of(run, search, scores.held_out);
    scores.comparable = scores.held_out_metric == search.metric;
    scores.held_out_greater = scores.comparable ? search.greater_is_better : metric_greater(run, scores.held_out_metric);
    for (const SeedRecord& seed : search.seeds) {
        const TrialRecord* winner = winning_trial(seed);
        scores.train.push_back(winner == nullptr ? unknown : winner->mean_train_score());
        scores.validation.push_back(winner == nullptr ? unknown : winner->mean_score());
        scores.refit_train.push_back(find_score(seed.train_scores, scores.held_out_metric));
        scores.test.push_back(scores.held_out == HeldOut::OuterFolds ? summarise_known(seed.outer_scores).mean
                                                                     : find_score(seed.test_scores, scores.held_out_metric));
        scores.dummy.push_back(find_score(seed.dummy_scores, scores.held_out_metric));
    }
    return scores;
}

std::vector<Standing> leaderboard(const RunRecord& run, const SearchRecord& search) {
    const WinnerScores winners = winner_scores(run, search);
    std::vector<Standing> standings;
    for (const std::string& model : models_of(search)) {
        standings.push_back(standing_of(search, winners, model));
    }
    const auto rank = [&](const Standing& s) {
        const double mean = s.validation.mean;
        return std::isnan(mean) ? std::numeric_limits<double>::infinity() : search.greater_is_better ? -mean : mean;
    };
    std::stable_sort(standings.begin(), standings.end(), [&](const Standing& a, const Standing& b) { return rank(a) < rank(b); });
    return standings;
}

std::vector<WinningConfiguration> winning_configurations(const SearchRecord& search) {
    std::vector<WinningConfiguration> configurations;
    for (const SeedRecord& seed : search.seeds) {
        const TrialRecord* winner = winning_trial(seed);
        if (winner == nullptr) {
            continue;
        }
        auto same = std::find_if(configurations.begin(), configurations.end(),
                                 [&](const WinningConfiguration& c) { return c.model == winner->model && c.params == winner->params; });
        if (same == configurations.end()) {
            same = configurations.insert(configurations.end(), {.model = winner->model, .params = winner->params, .seeds = {}});
        }
        same->seeds.push_back(seed.seed);
    }
    std::stable_sort(configurations.begin(), configurations.end(), [](const auto& a, const auto& b) { return a.seeds.size() > b.seeds.size(); });
    return configurations;
}

std::vector<SliceStanding> slice_standings(const SearchRecord& search) {
    std::vector<SliceStanding> standings;
    std::vector<std::vector<double>> scores;
    for (const SeedRecord& seed : search.seeds) {
        for (const SliceScore& slice : seed.slices) {
            const auto same = std::find_if(standings.begin(), standings.end(),
                                           [&](const SliceStanding& s) { return s.column == slice.column && s.value == slice.value; });
            const auto position = static_cast<std::size_t>(same - standings.begin());
            if (same == standings.end()) {
                standings.push_back({.column = slice.column, .value = slice.value, .rows = slice.rows, .score = {}});
                scores.emplace_back();
            }
            standings[position].rows = std::max(standings[position].rows, slice.rows);
            scores[position].push_back(slice.score);
        }
    }
    for (std::size_t i = 0; i < standings.size(); ++i) {
        standings[i].score = summarise_known(scores[i]);
    }
    return standings;
}

Matrix total_confusion(const SearchRecord& search) {
    Matrix total;
    for (const SeedRecord& seed : search.seeds) {
        if (total.size() == 0) {
            total = seed.confusion;
        } else if (seed.confusion.rows() == total.rows() && seed.confusion.cols() == total.cols()) {
            total += seed.confusion;
        }
    }
    return total;
}

std::vector<std::string> class_names(const RunRecord& run, std::size_t count) {
    for (const DataRecord& data : run.data) {
        if (data.classes.size() == count) {
            return data.classes;
        }
    }
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < count; ++i) {
        numbers.push_back(std::to_string(i));
    }
    return numbers;
}

std::string seed_list(const std::vector<std::uint64_t>& seeds) {
    std::vector<std::string> parts;
    for (const std::uint64_t seed : seeds) {
        parts.push_back(std::to_string(seed));
    }
    return joined(parts);
}

std::vector<std::uint64_t> seeds_of(const SearchRecord& search) {
    std::vector<std::uint64_t> seeds;
    for (const SeedRecord& seed : search.seeds) {
        seeds.push_back(seed.seed);
    }
    return seeds;
}

}  // namespace mlpc
