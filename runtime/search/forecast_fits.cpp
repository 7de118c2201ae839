#include "runtime/search/run_experiment.h"

#include <set>
#include <unordered_map>

namespace mlpc {

namespace {

// Names fits as the engine's keys do, with symbols for what only the data tell.
class FitNames {
public:
    FitNames(const Experiment& e, std::set<Key>& distinct) : experiment_(e), distinct_(distinct) {}

    // Counts the fits below a score in one place; returns how many there are without sharing.
    std::uint64_t count(NodeId root, const Assignment& assignment, std::uint32_t seed, int fold) {
        fits_ = 0;
        known_.clear();
        name(root, assignment, seed, fold);
        return fits_;
    }

private:
    Key name(NodeId id, const Assignment& assignment, std::uint32_t seed, int fold) {
        if (const auto at = known_.find(id.index); at != known_.end()) {
            return at->second;
        }
        const Node& node = experiment_.node(id);
        if (node.kind == NodeKind::Choice) {
            return name(node.inputs.at(static_cast<std::size_t>(assignment.at(node.dimension.index).value())), assignment, seed, fold);
        }
        const bool fit = node.kind == NodeKind::Fit || node.kind == NodeKind::FitModel || node.kind == NodeKind::Resample;
        KeyBuilder key;
        key.add(name_of(node.kind)).add(std::uint64_t{node.rows}).add(std::uint64_t{node.data.index});
        if (node.kind == NodeKind::Take || node.kind == NodeKind::Labels) {
            key.add(static_cast<std::uint64_t>(fold)).add(experiment_.seeds.vary_split ? std::uint64_t{seed} : 0);
        }
        if (node.kind == NodeKind::Select) {
            key.add(static_cast<std::uint64_t>(node.selector.kind)).add(static_cast<std::uint64_t>(node.selector.type)).add(node.selector.pattern);
            for (const std::string& column : node.selector.names) {
                key.add(column);
            }
        }
        if (node.component != nullptr) {
            key.add(node.component->name);
            for (const Binding& b : node.params) {
                const auto* open = std::get_if<DimensionId>(&b);
                key.add(
                    open == nullptr
                        ? std::get<ParamValue>(b).to_string()
                        : value_of(experiment_.searches[node.search].space.dimensions[open->index], assignment.at(open->index).value()).to_string());
            }
            for (const NamedExpression& named : node.named) {
                key.add(named.name).add(to_string(named.expression));
            }
            if (node.component->random && fit) {
                key.add(node.stream).add(experiment_.seeds.vary_init ? std::uint64_t{seed} : 0);
            }
        }
        const std::size_t inputs = node.kind == NodeKind::Score ? 2 : node.inputs.size();
        for (std::size_t i = 0; i < inputs; ++i) {
            key.add(name(node.inputs[i], assignment, seed, fold));
        }
        const Key result = key.key();
        if (fit) {
            ++fits_;
            distinct_.insert(result);
        }
        return known_[id.index] = result;
    }

    const Experiment& experiment_;
    std::set<Key>& distinct_;
    std::unordered_map<std::uint32_t, Key> known_;
    std::uint64_t fits_ = 0;
};

}  // namespace

FitForecast forecast_fits(const Experiment& e) {
    constexpr std::uint64_t most_trials = 20'000;
    FitForecast forecast;
    std::set<Key> distinct;
    for (std::uint32_t s = 0; s < e.searches.size(); ++s) {
        const SearchSpec& search = e.searches[s];
        const SplitSpec& split = e.splits[search.split];
        const bool known = split.folds && (split.folds->kind == FoldsSpec::Kind::KFold || split.folds->kind == FoldsSpec::Kind::Forward);
        const auto folds = known ? static_cast<std::uint64_t>(split.folds->k * split.folds->repeat) : std::uint64_t{5};
        forecast.exact = forecast.exact && known;
        forecast.folds = folds;
        for (std::uint32_t seed = 0; seed < e.seeds.values.size(); ++seed) {
            const Rng rng = Rng::of_seed(e.seeds.values[e.seeds.vary_search ? seed : 0]).child("search").child(search.name).child(std::uint64_t{0});
            const auto searcher = search.method->make_searcher(search.method_params, search.space, rng);
            if (searcher->planned_trials().value_or(0) > most_trials) {
                forecast.trials += *searcher->planned_trials();
                forecast.exact = false;
                continue;
            }
            FitNames names(e, distinct);
            for (std::uint64_t t = 0; t < most_trials; ++t) {
                const std::optional<Assignment> proposal = searcher->ask(t);
                if (!proposal) {
                    break;
                }
                if (searcher->adaptive()) {
                    searcher->tell(t, *proposal, {});
                    forecast.exact = false;
                }
                ++forecast.trials;
                const std::size_t candidate = search.candidates.size() == 1 ? 0 : static_cast<std::size_t>(proposal->at(0).value());
                for (std::uint64_t fold = 0; fold < folds; ++fold) {
                    forecast.fits_before += names.count(search.candidates[candidate].fold.score, *proposal, seed, static_cast<int>(fold));
                }
            }
        }
    }
    forecast.fits_after = distinct.size();
    return forecast;
}

}  // namespace mlpc
