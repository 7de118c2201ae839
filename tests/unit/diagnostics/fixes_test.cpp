#include "compiler/diagnostics/fixes.h"
#include "tests/unit/diagnostics/span_of.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace fixes_test {

constexpr DiagnosticOf<> an_error{{"Z001", Severity::Error, "wrong"}};

class ApplyFixes : public testing::Test {
protected:
    ApplyFixes() : file_(sources_.add("a.mlp", "one two three\n")) {}
    Span span(std::string_view needle) const { return span_of(sources_, file_, needle); }
    Span before(std::string_view needle) const { return {file_, span(needle).begin, span(needle).begin}; }
    Diagnostic& report(std::string_view needle) { return diags_.report(span(needle), an_error); }
    FixResult result() const { return apply_fixes(diags_.sorted(), sources_); }
    std::string text() const { return result().files.at(0).text; }

    Sources sources_;
    FileId file_;
    Diagnostics diags_;
};

TEST_F(ApplyFixes, ReplacesInsertsAndDeletesWhateverTheLengths) {
    report("one").fix(span("one"), "a much longer word", "");
    report("two").fix(before("two"), "and ", "");
    report("three").fix(span(" three"), "", "");
    EXPECT_EQ(text(), "a much longer word and two\n");
    EXPECT_EQ(result().applied, 3u);
    EXPECT_EQ(result().left, 0u);
}

TEST_F(ApplyFixes, OfOverlappingFixesTheFirstWins) {
    report("one two").fix(span("one two"), "1 2", "");
    report("two three").fix(span("two three"), "2 3", "");
    EXPECT_EQ(text(), "1 2 three\n");
    EXPECT_EQ(result().applied, 1u);
    EXPECT_EQ(result().left, 1u);
}

TEST_F(ApplyFixes, TheFixesOfADiagnosticAreAppliedTogetherOrNotAtAll) {
    report("one").fix(span("one"), "1", "");
    report("three").fix(span("three"), "3", "").fix(span("one"), "uno", "");
    EXPECT_EQ(text(), "1 two three\n");
    EXPECT_EQ(result().left, 1u);
}

TEST_F(ApplyFixes, TheSameChangeIsMadeOnce) {
    report("one").fix(before("two"), "and ", "");
    report("two").fix(before("two"), "and ", "");
    EXPECT_EQ(text(), "one and two three\n");
    EXPECT_EQ(result().applied, 2u);
}

TEST_F(ApplyFixes, TwoDifferentInsertionsAtOnePlaceAreAmbiguous) {
    report("one").fix(before("two"), "and ", "");
    report("two").fix(before("two"), "or ", "");
    EXPECT_EQ(text(), "one and two three\n");
    EXPECT_EQ(result().left, 1u);
}

TEST_F(ApplyFixes, AnInsertionMayTouchAReplacement) {
    report("one").fix(before("two"), "and ", "");
    report("two").fix(span("two"), "2", "");
    EXPECT_EQ(text(), "one and 2 three\n");
}

TEST_F(ApplyFixes, ReachesEveryFileAndNamesOnlyThoseThatChange) {
    sources_.add("untouched.mlp", "x\n");
    const FileId third = sources_.add("c.mlp", "x\n");
    report("one").fix({third, 0, 1}, "y", "").fix(span("one"), "1", "");
    const FixResult fixed = result();
    ASSERT_EQ(fixed.files.size(), 2u);
    EXPECT_EQ(fixed.files[0].text, "1 two three\n");
    EXPECT_EQ(fixed.files[1].file, third);
    EXPECT_EQ(fixed.files[1].text, "y\n");
}

TEST_F(ApplyFixes, WithoutFixesNothingChanges) {
    report("one");
    EXPECT_TRUE(result().files.empty());
    EXPECT_EQ(result().applied + result().left, 0u);
}

}  // namespace fixes_test
}  // namespace mlpc
