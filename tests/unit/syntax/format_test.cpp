#include "compiler/syntax/dump.h"
#include "compiler/syntax/print.h"
#include "tests/unit/syntax/parsed.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace {

std::string format(const std::string& text) {
    const Parsed parsed(text);
    EXPECT_EQ(parsed.joined_messages(), "") << text;
    return print(parsed.file, text);
}

std::vector<std::string> comment_texts(const ast::File& file) {
    std::vector<std::string> texts;
    for (const ast::Comment& comment : file.comments) {
        texts.push_back(comment.text);
    }
    return texts;
}

class Corpus : public testing::TestWithParam<CorpusFile> {};

TEST_P(Corpus, ParsesWithoutDiagnostics) { EXPECT_EQ(Parsed(GetParam().text).joined_messages(), ""); }

TEST_P(Corpus, FormattedTextMeansTheSame) {
    const Parsed before(GetParam().text);
    const Parsed after(print(before.file, GetParam().text));
    EXPECT_EQ(after.joined_messages(), "");
    EXPECT_EQ(dump(after.file), dump(before.file));
}

TEST_P(Corpus, FormattingTwiceChangesNothing) {
    const std::string once = format(GetParam().text);
    EXPECT_EQ(format(once), once);
}

TEST_P(Corpus, CommentsAreKeptInOrder) {
    const Parsed before(GetParam().text);
    const Parsed after(print(before.file, GetParam().text));
    EXPECT_EQ(comment_texts(after.file), comment_texts(before.file));
}

TEST_P(Corpus, NoLineHasTrailingSpacesOrTabs) {
    const std::string text = format(GetParam().text);
    EXPECT_EQ(text.find(" \n"), std::string::npos);
    EXPECT_EQ(text.find('\r'), std::string::npos);
    EXPECT_EQ(text.find("\n\n\n"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Syntax, Corpus, testing::ValuesIn(corpus()),
                         [](const auto& tested) { return tested.param.name.substr(0, tested.param.name.find('.')); });

TEST(Format, TheExampleOfTheLanguageIsCanonical) {
    const std::string text = read_text(std::string(MLPC_SOURCE_DIR) + "/tests/unit/syntax/corpus/experiment.mlp");
    EXPECT_EQ(format(text), text);
}

TEST(Format, AlignsAdjacentLines) {
    EXPECT_EQ(format("model a=x\nmodel bcd=y\n\nmodel longer=z\nreport \"a\"\nsave b \"c\"\n"),
              "model a   = x\n"
              "model bcd = y\n"
              "\n"
              "model longer = z\n"
              "report \"a\"\n"
              "save   b \"c\"\n");
    EXPECT_EQ(format("data d = csv(\"x\") {\n a: category id\nlonger: numeric\n\nb: text\nignore c\n}\n"),
              "data d = csv(\"x\") {\n"
              "  a:      category id\n"
              "  longer: numeric\n"
              "\n"
              "  b:     text\n"
              "  ignore c\n"
              "}\n");
}

TEST(Format, BreaksLongChainsBeforeEachArrow) {
    EXPECT_EQ(format("model a_long_name = a_first_step(parameter: 1) -> a_second_step(parameter: 2) -> a_third_step(parameter in {1, 2, 3})"),
              "model a_long_name = a_first_step(parameter: 1)\n"
              "  -> a_second_step(parameter: 2)\n"
              "  -> a_third_step(parameter in {1, 2, 3})\n");
}

TEST(Format, PutsTrailingCommentsInOneColumn) {
    EXPECT_EQ(format("seed 1 # a\nparam a = \"a text that reaches past the comment column\" # b\nparam b = 1 # c\n"),
              "seed 1                                                   # a\n"
              "param a = \"a text that reaches past the comment column\"  # b\n"
              "param b = 1                                              # c\n");
    EXPECT_EQ(format("seed 1#a\n"), "seed 1                                      #a\n");
}

TEST(Format, KeepsAtMostOneBlankLineAndNoneInsideBraces) {
    EXPECT_EQ(format("\n\nseed 1\n\n\n\nevaluate a {\n\n  metrics b\n\n\n  on c\n\n}\n\n"), "seed 1\n\nevaluate a {\n  metrics b\n\n  on c\n}\n");
}

TEST(Format, KeepsAnEmptyBlockOnlyWhereItWasWritten) { EXPECT_EQ(format("evaluate a { }\n\nevaluate b\n"), "evaluate a {\n}\n\nevaluate b\n"); }

TEST(Format, CanonicalSpacing) {
    EXPECT_EQ(format("param a=( 1+2 )*3^2\nparam b=-x+not y\n"), "param a = (1 + 2) * 3^2\nparam b = -x + not y\n");
    EXPECT_EQ(format("model a = f(b:1,c in 1 .. 2   log,d in{a,b},e in 2*k..3)"), "model a = f(b: 1, c in 1..2 log, d in {a, b}, e in 2 * k .. 3)\n");
}

TEST(Format, PrintsOneExpressionOnOneLine) {
    const Parsed parsed("model a = x\n  -> f(  # c\n b in 0.1..10 log, C: 1.0)\n  | none");
    EXPECT_EQ(print(std::get<ast::Model>(parsed.file.declarations[0].node).chain), "x -> f(b in 0.1..10 log, C: 1.0) | none");
}

TEST(Format, EscapesOnlyWhatNeedsIt) {
    EXPECT_EQ(format(R"(param a = "\d+ \"q\" \\ \n \\d")"),
              "param a = "
              R"("\d+ \"q\" \ \n \d")"
              "\n");
}

}  // namespace
}  // namespace mlpc
