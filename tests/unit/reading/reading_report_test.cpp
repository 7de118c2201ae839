#include "runtime/report/reading_text.h"
#include "runtime/report/report.h"
#include "tests/unit/reading/search_fixtures.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

namespace mlpc {
namespace reading_report_test {

using namespace test;

std::string file_content(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(std::string(MLPC_SOURCE_DIR) + "/" + path).rdbuf();
    return out.str();
}

// A conditional space under two seeds, with trials that failed, were given up, broke a constraint and were repeated.
SearchRecord eventful_search() {
    SearchRecord search = sampled_search({choice_dimension("model", {"logit", "forest"}), log_dimension("logit.C", 1e-2, 1e2),
                                          integer_dimension("forest.depth", 2, 10), integer_dimension("forest.trees", 10, 200)},
                                         0, 2, {});
    search.metric = "mcc";
    search.greater_is_better = true;
    search.method = "tpe(trials: 60)";
    search.models = {"logit", "forest"};
    search.remark = "`auto` picked tpe: the space has conditions.";
    for (SeedRecord& seed : search.seeds) {
        Rng rng = Rng::of_seed(seed.seed);
        for (std::uint64_t t = 0; t < 60; ++t) {
            Point point = random_point(search, rng);
            const bool forest = point.at("model") == 1;
            for (const char* other : {"forest.depth", "forest.trees"}) {
                point.erase(forest ? "logit.C" : other);
            }
            const double score = forest ? 0.5 + 0.03 * point.at("forest.depth") : 0.5 - 0.02 * std::abs(std::log10(point.at("logit.C")) - 1);
            seed.trials.push_back(trial_at(search, t, point, score));
            seed.trials.back().ask_seconds = 0.01;
            seed.trials.back().seconds = 0.2;
        }
        seed.trials[5].failure = "no memory";
        seed.trials[5].fold_scores = {NAN};
        seed.trials[9].given_up = true;
        seed.trials[11].feasible = false;
        const TrialRecord repeated = seed.trials[21];
        seed.trials[20] = repeated;
        seed.trials[20].number = 20;
    }
    return search;
}

RunRecord run_of(SearchRecord search) {
    RunRecord run;
    run.id = "r";
    run.file = "x.mlp";
    search.models.resize(std::max<std::size_t>(search.models.size(), 1), "m");
    run.searches = {std::move(search)};
    return run;
}

TEST(ReadingText, IsAsExpected) {
    const SearchRecord search = eventful_search();
    EXPECT_EQ(reading_text(search, read_search(search)), file_content("tests/unit/reading/eventful_search.txt"));
}

TEST(ReadingText, StaysWithinAHundredColumnsAndThirtyLines) {
    std::vector<DimensionRecord> space;
    for (int d = 0; d < 30; ++d) {
        space.push_back(choice_dimension(std::string(60, 'n') + std::to_string(d), {std::string(80, 'a'), std::string(80, 'b') + " c"}));
    }
    SearchRecord search = sampled_search(space, 60, 2, [&](const Point& p) { return p.begin()->second; });
    search.goals = {{std::string(50, 'g'), true}, {"rmse", false}};
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.measures = {{std::string(50, 'g'), static_cast<double>(trial.number)}};
    }
    const SearchReading reading = read_search(search);
    std::size_t count = 0;
    std::istringstream lines(reading_text(search, reading) + front_text(search, reading));
    for (std::string line; std::getline(lines, line); ++count) {
        EXPECT_LE(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; }), 110) << line;
        EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
    EXPECT_LE(count, 30u);
    EXPECT_NE(front_text(search, reading), "");
}

TEST(ReadingText, IsLeftOutWhereOneTrialWasRun) {
    const SearchRecord search = sampled_search({real_dimension("x", 0, 1)}, 1, 3, [](const Point&) { return 1.0; });
    EXPECT_EQ(reading_text(search, read_search(search)), "");
    EXPECT_EQ(report_html(run_of(search)).find("<h2>The search</h2>"), std::string::npos);
}

TEST(ReadingJson, HasEveryKeyDocumented) {
    SearchRecord search = eventful_search();
    search.goals = {{"mcc", true}, {"size", false}};
    search.seeds[0].trials[3].rungs.push_back({.share = {.part = 1, .whole = 3}, .fold_scores = {0.5}, .seconds = 1});
    for (TrialRecord& trial : search.seeds[0].trials) {
        trial.measures = {{"size", static_cast<double>(trial.params.size())}};
    }
    const std::string document = file_content("docs/report-json.md");
    const nlohmann::json json = nlohmann::json::parse(report_json(run_of(search)));
    std::set<std::string> keys;
    const std::function<void(const nlohmann::json&)> visit = [&](const nlohmann::json& part) {
        for (const auto& [key, value] : part.items()) {
            if (part.is_object()) {
                keys.insert(key);
            }
            if (value.is_structured()) {
                visit(value);
            }
        }
    };
    visit(json);
    for (const std::string& key : keys) {
        EXPECT_TRUE(std::regex_search(document, std::regex("`[^`\n]*\\b" + key + "\\b[^`\n]*`"))) << key;
    }
    const auto& reading = json["searches"][0]["reading"];
    EXPECT_EQ(reading["counts"]["trials"], 120);
    EXPECT_EQ(reading["parameters"][0]["name"], "model");
    EXPECT_EQ(reading["parameters"][2]["edge"], "high");
    EXPECT_GE(reading["by_seed"][0]["front"].size(), 2u);
    EXPECT_EQ(reading["by_seed"][0]["front"][0]["goals"].size(), 2u);
    EXPECT_EQ(json["searches"][0]["space"][1]["log"], true);
    EXPECT_EQ(json["searches"][0]["seeds"][0]["trials"][3]["rungs"][0]["share"]["whole"], 3);
}

TEST(ReadingHtml, HasTheCourseTheParametersAndTheirEffects) {
    const std::string page = report_html(run_of(eventful_search()));
    for (const std::string part : {"<h2>The search</h2>", "class=\"course\"", "class=\"step\"", "class=\"effect\"", "Best mcc so far, trial 1 to 60",
                                   "widen it", "aria-label=\"mean by value: 2: 0.56"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(page.find("nan"), std::string::npos);
}

TEST(Front, HasTheTrialsThatNoOtherBeatsInEveryGoal) {
    SearchRecord search = sampled_search({integer_dimension("k", 0, 4)}, 5, 1, [](const Point&) { return 0.0; });
    const std::vector<double> error = {3, 1, 2, 1, 0}, accuracy = {9, 5, 4, 6, 8};
    search.goals = {{"rmse", false}, {"accuracy", true}};
    for (std::size_t t = 0; t < 5; ++t) {
        search.seeds[0].trials[t].fold_scores = {error[t]};
        search.seeds[0].trials[t].measures = {{"accuracy", accuracy[t]}};
    }
    search.seeds[0].trials[4].feasible = false;
    const SearchReading reading = read_search(search);
    ASSERT_EQ(reading.seeds[0].front.size(), 2u);
    EXPECT_EQ(reading.seeds[0].front[0].trial, 0u);
    EXPECT_EQ(reading.seeds[0].front[1].trial, 3u) << "trial 4 beats both, but is not feasible";
    EXPECT_EQ(reading.seeds[0].front[1].goals, (std::vector<double>{1, 6}));
    search.goals.clear();
    EXPECT_TRUE(read_search(search).seeds[0].front.empty());
}

}  // namespace reading_report_test
}  // namespace mlpc
