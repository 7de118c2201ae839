#include "runtime/reading/search_reading.h"
#include "tests/unit/reading/search_fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {
namespace search_reading_test {

using namespace test;

SearchRecord along_x(std::size_t trials, std::size_t seeds, const std::function<double(const Point&)>& function, double low = 2, double high = 10) {
    return sampled_search({real_dimension("x", low, high)}, trials, seeds, function);
}

bool advises(const SearchReading& reading, const std::string& text) {
    return std::any_of(reading.advice.begin(), reading.advice.end(), [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

TEST(BestSoFar, HasTheTrialsThatWereBetterThanAllBefore) {
    SearchRecord search = along_x(6, 1, [](const Point&) { return 0.0; });
    const std::vector<double> scores = {3, 4, 2, 1, 0.5, 1.5};
    for (std::size_t t = 0; t < scores.size(); ++t) {
        search.seeds[0].trials[t].fold_scores = {scores[t]};
    }
    search.seeds[0].trials[3].given_up = true;
    search.seeds[0].trials[4].feasible = false;
    const SearchReading reading = read_search(search);
    ASSERT_EQ(reading.seeds[0].best_so_far.size(), 3u);
    EXPECT_EQ(reading.seeds[0].best_so_far[1].trial, 2u);
    EXPECT_EQ(reading.seeds[0].best_so_far[2].trial, 5u) << "what was given up or is not feasible is no best";
    EXPECT_EQ(reading.seeds[0].best_so_far[2].score, 1.5);
    EXPECT_EQ(reading.counts.given_up, 1u);
    EXPECT_EQ(reading.counts.infeasible, 1u);

    search.greater_is_better = true;
    EXPECT_EQ(read_search(search).seeds[0].best_so_far.back().score, 4);
}

TEST(Counts, AreOfTrialsUnderAllSeeds) {
    SearchRecord search = along_x(5, 2, [](const Point& p) { return p.at("x"); });
    search.seeds[0].trials[4].params = search.seeds[0].trials[1].params;
    search.seeds[1].trials[0].params = search.seeds[0].trials[0].params;
    search.seeds[1].trials[2].failure = "no memory";
    search.seeds[1].trials[3].share = {.part = 1, .whole = 9};
    search.seeds[0].trials[0].ask_seconds = 0.5;
    search.seeds[1].trials[0].seconds = 2;
    const SearchReading reading = read_search(search);
    EXPECT_EQ(reading.counts.trials, 10u);
    EXPECT_EQ(reading.counts.repeated, 1u) << "under one seed";
    EXPECT_EQ(reading.counts.failed, 1u);
    EXPECT_EQ(reading.counts.partial, 1u);
    EXPECT_EQ(reading.ask_seconds, 0.5);
    EXPECT_EQ(reading.trial_seconds, 2);
}

TEST(Edges, AreSeenWhereTheBestValuesLieAtOne) {
    const SearchReading up = read_search(along_x(100, 3, [](const Point& p) { return -p.at("x"); }));
    EXPECT_EQ(up.parameters[0].edge, Edge::High);
    EXPECT_EQ(up.parameters[0].edge_seeds, 3u);
    EXPECT_EQ(up.advice[0], "The best values of `x` lie at the upper end of 2..10 under 3 of 3 seeds: widen it, unless it can go no further.");
    EXPECT_EQ(read_search(along_x(30, 1, [](const Point& p) { return p.at("x"); })).parameters[0].edge, Edge::Low);
}

TEST(Edges, AreNotSeenWhereTheBestValuesLieInside) {
    const auto inside = [](const Point& p) { return std::pow(p.at("x") - 6, 2); };
    EXPECT_EQ(read_search(along_x(60, 3, inside)).parameters[0].edge, Edge::None);
}

TEST(Edges, AreNotSeenInNoise) {
    std::size_t seen = 0;
    for (std::uint64_t i = 0; i < 200; ++i) {
        Rng rng = Rng::of_seed(i);
        seen += read_search(along_x(30, 1, [&](const Point&) { return rng.normal(); })).parameters[0].edge == Edge::None ? 0 : 1;
    }
    EXPECT_LE(seen, 4u) << "of 200";
}

TEST(Edges, AreNotThoseThatTheParameterItselfHas) {
    const auto down = [](const Point& p) { return p.at("x"); };
    const auto up = [](const Point& p) { return -p.at("x"); };
    EXPECT_EQ(read_search(along_x(40, 3, down, 0, 5)).parameters[0].edge, Edge::None) << "0";
    EXPECT_EQ(read_search(along_x(40, 3, up, 0.1, 1)).parameters[0].edge, Edge::None) << "a share of 1";
    const SearchReading one = read_search(sampled_search({integer_dimension("x", 1, 20)}, 40, 3, down));
    EXPECT_EQ(one.parameters[0].edge, Edge::None) << "an integer's 1";
    const SearchReading two = read_search(sampled_search({integer_dimension("x", 2, 20)}, 40, 3, down));
    EXPECT_EQ(two.parameters[0].edge, Edge::Low);
}

TEST(Edges, OfAShortGridAreSeenWhereSeedsAgree) {
    SearchRecord search = sampled_search({integer_dimension("depth", 2, 6)}, 0, 3, {});
    for (SeedRecord& seed : search.seeds) {
        for (std::uint64_t t = 0; t < 5; ++t) {
            const double depth = 2 + static_cast<double>(t);
            seed.trials.push_back(trial_at(search, t, {{"depth", depth}}, 10 - depth));
        }
    }
    EXPECT_EQ(read_search(search).parameters[0].edge, Edge::High);
    search.seeds.resize(1);
    EXPECT_EQ(read_search(search).parameters[0].edge, Edge::None) << "five trials of one seed may be chance";
}

TEST(Edges, OfAnUnboundedPriorAreNone) {
    SearchRecord search = along_x(40, 3, [](const Point& p) { return -p.at("x"); });
    search.space[0].bounded = false;
    search.space[0].low = search.space[0].high = 0;
    const SearchReading reading = read_search(search);
    EXPECT_EQ(reading.parameters[0].edge, Edge::None);
    EXPECT_GT(reading.parameters[0].importance, 0.9) << "between the least and greatest value tried";
}

TEST(Effects, CountEveryTrialOnce) {
    SearchRecord search = sampled_search({log_dimension("C", 1e-4, 1e4), integer_dimension("depth", 1, 6), integer_dimension("trees", 10, 500)}, 50,
                                         2, [](const Point& p) { return p.at("depth"); });
    search.seeds[0].trials[3].failure = "no memory";
    for (const ParameterReading& p : read_search(search).parameters) {
        std::size_t trials = 0, failed = 0;
        for (const EffectBin& bin : p.effect) {
            trials += bin.trials;
            failed += bin.failed;
            EXPECT_EQ(std::isnan(bin.mean), bin.trials == bin.failed);
            EXPECT_TRUE(std::isnan(bin.mean) || bin.best <= bin.mean);
        }
        EXPECT_EQ(trials, 100u) << p.name;
        EXPECT_EQ(failed, 1u) << p.name;
    }
}

TEST(Effects, HaveTheValuesOfTheirScale) {
    SearchRecord search = sampled_search(
        {log_dimension("C", 1e-4, 1e4), integer_dimension("depth", 1, 6), integer_dimension("trees", 10, 500), log_dimension("k", 1, 4)}, 40, 1,
        [](const Point&) { return 1.0; });
    search.space[3].kind = "integer";
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.params[3].second = std::to_string(1 + trial.number % 4);
    }
    const SearchReading reading = read_search(search);
    const auto& in_order = reading.parameters;
    ASSERT_EQ(in_order[0].name, "C") << "the order of the space where nothing is told";
    EXPECT_EQ(in_order[0].effect.size(), 8u);
    EXPECT_EQ(in_order[0].effect[1].value, "0.001..0.01");
    ASSERT_EQ(in_order[1].effect.size(), 6u);
    EXPECT_EQ(in_order[1].effect[3].value, "4");
    EXPECT_EQ(in_order[2].effect.front().low, 10);
    EXPECT_EQ(in_order[2].effect.back().high, 500);
    for (std::size_t i = 1; i < in_order[2].effect.size(); ++i) {
        EXPECT_EQ(in_order[2].effect[i].low, in_order[2].effect[i - 1].high + 1);
    }
    ASSERT_EQ(in_order[3].effect.size(), 4u) << "a part without an integer is left out";
    EXPECT_EQ(in_order[3].effect[3].value, "4");
}

TEST(FewTrials, AreReadAsFarAsTheyGo) {
    SearchRecord none;
    EXPECT_TRUE(read_search(none).parameters.empty());

    SearchRecord search = along_x(0, 1, {});
    EXPECT_EQ(read_search(search).parameters[0].trials, 0u);
    EXPECT_TRUE(std::isnan(read_search(search).parameters[0].importance));
    EXPECT_TRUE(read_search(search).advice.empty());

    search = along_x(1, 1, [](const Point&) { return 1.0; });
    const SearchReading one = read_search(search);
    EXPECT_EQ(one.seeds[0].best_so_far.size(), 1u);
    EXPECT_TRUE(std::isnan(one.parameters[0].importance));
    EXPECT_FALSE(one.parameters[0].best_values.empty() && one.counts.trials > 1);
    EXPECT_TRUE(one.advice.empty());
}

TEST(AllFailed, HasCountsAndNoImportance) {
    SearchRecord search = along_x(30, 1, [](const Point&) { return NAN; });
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.failure = "no memory";
    }
    const SearchReading reading = read_search(search);
    EXPECT_EQ(reading.counts.failed, 30u);
    EXPECT_TRUE(reading.seeds[0].best_so_far.empty());
    EXPECT_TRUE(std::isnan(reading.parameters[0].importance));
    EXPECT_TRUE(reading.advice.empty()) << "that all fail is no matter of one value: " << reading.advice[0];
}

TEST(ConstantScores, HaveNoImportance) {
    const SearchReading reading = read_search(along_x(30, 2, [](const Point&) { return 0.5; }));
    EXPECT_TRUE(std::isnan(reading.parameters[0].importance));
    EXPECT_EQ(reading.parameters[0].edge, Edge::None);
    EXPECT_EQ(reading.seeds[0].best_so_far.size(), 1u);
}

TEST(InfiniteScores, CountAsFailed) {
    SearchRecord search = along_x(40, 1, [](const Point& p) { return p.at("x") > 9 ? std::numeric_limits<double>::infinity() : p.at("x"); });
    const SearchReading reading = read_search(search);
    EXPECT_GT(reading.parameters[0].importance, 0.8);
    EXPECT_TRUE(std::isfinite(reading.parameters[0].effect[0].mean));
}

TEST(Ranges, ThatAreNoneAreOneCell) {
    for (const double end : std::vector<double>{NAN, INFINITY, 2, -3, 1e308}) {
        SearchRecord search = along_x(30, 1, [](const Point& p) { return p.at("x"); });
        search.space[0].high = end;
        search.space[0].low = std::isfinite(end) && end > 1e300 ? -1e308 : 2;
        search.space[0].log = end == 2.0;
        EXPECT_NO_THROW(read_search(search)) << end;
    }
}

TEST(Advice, SaysThatMoreTrialsMayPay) {
    SearchRecord search = along_x(40, 1, [](const Point&) { return 1.0; });
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.fold_scores = {trial.number == 38 ? 0.1 : 1.0};
    }
    EXPECT_TRUE(advises(read_search(search), "last tenth: more trials may find a better one"));
    search.seeds[0].trials[3].fold_scores = {0.05};
    EXPECT_FALSE(advises(read_search(search), "last tenth"));
}

TEST(Advice, SaysThatTheSpaceIsSmall) {
    SearchRecord search = sampled_search({integer_dimension("k", 1, 5)}, 40, 1, [](const Point& p) { return p.at("k"); });
    EXPECT_TRUE(advises(read_search(search), "35 of 40 trials repeat earlier ones"));
}

TEST(Advice, NamesParametersThatMakeNoDifference) {
    const SearchRecord search =
        sampled_search({real_dimension("a", 2, 3), real_dimension("b", 2, 3)}, 100, 1, [](const Point& p) { return p.at("a"); });
    EXPECT_TRUE(advises(read_search(search), "No difference by `b` is told from chance: it may be fixed."));
}

}  // namespace search_reading_test
}  // namespace mlpc
