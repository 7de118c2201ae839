// What `plan` foretells is what a run does.
#include "runtime/search/search_run.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace mlpc {
namespace {

// The trials of all searches, and nothing after them.
EngineCounts run_trials(const Experiment& e) {
    const PreparedData data = prepare(e, standard_library(), nullptr);
    Engine engine(e, data.datasets, data.splits, {.jobs = 2});
    for (std::uint32_t s = 0; s < e.searches.size(); ++s) {
        for (std::uint32_t seed = 0; seed < e.seeds.values.size(); ++seed) {
            const std::size_t folds = data.splits[e.searches[s].split].seeds[seed].folds.size();
            const RunOptions options;
            SearchRun search(e, s, {e.searches[s].split, seed, -1, -1}, folds, options, [] {});
            engine.run(search, 8);
            for (const TrialRecord& trial : search.take_trials()) {
                EXPECT_EQ(trial.failure, "");
            }
        }
    }
    return engine.counts();
}

struct Grid {
    const char* name;
    const char* models;
    std::uint64_t trials, before, after;
};

class ForecastTest : public testing::TestWithParam<Grid> {};

TEST_P(ForecastTest, IsWhatARunCounts) {
    const test::ScratchDirectory directory;
    const std::string file = directory.write("e.mlp", fmt::format(R"(edition 1
seeds 1..2
data iris = csv("{}/examples/data/iris.csv") -> drop_duplicates {{
  species: category target
  others:  numeric
}}
split iris {{
  test  20% stratified
  folds 3   stratified
}}
{}
  method   grid(points: 3)
  maximize accuracy
}}
evaluate best {{
  metrics accuracy
}}
)",
                                                                  MLPC_SOURCE_DIR, GetParam().models));
    const Experiment e = lower(test::plan_of(file, standard_library()));
    const FitForecast forecast = forecast_fits(e);
    EXPECT_TRUE(forecast.exact);
    EXPECT_EQ(forecast.trials, GetParam().trials);
    EXPECT_EQ(forecast.fits_before, GetParam().before);
    EXPECT_EQ(forecast.fits_after, GetParam().after);
    const EngineCounts counts = run_trials(e);
    EXPECT_EQ(counts.fits_requested, forecast.fits_before);
    EXPECT_EQ(counts.fits_done, forecast.fits_after);
}

// Trials, then fits: each times 2 seeds and 3 folds. One fit answers every k and every number of components.
INSTANTIATE_TEST_SUITE_P(
    Grids, ForecastTest,
    testing::Values(
        Grid{"OneModel", "model m = scale(standard) -> knn(k in {1, 3, 5})\nsearch best over m {", 3 * 2, 6 * 3 * 2, 6 * (1 + 1)},
        Grid{"SharedPrefixes",
             "model m = (scale(standard) | scale(robust)) -> pca(components in {1, 2}) -> knn(k in {1, 3, 5})\nsearch best over m {", 12 * 2,
             6 * 12 * 3, 6 * (2 + 2 + 4)},
        Grid{"TwoModelsWithOnePrefix",
             "pipeline prep {\n  numeric -> scale(standard)\n}\nmodel a = prep -> knn(k in {1, 3})\nmodel b = prep -> decision_tree(depth in {2, "
             "4})\nsearch best over a, b {",
             4 * 2, 6 * 4 * 2, 6 * (1 + 1 + 2)},
        Grid{"RandomModels", "model m = scale(standard) -> (oversample | none) -> random_forest(trees: 3, depth in {1, 2})\nsearch best over m {",
             4 * 2, 6 * (2 * 3 + 2 * 2), 6 * (1 + 1 + 4)}),
    [](const testing::TestParamInfo<Grid>& grid) { return grid.param.name; });

}  // namespace
}  // namespace mlpc
