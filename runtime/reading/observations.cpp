#include "runtime/reading/observations.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace mlpc {

namespace {

bool is_choice(const DimensionRecord& d) { return d.kind == "choice" || d.kind == "ordered"; }

double median_of(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

// What a trial counts as beside others: succeeded and feasible before infeasible before failed, then by how far it was evaluated, then by
// its score.
struct Standing {
    int tier = 0;
    double missing_share = 0;
    double value = 0;
    friend auto operator<=>(const Standing&, const Standing&) = default;
};

struct Merged {
    Observation observation;
    int tier = 2;
    double missing_share = 1;
    double sum = 0;
    std::size_t scored = 0;
    Standing standing() const { return {tier, missing_share, observation.value}; }
};

std::string key_of(const TrialRecord& trial) {
    std::string key = trial.model;
    for (const auto& [name, value] : trial.params) {
        key += '\n' + name + '\n' + value;
    }
    return key;
}

double seed_middle(const SearchRecord& search, const SeedRecord& seed) {
    std::vector<double> whole, all;
    for (const TrialRecord& trial : seed.trials) {
        if (is_scored(trial)) {
            all.push_back(search.greater_is_better ? -trial.mean_score() : trial.mean_score());
            if (trial.may_win()) {
                whole.push_back(all.back());
            }
        }
    }
    return median_of(whole.empty() ? all : whole);
}

std::vector<std::optional<double>> values_of(const TrialRecord& trial, const std::vector<DimensionRecord>& space) {
    std::vector<std::optional<double>> values;
    for (const DimensionRecord& dimension : space) {
        values.push_back(value_in(trial, dimension));
    }
    return values;
}

void add_trial(Merged& merged, const TrialRecord& trial, double value) {
    merged.tier = std::min(merged.tier, !is_scored(trial) ? 2 : trial.feasible ? 0 : 1);
    if (is_scored(trial)) {
        merged.missing_share = std::min(merged.missing_share, 1 - trial.share.ratio());
        merged.sum += value;
        ++merged.scored;
    }
}

std::vector<Merged> merged_trials(const SearchRecord& search) {
    std::vector<Merged> list;
    std::map<std::string, std::size_t> known;
    for (const SeedRecord& seed : search.seeds) {
        const double middle = seed_middle(search, seed);
        for (const TrialRecord& trial : seed.trials) {
            const auto [place, is_new] = known.try_emplace(key_of(trial), list.size());
            if (is_new) {
                list.emplace_back().observation.values = values_of(trial, search.space);
            }
            const double score = trial.mean_score();
            add_trial(list[place->second], trial, (search.greater_is_better ? -score : score) - middle);
        }
    }
    for (Merged& one : list) {
        one.observation.failed = one.scored == 0;
        one.observation.value = one.scored == 0 ? 0 : one.sum / static_cast<double>(one.scored);
    }
    return list;
}

// Tukey's outer fence, on the worse side only: one diverged fit must not be all the variance there is.
double worst_allowed(const std::vector<Merged>& list) {
    std::vector<double> values;
    for (const Merged& one : list) {
        if (!one.observation.failed) {
            values.push_back(one.observation.value);
        }
    }
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const double lower = values[(values.size() - 1) / 4], upper = values[3 * (values.size() - 1) / 4];
    return upper > lower ? std::min(values.back(), upper + 3 * (upper - lower)) : values.back();
}

std::vector<double> ranks_of(const std::vector<Merged>& sorted) {
    std::vector<double> ranks(sorted.size());
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
        while (end < sorted.size() && sorted[end].standing() == sorted[begin].standing()) {
            ++end;
        }
        std::fill(ranks.begin() + static_cast<std::ptrdiff_t>(begin), ranks.begin() + static_cast<std::ptrdiff_t>(end),
                  (static_cast<double>(begin + end) + 1) / 2);
    }
    return ranks;
}

std::vector<Axis> axes_of(const SearchRecord& search, const std::vector<Merged>& list) {
    std::vector<Axis> axes;
    for (std::size_t d = 0; d < search.space.size(); ++d) {
        std::vector<double> values;
        for (const Merged& one : list) {
            if (const auto& value = one.observation.values[d]) {
                values.push_back(*value);
            }
        }
        axes.emplace_back(search.space[d], values);
    }
    return axes;
}

}  // namespace

bool is_scored(const TrialRecord& trial) { return trial.failure.empty() && std::isfinite(trial.mean_score()); }

std::optional<double> value_in(const TrialRecord& trial, const DimensionRecord& dimension) {
    const std::string* text = dimension.name == "model" ? &trial.model : nullptr;
    for (const auto& [name, value] : trial.params) {
        text = name == dimension.name ? &value : text;
    }
    if (text == nullptr) {
        return std::nullopt;
    }
    if (is_choice(dimension)) {
        const auto found = std::find(dimension.choices.begin(), dimension.choices.end(), *text);
        return found == dimension.choices.end() ? std::nullopt : std::optional(static_cast<double>(found - dimension.choices.begin()));
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    const bool whole = error == std::errc() && end == text->data() + text->size() && std::isfinite(number);
    return whole ? std::optional(number) : std::nullopt;
}

Axis::Axis(const DimensionRecord& record, const std::vector<double>& values) : record_(record), numeric_(!is_choice(record)) {
    if (!numeric_) {
        cells_ = std::clamp<std::size_t>(record.choices.size(), 1, most_choices);
        return;
    }
    if (!record.bounded && !values.empty()) {
        record_.low = *std::min_element(values.begin(), values.end());
        record_.high = *std::max_element(values.begin(), values.end());
    }
    record_.log = record_.log && record_.low > 0;
    // An integer is as wide as the reals that round to it.
    const double half = record_.kind == "integer" ? 0.5 : 0;
    low_ = scaled(record_.low - half);
    high_ = scaled(record_.high + half);
    if (!(high_ - low_ > 0) || std::isinf(high_ - low_)) {
        return;  // one cell
    }
    const double count = record_.high - record_.low + 1;
    const bool each_value = half > 0 && !record_.log && count <= static_cast<double>(most_cells);
    cells_ = each_value ? static_cast<std::size_t>(std::max(count, 1.0)) : most_cells;
}

double Axis::scaled(double value) const { return record_.log ? std::log(value) : value; }

double Axis::position(double value) const {
    if (!numeric_) {
        return (value + 0.5) / static_cast<double>(std::max<std::size_t>(record_.choices.size(), 1));
    }
    return cells_ == 1 ? 0.5 : (scaled(std::clamp(value, record_.low, record_.high)) - low_) / (high_ - low_);
}

std::size_t Axis::cell(double value) const {
    if (!numeric_) {
        return std::min(static_cast<std::size_t>(value), cells_ - 1);
    }
    return std::min(static_cast<std::size_t>(position(value) * static_cast<double>(cells_)), cells_ - 1);
}

double Axis::value_at(double position) const {
    const double value = low_ + position * (high_ - low_);
    return record_.log ? std::exp(value) : value;
}

Observations observe(const SearchRecord& search) {
    std::vector<Merged> list = merged_trials(search);
    const double worst = worst_allowed(list);
    for (Merged& one : list) {
        one.observation.value = one.observation.failed ? worst : std::min(one.observation.value, worst);
    }
    std::stable_sort(list.begin(), list.end(), [](const Merged& a, const Merged& b) { return a.standing() < b.standing(); });
    Observations out{.axes = axes_of(search, list), .list = {}, .ranks = ranks_of(list)};
    for (Merged& one : list) {
        out.list.push_back(std::move(one.observation));
    }
    return out;
}

}  // namespace mlpc
