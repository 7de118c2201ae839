// A CSV file of several pieces, which are read beside each other, is the table that its rows make one after the other.
#include "tests/unit/io/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

namespace mlpc::test {
namespace read_pieces_test {

using Type = ColumnType;
using testing::HasSubstr;

constexpr std::size_t rows = 400'000;  // about 9 MB

// Row r holds r, a level and a text; `odd` may replace the text of some rows.
std::string table_of(const std::function<std::string(std::size_t)>& odd) {
    std::string text = "x,level,note\n";
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string other = odd(row);
        text += other.empty() ? fmt::format("{},level {},plain\n", row, row / 7 % 13) : other;
    }
    return text;
}

class Pieces : public testing::Test {
protected:
    static TableRequest request(const TemporaryFile& file) {
        return {.path = file.path(), .columns = {column("x", Type::Numeric), column("level", Type::Category), optional_column("note", Type::Text)}};
    }
    static void expect_rows(const Frame& frame) {
        ASSERT_EQ(frame.rows(), rows);
        for (std::size_t row = 0; row < rows; ++row) {
            ASSERT_EQ(frame.number(row, 0), static_cast<double>(row));
            ASSERT_EQ(frame.code(row, 1), static_cast<std::int32_t>(row / 7 % 13)) << "codes go by first appearance";
        }
    }
    static std::string error(const std::function<std::string(std::size_t)>& odd) {
        const TemporaryFile file(table_of(odd));
        return error_of(request(file));
    }
};

TEST_F(Pieces, PlainRows) {
    const TemporaryFile file(table_of([](std::size_t) { return ""; }));
    expect_rows(read_table(request(file)).frame);
}

TEST_F(Pieces, NewlinesAndQuotesInsideQuotes) {
    const TemporaryFile file(table_of(
        [](std::size_t row) { return row % 3 == 0 ? fmt::format("{},\"level {}\",\"a \"\"b\"\"\nc,d\r\n\n5,6,7\"\n", row, row / 7 % 13) : ""; }));
    const Frame frame = read_table(request(file)).frame;
    expect_rows(frame);
    EXPECT_EQ(frame.text(rows / 3 * 3, 2), "a \"b\"\nc,d\r\n\n5,6,7");
}

TEST_F(Pieces, AQuoteThatIsNoQuoteMisleadsNobody) {
    const TemporaryFile file(table_of([](std::size_t row) { return row == 1000 ? fmt::format("{},level {},5\" disk\n", row, row / 7 % 13) : ""; }));
    const Frame frame = read_table(request(file)).frame;
    expect_rows(frame);
    EXPECT_EQ(frame.text(1000, 2), "5\" disk");
}

TEST_F(Pieces, RowsThatEndOtherwiseThanTheirLinesAreCounted) {
    const auto ends = [](std::size_t row) {
        const char* const end = row % 5 == 0 ? "\r" : row % 5 == 1 ? "\r\n" : "\n";
        return fmt::format("{},level {},plain{}", row, row / 7 % 13, row + 1 == rows ? "\n\n\r\n" : end);
    };
    const TemporaryFile file(table_of(ends));
    expect_rows(read_table(request(file)).frame);
}

TEST_F(Pieces, MessagesCountTheRowsOfTheFile) {
    const auto at = [](std::size_t where, std::string line) { return [=](std::size_t row) { return row == where ? line : ""; }; };
    EXPECT_EQ(error(at(350'000, "abc,level 1,n\n")).find("PATH: column `x`: `abc` in row 350002: not a number"), 0U);
    EXPECT_EQ(error(at(350'000, ",level 1,n\n")),
              "PATH: column `x`: missing in 1 of 400000 rows (first in row 350002); declare it `optional` if that may be");
    EXPECT_THAT(error(at(350'000, "1,level 1\n")), HasSubstr("PATH: row 350002: the row has 2 cells where the header has 3"));
    EXPECT_THAT(error(at(350'000, "\n")), HasSubstr("PATH: row 350002: the row is empty where the header has 3 columns"));
    EXPECT_THAT(error(at(350'000, "1,level 1,\"n\n")), HasSubstr("PATH: row 350002"));
    EXPECT_THAT(error(at(350'000, std::string("1,level 1,\0\n", 12))), HasSubstr("PATH: row 350002 holds a NUL byte"));
    EXPECT_THAT(error(at(350'000, "1,level 1,\xFF\n")), HasSubstr("PATH: row 350002 holds the byte 0xFF, which is not UTF-8"));
}

}  // namespace read_pieces_test
}  // namespace mlpc::test
