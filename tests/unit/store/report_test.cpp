#include "runtime/report/report.h"
#include "runtime/core/error.h"
#include "runtime/report/html_text.h"
#include "runtime/report/score_format.h"
#include "runtime/report/text_table.h"
#include "tests/unit/store/run_fixtures.h"
#include "tests/unit/store/temporary_directory.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>

namespace mlpc::test {

namespace report_test {

std::string file_content(const std::string& path) {
    std::ifstream in(path);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

// What is wrong with the nesting of the page's tags; empty where every tag is closed in order.
std::string tag_trouble(const std::string& page) {
    static const std::set<std::string> empty_tags = {"meta", "br", "!DOCTYPE"};
    std::vector<std::string> open;
    for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
        const std::size_t end = page.find('>', at);
        const std::string tag = page.substr(at + 1, page.find_first_of(" >/\n", at + 2) - at - 1);
        if (end == std::string::npos || tag.empty()) {
            return "a bare < at " + page.substr(at, 40);
        }
        if (tag[0] == '/') {
            if (open.empty() || open.back() != tag.substr(1)) {
                return "<" + tag + "> closes <" + (open.empty() ? "nothing" : open.back()) + ">";
            }
            open.pop_back();
        } else if (page[end - 1] != '/' && empty_tags.count(tag) == 0) {
            open.push_back(tag);
        }
    }
    return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

RunRecord hostile_run() {
    const std::string name = "<script>alert(1)</script>\"'&\x1b[31m\xff";
    RunRecord run = churn_run();
    for (std::string* text :
         {&run.id, &run.file, &run.source, &run.file_sha256, &run.version, &run.started, &run.finished, &run.command, &run.status}) {
        *text = name;
    }
    run.overrides = {{name, name}};
    run.data[0] = {.name = name,
                   .path = name,
                   .sha256 = name,
                   .rows = 1,
                   .train_rows = 1,
                   .test_rows = 0,
                   .columns = 1,
                   .target = name,
                   .classes = {name, name}};
    run.pretrained = {{.name = name, .format = name, .path = name, .sha256 = name, .trained_on = {name}, .licence = name}};
    run.metrics = {name};
    run.gates[0].condition = name;
    run.warnings = {name};
    run.allowed = {{name, name}};
    run.pipeline = {name};
    for (DataRecord& data : run.data) {
        data.drift = {{.column = name, .type = name, .finding = name}};
    }
    run.comparisons[0].metric = name;
    for (ComparedRecord& model : run.comparisons[0].models) {
        model.name = name;
    }
    SearchRecord& search = run.searches[0];
    search.name = search.metric = search.method = name;
    search.models = {name};
    for (SeedRecord& seed : search.seeds) {
        seed.test_scores = seed.train_scores = seed.dummy_scores = {{name, 0.4}};
        seed.slices[0].column = seed.slices[0].value = name;
        seed.trials[0].reuse = Reuse::Frozen;
        for (TrialRecord& trial : seed.trials) {
            trial.model = trial.failure = name;
            trial.params = {{name, name}};
        }
    }
    return run;
}

TEST(TextReport, IsAsExpected) {
    const std::string path = std::string(MLPC_SOURCE_DIR) + "/tests/unit/store/churn_report.txt";
    EXPECT_EQ(report_text(churn_run(), Colour::No), file_content(path)) << "expected text: " << path;
}

TEST(TextReport, HasColourOnlyWhereAsked) {
    EXPECT_EQ(report_text(churn_run(), Colour::No).find('\x1b'), std::string::npos);
    const std::string coloured = report_text(churn_run(), Colour::Yes);
    EXPECT_NE(coloured.find("\x1b[1;32mGOOD\x1b[0m"), std::string::npos);
}

TEST(TextReport, StaysWithinAHundredColumns) {
    RunRecord run = churn_run();
    run.searches[0].models[0] = std::string(60, 'm');
    run.warnings.push_back(std::string(50, 'w') + " " + std::string(60, 'v'));
    run.searches[0].method = "manual [" + std::string(30, '{') + " " + std::string(90, '}') + "]";
    run.data[0].path = std::string(80, '/');
    for (SeedRecord& seed : run.searches[0].seeds) {
        seed.trials[0].model = run.searches[0].models[0];
        seed.trials[0].params = {{std::string(90, 'p'), std::string(90, 'v')}};
        seed.confusion = Matrix::Constant(40, 40, 1000);
    }
    std::istringstream lines(report_text(run, Colour::No));
    for (std::string line; std::getline(lines, line);) {
        EXPECT_LE(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; }), 100) << line;
        EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
}

TEST(TextReport, LetsNoNameDriveTheTerminal) {
    EXPECT_EQ(report_text(hostile_run(), Colour::No).find('\x1b'), std::string::npos);
    EXPECT_EQ(runs_table({hostile_run()}).find('\x1b'), std::string::npos);
}

TEST(TextReport, ShowsARunWithoutResults) {
    RunRecord run;
    run.file = "empty.mlp";
    EXPECT_NE(report_text(run, Colour::No).find("Verdict: NO WINNER\n  No model was searched for."), std::string::npos);
    EXPECT_EQ(tag_trouble(report_html(run)), "");
    EXPECT_EQ(nlohmann::json::parse(report_json(run))["verdict"]["finding"], "no winner");
}

TEST(JsonReport, HoldsEveryNumberOfTheRecord) {
    const auto json = nlohmann::json::parse(report_json(churn_run()));
    EXPECT_EQ(json["schema"], "mlpc-report");
    EXPECT_EQ(json["schema_version"], 1);
    EXPECT_EQ(json["verdict"]["finding"], "good");
    EXPECT_EQ(json["overrides"][0]["value"], "3");
    EXPECT_EQ(json["data"][0]["train_rows"], 400);
    EXPECT_EQ(json["gates"][0]["passed"], true);
    EXPECT_EQ(json["fits_done"], 31);
    const auto& search = json["searches"][0];
    EXPECT_EQ(search["held_out"], "test");
    EXPECT_EQ(search["leaderboard"][0]["model"], "logit");
    EXPECT_EQ(search["leaderboard"][0]["seeds_won"], 3);
    EXPECT_NEAR(search["leaderboard"][0]["gap"].get<double>(), 0.03, 1e-12);
    const auto& seed = search["seeds"][1];
    EXPECT_EQ(seed["seed"], 2);
    EXPECT_EQ(seed["winner"], 0);
    EXPECT_EQ(seed["test_scores"]["accuracy"].get<double>(), 0.81 + 0.01);
    EXPECT_EQ(seed["confusion"], (nlohmann::json{{60.0, 10.0}, {9.0, 21.0}}));
    EXPECT_EQ(seed["slices"][1]["value"], "gold");
    EXPECT_EQ(seed["trials"][0]["fold_scores"][1].get<double>(), 0.43 + 0.01);
    EXPECT_EQ(seed["trials"][0]["failure"], nullptr);
    EXPECT_EQ(seed["trials"][2]["fold_scores"][1], nullptr) << "NaN";
    EXPECT_EQ(seed["trials"][2]["score"], nullptr);
    EXPECT_EQ(seed["trials"][2]["failure"], "churn.mlp:31: out of memory");
}

TEST(JsonReport, IsJsonWhateverTheRecordHolds) {
    for (std::uint64_t i = 0; i < 50; ++i) {
        EXPECT_NO_THROW(nlohmann::json::parse(report_json(random_run(Rng::of_seed(i), "x")))) << i;
    }
    RunRecord run = churn_run();
    run.searches[0].seeds[0].test_scores["mcc"] = -INFINITY;
    EXPECT_EQ(nlohmann::json::parse(report_json(run))["searches"][0]["seeds"][0]["test_scores"]["mcc"], "-Infinity");
    EXPECT_NO_THROW(nlohmann::json::parse(report_json(hostile_run())));
}

TEST(JsonReport, IsDocumentedKeyByKey) {
    const std::string document = file_content(std::string(MLPC_SOURCE_DIR) + "/docs/report-json.md");
    const std::function<void(const nlohmann::json&)> visit = [&](const nlohmann::json& json) {
        if (!json.is_structured()) {
            return;
        }
        for (const auto& [key, value] : json.items()) {
            const bool is_metric = key == "mcc" || key == "accuracy";
            if (json.is_object() && !is_metric) {
                EXPECT_TRUE(std::regex_search(document, std::regex("`[^`\n]*\\b" + key + "\\b[^`\n]*`"))) << key;
            }
            visit(value);
        }
    };
    visit(nlohmann::json::parse(report_json(churn_run())));
}

TEST(HtmlReport, IsWellFormed) {
    EXPECT_EQ(tag_trouble(report_html(churn_run())), "");
    for (std::uint64_t i = 0; i < 50; ++i) {
        EXPECT_EQ(tag_trouble(report_html(random_run(Rng::of_seed(i), "x"))), "") << i;
    }
    EXPECT_EQ(tag_trouble("<p><b></p>"), "</p> closes <b>") << "the check itself";
}

TEST(HtmlReport, EscapesEveryText) {
    const std::string page = report_html(hostile_run());
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_GT(count_of(page, "&lt;script&gt;"), 30u);
    EXPECT_EQ(page.find('\x1b'), std::string::npos);
    EXPECT_EQ(page.find('\xff'), std::string::npos);
    EXPECT_EQ(tag_trouble(page), "");
    EXPECT_EQ(html_escaped("a<b>&\"'\x01\xe2\x80\xae"), "a&lt;b&gt;&amp;&quot;&#39;\xef\xbf\xbd\xef\xbf\xbd");
}

TEST(HtmlReport, NeedsNothingFromElsewhere) {
    const std::string page = report_html(churn_run());
    for (const std::string foreign : {"http://", "https://", "src=", "@import", "url(", "<script", "<link", "onload"}) {
        EXPECT_EQ(page.find(foreign), std::string::npos) << foreign;
    }
    EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

TEST(HtmlReport, ShowsEverySection) {
    const std::string page = report_html(churn_run());
    for (const std::string part : {"<h1>churn.mlp</h1>", "<h2>good</h2>", "<h2>Comparison by mcc</h2>", "<h2>Leaderboard</h2>", "<h2>Scores</h2>",
                                   "<h2>Confusion</h2>", "<h2>Errors by slice</h2>", "<h2>Pipeline of the winner</h2>", "<h2>Gates</h2>",
                                   "<h2>Warnings</h2>", "<h2>Reproduction</h2>", "prefers-color-scheme: dark", "seeds 1..3  # &lt;b&gt;&amp;",
                                   "numeric -&gt; impute(mean)", "billing artefact", "style=\"--share:0.857\">180<"}) {
        EXPECT_NE(page.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(count_of(page, "<table"), count_of(page, "<caption>")) << "every table has a caption";
    EXPECT_EQ(page.find("nan"), std::string::npos);
}

TEST(RunsTable, ListsRunsInOrder) {
    RunRecord selection = churn_run();
    selection.id = "second";
    selection.status = "interrupted";
    for (SeedRecord& seed : selection.searches[0].seeds) {
        seed.test_scores.clear();
    }
    RunRecord nothing;
    nothing.id = "third";
    EXPECT_EQ(runs_table({churn_run(), selection, nothing}),
              "  run                     file                status       started               best score\n"
              "  20261121-090000-ab12cd  examples/churn.mlp  done         2026-11-21T09:00:00Z  mcc 0.4200 ±0.0248 test\n"
              "  second                  examples/churn.mlp  interrupted  2026-11-21T09:00:00Z  mcc 0.4300 ±0.0248 validation\n"
              "  third                                       running                            —\n");
    EXPECT_EQ(runs_table({}), "  no runs yet\n");
}

TEST(ScoreFormat, KeepsFourDigitsOfTheLargest) {
    EXPECT_EQ(ScoreFormat({0.98765, 1.0})(1.0), "1.0000");
    EXPECT_EQ(ScoreFormat({53.21987, 1.5})(1.5), "1.50");
    EXPECT_EQ(ScoreFormat({123456.7})(123456.7), "123457");
    EXPECT_EQ(ScoreFormat({0.0012346})(0.0012346), "0.001235");
    EXPECT_EQ(ScoreFormat({0.5})(-0.00001), "0.0000");
    EXPECT_EQ(ScoreFormat({-INFINITY, 2.0})(-INFINITY), "-inf");
    EXPECT_EQ(ScoreFormat(std::vector<double>{})(NAN), "—");
}

TEST(WholeFile, ReplacesAFileOrLeavesIt) {
    const TemporaryDirectory directory;
    write_whole_file(directory / "report.html", "first");
    write_whole_file(directory / "report.html", "second");
    EXPECT_EQ(file_content(directory / "report.html"), "second");
    EXPECT_THROW(write_whole_file(directory / "absent/report.html", "x"), RunError);
    EXPECT_THROW(write_whole_file("/dev/null", "x"), RunError);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(Wrapping, BreaksAtSpacesAndKeepsLines) {
    EXPECT_EQ(wrapped("one two three\n  in\n\nend", 9, 2), "  one two\n  three\n    in\n\n  end\n");
    EXPECT_EQ(elided("häuser", 4), "häu…");
    EXPECT_EQ(elided("haus", 4), "haus");
}

}  // namespace report_test

}  // namespace mlpc::test
