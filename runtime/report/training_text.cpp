#include "runtime/report/training_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

// "14", or "12 to 15".
std::string range_text(std::vector<std::int64_t> values) {
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    return *low == *high ? std::to_string(*low) : fmt::format("{} to {}", *low, *high);
}

}  // namespace

std::vector<const Training*> winner_trainings(const SeedRecord& seed) {
    if (!seed.training.epochs.empty()) {
        return {&seed.training};
    }
    std::vector<const Training*> trainings;
    if (seed.winner < seed.trials.size()) {
        for (const FoldTraining& of_fold : seed.trials[seed.winner].trainings) {
            if (!of_fold.training.epochs.empty()) {
                trainings.push_back(&of_fold.training);
            }
        }
    }
    return trainings;
}

std::string training_text(const SeedRecord& seed) {
    const std::vector<const Training*> trainings = winner_trainings(seed);
    if (trainings.empty()) {
        return "";
    }
    std::vector<std::int64_t> counts, bests, planned;
    bool has_stopped = false, has_held = false;
    for (const Training* training : trainings) {
        counts.push_back(static_cast<std::int64_t>(training->epochs.size()));
        bests.push_back(training->epochs[training->best()].number);
        planned.push_back(training->planned);
        has_stopped = has_stopped || training->stopped_early();
        has_held = has_held || !std::isnan(training->epochs.front().held_loss);
    }
    const std::string best = has_held ? ", best at " + range_text(bests) : "";
    const std::string folds = trainings.size() > 1 ? "; a range is over the folds" : "";
    if (has_stopped) {
        return fmt::format("stopped after {} of {} epochs{}{}", range_text(counts), range_text(planned), best, folds);
    }
    return fmt::format("trained for {} epochs{}{}", has_held ? "all " + range_text(counts) : range_text(counts), best, best.empty() ? "" : folds);
}

std::vector<std::string> training_lines(const SearchRecord& search) {
    std::vector<std::string> lines;
    for (const SeedRecord& seed : search.seeds) {
        const std::string text = training_text(seed);
        if (!text.empty()) {
            lines.push_back(search.seeds.size() > 1 ? fmt::format("seed {}: {}", seed.seed, text) : text);
        }
    }
    return lines;
}

}  // namespace mlpc
