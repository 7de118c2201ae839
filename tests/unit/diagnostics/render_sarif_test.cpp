#include "compiler/diagnostics/explain.h"
#include "compiler/diagnostics/render.h"
#include "tests/unit/diagnostics/span_of.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace mlpc {
namespace render_sarif_test {

using nlohmann::json;

class RenderSarif : public testing::Test {
protected:
    RenderSarif() : file_(sources_.add("my churn.mlp", "split churn {\n  folds 5\n}\n")), other_(sources_.add("/lib/größe.mlp", "signed\n")) {
        diags_.report(span_of(sources_, file_, "folds 5"), diag::TimeShuffled, "signed")
            .note(span_of(sources_, other_, "signed"), "declared here")
            .help("fold forward")
            .fix(span_of(sources_, file_, "folds"), "folds forward", "fold forward in time")
            .fix(span_of(sources_, other_, "signed"), "signed_on", "rename");
        diags_.report(span_of(sources_, file_, "churn"), diag::SelectionScoreOnly, "churn", "best");
    }
    json run() const { return json::parse(render_sarif(diags_.sorted(), sources_, "0.1.0"))["runs"][0]; }

    Sources sources_;
    FileId file_, other_;
    Diagnostics diags_;
};

TEST_F(RenderSarif, NamesVersionAndTool) {
    const json log = json::parse(render_sarif({}, sources_, "0.1.0"));
    EXPECT_EQ(log["version"], "2.1.0");
    EXPECT_EQ(log["runs"][0]["tool"]["driver"]["name"], "mlpc");
    EXPECT_EQ(log["runs"][0]["tool"]["driver"]["version"], "0.1.0");
    EXPECT_EQ(log["runs"][0]["results"], json::array());
}

TEST_F(RenderSarif, ResultsPointAtTheirRules) {
    const json log = run();
    const json& rules = log["tool"]["driver"]["rules"];
    ASSERT_EQ(rules.size(), 2u);
    ASSERT_EQ(log["results"].size(), 2u);
    for (const json& result : log["results"]) {
        EXPECT_EQ(rules[result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    }
    EXPECT_EQ(log["results"][0]["level"], "warning");
    EXPECT_EQ(log["results"][1]["level"], "error");
}

TEST_F(RenderSarif, RulesAreExplainedByTheirPages) {
    const json log = run();
    const json& rule = log["tool"]["driver"]["rules"][1];
    EXPECT_EQ(rule["id"], "L109");
    EXPECT_EQ(rule["shortDescription"]["text"], "a time column and a split that shuffles it");
    EXPECT_EQ(rule["help"]["markdown"], std::string(*explanation("L109")));
    EXPECT_EQ(rule["defaultConfiguration"]["level"], "error");
}

TEST_F(RenderSarif, LocationsAreUrisAndCodePointColumns) {
    const json log = run();
    EXPECT_EQ(log["columnKind"], "unicodeCodePoints");
    const json& result = log["results"][1];
    const json& place = result["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "my%20churn.mlp");
    EXPECT_EQ(place["region"], json({{"startLine", 2}, {"startColumn", 3}, {"endLine", 2}, {"endColumn", 10}}));
    const json& related = result["relatedLocations"][0];
    EXPECT_EQ(related["message"]["text"], "declared here");
    EXPECT_EQ(related["physicalLocation"]["artifactLocation"]["uri"], "file:///lib/gr%C3%B6%C3%9Fe.mlp");
}

TEST_F(RenderSarif, HelpsAreInTheMessage) {
    const std::string message = run()["results"][1]["message"]["text"];
    EXPECT_TRUE(message.ends_with("\nhelp: fold forward")) << message;
}

TEST_F(RenderSarif, TheFixesOfARecordAreOneChange) {
    const json log = run();
    const json& fixes = log["results"][1]["fixes"];
    ASSERT_EQ(fixes.size(), 1u);
    EXPECT_EQ(fixes[0]["description"]["text"], "fold forward in time; rename");
    ASSERT_EQ(fixes[0]["artifactChanges"].size(), 2u);
    const json& replacement = fixes[0]["artifactChanges"][0]["replacements"][0];
    EXPECT_EQ(replacement["insertedContent"]["text"], "folds forward");
    EXPECT_EQ(replacement["deletedRegion"]["endColumn"], 8);
    EXPECT_FALSE(log["results"][0].contains("fixes"));
}

}  // namespace render_sarif_test
}  // namespace mlpc
