#include "runtime/search/compare_models.h"

#include <algorithm>
#include <limits>

namespace mlpc {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

struct FoldRows {
    const RowsRef *fitted, *scored;
};
std::vector<FoldRows> folds_of(const SeedRows& seed, ComparisonRecord::Folds folds) {
    std::vector<FoldRows> list;
    if (folds == ComparisonRecord::Folds::Outer) {
        for (const OuterFold& fold : seed.outer) {
            list.push_back({&fold.train, &fold.scored});
        }
        return list;
    }
    for (const InnerFold& fold : seed.folds) {
        list.push_back({&fold.fit, &fold.scored});
    }
    return list;
}

}  // namespace

std::optional<ChosenPoint> chosen_by(const SearchRun* run, const SearchSpec& search, std::optional<std::size_t> candidate) {
    if (run == nullptr) {
        return ChosenPoint{0, Assignment(search.space.dimensions.size())};
    }
    const std::size_t best = run->winner(candidate);
    return best < run->trial_count() ? std::optional(ChosenPoint{run->candidate(best), run->assignment(best)}) : std::nullopt;
}

FoldShape shape_of(const SplitRows& rows, ComparisonRecord::Folds folds) {
    const std::vector<FoldRows> first = folds_of(rows.seeds.front(), folds);
    std::vector<double> ratios;
    for (const FoldRows& fold : first) {
        ratios.push_back(static_cast<double>(fold.scored->count) / static_cast<double>(std::max<std::size_t>(fold.fitted->count, 1)));
    }
    const auto same = [](const FoldRows& a, const FoldRows& b) { return a.scored->key == b.scored->key; };
    const bool differ = std::any_of(rows.seeds.begin(), rows.seeds.end(), [&](const SeedRows& seed) {
        const std::vector<FoldRows> own = folds_of(seed, folds);
        return !std::equal(own.begin(), own.end(), first.begin(), first.end(), same);
    });
    return {summarise(ratios).mean, differ};
}

ModelComparisons::ModelComparisons(const Experiment& experiment, const PreparedData& data) : experiment_(experiment) {
    for (const CompareSpec& compare : experiment.comparisons) {
        const SearchSpec& search = experiment.searches[compare.models.front().search];
        ComparisonRecord record;
        record.folds = experiment.splits[search.split].outer ? ComparisonRecord::Folds::Outer : ComparisonRecord::Folds::Validation;
        record.metric = search.metric.text;
        record.greater_is_better = search.maximize;
        const FoldShape shape = shape_of(data.splits[search.split], record.folds);
        record.scored_per_fitted = shape.scored_per_fitted;
        record.folds_differ = shape.differ;
        for (const ComparedModel& model : compare.models) {
            record.models.push_back({.name = model.name, .trials = 1, .scores = std::vector<std::vector<double>>(experiment.seeds.values.size())});
        }
        records_.push_back(std::move(record));
    }
}

template <class F>
void ModelComparisons::each(std::uint32_t search, F f) {
    for (std::size_t c = 0; c < records_.size(); ++c) {
        const std::vector<ComparedModel>& models = experiment_.comparisons[c].models;
        for (std::size_t m = 0; m < models.size(); ++m) {
            if (models[m].search == search) {
                f(models[m], records_[c].folds, records_[c].models[m]);
            }
        }
    }
}

bool ModelComparisons::need_outer_folds(std::uint32_t search) const {
    const auto names_it = [&](const ComparedModel& m) { return m.search == search && experiment_.splits[experiment_.searches[search].split].outer; };
    return std::any_of(experiment_.comparisons.begin(), experiment_.comparisons.end(),
                       [&](const CompareSpec& c) { return std::any_of(c.models.begin(), c.models.end(), names_it); });
}

void ModelComparisons::add_trials(std::uint32_t search, std::uint32_t seed, const SearchRun& run) {
    each(search, [&](const ComparedModel& model, ComparisonRecord::Folds folds, ComparedRecord& record) {
        std::size_t trials = 0;
        for (std::size_t t = 0; t < run.trial_count(); ++t) {
            trials += !model.candidate || run.candidate(t) == *model.candidate ? 1 : 0;
        }
        record.trials = std::max(record.trials, trials);
        const std::size_t best = run.winner(model.candidate);
        if (folds == ComparisonRecord::Folds::Validation && best < run.trial_count()) {
            record.scores[seed] = run.trial(best).fold_scores;
        }
    });
}

std::vector<double> ModelComparisons::outer_scores(std::uint32_t search, std::uint32_t seed) const {
    const bool one = experiment_.searches[search].candidates.size() == 1;
    for (std::size_t c = 0; c < records_.size(); ++c) {
        const std::vector<ComparedModel>& models = experiment_.comparisons[c].models;
        for (std::size_t m = 0; m < models.size(); ++m) {
            if (models[m].search == search && (one || !models[m].candidate) && records_[c].folds == ComparisonRecord::Folds::Outer) {
                return records_[c].models[m].scores[seed];
            }
        }
    }
    return {};
}

void ModelComparisons::add_outer_fold(std::uint32_t search, const Context& outer, const SearchRun* inside, Engine& engine) {
    const SearchSpec& spec = experiment_.searches[search];
    each(search, [&](const ComparedModel& model, ComparisonRecord::Folds folds, ComparedRecord& record) {
        if (folds != ComparisonRecord::Folds::Outer) {
            return;
        }
        const auto chosen = chosen_by(inside, spec, model.candidate);
        double score = unknown;
        if (chosen) {
            const NodeId node = spec.candidates[chosen->candidate].outer.value().score;
            const Result result = engine.values({{node, outer, &chosen->assignment}}).front();
            score = result.failure.empty() ? std::get<double>(result.value) : unknown;
        }
        record.scores[outer.seed].push_back(score);
    });
}

}  // namespace mlpc
