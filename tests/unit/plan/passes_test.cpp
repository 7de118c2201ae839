// What each rewrite of a plan does, seen in its text.
#include "compiler/plan/passes/passes.h"
#include "compiler/driver/load_files.h"
#include "compiler/leakage/leakage.h"
#include "compiler/sema/build_plan.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace mlpc::plan {
namespace {

constexpr const char* experiment = R"(edition 1
seed 1
data rows = csv("rows.csv") {{
  x: numeric
  y: numeric
  c: category target
}}
split rows {{
  test  20%
  folds 2
}}
model m = {}
evaluate m {{
  metrics accuracy
}}
)";

// As the file says it, before any rewrite.
Plan unchanged(const std::string& chain) {
    const test::ScratchDirectory directory;
    Sources sources;
    Diagnostics diags;
    const auto files = load_files(directory.write("e.mlp", fmt::format(experiment, chain)), sources, diags);
    Plan plan = build_plan(files, sources, standard_library(), {}, diags);
    EXPECT_FALSE(diags.has_errors());
    return plan;
}

std::vector<std::string> lines_with(const Plan& plan, const std::string& words) {
    std::vector<std::string> found;
    std::istringstream text(print(plan));
    for (std::string line; std::getline(text, line);) {
        if (line.find(words) != std::string::npos) {
            found.push_back(line);
        }
    }
    return found;
}

// The node after the arrow of its first line.
const Node& input_of(const Plan& plan, NodeKind kind) {
    const auto at = std::find_if(plan.nodes.begin(), plan.nodes.end(), [&](const Node& n) { return n.kind == kind; });
    return plan.node(at->inputs.at(0));
}

TEST(HoistRowWiseTest, ARowWiseStepIsMovedBeforeTheRowsAreTaken) {
    Plan plan = unchanged("clip(0..1) -> scale(standard) -> knn(k: 1)");
    EXPECT_EQ(input_of(plan, NodeKind::Transform).kind, NodeKind::Select);
    EXPECT_EQ(input_of(plan, NodeKind::Select).kind, NodeKind::Take);
    hoist_row_wise(plan);
    EXPECT_EQ(input_of(plan, NodeKind::Select).kind, NodeKind::Source);
    EXPECT_EQ(input_of(plan, NodeKind::Transform).kind, NodeKind::Select);
    EXPECT_EQ(input_of(plan, NodeKind::Fit).kind, NodeKind::Take);
    EXPECT_NO_THROW(verify(plan, "hoist_row_wise"));
}

TEST(HoistRowWiseTest, ALearnedStepStaysWhereItsRowsAre) {
    Plan plan = unchanged("scale(standard) -> clip(0..1) -> knn(k: 1)");
    hoist_row_wise(plan);
    EXPECT_EQ(input_of(plan, NodeKind::Fit).kind, NodeKind::Take);
    EXPECT_EQ(input_of(plan, NodeKind::Transform).kind, NodeKind::Apply);
}

TEST(ShareEqualNodesTest, HoistedWorkIsDoneOnceForAllStages) {
    Plan plan = unchanged("clip(0..1) -> scale(standard) -> knn(k: 1)");
    hoist_row_wise(plan);
    EXPECT_GT(lines_with(plan, "transform").size(), 1U);
    share_equal_nodes(plan);
    EXPECT_EQ(lines_with(plan, "transform").size(), 1U);
    EXPECT_EQ(lines_with(plan, "source").size(), 1U);
    EXPECT_NO_THROW(verify(plan, "share_equal_nodes"));
}

TEST(ShareEqualNodesTest, FitsOnOtherRowsOrWithOtherArgumentsStayApart) {
    Plan plan = unchanged("scale(standard) -> scale(robust) -> knn(k: 1)");
    share_equal_nodes(plan);
    EXPECT_EQ(lines_with(plan, "fit         scale").size(), 4U) << print(plan);  // two methods, inside folds and for the end
}

TEST(ShareEqualNodesTest, TwiceIsOnce) {
    Plan plan = unchanged("clip(0..1) -> scale(standard) -> knn(k: 1)");
    share_equal_nodes(plan);
    const std::string once = print(plan);
    share_equal_nodes(plan);
    EXPECT_EQ(print(plan), once);
}

TEST(DropUnusedTest, WhatNothingNeedsGoesAndTheRestStays) {
    Plan plan = unchanged("scale(standard) -> knn(k: 1)");
    share_equal_nodes(plan);
    drop_unused(plan);
    const std::string needed = print(plan);
    plan.nodes.push_back({.kind = NodeKind::Labels, .rows = rows::Test, .data = DataId{0}});
    plan.nodes.push_back({.kind = NodeKind::Concatenate, .inputs = {NodeId{0}, NodeId{0}}});
    EXPECT_NE(print(plan), needed);
    drop_unused(plan);
    EXPECT_EQ(print(plan), needed);
}

TEST(DropUnusedTest, UsesArePointedToWhereTheirNodesNowAre) {
    Plan plan = unchanged("scale(standard) -> knn(k: 1)");
    const auto kinds = [](const Plan& p) {
        const Stage& stage = p.searches[0].candidates[0].fold;
        return std::vector<NodeKind>{p.node(stage.score).kind, p.node(stage.prediction).kind, p.node(stage.model).kind};
    };
    const std::vector<NodeKind> expected{NodeKind::Score, NodeKind::Predict, NodeKind::FitModel};
    // Something unused in front moves every other node.
    std::vector<NodeId> behind;
    for (std::uint32_t i = 0; i < plan.nodes.size(); ++i) {
        behind.push_back({i + 1});
        for (NodeId& input : plan.nodes[i].inputs) {
            ++input.index;
        }
    }
    plan.nodes.insert(plan.nodes.begin(), {.kind = NodeKind::Labels, .rows = rows::Test, .data = DataId{0}});
    renumber_uses(plan, behind);
    ASSERT_EQ(kinds(plan), expected);
    drop_unused(plan);
    EXPECT_EQ(kinds(plan), expected);
    EXPECT_EQ(plan.nodes.front().kind, NodeKind::Source);
}

}  // namespace
}  // namespace mlpc::plan
