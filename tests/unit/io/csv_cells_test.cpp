// Cells of any length at any place of a CSV file are the cells that were written there.
#include "runtime/core/rng.h"
#include "tests/unit/io/reading.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>

namespace mlpc::test {
namespace csv_cells_test {

using Type = ColumnType;

// Of letters, and rarely of what means something to the reader.
std::string random_text(Rng& rng, std::size_t most) {
    const std::string_view letters = "abcdefgh 0123456789-.ü", odd = "\",\n\r\t/'";
    std::string text = "x";
    for (std::size_t i = rng.below(most); i > 0; --i) {
        text += rng.below(40) == 0 ? odd[rng.below(odd.size())] : letters[rng.below(letters.size() - 2)];
    }
    return text + (rng.below(20) == 0 ? "ü" : "x");
}

std::string written(const std::string& text, Rng& rng) {
    if (text.find_first_of("\",\n\r") == std::string::npos && rng.below(3) > 0) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

TEST(CsvCells, TextsOfAnyLengthWithAndWithoutQuotes) {
    Rng rng = Rng::of_seed(1);
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        std::vector<std::vector<std::string>> rows(400);
        std::string file = "a,b,c" + end;
        for (auto& row : rows) {
            row = {random_text(rng, 14), random_text(rng, 40), random_text(rng, 300)};
            file += written(row[0], rng) + "," + written(row[1], rng) + "," + written(row[2], rng) + end;
        }
        file.resize(file.size() - end.size());
        const TemporaryFile temporary(file);
        const Frame frame = read_table({.path = temporary.path(), .patterns = {{"", {.type = Type::Text}}}}).frame;
        ASSERT_EQ(frame.rows(), rows.size());
        for (std::size_t row = 0; row < rows.size(); ++row) {
            for (std::size_t c = 0; c < 3; ++c) {
                ASSERT_EQ(frame.text(row, c), rows[row][c]) << "row " << row;
            }
        }
    }
}

TEST(CsvCells, NumbersOfAnyFormAreTheNearestDoubles) {
    Rng rng = Rng::of_seed(2);
    std::vector<std::string> cells{"-0", "12345678", "123456789", ".5", "-.5", "5.", "99999999.99999999", "9007199254740993", "90071992.54740993",
                                   "0.1"};
    for (int i = 0; i < 5000; ++i) {
        const double value = rng.normal() * std::pow(10, static_cast<double>(rng.below(20)) - 10);
        cells.push_back(fmt::format("{:.{}f}", value, rng.below(12)));
        cells.push_back(fmt::format("{:.{}g}", value, rng.below(17) + 1));
        cells.push_back(fmt::format("{}", rng.below(std::uint64_t{1} << rng.below(60))));
    }
    std::string file = "x\n";
    for (const std::string& cell : cells) {
        file += cell + "\n";
    }
    const TemporaryFile temporary(file);
    const Frame frame = read_table({.path = temporary.path(), .columns = {column("x", Type::Numeric)}}).frame;
    ASSERT_EQ(frame.rows(), cells.size());
    for (std::size_t row = 0; row < cells.size(); ++row) {
        const double expected = std::strtod(cells[row].c_str(), nullptr);
        ASSERT_EQ(std::bit_cast<std::uint64_t>(frame.number(row, 0)), std::bit_cast<std::uint64_t>(expected)) << cells[row];
    }
}

TEST(CsvCells, WhatOnlyLooksLikeANumberIsNone) {
    for (const std::string cell : {"1.2.3", "1/2", "-", ".", "-.", "--1", "1-", "1..", "1 2", "12345678/", "./5"}) {
        const TemporaryFile temporary("x\n" + cell + "\n" + std::string(20, '1') + "\n" + std::string(20, '1') + "\n");
        EXPECT_NE(error_of({.path = temporary.path(), .columns = {column("x", Type::Numeric)}}).find("not a number"), std::string::npos) << cell;
    }
}

}  // namespace csv_cells_test
}  // namespace mlpc::test
