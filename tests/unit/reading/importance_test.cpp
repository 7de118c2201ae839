#include "runtime/reading/search_reading.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/reading/search_fixtures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace mlpc {
namespace importance_test {

using namespace test;

const ParameterReading& parameter(const SearchReading& reading, const std::string& name) {
    const auto found = std::find_if(reading.parameters.begin(), reading.parameters.end(), [&](const auto& p) { return p.name == name; });
    if (found == reading.parameters.end()) {
        throw std::out_of_range(name);
    }
    return *found;
}

std::vector<DimensionRecord> unit_cube(std::size_t dimensions) {
    std::vector<DimensionRecord> space;
    for (std::size_t d = 0; d < dimensions; ++d) {
        space.push_back(real_dimension("x" + std::to_string(d), 0, 1));
    }
    return space;
}

TEST(Importance, FindsTheDominantAndTheIrrelevantDimension) {
    // Variances 4/12 and 1/12.
    const SearchReading reading = read_search(sampled_search(unit_cube(4), 200, 1, [](const Point& p) { return 2 * p.at("x1") + p.at("x3"); }));
    EXPECT_EQ(reading.parameters[0].name, "x1");
    EXPECT_EQ(reading.parameters[1].name, "x3");
    EXPECT_NEAR(parameter(reading, "x1").importance, 0.8, 0.06);
    EXPECT_NEAR(parameter(reading, "x3").importance, 0.2, 0.06);
    EXPECT_LT(parameter(reading, "x0").importance, 0.01);
    EXPECT_GT(parameter(reading, "x1").importance_at_best, 0.5);
    EXPECT_GT(parameter(reading, "x1").importance_at_best, parameter(reading, "x3").importance_at_best);
    EXPECT_LT(parameter(reading, "x1").p_value, 1e-6);
    EXPECT_GT(parameter(reading, "x0").p_value, 0.05);
    EXPECT_TRUE(reading.pairs.empty()) << "what adds up does not interact: " << reading.pairs[0].importance;
}

TEST(Importance, FindsWhatTwoDimensionsDoTogetherOnly) {
    const auto both_or_neither = [](const Point& p) { return (p.at("x0") < 0.5) == (p.at("x2") < 0.5) ? 0.0 : 1.0; };
    const SearchReading reading = read_search(sampled_search(unit_cube(4), 300, 1, both_or_neither));
    ASSERT_FALSE(reading.pairs.empty());
    const PairReading& pair = reading.pairs[0];
    EXPECT_EQ(pair.first + pair.second, "x0x2");
    EXPECT_GT(pair.importance, 0.7);
    EXPECT_LT(parameter(reading, "x0").importance, 0.1);
    for (const PairCell& cell : pair.cells) {
        EXPECT_TRUE(cell.mean == 0 || cell.mean == 1) << cell.first << " " << cell.second << ": the parts of a pair lie in one half each";
    }
}

TEST(Importance, IsThatOfOptuna) {
    const std::size_t dimensions = 5;
    const auto function = [](const Point& p) {
        return 3 * std::pow(p.at("x0") - 0.3, 2) + std::sin(2 * std::numbers::pi * p.at("x1")) / 2 + p.at("x2") * p.at("x3");
    };
    const SearchRecord search = sampled_search(unit_cube(dimensions), 150, 1, function);
    nlohmann::json input{{"names", nlohmann::json::array()}, {"points", nlohmann::json::array()}, {"values", nlohmann::json::array()}};
    for (const DimensionRecord& d : search.space) {
        input["names"].push_back(d.name);
    }
    for (const TrialRecord& trial : search.seeds[0].trials) {
        nlohmann::json point = nlohmann::json::array();
        for (const auto& [name, value] : trial.params) {
            point.push_back(std::stod(value));
        }
        input["points"].push_back(point);
        input["values"].push_back(trial.mean_score());
    }
    const auto theirs = ask_scikit_learn("reading/optuna_importance.py", input);
    if (!theirs || theirs->is_null()) {
        GTEST_SKIP() << "Optuna is absent";
    }
    const SearchReading reading = read_search(search);
    double sum = 0;
    for (const ParameterReading& p : reading.parameters) {
        sum += p.importance;
    }
    for (const ParameterReading& p : reading.parameters) {
        EXPECT_NEAR(p.importance / sum, (*theirs)[p.name].get<double>(), 0.05) << p.name;
    }
}

TEST(Importance, OfAConditionalDimensionIsThatWithinItsTrials) {
    SearchRecord search = sampled_search(
        {choice_dimension("model", {"linear", "forest"}), integer_dimension("forest.depth", 2, 10), real_dimension("linear.C", 0, 1)}, 0, 1, {});
    Rng rng = Rng::of_seed(3);
    for (std::uint64_t t = 0; t < 120; ++t) {
        Point point = random_point(search, rng);
        const bool forest = point.at("model") == 1;
        point.erase(forest ? "linear.C" : "forest.depth");
        const double score = forest ? 1 - point.at("forest.depth") / 100 : 3.0;
        search.seeds[0].trials.push_back(trial_at(search, t, point, score + 0.001 * rng.normal()));
    }
    const SearchReading reading = read_search(search);
    EXPECT_GT(parameter(reading, "model").importance, 0.95);
    EXPECT_EQ(parameter(reading, "model").best_values, "forest");
    const ParameterReading& depth = parameter(reading, "forest.depth");
    EXPECT_GT(depth.importance, 0.9) << "of the forests alone, though the models differ by more";
    EXPECT_EQ(depth.trials + parameter(reading, "linear.C").trials, 120u);
    EXPECT_NEAR(depth.share_of_trials, static_cast<double>(depth.trials) / 120, 1e-12);
    EXPECT_GT(parameter(reading, "linear.C").p_value, 0.01);
    EXPECT_EQ(reading.parameters[0].name, "model");
    EXPECT_EQ(depth.edge, Edge::High);
    EXPECT_TRUE(std::none_of(reading.pairs.begin(), reading.pairs.end(), [](const PairReading& p) { return p.second == "linear.C"; }));
}

TEST(Importance, OfChoicesDoesNotDependOnTheirOrder) {
    const std::vector<double> score = {0.3, 0.9, 0.1, 0.8, 0.2, 0.7};
    const auto function = [&](const Point& p) { return score[static_cast<std::size_t>(p.at("kind"))] + 0.01 * p.at("x"); };
    const SearchReading reading =
        read_search(sampled_search({choice_dimension("kind", {"a", "b", "c", "d", "e", "f"}), real_dimension("x", 0, 1)}, 100, 1, function));
    EXPECT_GT(parameter(reading, "kind").importance, 0.98);
    EXPECT_EQ(parameter(reading, "kind").best_values, "c");
    EXPECT_EQ(parameter(reading, "kind").effect.size(), 6u);
    EXPECT_EQ(parameter(reading, "kind").effect[2].value, "c");
    EXPECT_NEAR(parameter(reading, "kind").effect[2].mean, 0.105, 0.003);
}

TEST(Importance, IsNotWhatOneDivergedFitSays) {
    SearchRecord search = sampled_search(unit_cube(3), 60, 1, [](const Point& p) { return p.at("x1"); });
    search.seeds[0].trials[7].fold_scores = {1e12};
    EXPECT_GT(parameter(read_search(search), "x1").importance, 0.7);
}

TEST(Importance, ComparesTrialsWithThoseOfTheirSeed) {
    SearchRecord search = sampled_search(unit_cube(3), 40, 5, [](const Point& p) { return p.at("x0"); });
    for (SeedRecord& seed : search.seeds) {
        for (TrialRecord& trial : seed.trials) {
            trial.fold_scores[0] += 100 * static_cast<double>(seed.seed);  // one split is harder than another
        }
    }
    const SearchReading reading = read_search(search);
    EXPECT_GT(parameter(reading, "x0").importance, 0.9);
    EXPECT_LT(parameter(reading, "x0").p_value, 1e-6);
}

TEST(Importance, TellsNothingFromChanceWhereThereIsOnlyNoise) {
    std::size_t told = 0;
    for (std::uint64_t i = 0; i < 40; ++i) {
        Rng rng = Rng::of_seed(100 + i);
        SearchRecord search = sampled_search(unit_cube(5), 40, 1, [&](const Point&) { return rng.normal(); });
        for (const ParameterReading& p : read_search(search).parameters) {
            told += p.p_value <= 0.05 ? 1 : 0;
            EXPECT_EQ(p.edge == Edge::None || p.p_value <= 0.05, true);
        }
    }
    EXPECT_LE(told, 20u) << "of 200 at 5 %";
    EXPECT_GE(told, 1u);
}

TEST(Importance, TeachesWhereTrialsFail) {
    SearchRecord search = sampled_search(unit_cube(3), 60, 1, [](const Point&) { return 1.0; });
    Rng rng = Rng::of_seed(1);
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.fold_scores = {1 + 0.01 * rng.normal()};
        if (std::stod(trial.params[2].second) > 0.75) {
            trial.fold_scores = {NAN};
            trial.failure = "it did not converge";
        }
    }
    const SearchReading reading = read_search(search);
    EXPECT_LT(parameter(reading, "x2").p_value, 0.001);
    EXPECT_EQ(reading.parameters[0].name, "x2");
    EXPECT_TRUE(std::any_of(reading.advice.begin(), reading.advice.end(),
                            [](const std::string& line) { return line.find("with `x2` at 0.75..0.875, 0.875..1 failed") != std::string::npos; }));
}

TEST(Importance, IsTheSameEveryTime) {
    const SearchRecord search = sampled_search(unit_cube(6), 80, 2, [](const Point& p) { return p.at("x0") * p.at("x1"); });
    const SearchReading once = read_search(search), again = read_search(search);
    ASSERT_EQ(once.parameters.size(), again.parameters.size());
    for (std::size_t i = 0; i < once.parameters.size(); ++i) {
        EXPECT_EQ(once.parameters[i].name, again.parameters[i].name);
        EXPECT_EQ(once.parameters[i].importance, again.parameters[i].importance);
    }
}

}  // namespace importance_test
}  // namespace mlpc
