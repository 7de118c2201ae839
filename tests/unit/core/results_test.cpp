#include "runtime/core/results.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace results_test {

TEST(Summary, KnownInterval) {
    const Summary s = summarise({0.81, 0.84, 0.79, 0.86, 0.80});
    EXPECT_EQ(s.count, 5u);
    EXPECT_NEAR(s.mean, 0.82, 1e-12);
    EXPECT_NEAR(s.sd, 0.029154759474226, 1e-12);
    const double t = 2.7764451051977987;  // scipy.stats.t.ppf(0.975, 4)
    EXPECT_NEAR(s.high - s.mean, t * 0.029154759474226 / std::sqrt(5.0), 1e-12);
    EXPECT_NEAR(s.mean - s.low, s.high - s.mean, 1e-12);
}

TEST(Summary, QuantilesOfStudent) {
    const std::vector<std::pair<std::size_t, double>> known = {{1, 12.706204736432095}, {2, 4.302652729911275},   {3, 3.182446305284263},
                                                               {9, 2.2621571627409915}, {30, 2.0422724563012373}, {999, 1.9623414611334487}};
    for (const auto& [freedom, t] : known) {
        std::vector<double> values(freedom + 1, 0.0);
        values[0] = 1;
        const Summary s = summarise(values);
        EXPECT_NEAR((s.high - s.mean) / (s.sd / std::sqrt(static_cast<double>(values.size()))), t, 1e-9 * t) << freedom;
    }
}

TEST(Summary, NoSpreadIsKnownOfOneValue) {
    const Summary one = summarise({0.5});
    EXPECT_EQ(one.mean, 0.5);
    EXPECT_TRUE(std::isnan(one.sd));
    EXPECT_TRUE(std::isnan(one.low));
    EXPECT_TRUE(std::isnan(summarise({}).mean));
}

TEST(TrialRecord, AFailedFoldFailsTheMean) {
    TrialRecord trial;
    trial.fold_scores = {0.5, 0.7};
    EXPECT_DOUBLE_EQ(trial.mean_score(), 0.6);
    trial.fold_scores.push_back(missing_number);
    EXPECT_TRUE(std::isnan(trial.mean_score()));
    EXPECT_TRUE(std::isnan(trial.mean_train_score())) << "no scores at all";
}

}  // namespace results_test
}  // namespace mlpc
