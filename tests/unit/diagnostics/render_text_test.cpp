#include "compiler/diagnostics/render.h"
#include "tests/unit/diagnostics/span_of.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace render_text_test {

constexpr DiagnosticOf<> an_error{{"Z001", Severity::Error, "the split shuffles the rows"}};
constexpr DiagnosticOf<> a_warning{{"Z002", Severity::Warning, "one seed alone"}};
constexpr DiagnosticOf<> a_note{{"Z003", Severity::Note, "fitted once"}};

class RenderText : public testing::Test {
protected:
    FileId add(std::string path, std::string text) { return sources_.add(std::move(path), std::move(text)); }
    Span span(FileId file, std::string_view needle) const { return span_of(sources_, file, needle); }
    std::string rendered(Colour colour = Colour::No) const { return "\n" + render_text(diags_.sorted(), sources_, colour); }

    Sources sources_;
    Diagnostics diags_;
};

TEST_F(RenderText, AnErrorPointsAtItsSpan) {
    const FileId file = add("churn.mlp", "edition 1\nseed 42\n");
    diags_.report(span(file, "42"), an_error);
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:2:6
  |
2 | seed 42
  |      ^^
)");
}

TEST_F(RenderText, AWarningWithHelp) {
    const FileId file = add("churn.mlp", "edition 1\nseed 42\n");
    diags_.report(span(file, "seed 42"), a_warning).help("write `seeds 1..5` for a mean and an interval");
    EXPECT_EQ(rendered(), R"(
warning[Z002]: one seed alone
 --> churn.mlp:2:1
  |
2 | seed 42
  | ^^^^^^^
  |
help: write `seeds 1..5` for a mean and an interval
)");
}

TEST_F(RenderText, ANote) {
    const FileId file = add("churn.mlp", "edition 1\n");
    diags_.report(span(file, "1"), a_note);
    EXPECT_EQ(rendered(), R"(
note[Z003]: fitted once
 --> churn.mlp:1:9
  |
1 | edition 1
  |         ^
)");
}

TEST_F(RenderText, LabelsOnOtherLinesInOrderOfPosition) {
    const FileId file =
        add("churn.mlp", "data churn = csv(\"c.csv\") {\n  signed: date time\n  income: numeric\n\n\n\n\n\n\nsplit churn {\n  folds 5\n}\n");
    diags_.report(span(file, "folds 5"), an_error).note(span(file, "time"), "rows have an order").note(span(file, "income"), "next line");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
  --> churn.mlp:11:3
   |
 2 |   signed: date time
   |                ---- rows have an order
 3 |   income: numeric
   |   ------ next line
...
11 |   folds 5
   |   ^^^^^^^
)");
}

TEST_F(RenderText, SeveralLabelsOnOneLineHang) {
    const FileId file = add("churn.mlp", "data scaled = churn -> scale(standard) -> pca()\n");
    diags_.report(span(file, "scale(standard)"), an_error)
        .note(span(file, "scaled"), "split here")
        .note(span(file, "churn"), "all rows")
        .note(span(file, "pca()"), "learns too");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:1:24
  |
1 | data scaled = churn -> scale(standard) -> pca()
  |      ------   -----    ^^^^^^^^^^^^^^^    ----- learns too
  |      |        |
  |      |        all rows
  |      split here
)");
}

TEST_F(RenderText, LabelsUnderTheCaretsHangToo) {
    const FileId file = add("churn.mlp", "vote(a, b)\n");
    diags_.report(span(file, "vote(a, b)"), an_error).note(span(file, "a, b"), "members").note(span(file, "a"), "fitted");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:1:1
  |
1 | vote(a, b)
  | ^^^^^^^^^^
  |      |
  |      fitted
  |      members
)");
}

TEST_F(RenderText, LabelsInOtherFiles) {
    const FileId steps = add("lib/steps.mlp", "edition 1\n\npipeline prep {\n}\n");
    const FileId main = add("churn.mlp", "edition 1\nimport \"lib/steps.mlp\"\npipeline prep {\n}\n");
    diags_.report(span(main, "prep"), an_error).note(span(steps, "prep"), "also declared here");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:3:10
  |
3 | pipeline prep {
  |          ^^^^
 ::: lib/steps.mlp:3:10
  |
3 | pipeline prep {
  |          ---- also declared here
)");
}

TEST_F(RenderText, AFixAsRemovedAndAddedLine) {
    const FileId file = add("churn.mlp", "split churn {\n  folds 5\n}\n");
    diags_.report(span(file, "folds 5"), an_error).fix(span(file, "folds"), "folds forward", "fold forward in time");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:2:3
  |
2 |   folds 5
  |   ^^^^^^^
  |
help: fold forward in time
  |
2 -   folds 5
2 +   folds forward 5
)");
}

TEST_F(RenderText, AFixThatInsertsAndOneThatDeletesLines) {
    const FileId file = add("churn.mlp", "edition 1\nseeds best\nsplit churn {\n}\n");
    const Span line = span(file, "seeds best\n");
    diags_.report(span(file, "best"), an_error).fix(line, "", "drop the seed").fix({file, line.end, line.end}, "seeds 1..5\n", "name the seeds");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:2:7
  |
2 | seeds best
  |       ^^^^
  |
help: drop the seed
  |
2 - seeds best
help: name the seeds
  |
3 + seeds 1..5
)");
}

TEST_F(RenderText, TwoFixesOfOneTitleInTwoFiles) {
    const FileId other = add("b.mlp", "b\n");
    const FileId file = add("a.mlp", "a\n");
    diags_.report(span(file, "a"), an_error).fix(span(file, "a"), "c", "rename").fix(span(other, "b"), "c", "rename");
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> a.mlp:1:1
  |
1 | a
  | ^
  |
help: rename
  |
1 - a
1 + c
 --> b.mlp:1:1
  |
1 - b
1 + c
)");
}

TEST_F(RenderText, CaretsAlignUnderTabsWideAndCombiningCharacters) {
    const FileId file = add("churn.mlp", "\t年収: numeric  # re\u0301sume\u0301 wrong\n");
    diags_.report(span(file, "numeric"), an_error).note(span(file, "年収"), "income").note(span(file, "wrong"), "here");
    EXPECT_EQ(rendered(),
              "\nerror[Z001]: the split shuffles the rows\n"
              " --> churn.mlp:1:6\n"
              "  |\n"
              "1 |     年収: numeric  # re\u0301sume\u0301 wrong\n"
              "  |     ----  ^^^^^^^           ----- here\n"
              "  |     |\n"
              "  |     income\n");
}

TEST_F(RenderText, ASpanOfSeveralLinesIsMarkedOnItsFirst) {
    const FileId file = add("churn.mlp", "split churn {\n  folds 5\n}\n");
    diags_.report(span(file, "churn {\n  folds 5\n}"), an_error);
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:1:7
  |
1 | split churn {
  |       ^^^^^^^
)");
}

TEST_F(RenderText, AnEmptySpanGetsOneCaretAlsoAtTheEndOfTheFile) {
    const FileId file = add("churn.mlp", "edition\n");
    diags_.report({file, 7, 7}, an_error);
    diags_.report({file, 8, 8}, a_warning);
    EXPECT_EQ(rendered(), R"(
error[Z001]: the split shuffles the rows
 --> churn.mlp:1:8
  |
1 | edition
  |        ^

warning[Z002]: one seed alone
 --> churn.mlp:2:1
  |
2 |
  | ^
)");
}

TEST_F(RenderText, LongLinesAreCutAroundTheMarks) {
    const std::string text = "model m = " + std::string(200, 'a') + " -> wrong -> " + std::string(200, 'b') + "\n";
    const FileId file = add("churn.mlp", text);
    diags_.report(span(file, "wrong"), an_error);
    EXPECT_EQ(rendered(),
              "\nerror[Z001]: the split shuffles the rows\n"
              " --> churn.mlp:1:215\n"
              "  |\n"
              "1 | …" +
                  std::string(16, 'a') + " -> wrong -> " + std::string(91, 'b') +
                  "…\n"
                  "  | " +
                  std::string(21, ' ') + "^^^^^\n");
}

TEST_F(RenderText, UserTextInAMessageCannotActOnTheTerminal) {
    const FileId file = add("churn.mlp", "seed 42\n");
    constexpr DiagnosticOf<std::string> named{{"Z004", Severity::Error, "no `{}`"}};
    diags_.report(span(file, "42"), named, "\x1b[2J").note(span(file, "42"), "\x1b[2J").help("first\x1b\nsecond");
    EXPECT_EQ(rendered(), R"(
error[Z004]: no `␛[2J`
 --> churn.mlp:1:6
  |
1 | seed 42
  |      ^^ ␛[2J
  |
help: first␛
      second
)");
}

TEST_F(RenderText, ColourOnlyWhereAsked) {
    const FileId file = add("churn.mlp", "seed 42\n");
    diags_.report(span(file, "42"), an_error).note(span(file, "seed"), "one");
    EXPECT_EQ(rendered(Colour::No).find('\x1b'), std::string::npos);
    EXPECT_EQ(rendered(Colour::Yes),
              "\n\x1b[1;31merror[Z001]\x1b[0m\x1b[1m: the split shuffles the rows\x1b[0m\n"
              " \x1b[1;34m-->\x1b[0m churn.mlp:1:6\n"
              "\x1b[1;34m  |\x1b[0m\n"
              "\x1b[1;34m1 |\x1b[0m seed 42\n"
              "\x1b[1;34m  |\x1b[0m \x1b[1;34m----\x1b[0m \x1b[1;31m^^\x1b[0m\n"
              "\x1b[1;34m  |\x1b[0m \x1b[1;34m|\x1b[0m\n"
              "\x1b[1;34m  |\x1b[0m \x1b[1;34mone\x1b[0m\n");
}

}  // namespace render_text_test
}  // namespace mlpc
