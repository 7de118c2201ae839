#include "runtime/reading/search_advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

constexpr double noticeable_pair = 0.05;

const DimensionRecord* dimension_of(const SearchRecord& search, const std::string& name) {
    const auto found = std::find_if(search.space.begin(), search.space.end(), [&](const DimensionRecord& d) { return d.name == name; });
    return found == search.space.end() ? nullptr : &*found;
}

std::string seeds_text(std::size_t agree, std::size_t seeds) { return seeds == 1 ? "" : fmt::format(" under {} of {} seeds", agree, seeds); }

void add_edges(std::vector<std::string>& advice, const SearchRecord& search, const SearchReading& reading) {
    for (const ParameterReading& p : reading.parameters) {
        const DimensionRecord* dimension = dimension_of(search, p.name);
        if (p.edge == Edge::None || dimension == nullptr) {
            continue;
        }
        advice.push_back(fmt::format("The best values of `{}` lie at the {} end of {:.6g}..{:.6g}{}: widen it, unless it can go no further.", p.name,
                                     p.edge == Edge::Low ? "lower" : "upper", dimension->low, dimension->high,
                                     seeds_text(p.edge_seeds, search.seeds.size())));
    }
}

// Parts of a parameter's range in which every trial failed.
struct FailingParts {
    std::string values;
    std::size_t trials = 0;
};

FailingParts failing_parts(const ParameterReading& p) {
    FailingParts parts;
    for (const EffectBin& bin : p.effect) {
        if (bin.failed >= 3 && bin.failed == bin.trials) {
            parts.values += (parts.values.empty() ? "" : ", ") + bin.value;
            parts.trials += bin.trials;
        }
    }
    return parts;
}

void add_failures(std::vector<std::string>& advice, const SearchReading& reading) {
    for (const ParameterReading& p : reading.parameters) {
        const FailingParts parts = failing_parts(p);
        // Where the others fail as well, these values are not why.
        const std::size_t others = reading.counts.trials - parts.trials, others_failed = reading.counts.failed - parts.trials;
        if (parts.trials > 0 && 2 * others_failed < others) {
            advice.push_back(fmt::format("All {} trials with `{}` at {} failed: leave it out.", parts.trials, p.name, parts.values));
        }
    }
}

// The last trial that was better than all before it, as a share of the trials of its seed.
double last_step_at(const SeedRecord& seed, const SeedReading& reading) {
    if (reading.best_so_far.empty() || seed.trials.empty()) {
        return 0;
    }
    return static_cast<double>(reading.best_so_far.back().trial + 1) / static_cast<double>(seed.trials.back().number + 1);
}

void add_progress(std::vector<std::string>& advice, const SearchRecord& search, const SearchReading& reading) {
    std::size_t late = 0, long_enough = 0;
    for (std::size_t s = 0; s < search.seeds.size(); ++s) {
        long_enough += search.seeds[s].trials.size() >= 20 ? 1 : 0;
        late += search.seeds[s].trials.size() >= 20 && last_step_at(search.seeds[s], reading.seeds[s]) > 0.9 ? 1 : 0;
    }
    if (long_enough > 0 && 2 * late > long_enough) {
        advice.push_back("The best trial was found in the last tenth" + seeds_text(late, search.seeds.size()) +
                         ": more trials may find a better one.");
    }
}

bool interacts(const SearchReading& reading, const std::string& name) {
    return std::any_of(reading.pairs.begin(), reading.pairs.end(),
                       [&](const PairReading& pair) { return pair.importance >= noticeable_pair && (pair.first == name || pair.second == name); });
}

void add_idle_parameters(std::vector<std::string>& advice, const SearchReading& reading) {
    constexpr std::size_t named = 4;
    std::string idle;
    std::size_t known = 0, idle_count = 0;
    for (const ParameterReading& p : reading.parameters) {
        known += std::isnan(p.p_value) ? 0 : 1;
        if (p.p_value > significance && !interacts(reading, p.name) && ++idle_count <= named) {
            idle += (idle.empty() ? "`" : ", `") + p.name + "`";
        }
    }
    idle += idle_count > named ? fmt::format(" and {} more", idle_count - named) : "";
    if (idle_count > 0 && idle_count == known) {
        advice.push_back("No parameter makes a difference that is told from chance.");
    } else if (idle_count > 0) {
        advice.push_back(fmt::format("No difference by {} is told from chance: {} may be fixed.", idle, idle_count == 1 ? "it" : "they"));
    }
}

void add_costs(std::vector<std::string>& advice, const SearchReading& reading) {
    if (reading.counts.repeated * 5 > reading.counts.trials) {
        advice.push_back(fmt::format("{} of {} trials repeat earlier ones: the space has few points for so many trials.", reading.counts.repeated,
                                     reading.counts.trials));
    }
    if (reading.ask_seconds > 1 && reading.ask_seconds > reading.trial_seconds) {
        advice.push_back("Proposing took longer than the trials: a cheaper method would try more in the same time.");
    }
}

}  // namespace

std::vector<std::string> search_advice(const SearchRecord& search, const SearchReading& reading) {
    std::vector<std::string> advice;
    add_edges(advice, search, reading);
    add_failures(advice, reading);
    add_progress(advice, search, reading);
    add_costs(advice, reading);
    add_idle_parameters(advice, reading);
    return advice;
}

}  // namespace mlpc
