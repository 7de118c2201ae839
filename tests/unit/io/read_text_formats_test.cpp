// JSONL, LIBSVM and ARFF; and text files compressed with zstd.
#include "tests/unit/io/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

namespace mlpc::test {
namespace read_text_formats_test {

using Type = ColumnType;
using testing::HasSubstr;
using testing::StartsWith;

class TextFormat {
public:
    TextFormat(std::string format, std::string_view content, std::vector<ColumnRequest> columns, std::vector<PatternRequest> patterns = {})
        : file_(content, "table." + format) {
        request_ = {.path = file_.path(), .format = std::move(format), .columns = std::move(columns), .patterns = std::move(patterns)};
    }
    LoadedTable read() const { return read_table(request_); }
    Rows cells() const { return cells_of(read().frame); }
    std::string error() const { return error_of(request_); }

private:
    TemporaryFile file_;
    TableRequest request_;
};

// --- JSONL --------------------------------------------------------------------------------------------------------
TextFormat jsonl(std::string_view content, std::vector<ColumnRequest> columns, std::vector<PatternRequest> patterns = {}) {
    return {"jsonl", content, std::move(columns), std::move(patterns)};
}

TEST(ReadJsonl, FieldsAreTypedByTheSchema) {
    const TextFormat table = jsonl(
        "\xEF\xBB\xBF{\"age\": 31, \"plan\": \"basic\", \"active\": true, \"day\": \"2024-01-31\", \"at\": {\"x\": 1.5, \"y\": {\"z\": 2}}}\r\n"
        "\n"
        "{\"plan\": 7, \"age\": \"1e3\", \"active\": null, \"at\": {\"x\": null}, \"note\": \"\\u00e9\\\"\"}",
        {optional_column("age", Type::Numeric), optional_column("plan", Type::Category), optional_column("active", Type::Boolean),
         optional_column("day", Type::Date), optional_column("note", Type::Text)},
        {others(Type::Numeric)});
    EXPECT_EQ(table.read().frame.names(), (std::vector<std::string>{"age", "plan", "active", "day", "at.x", "at.y.z", "note"}));
    EXPECT_EQ(table.cells(), (Rows{{"31", "basic", "1", "19753", "1.5", "2", "<NA>"}, {"1000", "7", "<NA>", "<NA>", "<NA>", "<NA>", "é\""}}));
}

TEST(ReadJsonl, AMissingFieldIsACellOfItsLine) {
    EXPECT_EQ(jsonl("{\"a\": 1}\n\n{\"b\": 2}\n", {column("a", Type::Numeric), optional_column("b", Type::Numeric)}).error(),
              "PATH: column `a`: missing in 1 of 2 rows (first in row 3); declare it `optional` if that may be");
}

TEST(ReadJsonl, LinesThatAreNoObjects) {
    const std::vector<ColumnRequest> a{column("a", Type::Numeric)};
    EXPECT_THAT(jsonl("{\"a\": 1}\n{\"a\": \n", a).error(), StartsWith("PATH: line 2: this is not JSON from character"));
    EXPECT_THAT(jsonl("{\"a\": 1} {\"a\": 2}\n", a).error(), StartsWith("PATH: line 1: this is not JSON"));
    EXPECT_THAT(jsonl("{\"a\": NaN}\n", a).error(), StartsWith("PATH: line 1: this is not JSON"));
    EXPECT_EQ(jsonl("{\"a\": 1e999}\n", a).error(), "PATH: line 1: a number is larger than a number can be");
    EXPECT_EQ(jsonl("[{\"a\": 1}]\n", a).error(),
              "PATH: line 1: the line begins a JSON list; write one object a line, for instance with `jq -c '.[]'`");
    EXPECT_EQ(jsonl("5\n", a).error(), "PATH: line 1: the line holds `5` and must be one object, such as {\"x\": 1}");
    EXPECT_THAT(jsonl("\n \n", a).error(), StartsWith("PATH: there are no rows"));
    EXPECT_THAT(jsonl(std::string(200'000, '['), a).error(), StartsWith("PATH: line 1: the line begins a JSON list"));
    EXPECT_THAT(jsonl("{\"a\":" + std::string(200'000, '{'), a).error(), StartsWith("PATH: line 1: this is not JSON"));
}

TEST(ReadJsonl, CellsThatDoNotFit) {
    EXPECT_THAT(jsonl("{\"a\": \"x\"}\n", {column("a", Type::Numeric)}).error(), HasSubstr("column `a`: `x` in row 1: not a number"));
    EXPECT_THAT(jsonl("{\"a\": true}\n", {column("a", Type::Numeric)}).error(), HasSubstr("`true` in row 1: not a number"));
    EXPECT_THAT(jsonl("{\"a\": [1, {\"b\": 2}]}\n", {column("a", Type::Numeric)}).error(),
                StartsWith("PATH: line 1: the field `a` is a list, which is no cell"));
    EXPECT_EQ(jsonl("{\"a\": 1, \"a\": 2}\n", {column("a", Type::Numeric)}).error(), "PATH: line 1: the field `a` occurs twice");
    EXPECT_THAT(jsonl("{\"a\": 1}\n", {column("b", Type::Numeric)}).error(), StartsWith("PATH: there is no column `b`"));
    EXPECT_THAT(jsonl("{\"a\": 1, \"b\": 2}\n", {column("b", Type::Numeric)}).error(), StartsWith("PATH: column `a` is not in the schema"));
}

TEST(ReadJsonl, AListThatIsIgnoredIsNoMistake) {
    const TemporaryFile file("{\"a\": 1, \"tags\": [[], {\"a\": 3}]}\n", "t.jsonl");
    const LoadedTable table = read_table({.path = file.path(), .format = "jsonl", .columns = {column("a", Type::Numeric)}, .ignored = {"tags"}});
    EXPECT_EQ(cells_of(table.frame), (Rows{{"1"}}));
}

// --- LIBSVM -------------------------------------------------------------------------------------------------------
TextFormat libsvm(std::string_view content, Type target = Type::Category) {
    return {"libsvm", content, {column("target", target)}, {others(Type::Numeric)}};
}

TEST(ReadLibsvm, WhatIsNotListedIsZero) {
    const TextFormat table = libsvm("# a comment\n+1 1:0.5 3:-2e1 # the first\r\n\n-1\t2:1\n+1\n", Type::Numeric);
    EXPECT_EQ(table.read().frame.names(), (std::vector<std::string>{"target", "f1", "f2", "f3"}));
    EXPECT_EQ(table.cells(), (Rows{{"1", "0.5", "0", "-20"}, {"-1", "0", "1", "0"}, {"1", "0", "0", "0"}}));
    EXPECT_FALSE(table.read().frame.has_sparse());
}

TEST(ReadLibsvm, MostlyZerosStaySparse) {
    const TextFormat table = libsvm("a 1000:2\nb 7:3\n");
    const Frame frame = table.read().frame;
    EXPECT_TRUE(frame.has_sparse());
    EXPECT_EQ(frame.columns(), 1001U);
    EXPECT_EQ(frame.number(0, 1000), 2);
    EXPECT_EQ(frame.number(1, 7), 3);
    EXPECT_EQ(frame.number(1, 8), 0);
    EXPECT_EQ(frame.text(1, 0), "b");
}

TEST(ReadLibsvm, RankingQueriesAreAColumn) {
    const TemporaryFile file("2 qid:1 1:1\n1 qid:2 1:3\n");
    const LoadedTable table = read_table({.path = file.path(),
                                          .format = "libsvm",
                                          .columns = {column("target", Type::Numeric), column("qid", Type::Category), column("f1", Type::Numeric)}});
    EXPECT_EQ(cells_of(table.frame), (Rows{{"2", "1", "1"}, {"1", "2", "3"}}));
}

TEST(ReadLibsvm, LinesThatDoNotFit) {
    EXPECT_EQ(libsvm("1 0:1\n").error(), "PATH: line 1: `0` is no index of a feature; they run from 1 to 1,000,000");
    EXPECT_EQ(libsvm("1 99999999999:1\n").error(), "PATH: line 1: `99999999999` is no index of a feature; they run from 1 to 1,000,000");
    EXPECT_EQ(libsvm("1 1:1\n\n1 2:1 2:3\n").error(), "PATH: line 3: index 2 follows 2; indices must ascend");
    EXPECT_EQ(libsvm("1 1:nan\n").error(), "PATH: line 1: feature 1: `nan` is not a finite number");
    EXPECT_EQ(libsvm("1 1:1e999\n").error(), "PATH: line 1: feature 1: `1e999` is not a finite number");
    EXPECT_EQ(libsvm("1 1\n").error(), "PATH: line 1: `1` is not `index:value`");
    EXPECT_EQ(libsvm("1:2 2:3\n").error(), "PATH: line 1: the line begins with `1:2` and must begin with the target");
    EXPECT_EQ(libsvm("1,3 2:3\n").error(), "PATH: line 1: `1,3` is more than one target; write one");
    EXPECT_EQ(libsvm("1 qid:4 1:1\n1 1:1\n").error(), "PATH: line 2: some lines have a `qid:` and some have none");
    EXPECT_EQ(libsvm("1 1:1\n1 qid:4 1:1\n").error(), "PATH: line 2: some lines have a `qid:` and some have none");
    EXPECT_EQ(libsvm("# nothing\n").error(), "PATH: there are no rows");
}

TEST(ReadLibsvm, DeclaredRangesHoldForCellsThatAreNotListed) {
    const TemporaryFile file("1 1:5\n1 2:1\n");
    ColumnRequest first = column("f1", Type::Numeric);
    first.range = Interval{1, 4};
    const TableRequest request{
        .path = file.path(), .format = "libsvm", .columns = {column("target", Type::Numeric), first}, .patterns = {others(Type::Numeric)}};
    EXPECT_EQ(error_of(request), "PATH: column `f1`: `5` in row 1, and 1 more: outside 1..4");
}

// --- ARFF ---------------------------------------------------------------------------------------------------------
constexpr std::string_view arff_header =
    "% a comment\n@RELATION weather\n@attribute 'out look' {sunny, 'partly cloudy', \"rainy\"}\n@ATTRIBUTE temperature REAL\n"
    "@attribute day date\n@attribute note string\n@data\n";
std::vector<ColumnRequest> weather() {
    return {optional_column("out look", Type::Category), optional_column("temperature", Type::Numeric), optional_column("day", Type::Date),
            optional_column("note", Type::Text)};
}
TextFormat arff(const std::string& rows, std::vector<ColumnRequest> columns = weather()) {
    return {"arff", std::string(arff_header) + rows, std::move(columns)};
}

TEST(ReadArff, DenseRows) {
    const TextFormat table = arff("sunny, 21.5 ,1970-01-02,'it\\'s, well'\r\n% between\n\n'partly cloudy',?,?,?\n");
    EXPECT_EQ(table.read().frame.names(), (std::vector<std::string>{"out look", "temperature", "day", "note"}));
    EXPECT_EQ(table.cells(), (Rows{{"sunny", "21.5", "1", "it's, well"}, {"partly cloudy", "<NA>", "<NA>", "<NA>"}}));
}

TEST(ReadArff, SparseRows) {
    const TextFormat table = {"arff",
                              "@relation r\n@attribute a numeric\n@attribute b {x,y}\n@attribute c numeric\n@data\n{0 5, 1 y}\n{}\n{2 ?}\n",
                              {column("a", Type::Numeric), column("b", Type::Category), optional_column("c", Type::Numeric)}};
    EXPECT_EQ(table.cells(), (Rows{{"5", "y", "0"}, {"0", "x", "0"}, {"0", "x", "<NA>"}}));
}

TEST(ReadArff, TypesOfTheHeaderMustAgree) {
    std::vector<ColumnRequest> wrong = weather();
    wrong[0].type = Type::Numeric;
    EXPECT_EQ(arff("sunny,1,?,?\n", wrong).error(),
              "PATH: column `out look`: the file's header says one of a list of values, the schema numeric; declare it `category` or `ordinal(…)`");
    wrong = weather();
    wrong[1].type = Type::Date;
    EXPECT_EQ(arff("sunny,1,?,?\n", wrong).error(),
              "PATH: column `temperature`: the file's header says a number, the schema date; declare it `numeric`");
    wrong = weather();
    wrong[3].type = Type::Numeric;
    EXPECT_THAT(arff("sunny,1,?,?\n", wrong).error(), HasSubstr("says string, the schema numeric; declare it `text` or `category`"));
    wrong = weather();
    wrong[0].type = Type::Ordinal;
    wrong[0].levels = {"rainy", "sunny"};
    EXPECT_THAT(arff("sunny,1,?,?\n", wrong).error(), HasSubstr("lists the value `partly cloudy`, and the schema's `ordinal` does not"));
}

TEST(ReadArff, RowsThatDoNotFitTheHeader) {
    EXPECT_EQ(arff("sunny,1\n").error(), "PATH: line 8: the row has 2 cells where the header has 4 attributes");
    EXPECT_EQ(arff("snow,1,?,?\n").error(), "PATH: line 8: column `out look`: `snow` is not among the values that the file's header lists");
    EXPECT_EQ(arff("sunny,1,?,'open\n").error(), "PATH: line 8: a quote opens a text and is never closed");
    EXPECT_EQ(arff("{9 1}\n").error(), "PATH: line 8: `9` is no position of an attribute; they run from 0 to 3");
    EXPECT_EQ(arff("{1 1\n").error(), "PATH: line 8: a sparse row has no closing brace");
    EXPECT_THAT(arff("sunny,warm,?,?\n").error(), HasSubstr("column `temperature`: `warm` in row 8: not a number"));
    EXPECT_THAT(arff("sunny,inf,?,?\n").error(), HasSubstr("a number must be finite"));
    EXPECT_EQ(arff("").error(), "PATH: the file has a header and no rows");
}

TEST(ReadArff, HeadersThatAreNone) {
    const auto error = [](std::string_view content) { return TextFormat("arff", content, {column("a", Type::Numeric)}).error(); };
    EXPECT_THAT(error("a,b\n1,2\n"), StartsWith("PATH: line 1: `a,b` is no part of an ARFF header"));
    EXPECT_THAT(error("@relation r\n@attribute a numeric\n"), StartsWith("PATH: there is no `@data` line"));
    EXPECT_THAT(error("@data\n1\n"), StartsWith("PATH: line 1: the data begin before"));
    EXPECT_THAT(error("@attribute a relational\n@data\n"), HasSubstr("has the type `relational`"));
    EXPECT_THAT(error("@attribute a {x, y\n@data\n"), HasSubstr("have no closing brace"));
}

// --- zstd ---------------------------------------------------------------------------------------------------------
std::string zstd(std::string_view text) {
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 3));
    return packed;
}

TEST(ReadZstd, EveryTextFormatMayBeCompressed) {
    EXPECT_EQ((TextFormat{"csv", zstd("a\n1\n") + zstd("2\n"), {column("a", Type::Numeric)}}.cells()), (Rows{{"1"}, {"2"}}));
    EXPECT_EQ(jsonl(zstd("{\"a\": 1}\n"), {column("a", Type::Numeric)}).cells(), (Rows{{"1"}}));
    EXPECT_EQ(libsvm(zstd("1 1:1\n")).cells(), (Rows{{"1", "1"}}));
}

TEST(ReadZstd, LongOutputs) {
    std::string text = "a\n";
    for (int i = 0; i < 100'000; ++i) {
        text += "12345\n";
    }
    EXPECT_EQ((TextFormat{"csv", zstd(text), {column("a", Type::Numeric)}}.read().frame.rows()), 100'000U);
}

TEST(ReadZstd, DamageIsSaid) {
    const std::string whole = zstd("a\n" + std::string(1000, '1') + "\n");
    const auto error = [](const std::string& content) { return TextFormat("csv", content, {column("a", Type::Numeric)}).error(); };
    for (std::size_t size = 5; size < whole.size(); ++size) {
        EXPECT_THAT(error(whole.substr(0, size)), StartsWith("PATH: the zstd file")) << size;
    }
    EXPECT_THAT(error(whole + "rest"), StartsWith("PATH: the zstd file is damaged"));
}

}  // namespace read_text_formats_test
}  // namespace mlpc::test
