#include "runtime/reading/model_comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string_view>

namespace mlpc {
namespace model_comparison_test {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// A letter a fold: an area under the curve from 0 (a) to 1 (z) in steps of 0.04.
FoldScores areas(std::string_view letters) {
    FoldScores seeds(1);
    for (const char letter : letters) {
        seeds[0].push_back((letter - 'a') / 25.0);
    }
    return seeds;
}

// scikit-learn 1.2.1, "Statistical comparison of models using grid search": four kernels on 10 repeats of 10 folds of 100 rows. The numbers
// are those of its page, whose t are 0.750, 1.657 and 4.565, and scipy.stats.t of two sides.
TEST(ModelComparison, GivesThePublishedNumbersOfScikitLearn) {
    ComparisonRecord kernels;
    kernels.scored_per_fitted = 10.0 / 90;
    kernels.folds_differ = true;
    kernels.models = {
        {.name = "linear", .scores = areas("yvtxzyyzxzxyywuyzzuzvyvzzyvwzzvxvzyzzxwzyxzxztzxzzzuyyzryxzzxxzuvwyxyzywuvzyzxxxyzxzrzzzztyxztxzxxzv")},
        {.name = "2_poly", .scores = areas("tqoshrtzsqpoyqsftsswrvquqotnmztwntmrvnsrovtfpgmrtzujvxusnswrloxvosxmwtuqpttrtiusxusvqtuulprpwnmrrtvn")},
        {.name = "3_poly", .scores = areas("zstxzwyvyyxwztuyzztzvxuuzyvxxzwxtzyyzvwzwuzyxpxxzzxuzyztuuzzwxyxvtzyvzywuwzyzryvyvxztzyzzsxxzryzyxzo")},
        {.name = "rbf", .scores = areas("xstxzzzzyzyzzxvxzzuzuxwxzzwxzzuyvzzzzyxzzxzxztzzzzzvzzzsxzzzxxzzuwzxyzyxvxzzzwxxzxyzszzzztywzsxzyzzv")}};
    const std::vector<ComparedStanding> standings = read_comparison(kernels);
    ASSERT_EQ(standings.size(), 4u);
    const auto name = [&](std::size_t i) { return kernels.models[standings[i].model].name; };
    EXPECT_EQ(name(0), "rbf");
    EXPECT_EQ(name(1), "linear");
    EXPECT_EQ(name(2), "3_poly");
    EXPECT_EQ(name(3), "2_poly");
    EXPECT_NEAR(standings[0].score.mean, 0.94, 1e-12);
    EXPECT_NEAR(standings[1].behind.gain.mean, 0.01, 1e-12);
    EXPECT_NEAR(standings[1].behind.p_value, 0.4548459420267329, 1e-9);
    EXPECT_NEAR(standings[2].behind.p_value, 0.10066190891651433, 1e-9);
    EXPECT_NEAR(standings[3].behind.p_value, 1.4349981837677856e-05, 1e-12);
    EXPECT_NEAR(standings[1].adjusted_p_value, 0.4548459420267329, 1e-9);
    EXPECT_NEAR(standings[2].adjusted_p_value, 2 * 0.10066190891651433, 1e-9);
    EXPECT_NEAR(standings[3].adjusted_p_value, 3 * 1.4349981837677856e-05, 1e-12);
    EXPECT_TRUE(std::isnan(standings[0].adjusted_p_value));
    EXPECT_FALSE(standings[1].is_told_from_best());
    EXPECT_TRUE(standings[3].is_told_from_best());
}

TEST(ModelComparison, KnowsWhenSmallerIsBetter) {
    ComparisonRecord errors;
    errors.greater_is_better = false;
    errors.scored_per_fitted = 0.5;
    errors.models = {{.name = "worse", .scores = {{3, 4, 5}}}, {.name = "better", .scores = {{1, 2, 4}}}};
    const std::vector<ComparedStanding> standings = read_comparison(errors);
    EXPECT_EQ(standings[0].model, 1u);
    EXPECT_NEAR(standings[1].behind.gain.mean, 5.0 / 3, 1e-12);
}

// A fold that failed counts for neither, and a model that always failed comes last.
TEST(ModelComparison, ComparesWhereBothHaveScores) {
    ComparisonRecord comparison;
    comparison.scored_per_fitted = 0.5;
    comparison.folds_differ = true;
    comparison.models = {{.name = "failed", .scores = {{}, {}}},
                         {.name = "good", .scores = {{0.5, 0.75}, {0.75, 1}}},
                         {.name = "partly", .scores = {{0.25, unknown}, {0.5, 0.5}}}};
    const std::vector<ComparedStanding> standings = read_comparison(comparison);
    EXPECT_EQ(standings[0].model, 1u);
    EXPECT_EQ(standings[1].behind.gain.count, 3u);
    EXPECT_NEAR(standings[1].behind.gain.mean, 1.0 / 3, 1e-12);
    EXPECT_EQ(standings[2].model, 0u);
    EXPECT_EQ(standings[2].score.count, 0u);
    EXPECT_TRUE(std::isnan(standings[2].adjusted_p_value));
}

// Seeds on the same folds are no more evidence about rows.
TEST(ModelComparison, CountsSharedFoldsOnce) {
    ComparisonRecord comparison;
    comparison.scored_per_fitted = 0.5;
    comparison.models = {{.name = "a", .scores = {{0.5, 0.75}, {0.75, 1}}}, {.name = "b", .scores = {{0.25, 0.5}, {0.25, 0.5}}}};
    EXPECT_EQ(read_comparison(comparison)[1].behind.gain.count, 2u);
    comparison.folds_differ = true;
    EXPECT_EQ(read_comparison(comparison)[1].behind.gain.count, 4u);
}

}  // namespace model_comparison_test
}  // namespace mlpc
