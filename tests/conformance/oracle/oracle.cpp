#include "tests/conformance/oracle/oracle.h"

#include "runtime/search/searcher_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <set>

namespace mlpc::conformance {

namespace {

constexpr std::size_t most_seeds = 2, most_trials = 5, most_asked = 60;

// Where something is fitted, and on which rows alone.
struct Place {
    std::string name;
    std::uint32_t search = 0;
    Context context;
    RowParts fitted = 0;
    std::vector<const Stage*> stages;  // by candidate
};

struct Trial {
    std::size_t candidate = 0;
    Assignment assignment;
};

// Proposals of the search itself, chosen so that alternatives and words are taken that no earlier one took.
std::vector<Trial> some_trials(const Experiment& e, const SearchSpec& search) {
    const auto searcher = searcher_of(e, search, 0, -1, 1);
    std::vector<Trial> trials;
    std::set<std::pair<std::size_t, double>> taken;
    for (std::uint64_t number = 0; number < most_asked && trials.size() < most_trials; ++number) {
        const Answer answer = searcher->ask(number);
        const auto* suggestion = std::get_if<Suggestion>(&answer);
        if (suggestion == nullptr) {
            break;
        }
        searcher->tell(number, *suggestion, {});
        const Assignment* proposal = &suggestion->point;
        bool is_new = trials.empty();
        for (std::size_t d = 0; d < proposal->size(); ++d) {
            const bool choice = search.space.dimensions[d].kind == Dimension::Kind::Choice;
            is_new |= choice && (*proposal)[d] && taken.emplace(d, *(*proposal)[d]).second;
        }
        if (is_new) {
            trials.push_back({search.candidates.size() == 1 ? 0 : static_cast<std::size_t>(proposal->at(0).value()), *proposal});
        }
    }
    return trials;
}

template <class GetStage>
std::vector<const Stage*> stages_of(const SearchSpec& search, GetStage get) {
    std::vector<const Stage*> stages;
    for (const Candidate& candidate : search.candidates) {
        stages.push_back(get(candidate));
    }
    return stages;
}

std::vector<Place> places_of(const Experiment& e, std::uint32_t s, const SplitRows& rows) {
    const SearchSpec& search = e.searches[s];
    std::vector<Place> places;
    const auto inner = stages_of(search, [](const Candidate& c) { return &c.fold; });
    const auto outer = stages_of(search, [](const Candidate& c) { return c.outer ? &*c.outer : nullptr; });
    const auto final = stages_of(search, [](const Candidate& c) { return &c.final; });
    for (std::uint32_t seed = 0; seed < std::min(most_seeds, rows.seeds.size()); ++seed) {
        const SeedRows& parts = rows.seeds[seed];
        const auto add = [&](const std::string& name, int o, int f, RowParts fitted, const std::vector<const Stage*>& stages) {
            places.push_back({fmt::format("{}, seed {}, {}", search.name, seed, name), s, {search.split, seed, o, f}, fitted, stages});
        };
        add("final fit", -1, -1, rows::AllTrain, final);
        for (std::size_t f = 0; f < parts.folds.size(); ++f) {
            add(fmt::format("fold {}", f), -1, static_cast<int>(f), rows::Fit, inner);
        }
        for (std::size_t o = 0; o < parts.outer.size(); ++o) {
            add(fmt::format("outer fold {}", o), static_cast<int>(o), -1, rows::Train, outer);
            add(fmt::format("fold 0 of outer fold {}", o), static_cast<int>(o), 0, rows::Fit, inner);
        }
    }
    for (const FitSpec& fit : e.fits) {
        if (fit.search == s) {
            std::vector<const Stage*> stages;
            for (const Stage& stage : fit.stages) {
                stages.push_back(&stage);
            }
            places.push_back({fmt::format("fit {}", fit.name), s, {search.split, 0, -1, -1}, fit.rows, stages});
        }
    }
    return places;
}

// Everything that fitting left behind, by the node that left it; equal contents, equal sets.
using States = std::multiset<std::pair<std::string, Key>>;

Key key_of(const Prediction& prediction) {
    KeyBuilder key;
    key.add_bytes(std::as_bytes(std::span(prediction.values.data(), static_cast<std::size_t>(prediction.values.size()))));
    key.add_bytes(std::as_bytes(std::span(prediction.probabilities.data(), static_cast<std::size_t>(prediction.probabilities.size()))));
    return key.key();
}

struct Fitted {
    States states;
    std::vector<std::string> failures;
};

Fitted fit(const Experiment& e, const std::vector<Dataset>& data, const std::vector<SplitRows>& splits, const Place& place,
           const std::vector<Trial>& trials) {
    Fitted fitted;
    std::mutex mutex;
    Engine engine(e, data, splits, {.jobs = 1, .share = false});
    engine.on_state = [&](const Node& node, const Context&, std::span<const std::byte> bytes) {
        KeyBuilder key;
        key.add_bytes(bytes);
        const std::lock_guard lock(mutex);
        fitted.states.emplace(fmt::format("{} (node {})", node.component->name, &node - e.nodes.data()), key.key());
    };
    std::vector<Request> requests;
    for (const Trial& trial : trials) {
        const Stage& stage = *place.stages.at(trial.candidate);
        requests.push_back({stage.model, place.context, &trial.assignment});
        requests.push_back({stage.train_prediction, place.context, &trial.assignment});
    }
    for (const Result& result : engine.values(requests)) {
        if (const auto* prediction = std::get_if<std::shared_ptr<const Prediction>>(&result.value)) {
            fitted.states.emplace("predictions of training rows", key_of(**prediction));
        }
        if (!result.failure.empty()) {
            fitted.failures.push_back(result.failure);
        }
    }
    return fitted;
}

std::string first_difference(const Fitted& a, const Fitted& b) {
    if (a.failures != b.failures) {
        const std::vector<std::string>& more = a.failures.size() > b.failures.size() ? a.failures : b.failures;
        return "what fails: " + more.front();
    }
    std::vector<std::pair<std::string, Key>> differing;
    std::set_symmetric_difference(a.states.begin(), a.states.end(), b.states.begin(), b.states.end(), std::back_inserter(differing));
    return differing.empty() ? "" : differing.front().first;
}

void consult_in(const Experiment& e, const PreparedData& prepared, const Place& place, const std::vector<Trial>& trials, Findings& findings) {
    const std::size_t table_rows = prepared.tables[e.splits[place.context.split].data.index].rows();
    const RowsRef& taught_by = rows_of(prepared.splits[place.context.split], place.fitted, place.context);
    const Rng rng = Rng::of_seed(1).child(place.name);
    const auto fit_altered = [&](const RowIndex& rows, std::uint64_t which) {
        const AlteredData other = alter_rows(e, prepared, place.context.split, rows, rng.child(which));
        return fit(e, other.datasets, other.splits, place, trials);
    };
    const Fitted as_is = fit(e, prepared.datasets, prepared.splits, place, trials);
    ++findings.places;
    findings.states += as_is.states.size();
    for (const std::string& failure : as_is.failures) {
        findings.failed.push_back(place.name + ": " + failure);
    }
    if (const RowIndex held_out = rows_outside(taught_by, table_rows); !held_out.empty()) {
        const std::string changed = first_difference(as_is, fit_altered(held_out, 1));
        if (!changed.empty()) {
            findings.leaks.push_back(place.name + ": " + changed);
        }
    }
    if (first_difference(as_is, fit_altered(to_index(taught_by), 2)).empty()) {
        findings.frozen.push_back(place.name);
    }
}

}  // namespace

Findings consult_oracle(const Experiment& e, const PreparedData& prepared) {
    Findings findings;
    for (std::uint32_t s = 0; s < e.searches.size(); ++s) {
        if (e.searches[s].objective) {
            continue;
        }
        const std::vector<Trial> trials = some_trials(e, e.searches[s]);
        for (const Place& place : places_of(e, s, prepared.splits[e.searches[s].split])) {
            consult_in(e, prepared, place, trials, findings);
        }
    }
    return findings;
}

}  // namespace mlpc::conformance
