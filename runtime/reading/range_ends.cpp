#include "runtime/reading/range_ends.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

constexpr double outer_part = 0.05;

Edge end_at(const Axis& axis, double value) {
    const double position = axis.position(value);
    if (value <= axis.record().low || position <= outer_part) {
        return Edge::Low;
    }
    return value >= axis.record().high || position >= 1 - outer_part ? Edge::High : Edge::None;
}

const TrialRecord* best_trial(const SearchRecord& search, const SeedRecord& seed, const DimensionRecord& dimension) {
    const TrialRecord* best = nullptr;
    for (const TrialRecord& trial : seed.trials) {
        const double score = trial.mean_score();
        if (!trial.may_win() || !std::isfinite(score) || !value_in(trial, dimension)) {
            continue;
        }
        const bool better = best == nullptr || (search.greater_is_better ? score > best->mean_score() : score < best->mean_score());
        best = better ? &trial : best;
    }
    return best;
}

bool is_natural_limit(const DimensionRecord& d, Edge edge) {
    const double end = edge == Edge::Low ? d.low : d.high;
    const bool integer = d.kind == "integer";
    return edge == Edge::Low ? end == 0 || (integer && end == 1) : end == 1 && !integer;
}

// The best observations lie on that side, so that it is not the luck of one trial.
bool best_lie_at(const Observations& observations, std::size_t axis, std::size_t top, Edge edge) {
    std::vector<double> positions;
    for (const Observation& one : observations.list) {
        if (one.values[axis] && positions.size() < top) {
            positions.push_back(observations.axes[axis].position(*one.values[axis]));
        }
    }
    if (positions.empty()) {
        return false;
    }
    std::sort(positions.begin(), positions.end());
    const double middle = positions[positions.size() / 2];
    return edge == Edge::Low ? middle <= 1.0 / 3 : middle >= 2.0 / 3;
}

}  // namespace

EdgeFinding edge_of(const SearchRecord& search, const Observations& observations, std::size_t axis, std::size_t top, double p_value) {
    const DimensionRecord& dimension = observations.axes[axis].record();
    if (!observations.axes[axis].is_numeric() || !dimension.bounded || observations.axes[axis].cells() < 2) {
        return {};
    }
    std::size_t seeds = 0, low = 0, high = 0;
    for (const SeedRecord& seed : search.seeds) {
        if (const TrialRecord* best = best_trial(search, seed, dimension)) {
            const Edge end = end_at(observations.axes[axis], value_in(*best, dimension).value_or(0));
            ++seeds;
            low += end == Edge::Low ? 1 : 0;
            high += end == Edge::High ? 1 : 0;
        }
    }
    const Edge edge = high > low ? Edge::High : Edge::Low;
    const std::size_t agree = std::max(low, high);
    const bool by_values = p_value <= significance && 2 * agree > seeds;
    const bool by_seeds = seeds >= 3 && 5 * agree >= 4 * seeds;
    if (agree == 0 || !(by_values || by_seeds) || is_natural_limit(dimension, edge) || !best_lie_at(observations, axis, top, edge)) {
        return {};
    }
    return {.edge = edge, .seeds = agree};
}

}  // namespace mlpc
