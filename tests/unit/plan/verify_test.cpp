// The proof runs on what will run: a pass that breaks a plan is stopped, whatever it breaks.
#include "compiler/leakage/leakage.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace mlpc {
namespace {

class VerifyTest : public testing::TestWithParam<std::string> {
protected:
    plan::Plan plan_ = test::plan_of(MLPC_SOURCE_DIR "/" + GetParam(), standard_library());

    static bool fits(const Node& node) { return node.kind == NodeKind::Fit || node.kind == NodeKind::FitModel || node.kind == NodeKind::Resample; }
    static bool chooses_rows(const Node& node) { return (node.kind == NodeKind::Take || node.kind == NodeKind::Labels) && node.rows != rows::All; }

    void mark_with_inputs(NodeId id, std::vector<bool>& marked) const {
        marked[id.index] = true;
        for (const NodeId input : plan_.node(id).inputs) {
            mark_with_inputs(input, marked);
        }
    }
    // Nodes that say which rows something is fitted on.
    std::vector<std::size_t> teaching_rows() const {
        std::vector<bool> teaches(plan_.nodes.size(), false);
        for (const Node& node : plan_.nodes) {
            for (const NodeId input : node.inputs) {
                if (fits(node)) {
                    mark_with_inputs(input, teaches);
                }
            }
        }
        std::vector<std::size_t> found;
        for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
            if (teaches[i] && chooses_rows(plan_.nodes[i])) {
                found.push_back(i);
            }
        }
        return found;
    }
};

TEST_P(VerifyTest, AnAcceptedPlanPasses) { EXPECT_NO_THROW(verify(plan_, "nothing")); }

TEST_P(VerifyTest, RowsOfAFitThatAreWidenedToAllAreFound) {
    const std::vector<std::size_t> teaching = teaching_rows();
    ASSERT_GE(teaching.size(), 4U);
    for (const std::size_t i : teaching) {
        plan::Plan broken = plan_;
        broken.nodes[i].rows = rows::All;
        EXPECT_THROW(verify(broken, "widen"), std::logic_error) << "node " << i;
    }
}

TEST_P(VerifyTest, AFitThatIsMovedBeforeTheRowsAreTakenIsFound) {
    std::size_t moved = 0;
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
        if (!fits(plan_.nodes[i]) || plan_.node(plan_.nodes[i].inputs[0]).kind != NodeKind::Take) {
            continue;
        }
        plan::Plan broken = plan_;
        broken.nodes[i].inputs[0] = plan_.node(plan_.nodes[i].inputs[0]).inputs[0];
        EXPECT_THROW(verify(broken, "move"), std::logic_error) << "node " << i;
        ++moved;
    }
    EXPECT_GE(moved, 2U);
}

TEST_P(VerifyTest, RowsThatAreScoredAfterTheyTaughtAreFound) {
    std::size_t scores = 0;
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i) {
        const Node& score = plan_.nodes[i];
        if (score.kind != NodeKind::Score || score.purpose == Purpose::Training) {
            continue;
        }
        plan::Plan broken = plan_;
        broken.nodes[score.inputs[1].index].rows = rows::All;
        EXPECT_THROW(verify(broken, "score"), std::logic_error) << "node " << i;
        ++scores;
    }
    EXPECT_GE(scores, 2U);
}

TEST_P(VerifyTest, ThePassIsNamed) {
    plan::Plan broken = plan_;
    broken.nodes[teaching_rows().front()].rows = rows::All;
    try {
        verify(broken, "hoist_too_far");
        FAIL() << "the plan is broken";
    } catch (const std::logic_error& e) {
        EXPECT_EQ(std::string(e.what()).rfind("after hoist_too_far: ", 0), 0U) << e.what();
    }
}

TEST(Verify, AComparisonThatLooksAtTestRowsIsFound) {
    const plan::Plan plan = test::plan_of(MLPC_SOURCE_DIR "/examples/compare.mlp", standard_library());
    ASSERT_EQ(plan.comparisons.size(), 1U);
    EXPECT_NO_THROW(verify(plan, "nothing"));
    for (const ComparedModel& model : plan.comparisons.front().models) {
        plan::Plan broken = plan;
        Candidate& candidate = broken.searches[model.search].candidates.front();
        candidate.fold.score = candidate.final.score;
        EXPECT_THROW(verify(broken, "open"), std::logic_error) << model.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Plans, VerifyTest,
                         testing::Values("examples/iris.mlp", "examples/penguins.mlp", "examples/credit_g.mlp",
                                         "tests/conformance/experiments/grouped_nested_repeated.mlp"),
                         [](const auto& info) { return std::filesystem::path(info.param).stem().string(); });

}  // namespace
}  // namespace mlpc
