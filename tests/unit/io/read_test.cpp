#include "runtime/io/read.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/rng.h"
#include "tests/unit/io/temporary_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>

namespace mlpc {
namespace read_test {

using Type = ColumnType;

ColumnRequest numeric(std::string name) { return {.name = std::move(name), .type = Type::Numeric}; }
ColumnRequest text(std::string name) { return {.name = std::move(name), .type = Type::Text, .optional = true}; }
ColumnRequest category(std::string name) { return {.name = std::move(name), .type = Type::Category, .optional = true}; }
PatternRequest all_texts() { return {"", {.type = Type::Text, .optional = true}}; }

LoadedTable read(std::string_view content, std::vector<ColumnRequest> columns, const std::string& format = "csv") {
    const TemporaryFile file(content);
    return read_table({.path = file.path(), .format = format, .columns = std::move(columns)});
}

// Every column as text, row by row; a missing cell is "<NA>".
std::vector<std::vector<std::string>> texts_of(const Frame& frame) {
    std::vector<std::vector<std::string>> rows(frame.rows());
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        for (std::size_t c = 0; c < frame.columns(); ++c) {
            rows[row].emplace_back(frame.missing(row, c) ? "<NA>" : frame.text(row, c));
        }
    }
    return rows;
}
std::vector<std::vector<std::string>> read_texts(std::string_view content, const std::string& format = "csv") {
    const TemporaryFile file(content);
    return texts_of(read_table({.path = file.path(), .format = format, .patterns = {all_texts()}}).frame);
}
using Rows = std::vector<std::vector<std::string>>;

std::string error_of(const TableRequest& request) {
    try {
        read_table(request);
    } catch (const RunError& error) {
        std::string what = error.what();
        if (what.starts_with(request.path)) {
            what.replace(0, request.path.size(), "PATH");
        }
        return what;
    }
    return "no error";
}
std::string error_of(std::string_view content, std::vector<ColumnRequest> columns) {
    const TemporaryFile file(content);
    return error_of(TableRequest{.path = file.path(), .columns = std::move(columns)});
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    std::string packed(deflateBound(&stream, text.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

TEST(ReadTable, TypesAndMissingCells) {
    ColumnRequest grade{.name = "grade", .type = Type::Ordinal, .optional = true, .levels = {"low", "high"}};
    ColumnRequest active{.name = "active", .type = Type::Boolean, .optional = true};
    ColumnRequest joined{.name = "joined", .type = Type::Date, .optional = true};
    ColumnRequest age = numeric("age");
    age.optional = true;
    const LoadedTable table = read(
        "age,plan,grade,active,joined,note\n"
        "20,basic,high,true,1970-01-02, a b \n"
        "1e3, pro ,low,No,2024-01-31T12:00:00Z,x\n"
        ",,,,,\n"
        "n/a,NA,NA,null,NaN,NA\n",
        {age, category("plan"), grade, active, joined, text("note")});
    const Frame& frame = table.frame;
    ASSERT_EQ(frame.rows(), 4U);
    EXPECT_EQ(frame.names(), (std::vector<std::string>{"age", "plan", "grade", "active", "joined", "note"}));
    EXPECT_EQ(frame.number(0, 0), 20);
    EXPECT_EQ(frame.number(1, 0), 1000);
    EXPECT_EQ(frame.text(1, 1), "pro");
    EXPECT_EQ(frame.code(0, 2), 1);
    EXPECT_EQ(frame.code(1, 2), 0);
    EXPECT_EQ(frame.number(0, 3), 1);
    EXPECT_EQ(frame.number(1, 3), 0);
    EXPECT_EQ(frame.number(0, 4), 1);
    EXPECT_EQ(frame.number(1, 4), 19753.5);
    EXPECT_EQ(frame.text(0, 5), " a b ");
    for (std::size_t c = 0; c < frame.columns(); ++c) {
        EXPECT_TRUE(frame.missing(2, c)) << c;
        EXPECT_TRUE(frame.missing(3, c)) << c;
        EXPECT_FALSE(frame.missing(1, c)) << c;
    }
    EXPECT_EQ(*frame.column(2).levels, (Levels{"low", "high"}));
    EXPECT_EQ(table.schema.size(), 6U);
    EXPECT_EQ(table.schema[2].levels, (Levels{"low", "high"}));
}

TEST(ReadTable, NumbersAreRoundedCorrectly) {
    const std::vector<std::string> cells{"0",
                                         "-0",
                                         "1",
                                         "+1.5",
                                         "-.5",
                                         "5.",
                                         "0.1",
                                         "123456789.123456789",
                                         "9007199254740993",
                                         "1e-5",
                                         "4.9e-324",
                                         "1e-400",
                                         "1.7976931348623157e308",
                                         "00012",
                                         "3.14159265358979323846",
                                         "0.000000000000000000000000000012345",
                                         "72057594037927945",
                                         " 7 ",
                                         "\"8\"",
                                         "0.3",
                                         "1E+2"};
    std::string content = "x\n";
    for (const std::string& cell : cells) {
        content += cell + "\n";
    }
    const LoadedTable table = read(content, {numeric("x")});
    ASSERT_EQ(table.frame.rows(), cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string bare = cells[i] == "\"8\"" ? "8" : cells[i];
        EXPECT_EQ(table.frame.number(i, 0), std::strtod(bare.c_str(), nullptr)) << cells[i];
    }
}

TEST(ReadTable, BooleanSpellings) {
    const LoadedTable table = read("b\ntrue\nFALSE\nYes\nno\n1\n0\nT\nf\ny\nN\n", {{.name = "b", .type = Type::Boolean}});
    EXPECT_EQ(table.frame.numbers(0), (std::vector<double>{1, 0, 1, 0, 1, 0, 1, 0, 1, 0}));
}

TEST(ReadTable, QuotesAsInRfc4180) {
    EXPECT_EQ(read_texts("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n"), (Rows{{"x,y", "say \"hi\""}}));
    EXPECT_EQ(read_texts("a,b\n\"two\nlines\",\"three\r\n\r\nlines\"\n"), (Rows{{"two\nlines", "three\r\n\r\nlines"}}));
    EXPECT_EQ(read_texts("a,b\n\"\"\"\",\"\"\"\"\"\"\n"), (Rows{{"\"", "\"\""}}));
    EXPECT_EQ(read_texts("a,b\n\"\",\" \"\n"), (Rows{{"<NA>", " "}}));
    EXPECT_EQ(read_texts("a,b\n5\" pipe,b\"c\"\n"), (Rows{{"5\" pipe", "b\"c\""}}));
    EXPECT_EQ(read_texts("a,b\n\"NA\",NA\n"), (Rows{{"NA", "<NA>"}}));
    EXPECT_EQ(read_texts("\"a,1\",\"b\"\"\"\n1,2\n"), (Rows{{"1", "2"}}));
}

TEST(ReadTable, LineEnds) {
    const Rows expected{{"1", "2"}, {"3", "4"}};
    EXPECT_EQ(read_texts("a,b\n1,2\n3,4\n"), expected);
    EXPECT_EQ(read_texts("a,b\n1,2\n3,4"), expected);
    EXPECT_EQ(read_texts("a,b\r\n1,2\r\n3,4\r\n"), expected);
    EXPECT_EQ(read_texts("a,b\r1,2\r3,4"), expected);
    EXPECT_EQ(read_texts("a,b\n1,2\r\n3,4\n\n\r\n\n"), expected);
    EXPECT_EQ(read_texts("a,b\n1,2\n3,\"4\""), expected);
    EXPECT_EQ(read_texts("a,b\n1,2\n3,"), (Rows{{"1", "2"}, {"3", "<NA>"}}));
}

TEST(ReadTable, BlankLinesOfASingleColumnAreMissingCells) {
    EXPECT_EQ(read_texts("a\n1\n\n2\n\n\n"), (Rows{{"1"}, {"<NA>"}, {"2"}}));
    EXPECT_EQ(read_texts("a\n1\n\"\"\n"), (Rows{{"1"}, {"<NA>"}}));
}

TEST(ReadTable, TabsAndByteOrderMark) {
    EXPECT_EQ(read_texts("a\tb\nx,y\t\"t\tt\"\n", "tsv"), (Rows{{"x,y", "t\tt"}}));
    const LoadedTable table = read("\xEF\xBB\xBF\"a\",b\n1,2\n", {numeric("a"), numeric("b")});
    EXPECT_EQ(table.frame.number(0, 0), 1);
}

TEST(ReadTable, HeaderNames) {
    const TemporaryFile file(",  Passenger Id ,größe\n1,2,3\n");
    const LoadedTable table = read_table({.path = file.path(), .patterns = {{"", {.type = Type::Numeric}}}});
    EXPECT_EQ(table.frame.names(), (std::vector<std::string>{"column_1", "Passenger Id", "größe"}));
}

TEST(ReadTable, PatternsIgnoreAndOthers) {
    const TemporaryFile file("id,pixel_1,pixel_2,tmp_a,name,extra\n7,1,2,x,n,e\n");
    const LoadedTable table =
        read_table({.path = file.path(),
                    .columns = {category("name")},
                    .patterns = {{"pixel_\\d+", {.type = Type::Numeric, .range = Interval{0, 255}}}, {"", {.type = Type::Text}}},
                    .ignored = {"extra", "^tmp_.*"}});
    EXPECT_EQ(table.frame.names(), (std::vector<std::string>{"id", "pixel_1", "pixel_2", "name"}));
    EXPECT_EQ(table.schema[1].name, "pixel_1");
    EXPECT_EQ(table.schema[1].range, (Interval{0, 255}));
    EXPECT_EQ(table.schema[3].type, Type::Category);
    EXPECT_EQ(table.schema[0].type, Type::Text);
}

TEST(ReadTable, GzipIsRecognisedByItsContent) {
    const std::string packed = gzip("a,b\n1,x\n") + gzip("2,y\n");
    const TemporaryFile file(packed);
    const LoadedTable table = read_table({.path = file.path(), .columns = {numeric("a"), text("b")}});
    EXPECT_EQ(table.frame.numbers(0), (std::vector<double>{1, 2}));
    EXPECT_EQ(table.sha256, sha256_hex(packed));
}

TEST(ReadTable, HashIsOfTheFileAsItLies) {
    const std::string content = "\xEF\xBB\xBFx\r\n1\r\n";
    EXPECT_EQ(read(content, {numeric("x")}).sha256, sha256_hex(content));
}

TEST(ReadTable, ColumnsThatMayBeAbsent) {
    const TemporaryFile file("a\n1\n");
    EXPECT_EQ(read_table({.path = file.path(), .columns = {numeric("a"), numeric("y")}, .absent_ok = {"y"}}).frame.columns(), 1U);
    EXPECT_EQ(error_of({.path = file.path(), .columns = {numeric("a"), numeric("yield")}, .absent_ok = {"y"}}),
              "PATH: there is no column `yield`; the columns are `a`");
}

TEST(ReadTable, ManyColumnsAndLongCells) {
    std::string header = "c0", row = "0";
    for (int c = 1; c < 100'000; ++c) {
        header += ",c" + std::to_string(c);
        row += ",1";
    }
    const TemporaryFile file(header + "\n" + row + "\n");
    EXPECT_EQ(read_table({.path = file.path(), .patterns = {{"", {.type = Type::Numeric}}}}).frame.columns(), 100'000U);
    EXPECT_EQ(error_of(header + ",more\n", {}), "PATH: row 1: the table has more than 100,000 columns");
    EXPECT_EQ(read_texts("a\n" + std::string(1'000'000, 'x') + "\n")[0][0].size(), 1'000'000U);
    EXPECT_EQ(error_of("a\n" + std::string(1'000'001, 'x') + "\n", {text("a")}), "PATH: row 2: a cell is longer than 1 MB");
    EXPECT_EQ(error_of("a\n\"" + std::string(1'000'001, 'x') + "\"\n", {text("a")}),
              "PATH: row 2: a cell is longer than 1 MB; a quote may be missing");
}

// --- errors -------------------------------------------------------------------------------------------------------

TEST(ReadTableError, RaggedRows) {
    EXPECT_EQ(error_of("a,b,c\n1,2,3\n1,2\n", {numeric("a"), numeric("b"), numeric("c")}),
              "PATH: row 3: the row has 2 cells where the header has 3; it ends before column `c`");
    EXPECT_EQ(error_of("a,b\n1,2\n1,2,x,4\n", {numeric("a"), numeric("b")}),
              "PATH: row 3: the row has 4 cells where the header has 2; the first too many is `x` (a cell with a comma in it needs double quotes)");
    EXPECT_EQ(error_of("a,b\n1,2\n\n3,4\n", {numeric("a"), numeric("b")}), "PATH: row 3: the row is empty where the header has 2 columns");
}

TEST(ReadTableError, TheLineIsNamedWhereItIsNotTheRow) {
    EXPECT_EQ(error_of("a,b\n\"x\ny\nz\",2\n1\n", {text("a"), numeric("b")}),
              "PATH: row 3 (line 5): the row has 1 cells where the header has 2; it ends before column `b`");
}

TEST(ReadTableError, Quotes) {
    EXPECT_EQ(error_of("a\n\"x\ny\n", {text("a")}), "PATH: row 2: a quote opens a cell and is never closed");
    EXPECT_EQ(error_of("a\n\"x\"y\n", {text("a")}), "PATH: row 2: text follows the closing quote of a cell; a quote inside quotes is written twice");
}

TEST(ReadTableError, Columns) {
    EXPECT_EQ(error_of("income,b\n1,2\n", {numeric("incme"), numeric("b")}), "PATH: there is no column `incme`; did you mean `income`?");
    EXPECT_EQ(error_of("a;b\n1;2\n", {numeric("a")}), "PATH: there is no column `a`; the cells are separated by semicolons, and must be by commas");
    EXPECT_EQ(error_of("a\tb\n1\t2\n", {numeric("a")}),
              "PATH: there is no column `a`; the cells are separated by tabs: declare the source `tsv(\"…\")`");
    EXPECT_EQ(error_of("1,2\n3,4\n", {numeric("a")}), "PATH: there is no column `a`; the first row holds numbers only, and must name the columns");
    EXPECT_EQ(error_of("a,b,a\n1,2,3\n", {numeric("a"), numeric("b")}), "PATH: columns 1 and 3 are both called `a`; rename one in the file");
    EXPECT_EQ(error_of("a,b c\n1,2\n", {numeric("a")}), "PATH: column `b c` is not in the schema; declare it or write `ignore `b c``");
    EXPECT_EQ(error_of("a,b,c\n1,2,3\n", {numeric("a")}),
              "PATH: columns `b`, `c` are not in the schema; declare them or write `ignore b` (`others: numeric` types all that are left)");
    const TemporaryFile file("a\n1\n");
    EXPECT_EQ(error_of({.path = file.path(), .columns = {numeric("a")}, .patterns = {{"x_.*", {}}}}),
              "PATH: no column matches \"x_.*\"; the columns are `a`");
}

TEST(ReadTableError, CellsThatDoNotFit) {
    EXPECT_EQ(
        error_of("x\n1\nabc\n2\ndef\n", {numeric("x")}),
        "PATH: column `x`: `abc` in row 3, and 1 more: not a number; correct the cell, leave it empty and declare the column `optional`, or declare "
        "the column `category` or `text`");
    EXPECT_EQ(error_of("x\n\"1,5\"\n", {numeric("x")}),
              "PATH: column `x`: `1,5` in row 2: not a number; write numbers with a decimal point and without separators of thousands");
    EXPECT_EQ(error_of("x\n-inf\n", {numeric("x")}), "PATH: column `x`: `-inf` in row 2: not a number; a number must be finite");
    EXPECT_EQ(error_of("x\n1e999\n", {numeric("x")}), "PATH: column `x`: `1e999` in row 2: not a number; a number must be finite");
    EXPECT_EQ(error_of("b\nmaybe\n", {{.name = "b", .type = Type::Boolean}}),
              "PATH: column `b`: `maybe` in row 2: not a boolean; write `true` or `false`, or declare the column `category`");
    EXPECT_EQ(error_of("d\n2024-02-30\n", {{.name = "d", .type = Type::Date}}),
              "PATH: column `d`: `2024-02-30` in row 2: not a date; write dates as 2024-01-31, or declare the column `text`");
    EXPECT_EQ(error_of("g\nlow\nhihg\n", {{.name = "g", .type = Type::Ordinal, .levels = {"low", "high"}}}),
              "PATH: column `g`: `hihg` in row 3: not one of low < high; did you mean `high`?");
    EXPECT_EQ(error_of("p\npro\ngold\n", {{.name = "p", .type = Type::Category, .allowed = {"basic", "pro"}}}),
              "PATH: column `p`: `gold` in row 3: not one of basic, pro");
}

TEST(ReadTableError, Ranges) {
    const auto in = [](Type type, double low, double high) { return ColumnRequest{.name = "x", .type = type, .range = Interval{low, high}}; };
    EXPECT_EQ(error_of("x\n0\n120\n121\n-1e0\n", {in(Type::Numeric, 0, 120)}), "PATH: column `x`: `121` in row 4, and 1 more: outside 0..120");
    EXPECT_EQ(error_of("x\n-1\n", {in(Type::Numeric, 0, INFINITY)}), "PATH: column `x`: `-1` in row 2: outside 0..");
    EXPECT_EQ(error_of("x\n2023-12-31\n", {in(Type::Date, 19723, INFINITY)}), "PATH: column `x`: `2023-12-31` in row 2: outside 2024-01-01..");
}

TEST(ReadTableError, MissingCells) {
    EXPECT_EQ(error_of("x,y\n1,2\nNA,2\n?,3\n", {numeric("x"), numeric("y")}),
              "PATH: column `x`: missing in 2 of 3 rows (first in row 3); declare it `optional` if that may be");
}

TEST(ReadTableError, AllProblemsAtOnce) {
    EXPECT_EQ(error_of("x,y\n1,\nb,2\n", {numeric("x"), numeric("y")}),
              "PATH: 2 problems\n"
              "  column `x`: `b` in row 3: not a number; correct the cell, leave it empty and declare the column `optional`, or declare the column "
              "`category` or `text`\n"
              "  column `y`: missing in 1 of 2 rows (first in row 2); declare it `optional` if that may be");
}

TEST(ReadTableError, Files) {
    const TemporaryFile file("a\n1\n", "churn.csv");
    EXPECT_EQ(error_of({.path = file.folder() + "/chrun.csv"}), "PATH: there is no such file; did you mean `churn.csv`?");
    EXPECT_EQ(error_of({.path = file.folder() + "/nowhere/x.csv"}), "PATH: there is no such file");
    EXPECT_EQ(error_of({.path = file.folder()}), "PATH: this is a folder, not a file");
    EXPECT_EQ(error_of({.path = file.path() + "/x"}), "PATH: the file can't be read: Not a directory");
    EXPECT_EQ(error_of("", {}), "PATH: the file is empty");
    EXPECT_EQ(error_of("\n\na\n1\n", {}), "PATH: row 1: the row is empty; the first row names the columns");
    EXPECT_EQ(error_of("a,b\n", {numeric("a"), numeric("b")}), "PATH: the file has a header and no rows");
}

TEST(ReadTableError, NotText) {
    using namespace std::string_view_literals;
    EXPECT_EQ(error_of("\xFF\xFE\x61\x00\n\x00"sv, {}), "PATH: this is in UTF-16; save it as UTF-8");
    EXPECT_EQ(error_of("a\x00,\x00"sv, {}), "PATH: this is in UTF-16; save it as UTF-8");
    EXPECT_EQ(error_of("PK\x03\x04\x00\x00"sv, {}), "PATH: this is an Excel workbook or a zip archive; export the sheet as CSV, or unpack it");
    EXPECT_EQ(error_of("a,b\n1,2\n1,\x00\n"sv, {}), "PATH: row 3 holds a NUL byte; this is a binary file, not a table");
    EXPECT_EQ(error_of("a\n\"x\ny\"\nd\xE9j\xE0\n", {}),
              "PATH: row 3 holds the byte 0xE9, which is not UTF-8; convert the file, for instance with `iconv -f latin1 -t utf8`");
    EXPECT_EQ(error_of("<!DOCTYPE html><html>", {}), "PATH: this is a web page, not a table; a download may have failed");
    const std::string packed = gzip("a,b\n1,2\n");
    EXPECT_EQ(error_of(packed.substr(0, packed.size() - 6), {}), "PATH: the gzip file ends early; it was cut off");
    EXPECT_EQ(error_of(packed + "rest", {}), "PATH: the gzip file is damaged (incorrect header check)");
}

// --- properties ---------------------------------------------------------------------------------------------------

std::string random_text(Rng& rng) {
    static const std::vector<std::string> pieces{"a", "B", "7", " ", ",", "\"", "\n", "\r\n", "\t", ";", "é", "日本", "😀", "NA", ".", "''", "#"};
    std::string cell;
    for (std::uint64_t n = rng.below(6); n > 0; --n) {
        cell += pieces[rng.below(pieces.size())];
    }
    return cell;
}

std::string written(const std::string& cell, char delimiter) {
    const bool needs_quotes = cell.find_first_of(std::string("\"\n\r") + delimiter) != std::string::npos || cell == "NA" || cell.empty();
    if (!needs_quotes) {
        return cell;
    }
    std::string quoted = "\"";
    for (const char c : cell) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

TEST(ReadTableProperty, WhatIsWrittenIsReadBack) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Rng rng = Rng::of_seed(seed);
        const bool tabs = rng.below(2) == 1;
        const char delimiter = tabs ? '\t' : ',';
        const std::string line_end = rng.below(2) == 1 ? "\r\n" : "\n";
        const std::size_t columns = 1 + rng.below(5), rows = 1 + rng.below(8);
        std::string content;
        for (std::size_t c = 0; c < columns; ++c) {
            content += (c == 0 ? std::string() : std::string(1, delimiter)) + "c" + std::to_string(c);
        }
        Rows expected(rows);
        for (auto& row : expected) {
            content += line_end;
            for (std::size_t c = 0; c < columns; ++c) {
                const std::string cell = random_text(rng);
                content += (c == 0 ? std::string() : std::string(1, delimiter)) + written(cell, delimiter);
                row.push_back(cell.empty() ? "<NA>" : cell);
            }
        }
        EXPECT_EQ(read_texts(content + line_end, tabs ? "tsv" : "csv"), expected) << "seed " << seed;
    }
}

TEST(ReadTableProperty, NumbersAreReadBackExactly) {
    Rng rng = Rng::of_seed(5);
    std::string content = "x,y\n";
    std::vector<double> expected;
    for (int i = 0; i < 20'000; ++i) {
        const double value = rng.normal() * std::pow(10.0, rng.uniform(-20, 20));
        expected.push_back(i % 2 == 0 ? value : std::round(value * 1000) / 1000);
        content += fmt::format("{},{:f}\n", expected.back(), expected.back());
    }
    const LoadedTable table = read(content, {numeric("x"), numeric("y")});
    EXPECT_EQ(table.frame.numbers(0), expected);
    for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ(table.frame.number(i, 1), std::strtod(fmt::format("{:f}", expected[i]).c_str(), nullptr));
    }
}

TEST(ReadTableFuzz, DamagedFilesGiveErrorsOnly) {
    using namespace std::string_view_literals;
    const std::string whole =
        "id,x,when,ok,grade,note\n1,2.5,2024-01-31,yes,low,\"a \"\"b\"\",\nc\"\n2,NA,2024-02-01T10:00,no,high,é\n3,-1e3,,true,low,\n";
    const std::string packed = gzip(whole);
    const std::string_view alphabet = "\",\n\r\t \0\xFF\xC3\xEF-.eE0129aN?\x1F\x8B"sv;
    const TemporaryFile file(whole);
    std::size_t read = 0;
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        Rng rng = Rng::of_seed(seed);
        std::string content = seed % 4 == 0 ? packed : whole;
        for (std::uint64_t n = 1 + rng.below(4); n > 0 && !content.empty(); --n) {
            const std::size_t at = rng.below(content.size());
            switch (rng.below(4)) {
                case 0:
                    content[at] = alphabet[rng.below(alphabet.size())];
                    break;
                case 1:
                    content.insert(at, 1, alphabet[rng.below(alphabet.size())]);
                    break;
                case 2:
                    content.erase(at, 1 + rng.below(5));
                    break;
                default:
                    content.insert(at, content.substr(rng.below(content.size()), rng.below(20)));
            }
        }
        file.write(content);
        try {
            const LoadedTable table = read_table({.path = file.path(),
                                                  .columns = {{.name = "x", .type = Type::Numeric, .optional = true},
                                                              {.name = "when", .type = Type::Date, .optional = true},
                                                              {.name = "ok", .type = Type::Boolean, .optional = true},
                                                              {.name = "grade", .type = Type::Ordinal, .optional = true, .levels = {"low", "high"}}},
                                                  .patterns = {all_texts()}});
            ASSERT_GT(table.frame.rows(), 0U);
            ++read;
        } catch (const RunError&) {
        }
        try {
            describe_table(file.path());
        } catch (const RunError&) {
        }
    }
    EXPECT_GT(read, 100U);
    EXPECT_LT(read, 3900U);
}

}  // namespace read_test
}  // namespace mlpc
