#include "tests/lang/expectations.h"

#include <gtest/gtest.h>

namespace mlpc::lang_test {
namespace {

TEST(ReadExpectations, BelongToTheNextLineOfTheLanguage) {
    const Expectations read = read_expectations("edition 1\n# error: [L102, L105]\n  # warning: [L101]\ndata x\n");
    EXPECT_TRUE(read.problems.empty());
    EXPECT_EQ(read.findings, (std::vector<Finding>{{4, "error", "L102"}, {4, "error", "L105"}, {4, "warning", "L101"}}));
}

TEST(ReadExpectations, OtherCommentsExpectNothing) {
    EXPECT_TRUE(read_expectations("# errors are shown\n# the error: [L102]\nx # error: [L102]\n").findings.empty());
}

TEST(ReadExpectations, SomethingLikeAnExpectationIsAProblem) {
    EXPECT_EQ(read_expectations("# error: L102\nx\n").problems.size(), 1u);
    EXPECT_EQ(read_expectations("# error: []\nx\n").problems.size(), 1u);
    EXPECT_EQ(read_expectations("x\n# error: [L102]").problems.size(), 1u);
}

TEST(ReadExpectations, TheEndOfTheFileIsALine) {
    EXPECT_EQ(read_expectations("x\n# error: [S001]\n").findings, (std::vector<Finding>{{3, "error", "S001"}}));
}

TEST(Differences, AreMissingAndSurprisingFindings) {
    const std::vector<Finding> expected{{1, "error", "L102"}, {2, "error", "L105"}};
    const std::vector<Finding> actual{{1, "error", "L102"}, {2, "warning", "L105"}};
    EXPECT_EQ(differences(expected, actual),
              (std::vector<std::string>{"line 2: error[L105] was expected and not reported", "line 2: warning[L105] was reported and not expected"}));
    EXPECT_TRUE(differences(expected, expected).empty());
}

TEST(Differences, CountTheSameFindingAsOftenAsItIs) {
    const Finding finding{1, "error", "L102"};
    EXPECT_EQ(differences({finding}, {finding, finding}).size(), 1u);
    EXPECT_EQ(differences({finding, finding}, {finding}).size(), 1u);
}

TEST(WithExpectations, ReplacesTheOldOnes) {
    const std::string text = "edition 1\n# error: [L999]\nsplit churn {\n  folds 5\n}\n";
    const std::vector<Finding> actual{{4, "error", "L108"}, {4, "error", "L109"}, {4, "warning", "X001"}};
    EXPECT_EQ(with_expectations(text, actual), "edition 1\nsplit churn {\n  # error: [L108, L109]\n  # warning: [X001]\n  folds 5\n}\n");
}

TEST(WithExpectations, AreReadAsWhatTheyWereMadeOf) {
    const std::string text = "a\n  b\n";
    const std::string written = with_expectations(text, {{1, "error", "A"}, {2, "note", "B"}, {3, "error", "C"}});
    EXPECT_EQ(read_expectations(written).findings, (std::vector<Finding>{{2, "error", "A"}, {4, "note", "B"}, {6, "error", "C"}}));
    EXPECT_EQ(with_expectations(written, {}), text);
}

}  // namespace
}  // namespace mlpc::lang_test
