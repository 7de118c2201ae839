// Pruners against Optuna's decisions on the same curves, and scipy's signed-rank test.
#include "runtime/search/pruned_searcher.h"
#include "stdlib/search/signed_rank.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/searchers/budget_loop.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <set>

namespace mlpc {
namespace pruners_test {

using nlohmann::json;
using Params = std::vector<std::pair<std::string, ParamValue>>;

PruneTask over_folds(std::size_t folds, double best_possible = std::numeric_limits<double>::quiet_NaN()) {
    return {.rng = Rng::of_seed(1), .folds = folds, .trials = {}, .best_possible = best_possible};
}
std::unique_ptr<Pruner> pruner(const std::string& name, const Params& params, const PruneTask& task = over_folds(1)) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Pruner, name);
    ParamValues values = info.default_params();
    for (const auto& [param, value] : params) {
        values.at(info.find_param(param)) = value;
    }
    return info.make_pruner(values, task);
}
ParamValue whole(std::size_t number) { return {static_cast<std::int64_t>(number)}; }

// The rung at which each curve in turn is given up; the number of rungs where it is not.
std::vector<std::size_t> given_up_at(Pruner& pruner, const std::vector<std::vector<double>>& curves) {
    std::vector<std::size_t> ends;
    for (std::size_t trial = 0; trial < curves.size(); ++trial) {
        const std::size_t rungs = pruner.rungs(trial).size();
        std::size_t rung = 0;
        while (rung < rungs && !(pruner.gives_up(trial, rung, budget::found(curves[trial][rung])) && rung + 1 < rungs)) {
            ++rung;
        }
        ends.push_back(rung);
    }
    return ends;
}

// Curves that fall to different levels; some values are equal.
std::vector<std::vector<double>> random_curves(std::size_t trials, std::size_t rungs) {
    std::mt19937 random(3);
    std::vector<std::vector<double>> curves;
    for (std::size_t t = 0; t < trials; ++t) {
        const double level = static_cast<double>(random() % 100) / 100, speed = 1 + static_cast<double>(random() % 3);
        curves.emplace_back();
        for (std::size_t r = 0; r < rungs; ++r) {
            const double noise = static_cast<double>(random() % 20) / 100;
            curves.back().push_back(std::round(20 * (level + std::exp(-speed * static_cast<double>(r)) + noise)) / 20);
        }
    }
    return curves;
}

struct Case {
    double keep = 0.5;
    std::size_t startup = 5, warmup = 0, least_trials = 1;
};
const std::vector<Case> percentile_cases = {{}, {0.25}, {0.75, 1}, {0.25, 0, 2}, {0.5, 3, 1, 8}, {0, 2}, {1, 2}};

struct HalvingCase {
    std::size_t eta = 3, rungs = 4, startup = 0;
};
const std::vector<HalvingCase> halving_cases = {{}, {4, 4}, {2, 5, 3}, {3, 3, 1}};

std::vector<std::vector<double>> random_differences() {
    std::mt19937 random(5);
    std::vector<std::vector<double>> list;
    for (const std::size_t count : {1, 2, 3, 4, 5, 5, 8, 10, 20, 50, 51, 80}) {
        for (const unsigned levels : {0u, 4u, 9u}) {  // 0: without ties and zeros
            list.emplace_back();
            for (std::size_t i = 0; i < count; ++i) {
                const double size = levels == 0 ? static_cast<double>(i + 1) + 0.25 : static_cast<double>(random() % levels);
                list.back().push_back(random() % 3 == 0 ? -size : size);
            }
        }
    }
    list.push_back({0, 0, 0, 0});
    return list;
}

// Negated accuracies of trials on folds of different difficulty.
std::vector<std::vector<double>> fold_accuracies(std::size_t trials, std::size_t folds, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    std::vector<double> difficulty;
    for (std::size_t f = 0; f < folds; ++f) {
        difficulty.push_back(0.03 * normal(random));
    }
    std::vector<std::vector<double>> values;
    for (std::size_t t = 0; t < trials; ++t) {
        const double skill = 0.85 - 0.1 * std::abs(normal(random));
        values.emplace_back();
        for (std::size_t f = 0; f < folds; ++f) {
            values.back().push_back(-std::min(1.0, skill + difficulty[f] + 0.01 * normal(random)));
        }
    }
    return values;
}

struct RaceCase {
    std::size_t folds = 5;
    double chance = 0.1;
};
const std::vector<RaceCase> race_cases = {{}, {3, 0.2}, {10, 0.01}, {10, 0.3}, {2, 0.5}};

const json& reference() {
    static const json answer = [] {
        json given{{"curves", random_curves(60, 5)}, {"differences", random_differences()}};
        for (const Case& c : percentile_cases) {
            given["percentile"].push_back({{"keep", c.keep}, {"startup", c.startup}, {"warmup", c.warmup}, {"least_trials", c.least_trials}});
        }
        for (const HalvingCase& c : halving_cases) {
            given["halving"].push_back({{"eta", c.eta}, {"rungs", c.rungs}, {"startup", c.startup}});
        }
        for (const RaceCase& c : race_cases) {
            given["raced"].push_back({fold_accuracies(60, c.folds, 3), c.chance});
        }
        return ask_scikit_learn("searchers/optuna_pruners.py", given).value_or(json{});
    }();
    return answer;
}

class AgainstPython : public testing::Test {
protected:
    void SetUp() override {
        if (reference().is_null()) {
            GTEST_SKIP() << "python3-sklearn and python3-optuna are not installed";
        }
    }
};

TEST_F(AgainstPython, PercentilesDecideAsOptunas) {
    const auto curves = random_curves(60, 5);
    for (std::size_t i = 0; i < percentile_cases.size(); ++i) {
        const Case& c = percentile_cases[i];
        const Params params = {{"keep", {c.keep}},
                               {"startup", whole(c.startup)},
                               {"warmup", whole(c.warmup)},
                               {"least_trials", whole(c.least_trials)},
                               {"rungs", whole(5)}};
        const auto expected = reference()["percentile"][i].get<std::vector<std::size_t>>();
        EXPECT_EQ(given_up_at(*pruner("percentile", params), curves), expected) << i;
        if (c.keep == 0.5) {
            EXPECT_EQ(given_up_at(*pruner("median", {params.begin() + 1, params.end()}), curves), expected);
        }
        EXPECT_GT(std::set(expected.begin(), expected.end()).size(), 1u) << "nothing is decided in case " << i;
    }
}

TEST_F(AgainstPython, HalvingDecidesAsOptunas) {
    for (std::size_t i = 0; i < halving_cases.size(); ++i) {
        const HalvingCase& c = halving_cases[i];
        std::size_t resource = 1;
        for (std::size_t rung = 1; rung < c.rungs; ++rung) {
            resource *= c.eta;
        }
        const auto ours = pruner("successive_halving", {{"resource", whole(resource)}, {"eta", whole(c.eta)}, {"startup", whole(c.startup)}});
        EXPECT_EQ(given_up_at(*ours, random_curves(60, 5)), reference()["halving"][i].get<std::vector<std::size_t>>()) << i;
    }
}

TEST_F(AgainstPython, SignedRanksAsScipys) {
    const auto differences = random_differences();
    for (std::size_t i = 0; i < differences.size(); ++i) {
        EXPECT_NEAR(signed_rank_greater(differences[i]), reference()["wilcoxon"][i].get<double>(), 1e-12) << i << " of " << differences[i].size();
    }
}

TEST(SignedRank, BySettingSignsOneByOne) {
    // Of the 2^n signs, how many give a sum as high: counted.
    const std::vector<double> differences = {0.5, -1.5, 2, 3, -4, 7, 11};
    double sum = 0, as_high = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
        sum += differences[i] > 0 ? static_cast<double>(i + 1) : 0;
    }
    for (unsigned signs = 0; signs < 128; ++signs) {
        double other = 0;
        for (unsigned i = 0; i < 7; ++i) {
            other += (signs >> i & 1) != 0 ? i + 1 : 0;
        }
        as_high += other >= sum ? 1.0 / 128 : 0;
    }
    EXPECT_NEAR(signed_rank_greater(differences), as_high, 1e-15);
    EXPECT_EQ(signed_rank_greater({}), 1);
}

TEST(PercentilePruner, CutsTheEffortIntoRungs) {
    const auto rungs = pruner("median", {{"rungs", whole(4)}})->rungs(7);
    EXPECT_EQ(rungs, (std::vector<Rung>{{{1, 4}}, {{1, 2}}, {{3, 4}}, {{1, 1}}}));
    EXPECT_TRUE(rungs.back().share.is_whole());
}

TEST_F(AgainstPython, PercentilesOverFoldsDecideAsOptunas) {
    const Params params = {{"over", {Word{"folds"}}}};
    const auto ours = pruner("median", params, over_folds(5));
    const auto rungs = ours->rungs(0);
    ASSERT_EQ(rungs.size(), 5u);
    for (std::size_t fold = 1; fold < 5; ++fold) {
        EXPECT_EQ(rungs[fold - 1].folds, static_cast<std::int64_t>(fold));
        EXPECT_TRUE(rungs[fold - 1].share.is_whole());
    }
    EXPECT_EQ(rungs.back().folds, 0) << "all of them";
    EXPECT_EQ(given_up_at(*ours, random_curves(60, 5)), reference()["percentile"][0].get<std::vector<std::size_t>>());
}

TEST(PercentilePruner, AFailedTrialIsNoneToCompareWith) {
    const auto median = pruner("median", {{"startup", whole(1)}, {"rungs", whole(2)}});
    EXPECT_FALSE(median->gives_up(0, 0, budget::found(1)));
    median->gives_up(0, 1, budget::failure());
    EXPECT_FALSE(median->gives_up(1, 0, budget::found(5))) << "no trial has gone all the way";
    median->gives_up(1, 1, budget::found(5));
    EXPECT_TRUE(median->gives_up(2, 0, budget::found(6)));
    EXPECT_FALSE(median->gives_up(3, 0, budget::found(5)));
    EXPECT_TRUE(median->gives_up(4, 0, budget::failure()));
}

TEST(HyperbandPruner, ItsTrialsSpreadOverTheBrackets) {
    const auto hyperband = pruner("hyperband", {{"resource", whole(27)}});
    std::map<std::size_t, std::size_t> trials;
    for (std::uint64_t trial = 0; trial < 5'300; ++trial) {
        const auto rungs = hyperband->rungs(trial);
        EXPECT_TRUE(rungs.back().share.is_whole());
        ++trials[rungs.size()];
    }
    // 27, 12, 6 and 4 of 49 trials.
    EXPECT_NEAR(static_cast<double>(trials[4]), 5'300 * 27.0 / 49, 150);
    EXPECT_NEAR(static_cast<double>(trials[3]), 5'300 * 12.0 / 49, 150);
    EXPECT_NEAR(static_cast<double>(trials[2]), 5'300 * 6.0 / 49, 100);
    EXPECT_NEAR(static_cast<double>(trials[1]), 5'300 * 4.0 / 49, 100);
}

TEST(HyperbandPruner, BracketsDoNotCompete) {
    const auto hyperband = pruner("hyperband", {{"resource", whole(3)}});
    std::uint64_t early = 0, late = 0;
    while (hyperband->rungs(early).size() != 2) {
        ++early;
    }
    while (hyperband->rungs(late).size() != 1) {
        ++late;
    }
    hyperband->gives_up(late, 0, budget::found(0));
    EXPECT_FALSE(hyperband->gives_up(early, 0, budget::found(9))) << "the first of its bracket";
}

// --- over folds ---------------------------------------------------------------------------------------------------
struct Race {
    std::size_t winner = 0, folds_evaluated = 0;
    std::vector<std::size_t> folds;  // of each trial
};
// Evaluates trials fold by fold, smaller being better.
Race race(Pruner& pruner, const std::vector<std::vector<double>>& trials) {
    Race race;
    double best = std::numeric_limits<double>::infinity();
    for (std::size_t trial = 0; trial < trials.size(); ++trial) {
        const auto rungs = pruner.rungs(trial);
        for (std::size_t rung = 0; rung < rungs.size(); ++rung) {
            const std::size_t folds = rungs[rung].folds == 0 ? trials[trial].size() : static_cast<std::size_t>(rungs[rung].folds);
            Outcome outcome;
            outcome.folds.assign(trials[trial].begin(), trials[trial].begin() + static_cast<std::ptrdiff_t>(folds));
            for (const double value : outcome.folds) {
                outcome.value += value / static_cast<double>(folds);
            }
            const bool is_last = rung + 1 == rungs.size();
            const bool ends = pruner.gives_up(trial, rung, outcome) || is_last;
            if (ends) {
                race.folds_evaluated += folds;
                race.folds.push_back(folds);
            }
            if (ends && !is_last) {
                break;
            }
            if (is_last && outcome.value < best) {
                best = outcome.value;
                race.winner = trial;
            }
        }
    }
    return race;
}

std::size_t winner_of(const std::vector<std::vector<double>>& trials) {
    return race(*pruner("bound", {}, over_folds(trials[0].size())), trials).winner;
}

TEST(WilcoxonPruner, SavesFoldsAndKeepsTheWinner) {
    std::size_t kept = 0, evaluated = 0;
    for (unsigned seed = 0; seed < 50; ++seed) {
        const auto trials = fold_accuracies(40, 10, seed);
        const auto wilcoxon = pruner("wilcoxon", {}, over_folds(10));
        const Race raced = race(*wilcoxon, trials);
        kept += raced.winner == winner_of(trials);
        evaluated += raced.folds_evaluated;
    }
    EXPECT_GE(kept, 49u) << "of 50";
    EXPECT_LT(static_cast<double>(evaluated), 0.6 * 50 * 400);
}

TEST_F(AgainstPython, RacesEndWhereScipysTSays) {
    for (std::size_t i = 0; i < race_cases.size(); ++i) {
        const RaceCase& c = race_cases[i];
        const Race raced = race(*pruner("race", {{"chance", {c.chance}}}, over_folds(c.folds)), fold_accuracies(60, c.folds, 3));
        EXPECT_EQ(raced.folds, reference()["raced"][i].get<std::vector<std::size_t>>()) << c.folds << " folds";
        EXPECT_GT(std::set(raced.folds.begin(), raced.folds.end()).size(), 1u) << "nothing is decided in case " << i;
    }
}

TEST(RacePruner, SavesMoreThanWilcoxonAndKeepsTheWinner) {
    std::size_t kept = 0, evaluated = 0, by_wilcoxon = 0;
    for (unsigned seed = 0; seed < 50; ++seed) {
        const auto trials = fold_accuracies(40, 10, seed);
        const Race raced = race(*pruner("race", {{"chance", {0.02}}}, over_folds(10)), trials);
        kept += raced.winner == winner_of(trials);
        evaluated += raced.folds_evaluated;
        by_wilcoxon += race(*pruner("wilcoxon", {}, over_folds(10)), trials).folds_evaluated;
    }
    EXPECT_GE(kept, 48u) << "of 50";
    EXPECT_LT(evaluated, by_wilcoxon);
}

TEST(RacePruner, EasyAndHardFoldsChangeNothing) {
    auto trials = fold_accuracies(60, 5, 9);
    const auto alike = race(*pruner("race", {}, over_folds(5)), trials).folds;
    for (std::vector<double>& folds : trials) {
        folds[0] -= 4;
        folds[3] += 2;
    }
    EXPECT_EQ(race(*pruner("race", {}, over_folds(5)), trials).folds, alike);
}

TEST(RacePruner, WhatIsGivenUpIsExpectedToBeAsFarBehindAsOnTheFoldsThatItHas) {
    const auto pruned = pruner("race", {}, over_folds(4));
    EXPECT_FALSE(pruned->expected_value({.value = 1, .folds = {1}}).has_value()) << "there is nothing to compare with";
    pruned->gives_up(0, 3, {.value = 4, .folds = {1, 3, 5, 7}});
    EXPECT_DOUBLE_EQ(pruned->expected_value({.value = 2.5, .folds = {2, 3}}).value(), 4.5);
    EXPECT_FALSE(pruned->expected_value({.folds = {std::numeric_limits<double>::quiet_NaN()}}).has_value());
    EXPECT_FALSE(pruner("wilcoxon", {}, over_folds(4))->expected_value({.value = 1, .folds = {1}}).has_value());
}

TEST(RacePruner, NothingIsJudgedThatNothingIsKnownOf) {
    EXPECT_EQ(pruner("race", {})->rungs(0).size(), 1u);
    const auto fresh = pruner("race", {}, over_folds(3));
    EXPECT_FALSE(fresh->gives_up(0, 0, {.value = 9, .folds = {9}})) << "there is no best trial";
    fresh->gives_up(0, 2, {.value = 1, .folds = {1, 1, 1}});
    EXPECT_FALSE(fresh->gives_up(1, 0, {.value = 9, .folds = {9}})) << "one difference has no spread";
    EXPECT_TRUE(fresh->gives_up(1, 1, {.value = 9, .folds = {9, 9}})) << "two alike have none either, and are worse";
    const auto late = pruner("race", {{"startup", whole(2)}, {"chance", {0.9}}}, over_folds(3));
    late->gives_up(0, 2, {.value = 1, .folds = {1, 1, 1}});
    late->gives_up(1, 2, {.value = 3, .folds = {2, 3, 4}});
    EXPECT_FALSE(late->gives_up(2, 0, {.value = 9, .folds = {9}}));
    EXPECT_TRUE(late->gives_up(2, 1, {.value = 9.5, .folds = {9, 10}}));
}

TEST(RacePruner, WhatIsEqualToTheBestIsEvaluatedAsLongAsSuchTrialsBecomeBetter) {
    const std::vector<double> best = {2, 4, 3, 5, 4};
    std::vector<std::vector<double>> trials(13, best);
    // Nine equal ones that became no better: one more will be with a chance of 1/11.
    const std::vector<std::size_t> ends = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 2, 2, 2};
    EXPECT_EQ(race(*pruner("race", {}, over_folds(5)), trials).folds, ends);
    // Worse after three equal folds is no better either.
    for (std::size_t trial = 1; trial < 10; ++trial) {
        trials[trial] = {2, 4, 3, 60 + static_cast<double>(trial % 2), 50};
    }
    const std::vector<std::size_t> folds = race(*pruner("race", {}, over_folds(5)), trials).folds;
    EXPECT_EQ(std::vector(folds.begin() + 10, folds.end()), std::vector<std::size_t>(3, 2));
    // One of them became the best: the next one's chance is 2/12, and what is equal to the old best on two folds goes on.
    trials.assign(11, best);
    trials[5] = {2, 4, 3, 5, 3};
    trials.insert(trials.end(), 2, trials[5]);
    EXPECT_EQ(race(*pruner("race", {}, over_folds(5)), trials).folds, std::vector<std::size_t>(13, 5));
}

// Proposes one point again and again; what it was told stays.
class OnePoint final : public TrialSearcher {
public:
    explicit OnePoint(std::vector<Outcome>& told) : told_(told) {}
    std::optional<Assignment> propose(std::uint64_t) override { return Assignment{}; }
    void learn(std::uint64_t, const Assignment&, const Outcome& outcome) override { told_.push_back(outcome); }
    std::optional<std::uint64_t> planned_trials() const override { return std::nullopt; }
    bool adaptive() const override { return true; }

private:
    std::vector<Outcome>& told_;
};

TEST(RacePruner, TheSearcherIsToldWhatIsExpected) {
    std::vector<Outcome> told;
    const auto searcher = pruned_searcher(std::make_unique<OnePoint>(told), pruner("race", {}, over_folds(3)));
    std::uint64_t evaluation = 0;
    const auto evaluate = [&](const std::vector<double>& folds, std::vector<double> violations = {}) {
        Outcome outcome{.violations = std::move(violations)};
        for (std::size_t fold = 0, before = told.size(); told.size() == before; ++fold, ++evaluation) {
            const auto suggestion = std::get<Suggestion>(searcher->ask(evaluation));
            outcome.folds.push_back(folds.at(fold));
            outcome.value = std::accumulate(outcome.folds.begin(), outcome.folds.end(), 0.0) / static_cast<double>(outcome.folds.size());
            searcher->tell(evaluation, suggestion, outcome);
        }
    };
    evaluate({1, 5, 9});
    evaluate({8, 12.5, 16});
    ASSERT_EQ(told.size(), 2U);
    EXPECT_FALSE(told[1].given_up);
    EXPECT_EQ(told[1].folds.size(), 2U);
    EXPECT_DOUBLE_EQ(told[1].value, 5 + 7.25);
    evaluate({8, 12.5, 16}, {0.5});
    EXPECT_TRUE(told.at(2).given_up) << "what breaks a constraint is told as it is";
    EXPECT_DOUBLE_EQ(told[2].value, 10.25);
}

TEST(WilcoxonPruner, NeedsAsManyFoldsAsTheTestDoes) {
    // The least probability of three folds is 1/8, of four 1/16.
    const auto wilcoxon = pruner("wilcoxon", {}, over_folds(5));
    EXPECT_EQ(race(*wilcoxon, {{1, 2, 3, 4, 5}, {2, 3.1, 4.2, 5.3, 6.4}}).folds_evaluated, 5u + 4u);
    const auto strict = pruner("wilcoxon", {{"startup", whole(5)}}, over_folds(5));
    EXPECT_EQ(race(*strict, {{1, 2, 3, 4, 5}, {2, 3.1, 4.2, 5.3, 6.4}}).folds_evaluated, 5u + 5u);
}

TEST(WilcoxonPruner, OneFoldOrATrialWithoutValuesIsNotJudged) {
    EXPECT_EQ(pruner("wilcoxon", {})->rungs(0).size(), 1u);
    const auto wilcoxon = pruner("wilcoxon", {}, over_folds(4));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    wilcoxon->gives_up(0, 3, {.value = 1, .folds = {1, 1, 1, 1}});
    EXPECT_FALSE(wilcoxon->gives_up(1, 2, {.value = nan, .folds = {nan, 2, 3}}));
}

TEST(BoundPruner, NeverChangesTheWinner) {
    std::size_t evaluated = 0;
    for (unsigned seed = 0; seed < 200; ++seed) {
        const auto trials = fold_accuracies(20, 5, seed);
        const auto bound = pruner("bound", {}, over_folds(5, -1));
        const Race raced = race(*bound, trials);
        EXPECT_EQ(raced.winner, winner_of(trials)) << seed;
        evaluated += raced.folds_evaluated;
    }
    EXPECT_LT(evaluated, 200u * 20 * 5 - 2'000);
}

TEST(BoundPruner, WhatCanStillWinGoesOn) {
    const auto bound = pruner("bound", {}, over_folds(2, -1));
    bound->gives_up(0, 1, {.value = -0.75, .folds = {-0.75, -0.75}});
    EXPECT_FALSE(bound->gives_up(1, 0, {.value = -0.5, .folds = {-0.5}})) << "a tie is possible";
    EXPECT_TRUE(bound->gives_up(2, 0, {.value = -0.25, .folds = {-0.25}}));
}

TEST(BoundPruner, AMetricWithoutABestValueIsEvaluatedAtOnce) {
    const auto bound = pruner("bound", {}, over_folds(5));
    EXPECT_EQ(bound->rungs(0), (std::vector<Rung>{{}}));
    EXPECT_FALSE(bound->gives_up(0, 0, {.value = 3, .folds = {1, 2, 3, 4, 5}}));
}

}  // namespace pruners_test
}  // namespace mlpc
