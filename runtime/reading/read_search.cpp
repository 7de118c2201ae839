#include "runtime/reading/functional_anova.h"
#include "runtime/reading/goal_front.h"
#include "runtime/reading/marginal_effects.h"
#include "runtime/reading/observations.h"
#include "runtime/reading/ped_anova.h"
#include "runtime/reading/range_ends.h"
#include "runtime/reading/search_advice.h"
#include "runtime/reading/search_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace mlpc {

namespace {

constexpr std::size_t fewest_observations = 6;
constexpr std::size_t effect_parts = 8;
constexpr std::size_t most_pairs = 5;
constexpr double smallest_pair = 0.05;  // a forest finds less in what adds up

// --- what happened
std::size_t repeats_in(const SeedRecord& seed) {
    std::set<std::pair<std::string, std::vector<std::pair<std::string, std::string>>>> seen;
    std::size_t repeats = 0;
    for (const TrialRecord& trial : seed.trials) {
        repeats += seen.emplace(trial.model, trial.params).second ? 0 : 1;
    }
    return repeats;
}

TrialCounts counts_of(const SearchRecord& search) {
    TrialCounts counts;
    for (const SeedRecord& seed : search.seeds) {
        counts.trials += seed.trials.size();
        counts.repeated += repeats_in(seed);
        for (const TrialRecord& trial : seed.trials) {
            const bool failed = !is_scored(trial);
            counts.failed += failed ? 1 : 0;
            counts.given_up += trial.given_up && !failed ? 1 : 0;
            counts.partial += !trial.given_up && !failed && !trial.share.is_whole() ? 1 : 0;
            counts.infeasible += !trial.feasible && !failed ? 1 : 0;
        }
    }
    return counts;
}

std::vector<BestStep> best_so_far(const SearchRecord& search, const SeedRecord& seed) {
    std::vector<BestStep> steps;
    for (const TrialRecord& trial : seed.trials) {
        const double score = trial.mean_score();
        if (!trial.may_win() || std::isnan(score)) {
            continue;
        }
        if (steps.empty() || (search.greater_is_better ? score > steps.back().score : score < steps.back().score)) {
            steps.push_back({.trial = trial.number, .score = score});
        }
    }
    return steps;
}

// --- parameters
std::size_t top_count(std::size_t observations) { return std::max((observations + 9) / 10, std::min<std::size_t>(5, observations / 2)); }

// The observations that have an axis, best first.
std::vector<std::size_t> rows_with(const Observations& observations, std::size_t axis) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < observations.list.size(); ++i) {
        if (observations.list[i].values[axis]) {
            rows.push_back(i);
        }
    }
    return rows;
}

// Axes that exist in all of these observations and vary among them.
std::vector<std::size_t> axes_varying_in(const Observations& observations, const std::vector<std::size_t>& rows) {
    std::vector<std::size_t> axes;
    for (std::size_t axis = 0; axis < observations.axes.size(); ++axis) {
        std::set<std::size_t> cells;
        const bool everywhere = std::all_of(rows.begin(), rows.end(), [&](std::size_t row) {
            const auto& value = observations.list[row].values[axis];
            return value && (cells.insert(observations.axes[axis].cell(*value)), true);
        });
        if (everywhere && cells.size() > 1) {
            axes.push_back(axis);
        }
    }
    return axes;
}

struct Group {
    std::vector<std::size_t> axes;
    VarianceShares variance;
    std::vector<double> at_best;
};

Group group_of(const Observations& observations, const std::vector<std::size_t>& rows) {
    Group group{.axes = axes_varying_in(observations, rows), .variance = {}, .at_best = {}};
    std::vector<GridAxis> axes;
    for (const std::size_t axis : group.axes) {
        axes.push_back({.cells = observations.axes[axis].cells(), .ordered = observations.axes[axis].is_ordered()});
    }
    std::vector<GridPoint> points;
    for (const std::size_t row : rows) {
        GridPoint& point = points.emplace_back();
        point.value = observations.list[row].value;
        for (const std::size_t axis : group.axes) {
            point.cells.push_back(static_cast<std::uint8_t>(observations.axes[axis].cell(*observations.list[row].values[axis])));
        }
    }
    group.variance = functional_anova(axes, points);
    group.at_best = ped_anova(axes, points, top_count(points.size()));
    return group;
}

std::string best_values_of(const Observations& observations, std::size_t axis, const std::vector<std::size_t>& rows) {
    const Axis& of = observations.axes[axis];
    const std::size_t top = std::min(rows.size(), top_count(rows.size()));
    double low = std::numeric_limits<double>::infinity(), high = -low;
    std::map<std::size_t, std::size_t> counts;
    for (std::size_t i = 0; i < top; ++i) {
        const double value = *observations.list[rows[i]].values[axis];
        low = std::min(low, value);
        high = std::max(high, value);
        ++counts[static_cast<std::size_t>(of.is_numeric() ? 0 : value)];
    }
    if (of.is_numeric()) {
        const std::string from = fmt::format("{:.3g}", low), to = fmt::format("{:.3g}", high);
        return top == 0 ? "" : from == to ? from : from + ".." + to;
    }
    std::vector<std::pair<std::size_t, std::size_t>> order(counts.begin(), counts.end());
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(order.size(), 3); ++i) {
        text += (i == 0 ? "" : ", ") + of.record().choices.at(order[i].first);
    }
    return text;
}

// Of one seed after another; a configuration that several seeds share is one observation but as many trials.
std::size_t trials_with(const SearchRecord& search, const DimensionRecord& first, const DimensionRecord& second) {
    std::size_t count = 0;
    for (const SeedRecord& seed : search.seeds) {
        for (const TrialRecord& trial : seed.trials) {
            count += value_in(trial, first) && value_in(trial, second) ? 1 : 0;
        }
    }
    return count;
}

bool can_tell(const Observations& observations, const std::vector<std::size_t>& rows) {
    return rows.size() >= fewest_observations && observations.ranks[rows.front()] < observations.ranks[rows.back()];
}

// Statistics of the parameters: a forest for each set of trials that several parameters share.
class ParameterReader {
public:
    explicit ParameterReader(const SearchRecord& search) : search_(search), observations_(observe(search)) {
        for (const SeedRecord& seed : search.seeds) {
            trials_ += seed.trials.size();
        }
    }

    std::vector<ParameterReading> parameters() {
        std::vector<ParameterReading> list;
        for (std::size_t axis = 0; axis < observations_.axes.size(); ++axis) {
            list.push_back(read(axis));
        }
        // One that exists in few trials matters to few.
        const auto weight = [](const ParameterReading& p) { return std::isnan(p.importance) ? -1 : p.importance * p.share_of_trials; };
        std::stable_sort(list.begin(), list.end(), [&](const ParameterReading& a, const ParameterReading& b) { return weight(a) > weight(b); });
        return list;
    }

    // After parameters().
    std::vector<PairReading> pairs() const {
        std::vector<PairReading> list;
        std::set<std::pair<std::size_t, std::size_t>> known;
        for (const auto& [rows, group] : groups_) {
            for (const PairShare& pair : group.variance.pairs) {
                const std::size_t first = group.axes[pair.first], second = group.axes[pair.second];
                // Where both exist: a narrower group says the same of fewer trials.
                const bool own = rows == rows_with(observations_, first) || rows == rows_with(observations_, second);
                if (pair.share >= smallest_pair && own && known.emplace(first, second).second) {
                    list.push_back(read(first, second, pair.share));
                }
            }
        }
        std::stable_sort(list.begin(), list.end(), [](const PairReading& a, const PairReading& b) { return a.importance > b.importance; });
        list.resize(std::min(list.size(), most_pairs));
        for (PairReading& pair : list) {
            pair.cells = joint_effect(search_, axis_named(pair.first), axis_named(pair.second));
        }
        return list;
    }

private:
    const Group& group(const std::vector<std::size_t>& rows) {
        const auto known = groups_.find(rows);
        return known != groups_.end() ? known->second : groups_.emplace(rows, group_of(observations_, rows)).first->second;
    }

    ParameterReading read(std::size_t axis) {
        const Axis& of = observations_.axes[axis];
        const std::vector<std::size_t> rows = rows_with(observations_, axis);
        ParameterReading out;
        out.name = of.name();
        out.importance = out.importance_at_best = out.p_value = not_a_number;
        out.trials = trials_with(search_, of.record(), of.record());
        out.share_of_trials = trials_ == 0 ? 0 : static_cast<double>(out.trials) / static_cast<double>(trials_);
        out.effect = marginal_effect(search_, of, effect_parts);
        out.best_values = best_values_of(observations_, axis, rows);
        if (!rows.empty() && can_tell(observations_, rows)) {
            const Group& shares = group(rows);
            const auto place = std::find(shares.axes.begin(), shares.axes.end(), axis);
            const auto index = static_cast<std::size_t>(place - shares.axes.begin());
            out.importance = place == shares.axes.end() ? 0 : shares.variance.main[index];
            out.importance_at_best = place == shares.axes.end() ? 0 : shares.at_best[index];
            out.p_value = chance_of_difference(observations_, axis);
        }
        const EdgeFinding end = edge_of(search_, observations_, axis, top_count(rows.size()), out.p_value);
        out.edge = end.edge;
        out.edge_seeds = end.seeds;
        return out;
    }

    PairReading read(std::size_t first, std::size_t second, double importance) const {
        const Axis &a = observations_.axes[first], &b = observations_.axes[second];
        return {.first = a.name(), .second = b.name(), .trials = trials_with(search_, a.record(), b.record()), .importance = importance, .cells = {}};
    }

    const Axis& axis_named(const std::string& name) const {
        return *std::find_if(observations_.axes.begin(), observations_.axes.end(), [&](const Axis& axis) { return axis.name() == name; });
    }

    const SearchRecord& search_;
    Observations observations_;
    std::size_t trials_ = 0;
    std::map<std::vector<std::size_t>, Group> groups_;
};

}  // namespace

SearchReading read_search(const SearchRecord& search) {
    SearchReading reading;
    reading.counts = counts_of(search);
    for (const SeedRecord& seed : search.seeds) {
        for (const TrialRecord& trial : seed.trials) {
            reading.ask_seconds += trial.ask_seconds;
            reading.trial_seconds += trial.seconds;
        }
        reading.seeds.push_back({.seed = seed.seed, .best_so_far = best_so_far(search, seed), .front = front_of(search, seed)});
    }
    ParameterReader reader(search);
    reading.parameters = reader.parameters();
    reading.pairs = reader.pairs();
    reading.advice = search_advice(search, reading);
    return reading;
}

}  // namespace mlpc
