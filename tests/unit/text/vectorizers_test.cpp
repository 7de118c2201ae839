#include "runtime/core/error.h"
#include "stdlib/stdlib.h"
#include "stdlib/steps/murmur_hash.h"
#include "stdlib/steps/text_terms.h"

#include <gtest/gtest.h>

#include <map>

namespace mlpc {
namespace vectorizers_test {

using NamedValues = std::map<std::string, ParamValue>;

Frame frame_of(const std::vector<std::string>& texts) { return {{Column::of_texts("t", texts, ColumnType::Text)}, texts.size()}; }

std::unique_ptr<FittedStep> fit(const std::string& name, const Frame& x, const NamedValues& given = {}) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Step, name);
    ParamValues values = info.default_params();
    for (const auto& [param, value] : given) {
        values.at(info.find_param(param)) = value;
    }
    FitContext context{.rng = Rng::of_seed(1)};
    return info.make_step(values, {})->fit(x, nullptr, context);
}

std::string message_of(const std::function<void()>& body) {
    try {
        body();
    } catch (const RunError& error) {
        return error.what();
    }
    return "no RunError";
}

TEST(CountWordsTest, LearnsFromTheRowsItIsGivenAlone) {
    const Frame table = frame_of({"red green", "blue blue", "red yellow"});
    const auto fitted = fit("count_words", table.take(RowIndex{0, 2}));
    const Frame all = fitted->apply(table);
    EXPECT_EQ(all.names(), (std::vector<std::string>{"t=green", "t=red", "t=yellow"}));
    EXPECT_EQ(all.numbers(1), (std::vector<double>{1, 0, 1}));
    EXPECT_EQ(all.sparse_rows()->offsets, (std::vector<std::uint64_t>{0, 2, 2, 4}));
}

TEST(CountWordsTest, RowsWithOneTextShareItsTerms) {
    const Frame table = frame_of({"one two two", "one two two", "two"});
    EXPECT_EQ(fit("count_words", table)->apply(table).numbers(1), (std::vector<double>{2, 2, 1}));
}

TEST(CountWordsTest, MissingTextsHaveNoWords) {
    const Frame table = frame_of({"ab cd", "", "cd"});
    const Frame counts = fit("count_words", table)->apply(table);
    EXPECT_EQ(counts.numbers(0), (std::vector<double>{1, 0, 0}));
    EXPECT_EQ(counts.numbers(1), (std::vector<double>{1, 0, 1}));
}

TEST(CountWordsTest, ColumnsStandSideBySide) {
    const Frame table({Column::of_texts("a", {"xx yy", "yy"}, ColumnType::Text), Column::of_texts("b", {"zz", "xx zz"}, ColumnType::Text)}, 2);
    const Frame counts = fit("count_words", table)->apply(table);
    EXPECT_EQ(counts.names(), (std::vector<std::string>{"a=xx", "a=yy", "b=xx", "b=zz"}));
    EXPECT_EQ(counts.sparse_rows()->indices, (std::vector<std::uint32_t>{0, 1, 3, 1, 2, 3}));
}

TEST(CountWordsTest, OfEquallyFrequentWordsTheFirstByAlphabetAreKept) {
    const Frame table = frame_of({"dd cc bb aa", "dd cc"});
    EXPECT_EQ(fit("count_words", table, {{"max_words", {std::int64_t{3}}}})->apply(table).names(),
              (std::vector<std::string>{"t=aa", "t=cc", "t=dd"}));
    EXPECT_EQ(fit("count_words", frame_of({"bb bb bb", "aa", "aa"}), {{"max_words", {std::int64_t{1}}}, {"binary", {true}}})->apply(table).names(),
              std::vector<std::string>{"t=aa"})
        << "binary counts rows";
}

TEST(CountWordsTest, TextsWithoutWordsAreRefusedWithARemedy) {
    EXPECT_NE(message_of([] { fit("count_words", frame_of({"a", "?", ""})); }).find("characters: 1..3"), std::string::npos);
    const std::string message = message_of([] { fit("tfidf", frame_of({"aa", "bb"}), {{"min_rows", {2.0}}}); });
    EXPECT_NE(message.find("`tfidf` finds no term in the 2 rows of column `t`"), std::string::npos) << message;
    EXPECT_NE(message.find("min_rows"), std::string::npos) << message;
}

TEST(CountWordsTest, LengthsThatAreNoRangeAreRefused) {
    for (const Interval lengths : {Interval{2, 1}, Interval{1, 1.5}, Interval{0, 2}}) {
        EXPECT_NE(message_of([&] { fit("count_words", frame_of({"aa"}), {{"words", {lengths}}}); }).find("words: 1..2"), std::string::npos);
    }
    EXPECT_NE(message_of([&] { fit("tfidf", frame_of({"aa"}), {{"characters", {Interval{0, 2}}}}); }).find("characters: 3..5"), std::string::npos);
}

TEST(TermsTest, AreMadeOnceForADictionaryAndAnAnalysis) {
    const Frame table = frame_of({"aa bb", "cc"});
    const text::Analysis words;
    text::Analysis pairs;
    pairs.words = {1, 2};
    const auto& levels = table.column(0).levels;
    EXPECT_EQ(text::terms_of(levels, words), text::terms_of(table.take(RowIndex{1}).column(0).levels, words));
    EXPECT_NE(text::terms_of(levels, words), text::terms_of(levels, pairs));
    EXPECT_EQ(text::terms_of(levels, pairs)->spellings, (Levels{"aa", "aa bb", "bb", "cc"}));
    EXPECT_NE(text::terms_of(frame_of({"aa bb", "cc"}).column(0).levels, words), text::terms_of(levels, words)) << "another table's dictionary";
}

TEST(TfidfTest, RareWordsWeighMore) {
    const Frame table = frame_of({"common rare", "common", "common"});
    const Frame cells = fit("tfidf", table, {{"norm", {Word{"none"}}}})->apply(table);
    EXPECT_DOUBLE_EQ(cells.number(0, 0), 1);
    EXPECT_DOUBLE_EQ(cells.number(0, 1), std::log(4.0 / 2) + 1);
}

// From Appleby's reference implementation.
TEST(MurmurHashTest, HasTheKnownValues) {
    EXPECT_EQ(text::murmur_hash("", 0), 0u);
    EXPECT_EQ(text::murmur_hash("", 1), 0x514E28B7u);
    EXPECT_EQ(text::murmur_hash("test", 0), 0xBA6BD213u);
    EXPECT_EQ(text::murmur_hash("Hello, world!", 0), 0xC0363E43u);
    EXPECT_EQ(text::murmur_hash("The quick brown fox jumps over the lazy dog", 0), 0x2E4FF723u);
}

}  // namespace vectorizers_test
}  // namespace mlpc
