#include "runtime/core/journal.h"

#include "runtime/core/digest.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace mlpc {

namespace {

// Exact, with one text for every NaN.
std::string exact(double value) { return std::isnan(value) ? "nan" : fmt::format("{:016x}", std::bit_cast<std::uint64_t>(value)); }

void add_scores(std::string& text, const Share& share, const std::vector<double>& scores) {
    text += fmt::format(" {}/{}:", share.part, share.whole);
    for (const double score : scores) {
        text += " " + exact(score);
    }
}

std::string line_of(const TrialRecord& trial) {
    std::string text = fmt::format("{} {}", trial.number, trial.model);
    for (const auto& [name, value] : trial.params) {
        text += fmt::format(" {}={}", name, value);
    }
    for (const RungRecord& rung : trial.rungs) {
        add_scores(text, rung.share, rung.fold_scores);
    }
    add_scores(text, trial.share, trial.fold_scores);
    for (const auto& [name, value] : trial.measures) {
        text += name == "fit_seconds" ? "" : fmt::format(" {}={}", name, exact(value));
    }
    return text + fmt::format(" {} {} {}\n", trial.given_up, trial.feasible, trial.failure.empty() ? "" : "failed");
}

std::string lines_of(const ComparedRecord& model) {
    std::string text;
    for (const std::vector<double>& seed : model.scores) {
        text += fmt::format("{} {}", model.name, model.trials);
        for (const double score : seed) {
            text += " " + exact(score);
        }
        text += "\n";
    }
    return text;
}

}  // namespace

std::string journal_hash(const RunRecord& run) {
    std::string text;
    for (const SearchRecord& search : run.searches) {
        for (const SeedRecord& seed : search.seeds) {
            text += fmt::format("{} {} {}\n", search.name, seed.seed, seed.winner);
            for (const TrialRecord& trial : seed.trials) {
                text += line_of(trial);
            }
        }
    }
    for (const ComparisonRecord& comparison : run.comparisons) {
        for (const ComparedRecord& model : comparison.models) {
            text += lines_of(model);
        }
    }
    return sha256_hex(text);
}

}  // namespace mlpc
