#include "runtime/reading/marginal_effects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace mlpc {

namespace {

constexpr std::size_t most_groups = 8;
constexpr std::size_t parts_of_pairs = 4;

// Few more values than parts are a part each.
std::size_t part_count(const Axis& axis, std::size_t most) { return axis.is_numeric() && axis.cells() > most + most / 2 ? most : axis.cells(); }
std::size_t part_of(const Axis& axis, double value, std::size_t most) { return axis.cell(value) * part_count(axis, most) / axis.cells(); }

// The ends of a part of a number's range; of integers the first and last that lie in it.
std::pair<double, double> ends_of(const Axis& axis, std::size_t part, std::size_t most) {
    // The first cell that part_of() gives to this part.
    const auto first_cell = [&](std::size_t p) { return (p * axis.cells() + part_count(axis, most) - 1) / part_count(axis, most); };
    const auto cells = static_cast<double>(axis.cells());
    const double low = axis.value_at(static_cast<double>(first_cell(part)) / cells);
    const double high = axis.value_at(static_cast<double>(first_cell(part + 1)) / cells);
    if (axis.record().kind != "integer") {
        return {low, high};
    }
    return {std::ceil(low - 1e-9), std::ceil(high - 1e-9) - 1};
}

std::string range_text(double low, double high) {
    const std::string from = fmt::format("{:.3g}", low), to = fmt::format("{:.3g}", high);
    return from == to ? from : from + ".." + to;
}

EffectBin empty_bin(const Axis& axis, std::size_t part, std::size_t most) {
    EffectBin bin{.value = {}, .low = not_a_number, .high = not_a_number, .mean = not_a_number, .best = not_a_number};
    if (axis.is_numeric()) {
        std::tie(bin.low, bin.high) = ends_of(axis, part, most);
        bin.value = range_text(bin.low, bin.high);
    } else if (part < axis.record().choices.size()) {
        const bool shared = part + 1 == axis.cells() && axis.record().choices.size() > axis.cells();
        bin.value = shared ? "others" : axis.record().choices[part];
    }
    return bin;
}

// Mean and best of the scores that are given one by one.
struct Scores {
    std::size_t count = 0;
    double sum = 0, best = not_a_number;
    void add(double score, bool greater_is_better) {
        ++count;
        sum += score;
        best = std::isnan(best) ? score : greater_is_better ? std::max(best, score) : std::min(best, score);
    }
    double mean() const { return count == 0 ? not_a_number : sum / static_cast<double>(count); }
};

template <class Visit>
void for_each_trial(const SearchRecord& search, Visit visit) {
    for (const SeedRecord& seed : search.seeds) {
        for (const TrialRecord& trial : seed.trials) {
            visit(trial);
        }
    }
}

// Wilson and Hilferty 1931: the cube root of a chi-squared variable is nearly normal.
double chi_squared_p(double statistic, double degrees) {
    const double variance = 2 / (9 * degrees);
    return 0.5 * std::erfc((std::cbrt(statistic / degrees) - (1 - variance)) / std::sqrt(2 * variance));
}

// Ranks among these alone, equal ones share the mean; ascending in, ascending out. Ranks over all observations order them.
std::vector<double> ranks_among(const std::vector<double>& ascending) {
    std::vector<double> ranks(ascending.size());
    for (std::size_t begin = 0, end = 0; begin < ascending.size(); begin = end) {
        while (end < ascending.size() && ascending[end] == ascending[begin]) {
            ++end;
        }
        std::fill(ranks.begin() + static_cast<std::ptrdiff_t>(begin), ranks.begin() + static_cast<std::ptrdiff_t>(end),
                  (static_cast<double>(begin + end) + 1) / 2);
    }
    return ranks;
}

// Kruskal-Wallis; equal ranks are taken into account by the ranks' own variance.
double kruskal_wallis_p(const std::vector<double>& ranks, const std::vector<std::size_t>& groups) {
    const auto n = static_cast<double>(ranks.size());
    const double middle = (n + 1) / 2;
    double squares = 0;
    std::map<std::size_t, std::pair<double, double>> sums;  // of rank - middle, count
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        squares += (ranks[i] - middle) * (ranks[i] - middle);
        sums[groups[i]].first += ranks[i] - middle;
        sums[groups[i]].second += 1;
    }
    double between = 0;
    for (const auto& [group, sum] : sums) {
        between += sum.first * sum.first / sum.second;
    }
    if (sums.size() < 2 || squares <= 0) {
        return 1;
    }
    return chi_squared_p((n - 1) * between / squares, static_cast<double>(sums.size() - 1));
}

}  // namespace

std::vector<EffectBin> marginal_effect(const SearchRecord& search, const Axis& axis, std::size_t most) {
    std::vector<EffectBin> bins;
    for (std::size_t part = 0; part < part_count(axis, most); ++part) {
        bins.push_back(empty_bin(axis, part, most));
    }
    std::vector<Scores> scores(bins.size());
    for_each_trial(search, [&](const TrialRecord& trial) {
        if (const auto value = value_in(trial, axis.record())) {
            const std::size_t part = part_of(axis, *value, most);
            ++bins[part].trials;
            if (is_scored(trial)) {
                scores[part].add(trial.mean_score(), search.greater_is_better);
            } else {
                ++bins[part].failed;
            }
        }
    });
    for (std::size_t part = 0; part < bins.size(); ++part) {
        bins[part].mean = scores[part].mean();
        bins[part].best = scores[part].best;
    }
    // On a logarithmic scale a part may hold no integer.
    std::erase_if(bins, [](const EffectBin& bin) { return bin.low > bin.high && bin.trials == 0; });
    return bins;
}

std::vector<PairCell> joint_effect(const SearchRecord& search, const Axis& first, const Axis& second) {
    std::set<std::size_t> rows, columns;
    std::map<std::pair<std::size_t, std::size_t>, std::pair<std::size_t, Scores>> cells;
    for_each_trial(search, [&](const TrialRecord& trial) {
        const auto a = value_in(trial, first.record()), b = value_in(trial, second.record());
        if (!a || !b) {
            return;
        }
        const std::size_t row = *rows.insert(part_of(first, *a, parts_of_pairs)).first;
        const std::size_t column = *columns.insert(part_of(second, *b, parts_of_pairs)).first;
        auto& [trials, scores] = cells[{row, column}];
        ++trials;
        if (is_scored(trial)) {
            scores.add(trial.mean_score(), search.greater_is_better);
        }
    });
    std::vector<PairCell> out;
    for (const std::size_t row : rows) {
        for (const std::size_t column : columns) {
            const auto& [trials, scores] = cells[{row, column}];
            out.push_back({.first = empty_bin(first, row, parts_of_pairs).value,
                           .second = empty_bin(second, column, parts_of_pairs).value,
                           .trials = trials,
                           .mean = scores.mean(),
                           .best = scores.best});
        }
    }
    return out;
}

double chance_of_difference(const Observations& observations, std::size_t axis) {
    std::vector<double> ranks, values;
    for (std::size_t i = 0; i < observations.list.size(); ++i) {
        if (const auto& value = observations.list[i].values[axis]) {
            ranks.push_back(observations.ranks[i]);
            values.push_back(*value);
        }
    }
    // About five observations a group, where there is a choice: the chi-squared approximation needs them.
    const std::size_t most = std::clamp<std::size_t>(ranks.size() / 5, 2, most_groups);
    std::vector<std::size_t> groups;
    for (const double value : values) {
        groups.push_back(part_of(observations.axes[axis], value, most));
    }
    return kruskal_wallis_p(ranks_among(ranks), groups);
}

}  // namespace mlpc
