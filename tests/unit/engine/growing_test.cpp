// Trials that go on to a higher rung: from the state that they have, to the same bits.
#include "runtime/search/search_run.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>

namespace mlpc {
namespace {

Experiment halving_over(const std::string& model, const test::ScratchDirectory& directory) {
    return lower(test::plan_of(directory.write("e.mlp", fmt::format(R"(edition 1
seed 1
data iris = csv("{}/examples/data/iris.csv") -> drop_duplicates {{
  species: category target
  others:  numeric
}}
split iris {{
  test  20% stratified
  folds 3   stratified
}}
model m = {}
search best over m {{
  method   hyperband(resource: 27, eta: 3)
  maximize accuracy
}}
)",
                                                                    MLPC_SOURCE_DIR, model)),
                               standard_library()));
}

struct Halved {
    EngineCounts counts;
    std::vector<TrialRecord> trials;
};

Halved run(const Experiment& e, EngineOptions engine_options) {
    const PreparedData data = prepare(e, standard_library(), nullptr);
    engine_options.jobs = 2;
    Engine engine(e, data.datasets, data.splits, engine_options);
    const RunOptions options;
    SearchRun search(e, 0, {0, 0, -1, -1}, 3, options, [] {});
    engine.run(search, search.window(2));
    return {engine.counts(), search.take_trials()};
}

std::size_t climbed_rungs(const std::vector<TrialRecord>& trials) {
    std::size_t rungs = 0;
    for (const TrialRecord& trial : trials) {
        rungs += trial.rungs.size();
    }
    return rungs;
}

class Growing : public testing::TestWithParam<const char*> {};

TEST_P(Growing, GoesOnFromTheStateOfTheRungBefore) {
    const test::ScratchDirectory directory;
    const Experiment e = halving_over(GetParam(), directory);
    const Halved grown = run(e, {}), scratch = run(e, {.share = false});
    ASSERT_GT(climbed_rungs(grown.trials), 3U);
    EXPECT_EQ(grown.counts.fits_grown, 3 * climbed_rungs(grown.trials)) << "on each of three folds";
    EXPECT_EQ(scratch.counts.fits_grown, 0U);
    ASSERT_EQ(grown.trials.size(), scratch.trials.size());
    for (std::size_t t = 0; t < grown.trials.size(); ++t) {
        EXPECT_EQ(grown.trials[t].params, scratch.trials[t].params);
        EXPECT_EQ(grown.trials[t].fold_scores, scratch.trials[t].fold_scores) << "trial " << t;
    }
}

INSTANTIATE_TEST_SUITE_P(Resources, Growing,
                         testing::Values("random_forest(trees: 27, depth in 1..6)", "extra_trees(trees: 27, depth in 1..6)",
                                         "boosted_trees(rounds: 27, rate in 0.01..0.5)"));

// How often the fits of a run asked where to keep how far they are, by key.
std::map<Key, std::size_t> asked_checkpoints(const std::string& model, bool share, std::uint64_t& fits) {
    const test::ScratchDirectory directory;
    std::mutex mutex;
    std::map<Key, std::size_t> asked;
    const auto ask = [&](const Key& fit) -> std::unique_ptr<FitCheckpoint> {
        const std::lock_guard lock(mutex);
        ++asked[fit];
        return nullptr;
    };
    fits = run(halving_over(model, directory), {.share = share, .checkpoint_of = ask}).counts.fits_done;
    return asked;
}

TEST(Checkpoints, OfAllRungsOfAFitAreOne) {
    std::uint64_t fits = 0;
    const std::map<Key, std::size_t> asked = asked_checkpoints("boosted_trees(rounds: 27, rate in 0.01..0.5)", true, fits);
    std::size_t times = 0, most = 0;
    for (const auto& [key, count] : asked) {
        times += count;
        most = std::max(most, count);
    }
    EXPECT_EQ(times, fits);
    EXPECT_EQ(most, 4U) << "rungs of 1, 3, 9 and 27 rounds";
    EXPECT_EQ(asked.size() % 3, 0U) << "one a fold";
    EXPECT_LT(asked.size(), times);
}

TEST(Checkpoints, AreNotForModelsThatFitOthersAndNotWithoutSharing) {
    std::uint64_t fits = 0;
    EXPECT_EQ(asked_checkpoints("bagging(knn(), estimators: 27, rows in 0.5..1.0)", true, fits).size(), 0U);
    EXPECT_GT(fits, 0U);
    EXPECT_EQ(asked_checkpoints("boosted_trees(rounds: 27, rate in 0.01..0.5)", false, fits).size(), 0U);
}

TEST(ShareOfRows, IsWhatAModelWithoutAResourceIsFittedOn) {
    const test::ScratchDirectory directory;
    const Experiment e = halving_over("knn(k in 1..3)", directory);
    const PreparedData data = prepare(e, standard_library(), nullptr);
    Engine engine(e, data.datasets, data.splits, {.jobs = 2});
    const Stage& stage = e.searches[0].candidates[0].fold;
    const Assignment point{1.0};
    const auto score = [&](Share rows) {
        Context at{0, 0, -1, 0};
        at.rows = rows;
        return std::get<double>(engine.values({{stage.score, at, &point}}).at(0).value);
    };
    EXPECT_EQ(score({1, 1}), score({9, 9}));
    EXPECT_GT(score({1, 1}), 0.9);
    EXPECT_NE(score({1, 9}), score({1, 1}));
    EXPECT_GT(score({1, 9}), 0.5) << "five rows of each class are more than none";
}

}  // namespace
}  // namespace mlpc
