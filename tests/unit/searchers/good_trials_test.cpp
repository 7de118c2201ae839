#include "stdlib/search/good_trials.h"

#include "tests/reference/python_oracle.h"
#include "tests/unit/searchers/driven.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace good_trials_test {

using namespace driven;

Outcome with_goals(Goals goals, std::vector<double> violations = {}) { return {.value = goals.front(), .values = goals, .violations = violations}; }

TrialHistory history_of(const std::vector<Outcome>& outcomes) {
    TrialHistory history;
    for (std::uint64_t i = 0; i < outcomes.size(); ++i) {
        history.told(i, {static_cast<double>(i)}, outcomes[i]);
    }
    return history;
}

// Random goals, negative ones among them; `violated` of ten trials break a constraint.
std::vector<Outcome> random_outcomes(std::size_t trials, std::size_t goals, std::uint64_t violated, Rng rng) {
    std::vector<Outcome> outcomes;
    for (std::size_t i = 0; i < trials; ++i) {
        Goals values;
        for (std::size_t g = 0; g < goals; ++g) {
            values.push_back(rng.uniform() * 4 - 2);
        }
        outcomes.push_back(with_goals(values, {rng.below(10) < violated ? rng.uniform() : -1}));
    }
    return outcomes;
}

TEST(GoodTrials, AreThoseOfOptunaWithTheirWeights) {
    struct Case {
        std::vector<Outcome> outcomes;
        std::size_t good;
    };
    std::vector<Case> cases;
    for (std::uint64_t i = 0; i < 24; ++i) {
        const std::uint64_t violated = i % 4 == 3 ? 9 : i % 4;
        cases.push_back({random_outcomes(10 + 5 * i, 2 + i % 2, violated, Rng::of_seed(i)), 2 + static_cast<std::size_t>(i)});
    }
    nlohmann::json task = nlohmann::json::array();
    for (const Case& c : cases) {
        nlohmann::json values = nlohmann::json::array(), violations = nlohmann::json::array();
        for (const Outcome& outcome : c.outcomes) {
            values.push_back(outcome.values);
            violations.push_back(std::max(outcome.violations[0], 0.0));
        }
        task.push_back({{"values", values}, {"violations", violations}, {"good", c.good}});
    }
    const auto theirs = ask_scikit_learn("searchers/optuna_goals.py", task);
    if (!theirs || theirs->is_null()) {
        GTEST_SKIP() << "no Optuna";
    }
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const GoodTrials good = good_trials(history_of(cases[i].outcomes), cases[i].good);
        std::vector<std::pair<std::uint32_t, double>> ours;
        for (std::size_t k = 0; k < good.positions.size(); ++k) {
            ours.emplace_back(good.positions[k], good.weights[k]);
        }
        std::sort(ours.begin(), ours.end());
        const auto expected = (*theirs)[i].get<std::vector<std::pair<std::uint32_t, double>>>();
        ASSERT_EQ(ours.size(), expected.size()) << "case " << i;
        for (std::size_t k = 0; k < ours.size(); ++k) {
            EXPECT_EQ(ours[k].first, expected[k].first) << "case " << i;
            EXPECT_NEAR(ours[k].second, expected[k].second, 1e-9) << "case " << i;
        }
    }
}

TEST(GoodTrials, OfOneGoalAreTheBestAndWeighAlike) {
    const GoodTrials good = good_trials(history_of({value(3), value(1), failure(), value(2)}), 2);
    EXPECT_EQ(good.positions, (std::vector<std::uint32_t>{1, 3}));
    EXPECT_TRUE(good.weights.empty());
}

TEST(GoodTrials, LeaveFailuresAndUnknownGoalsToTheEnd) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const GoodTrials good = good_trials(history_of({failure(), with_goals({0, nan}), with_goals({2, 2}), with_goals({1, 3})}), 3);
    ASSERT_EQ(good.positions.size(), 3u);
    EXPECT_EQ(good.positions[2], 1u) << "before the failure, behind what has both goals";
    EXPECT_LT(good.weights[2], 1e-9);
}

}  // namespace good_trials_test
}  // namespace mlpc
