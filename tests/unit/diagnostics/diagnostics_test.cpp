#include "compiler/diagnostics/diagnostics.h"

#include <gtest/gtest.h>

#include <set>

namespace mlpc {
namespace diagnostics_test {

constexpr DiagnosticOf<> without_arguments{{"Z001", Severity::Warning, "nothing to say"}};
constexpr DiagnosticOf<std::string, int> with_arguments{{"Z002", Severity::Error, "`{}` has {} rows"}};

Span at(std::uint32_t file, std::uint32_t begin) { return {FileId{file}, begin, begin + 1}; }

TEST(Diagnostics, FormatsTheMessageWithItsArguments) {
    Diagnostics diags;
    diags.report(at(0, 0), with_arguments, "churn", 3);
    EXPECT_EQ(diags.all().front().message, "`churn` has 3 rows");
}

TEST(Diagnostics, CarriesLabelsHelpsAndFixes) {
    Diagnostics diags;
    diags.report(at(0, 0), without_arguments).note(at(0, 5), "there").help("do it").fix(at(0, 7), "x", "write x");
    const Diagnostic& record = diags.all().front();
    EXPECT_EQ(record.labels.front().text, "there");
    EXPECT_EQ(record.helps.front(), "do it");
    EXPECT_EQ(record.fixes.front().replacement, "x");
}

TEST(Diagnostics, SortsByFileThenPositionThenCode) {
    Diagnostics diags;
    diags.report(at(1, 0), without_arguments);
    diags.report(at(0, 9), without_arguments);
    diags.report(at(0, 2), with_arguments, "a", 1);
    diags.report(at(0, 2), without_arguments);
    std::vector<std::string> order;
    for (const Diagnostic& d : diags.sorted()) {
        order.push_back(fmt::format("{}:{}:{}", d.span.file.index, d.span.begin, d.kind.code));
    }
    EXPECT_EQ(order, (std::vector<std::string>{"0:2:Z001", "0:2:Z002", "0:9:Z001", "1:0:Z001"}));
}

TEST(Diagnostics, KeepsTheSameRecordOnce) {
    Diagnostics diags;
    diags.report(at(0, 2), with_arguments, "a", 1);
    diags.report(at(0, 3), with_arguments, "a", 1);
    diags.report(at(0, 2), with_arguments, "a", 1);
    diags.report(at(0, 2), with_arguments, "b", 1);
    EXPECT_EQ(diags.sorted().size(), 3u);
}

TEST(Diagnostics, AWarningIsNoError) {
    Diagnostics diags;
    diags.report(at(0, 0), without_arguments);
    EXPECT_FALSE(diags.has_errors());
    diags.report(at(0, 0), with_arguments, "a", 1);
    EXPECT_TRUE(diags.has_errors());
}

TEST(Diagnostics, RetainDropsWhatIsRefused) {
    Diagnostics diags;
    diags.report(at(0, 0), without_arguments);
    diags.report(at(0, 0), with_arguments, "a", 1);
    diags.retain([](const Diagnostic& d) { return d.kind.severity == Severity::Error; });
    ASSERT_EQ(diags.all().size(), 1u);
    EXPECT_STREQ(diags.all().front().kind.code, "Z002");
}

TEST(Diagnostics, NoCodeHasTwoRows) {
    std::set<std::string> codes;
    for (const DiagnosticKind& kind : all_diagnostics()) {
        EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    }
    EXPECT_TRUE(codes.contains("L102"));
}

TEST(Diagnostics, MessagesKeepTheHouseStyle) {
    for (const DiagnosticKind& kind : all_diagnostics()) {
        const std::string message = kind.format;
        EXPECT_FALSE(message.ends_with('.')) << message;
        EXPECT_FALSE(message.front() >= 'A' && message.front() <= 'Z') << message;
        for (const char* word : {"illegal", "invalid", "oops"}) {
            EXPECT_EQ(message.find(word), std::string::npos) << message;
        }
    }
}

TEST(DidYouMean, FindsTheNearestName) {
    EXPECT_EQ(did_you_mean("logstic", {"linear", "logistic", "lasso"}), "logistic");
    EXPECT_EQ(did_you_mean("standrad", {"standard", "robust"}), "standard");  // a swap costs one
}

TEST(DidYouMean, IsSilentBeyondAThirdOfTheLength) {
    EXPECT_EQ(did_you_mean("abcdef", {"abcxyz"}), "");
    EXPECT_EQ(did_you_mean("abcdef", {"abcdxy"}), "abcdxy");
    EXPECT_EQ(did_you_mean("ab", {"ac"}), "");
    EXPECT_EQ(did_you_mean("anything", {}), "");
}

TEST(DidYouMean, TakesTheFirstOfEquallyNear) { EXPECT_EQ(did_you_mean("scal", {"scale", "scalp"}), "scale"); }

}  // namespace diagnostics_test
}  // namespace mlpc
