// What a kept trial says of its trainings when it is taken back to a lower rung, or to fewer folds.
#include "runtime/search/trial_outcome.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace {

TrialRecord trial_of_three_folds() {
    TrialRecord trial;
    trial.fold_scores = {0.5, 0.6, 0.7};
    trial.share = {1, 1};
    trial.rungs = {{.share = {1, 3}, .fold_scores = {0.1, 0.2, 0.3}, .seconds = 1}};
    for (std::int64_t fold = 0; fold < 3; ++fold) {
        trial.trainings.push_back({.fold = fold, .execution = 0, .training = {.planned = 9, .epochs = std::vector<Epoch>(9)}});
    }
    return trial;
}

TEST(KeptTraining, IsWholeWhereTheTrialIs) { EXPECT_EQ(cut_back(trial_of_three_folds(), {1, 1}, 3)->trainings.size(), 3u); }

TEST(KeptTraining, IsOfTheFoldsThatCount) {
    const auto trial = cut_back(trial_of_three_folds(), {1, 1}, 2);
    ASSERT_EQ(trial->trainings.size(), 2u);
    EXPECT_EQ(trial->trainings.back().fold, 1);
}

TEST(KeptTraining, IsNotKnownOfALowerRung) { EXPECT_TRUE(cut_back(trial_of_three_folds(), {1, 3}, 3)->trainings.empty()); }

}  // namespace
}  // namespace mlpc
