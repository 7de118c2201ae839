#include "compiler/diagnostics/explain.h"

#include "compiler/diagnostics/diagnostics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace mlpc {
namespace explain_test {

TEST(Explain, EveryDiagnosticHasAPage) {
    for (const DiagnosticKind& kind : all_diagnostics()) {
        EXPECT_TRUE(explanation(kind.code).has_value()) << "write compiler/diagnostics/explain/" << kind.code << ".md";
    }
}

TEST(Explain, EveryPageHasADiagnostic) {
    for (const std::string& code : explained_codes()) {
        const auto& kinds = all_diagnostics();
        EXPECT_TRUE(std::any_of(kinds.begin(), kinds.end(), [&](const DiagnosticKind& kind) { return kind.code == code; })) << code;
    }
}

TEST(Explain, EveryPageHasTitleMeaningAndBothExamples) {
    for (const std::string& code : explained_codes()) {
        const ExplanationParts page = parse_explanation(*explanation(code));
        EXPECT_EQ(page.code, code);
        EXPECT_FALSE(page.title.empty()) << code;
        EXPECT_FALSE(page.meaning.empty()) << code;
        EXPECT_FALSE(page.fails.empty()) << code;
        EXPECT_FALSE(page.fixed.empty()) << code;
        EXPECT_NE(page.fails, page.fixed) << code;
    }
}

TEST(Explain, EveryPageHasOneExampleOfEach) {
    for (const std::string& code : explained_codes()) {
        const std::string_view page = *explanation(code);
        std::size_t examples = 0;
        for (std::size_t at = page.find("```mlp\n"); at != std::string_view::npos; at = page.find("```mlp\n", at + 1)) {
            ++examples;
        }
        EXPECT_EQ(examples, 2u) << code;
    }
}

TEST(Explain, PagesAreEmbeddedToTheLetter) {
    for (const std::string& code : explained_codes()) {
        std::ifstream in(std::string(MLPC_SOURCE_DIR) + "/compiler/diagnostics/explain/" + code + ".md", std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        EXPECT_EQ(*explanation(code), text) << code;
    }
}

TEST(Explain, RunTimeCodesSaySo) {
    for (const char* code : {"L107", "L111"}) {
        EXPECT_TRUE(found_when_run(parse_explanation(*explanation(code)))) << code;
    }
    EXPECT_FALSE(found_when_run(parse_explanation(*explanation("L102"))));
}

TEST(Explain, UnknownCodesHaveNone) { EXPECT_FALSE(explanation("L999").has_value()); }

TEST(Explain, TakesAPageApart) {
    const ExplanationParts page = parse_explanation("# L1: a title: long\n\nWhy.\n\n## Fails\n\n```mlp\nbad\n```\n\n## Fixed\n\n```mlp\ngood\n```\n");
    EXPECT_EQ(page.code, "L1");
    EXPECT_EQ(page.title, "a title: long");
    EXPECT_EQ(page.meaning, "Why.");
    EXPECT_EQ(page.fails, "bad\n");
    EXPECT_EQ(page.fixed, "good\n");
}

TEST(Explain, MissingPartsAreEmpty) {
    const ExplanationParts page = parse_explanation("no heading\n\n## Fails\n\nno example\n");
    EXPECT_EQ(page.code, "");
    EXPECT_EQ(page.fails, "");
    EXPECT_EQ(page.fixed, "");
}

}  // namespace explain_test
}  // namespace mlpc
