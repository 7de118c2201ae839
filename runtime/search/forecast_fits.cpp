#include "runtime/engine/lookahead.h"
#include "runtime/search/run_experiment.h"
#include "runtime/search/searcher_of.h"

#include <algorithm>
#include <map>
#include <set>

namespace mlpc {

namespace {

// The trials of one search in one place, as far as they are known without results.
struct Trials {
    std::vector<Assignment> assignments;
    std::uint64_t planned = 0;
    bool complete = true;
    bool adaptive = false;
    std::vector<PlannedRung> rungs;
    // How many trials an assignment stands for: the first one for itself, so that what all trials share is counted once.
    std::uint64_t weight(std::size_t i) const { return i == 0 || planned <= assignments.size() ? 1 : (planned - 1) / (assignments.size() - 1); }
};

// What a method that learns from results proposes first says what its trials cost; more would take its time for nothing.
Trials trials_of(const Experiment& e, const SearchSpec& search, std::uint32_t seed) {
    constexpr std::uint64_t most = 20'000, most_adaptive = 10;
    const auto searcher = searcher_of(e, search, seed, -1, 1);
    Trials trials{.assignments = {},
                  .planned = searcher->planned_trials().value_or(0),
                  .complete = true,
                  .adaptive = searcher->adaptive(),
                  .rungs = searcher->planned_rungs()};
    if (trials.planned > most) {
        trials.complete = false;
        return trials;
    }
    while (trials.assignments.size() < (trials.adaptive ? most_adaptive : most)) {
        const Answer answer = searcher->ask(trials.assignments.size());
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr) {
            break;
        }
        if (trials.adaptive) {
            searcher->tell(trials.assignments.size(), *suggestion, {.rung = suggestion->rung});
        }
        trials.assignments.push_back(suggestion->point);
    }
    trials.planned = std::max<std::uint64_t>(trials.adaptive ? trials.planned : 0, trials.assignments.size());
    return trials;
}

// Counts fits, equal ones once for each fold and each seed that reaches them.
class FitCounts {
public:
    FitCounts(const Experiment& e, std::uint64_t folds) : experiment_(e), folds_(folds) {}

    void add(const SearchSpec& search, const Trials& trials, std::uint32_t seed) {
        std::vector<Proposal> units;
        for (const Assignment& assignment : trials.assignments) {
            const std::size_t candidate = search.candidates.size() == 1 ? 0 : static_cast<std::size_t>(assignment.at(0).value());
            units.push_back({search.candidates[candidate].fold.score, &assignment});
        }
        const engine::Lookahead ahead = trials.adaptive ? engine::Lookahead() : engine::Lookahead(experiment_, units);
        for (std::size_t i = 0; i < units.size(); ++i) {
            engine::NodeNames names(experiment_, *units[i].assignment);
            const std::uint64_t fits_each = folds_ * trials.weight(i);
            engine::visit_nodes(names, units[i].root, [&](const engine::NamedNode& node) {
                if (engine::is_fit(*node.node)) {
                    count(node, ahead, seed, fits_each);
                }
            });
        }
    }
    void fill(FitForecast& forecast) const {
        for (const auto& [component, fits] : by_component_) {
            forecast.components.push_back(fits);
            forecast.fits_before += fits.asked;
            forecast.fits_equal_once += fits.equal_once;
            forecast.fits_after += fits.done;
        }
    }

private:
    void count(const engine::NamedNode& node, const engine::Lookahead& ahead, std::uint32_t seed, std::uint64_t fits_each) {
        ComponentFits& fits = by_component_[node.node->component->name];
        fits.component = node.node->component->name;
        fits.asked += fits_each;
        const bool varies = experiment_.seeds.vary_split || (experiment_.seeds.vary_init && node.drawn);
        const std::uint32_t place = varies ? seed : 0;
        fits.equal_once += equal_.insert({node.name, place}).second ? fits_each : 0;
        const engine::PathPoint* most = node.path ? ahead.largest(*node.path) : nullptr;
        const Key fitted = most != nullptr ? engine::with_path_value(node, most->value).name : node.name;
        fits.path = most != nullptr && most->order > node.path->order ? node.node->component->params[most->param].name : fits.path;
        fits.done += fitted_.insert({fitted, place}).second ? fits_each : 0;
    }

    const Experiment& experiment_;
    std::uint64_t folds_;
    std::map<std::string, ComponentFits> by_component_;
    std::set<std::pair<Key, std::uint32_t>> equal_, fitted_;
};

void add_rungs(const SearchSpec& search, std::uint32_t seed, const Trials& trials, FitForecast& forecast) {
    if (seed == 0 && !trials.rungs.empty()) {
        forecast.budgets.push_back({search.name, trials.rungs});
    }
}

}  // namespace

FitForecast forecast_fits(const Experiment& e) {
    FitForecast forecast;
    std::map<std::uint64_t, FitCounts> counts;  // by number of folds
    for (const SearchSpec& search : e.searches) {
        if (search.objective) {
            forecast.exact = false;
            for (std::uint32_t seed = 0; seed < e.seeds.values.size(); ++seed) {
                const Trials trials = trials_of(e, search, seed);
                forecast.trials += trials.planned;
                add_rungs(search, seed, trials, forecast);
            }
            continue;
        }
        const SplitSpec& split = e.splits[search.split];
        const bool known = split.folds && (split.folds->kind == FoldsSpec::Kind::KFold || split.folds->kind == FoldsSpec::Kind::Forward);
        forecast.exact = forecast.exact && known;
        forecast.folds = known ? static_cast<std::uint64_t>(split.folds->k * split.folds->repeat) : 5;
        FitCounts& of_split = counts.try_emplace(forecast.folds, e, forecast.folds).first->second;
        for (std::uint32_t seed = 0; seed < e.seeds.values.size(); ++seed) {
            const Trials trials = trials_of(e, search, seed);
            forecast.trials += trials.planned;
            forecast.exact = forecast.exact && trials.complete && !trials.adaptive;
            of_split.add(search, trials, seed);
            add_rungs(search, seed, trials, forecast);
        }
    }
    for (const auto& [folds, of_split] : counts) {
        of_split.fill(forecast);
    }
    return forecast;
}

}  // namespace mlpc
