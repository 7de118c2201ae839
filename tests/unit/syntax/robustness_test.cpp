#include "compiler/syntax/brackets.h"
#include "compiler/syntax/dump.h"
#include "compiler/syntax/print.h"
#include "tests/unit/syntax/parsed.h"

#include <gtest/gtest.h>

#include <chrono>
#include <random>

namespace mlpc {
namespace {

// One random edit: a piece goes, is doubled, is moved in from elsewhere, or the text ends early.
std::string damaged(const std::string& text, std::mt19937& random) {
    const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % (limit + 1)); };
    static const std::vector<std::string> pieces = {"(",       ")",  "{",   "}",      "[",
                                                    "]",       "\"", "`",   "->",     "|",
                                                    "..",      ",",  ":",   "=",      "\n",
                                                    "#",       "in", "not", "-",      "1",
                                                    "x",       ";",  "$",   "model ", "\ndata x = y {\n",
                                                    "\xc3\xa9"};
    std::string result = text;
    const std::size_t at = below(result.size());
    const std::size_t length = std::min(below(12), result.size() - at);
    switch (random() % 4) {
        case 0:
            return result.erase(at, length);
        case 1:
            return result.insert(below(result.size()), result.substr(at, length));
        case 2:
            return result.insert(at, pieces[random() % pieces.size()]);
        default:
            return random() % 8 == 0 ? result.substr(0, at) : result.insert(at, pieces[random() % pieces.size()]);
    }
}

bool has_syntax_error(const Parsed& parsed) { return parsed.diags.has_errors(); }

TEST(Robustness, DamagedTextsNeverCrashAndWhatParsesIsFormattedFaithfully) {
    std::mt19937 random(7);
    std::size_t intact = 0;
    for (const CorpusFile& file : corpus()) {
        std::string text = file.text;
        for (int round = 0; round < 60; ++round) {
            text = damaged(round % 6 == 0 ? file.text : text, random);
            const Parsed parsed(text);
            const std::string formatted = print(parsed.file, text);
            if (has_syntax_error(parsed)) {
                continue;
            }
            ++intact;
            const Parsed again(formatted);
            ASSERT_EQ(again.joined_messages(), "") << text << "\n---\n" << formatted;
            ASSERT_EQ(dump(again.file), dump(parsed.file)) << text << "\n---\n" << formatted;
            ASSERT_EQ(again.file.comments.size(), parsed.file.comments.size()) << text << "\n---\n" << formatted;
            ASSERT_EQ(print(again.file, formatted), formatted) << text;
        }
    }
    EXPECT_GT(intact, 100U);
}

TEST(Robustness, EverySpanIsInsideTheText) {
    std::mt19937 random(11);
    for (const CorpusFile& file : corpus()) {
        for (int round = 0; round < 20; ++round) {
            const std::string text = damaged(damaged(file.text, random), random);
            const Parsed parsed(text);
            for (const Diagnostic& diagnostic : parsed.diags.all()) {
                ASSERT_LE(diagnostic.span.begin, diagnostic.span.end) << text;
                ASSERT_LE(diagnostic.span.end, text.size()) << text;
            }
            for (const ast::Declaration& declaration : parsed.file.declarations) {
                ASSERT_LE(declaration.span.end, text.size()) << text;
            }
        }
    }
}

std::vector<std::string> codes_of(const std::string& text) {
    const Parsed parsed(text);
    std::vector<std::string> codes;
    for (const Diagnostic& diagnostic : parsed.diags.sorted()) {
        codes.emplace_back(diagnostic.kind.code);
    }
    return codes;
}

TEST(Robustness, NestingIsLimitedBeforeTheStackIs) {
    const std::string many = std::string(20'000, '(');
    EXPECT_EQ(codes_of("param a = " + many + "1" + std::string(20'000, ')')), std::vector<std::string>{"S009"});
    EXPECT_EQ(codes_of("param a = " + many), std::vector<std::string>{"S009"});
    EXPECT_EQ(codes_of("param a = " + std::string(20'000, '[') + "\nparam b = 1"), std::vector<std::string>{"S009"});
    EXPECT_EQ(codes_of("param a = " + std::string(20'000, '{')), std::vector<std::string>{"S009"});
    EXPECT_EQ(codes_of("param a = " + std::string(20'000, ')')), std::vector<std::string>{"S007"});
    const std::string limit(syntax::kMaxDepth, '(');
    EXPECT_EQ(codes_of("param a = " + limit + "1" + std::string(limit.size(), ')')), std::vector<std::string>{});
}

std::string repeated(const std::string& piece, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) {
        text += piece;
    }
    return text;
}

TEST(Robustness, LongOperatorsAreLimitedToo) {
    for (const char* piece : {"- ", "not ", "1 + ", "1 ^ ", "a -> ", "a | ", "f(a, ", "a.", "a == ", "1..", "f(- ", "a with "}) {
        const std::string text = "param a = " + repeated(piece, 20'000) + "1\nparam b = 2\n";
        EXPECT_EQ(codes_of(text), std::vector<std::string>{"S009"}) << piece;
    }
    EXPECT_EQ(codes_of("param a = " + repeated("1 + ", 900) + "1"), std::vector<std::string>{});
}

TEST(Robustness, LongListsAreNotDeep) {
    EXPECT_EQ(codes_of("model a = f({" + repeated("-1, ", 5'000) + "1})"), std::vector<std::string>{});
    EXPECT_EQ(codes_of("compare " + repeated("a, ", 5'000) + "a"), std::vector<std::string>{});
}

TEST(Robustness, ManyMistakesTakeLinearTime) {
    const auto begin = std::chrono::steady_clock::now();
    const std::string text = repeated("model a = b ->\nsplit x {\n  foo bar\n  test\n}\n= 3\n", 2'000);
    EXPECT_EQ(Parsed(text).diags.all().size(), 8'000U);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace mlpc
