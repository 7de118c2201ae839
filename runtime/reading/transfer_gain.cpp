#include "runtime/reading/transfer_gain.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

std::size_t trials_of(const SeedRecord& seed, Reuse reuse) {
    return static_cast<std::size_t>(
        std::count_if(seed.trials.begin(), seed.trials.end(), [&](const TrialRecord& trial) { return trial.reuse == reuse; }));
}

// Of the first `budget` trials of that kind.
const TrialRecord* best_of(const SearchRecord& search, const SeedRecord& seed, Reuse reuse, std::size_t budget) {
    const TrialRecord* best = nullptr;
    std::size_t seen = 0;
    for (const TrialRecord& trial : seed.trials) {
        if (trial.reuse != reuse || seen++ >= budget || !trial.may_win() || std::isnan(trial.mean_score())) {
            continue;
        }
        const bool better =
            best == nullptr || (search.greater_is_better ? trial.mean_score() > best->mean_score() : trial.mean_score() < best->mean_score());
        best = better ? &trial : best;
    }
    return best;
}

ReuseStanding standing_of(const SearchRecord& search, Reuse reuse, const std::vector<std::size_t>& budget) {
    ReuseStanding standing{.reuse = reuse, .trials = 0, .seconds = 0, .best = {}, .score = {}};
    std::vector<double> scores;
    for (std::size_t s = 0; s < search.seeds.size(); ++s) {
        for (const TrialRecord& trial : search.seeds[s].trials) {
            standing.trials += trial.reuse == reuse ? 1 : 0;
            standing.seconds += trial.reuse == reuse ? trial.seconds : 0;
        }
        standing.best.push_back(best_of(search, search.seeds[s], reuse, budget[s]));
        if (standing.best.back() != nullptr) {
            scores.push_back(standing.best.back()->mean_score());
        }
    }
    standing.score = summarise(scores);
    return standing;
}

std::vector<ReuseComparison> comparisons_of(const SearchRecord& search, const std::vector<ReuseStanding>& standings) {
    std::vector<ReuseComparison> comparisons;
    std::vector<double> p_values;
    for (std::size_t a = 0; a < standings.size(); ++a) {
        for (std::size_t b = a + 1; b < standings.size(); ++b) {
            const std::vector<double> differences = fold_differences(search, standings[a].best, standings[b].best);
            if (!differences.empty()) {
                comparisons.push_back({standings[a].reuse, standings[b].reuse, compare_paired(differences, search.scored_per_fitted), 0});
                p_values.push_back(comparisons.back().by_folds.p_value);
            }
        }
    }
    const std::vector<double> adjusted = holm(p_values);
    for (std::size_t i = 0; i < comparisons.size(); ++i) {
        comparisons[i].adjusted_p_value = adjusted[i];
    }
    return comparisons;
}

}  // namespace

std::optional<TransferGain> transfer_gain(const SearchRecord& search) {
    std::vector<Reuse> tried;
    for (const Reuse reuse : {Reuse::FineTuned, Reuse::Frozen, Reuse::None}) {
        const bool any = std::any_of(search.seeds.begin(), search.seeds.end(), [&](const SeedRecord& seed) { return trials_of(seed, reuse) > 0; });
        if (any) {
            tried.push_back(reuse);
        }
    }
    if (tried.size() < 2) {
        return std::nullopt;
    }
    TransferGain gain;
    for (const SeedRecord& seed : search.seeds) {
        std::size_t fewest = seed.trials.size();
        for (const Reuse reuse : tried) {
            fewest = std::min(fewest, trials_of(seed, reuse));
        }
        gain.budget.push_back(fewest);
    }
    for (const Reuse reuse : tried) {
        gain.standings.push_back(standing_of(search, reuse, gain.budget));
    }
    gain.comparisons = comparisons_of(search, gain.standings);
    return gain;
}

}  // namespace mlpc
