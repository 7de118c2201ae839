// What `compare` needs of the searches while they run: the scores of every compared model, fold by fold.
#pragma once

#include "runtime/search/search_run.h"

namespace mlpc {

// A place in a search's space that stands for a model.
struct ChosenPoint {
    std::size_t candidate = 0;
    Assignment assignment;
};
// What a run of a search has chosen (of the trials of a candidate, where one is given); nullopt where no trial may win. Null: without folds
// there is nothing to choose by, and the one model stands as it is.
std::optional<ChosenPoint> chosen_by(const SearchRun*, const SearchSpec&, std::optional<std::size_t> candidate = std::nullopt);
// How many rows folds score to those that they are fitted on, and whether seeds have folds of their own.
struct FoldShape {
    double scored_per_fitted = 0;
    bool differ = false;
};
FoldShape shape_of(const SplitRows&, ComparisonRecord::Folds);

class ModelComparisons {
public:
    ModelComparisons(const Experiment&, const PreparedData&);

    // Whether some comparison needs the outer folds of a search.
    bool need_outer_folds(std::uint32_t search) const;
    // All trials over the training rows, under the seed at that position: how many there are, and the validation scores of the best.
    void add_trials(std::uint32_t search, std::uint32_t seed, const SearchRun&);
    // Scores on the rows of an outer fold what the search inside of it has chosen, fitted on the rest; null: one model, nothing to choose.
    void add_outer_fold(std::uint32_t search, const Context& outer, const SearchRun* inside, Engine&);
    // On the outer folds so far, under the seed at that position, of what the search has chosen of all its models; none where it is not compared.
    std::vector<double> outer_scores(std::uint32_t search, std::uint32_t seed) const;
    std::vector<ComparisonRecord> take() { return std::move(records_); }

private:
    // Calls f(model, on which folds, its record) for every compared model that the search stands for.
    template <class F>
    void each(std::uint32_t search, F f);
    const Experiment& experiment_;
    std::vector<ComparisonRecord> records_;  // by position in Experiment::comparisons
};

}  // namespace mlpc
