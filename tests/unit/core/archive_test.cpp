#include "runtime/core/archive.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <random>

namespace mlpc {
namespace archive_test {

struct Node {
    std::int32_t feature = 0;
    double threshold = 0;
    void archive(Archive& a) {
        a.field("feature", feature);
        a.field("threshold", threshold);
    }
};

struct State {
    bool flag = false;
    std::int32_t small = 0;
    std::int64_t large = 0;
    std::uint64_t count = 0;
    double number = 0;
    std::string text;
    std::vector<double> doubles;
    std::vector<std::int32_t> ints;
    std::vector<std::uint32_t> rows;
    std::vector<std::string> levels;
    Matrix matrix;
    Vector vector;
    Expression expression;
    std::vector<Node> nodes;

    void archive(Archive& a) {
        a.field("flag", flag);
        a.field("small", small);
        a.field("large", large);
        a.field("count", count);
        a.field("number", number);
        a.field("text", text);
        a.field("doubles", doubles);
        a.field("ints", ints);
        a.field("rows", rows);
        a.field("levels", levels);
        a.field("matrix", matrix);
        a.field("vector", vector);
        a.field("expression", expression);
        a.field("nodes", nodes);
    }
};

State example() {
    State s;
    s.flag = true;
    s.small = -5;
    s.large = -1'000'000'000'000;
    s.count = ~0ull;
    s.number = 0.1;
    s.text = std::string("a\0b", 3);
    s.doubles = {1.5, -0.0, missing_number};
    s.ints = {-1, 7};
    s.rows = {0, 4'000'000'000};
    s.levels = {"", "yes", "no"};
    s.matrix = Matrix{{1, 2, 3}, {4, 5, 6}};
    s.vector = Vector{{7, 8}};
    s.expression.op = Expression::Op::Add;
    Expression left, right;
    left.op = Expression::Op::ColumnRef;
    left.text = "income";
    right.number = 2;
    s.expression.operands = {left, right};
    s.nodes = {{1, 0.5}, {2, 1.5}};
    return s;
}

std::vector<std::byte> bytes_of(State state) {
    Archive a = Archive::writer();
    state.archive(a);
    return {a.bytes().begin(), a.bytes().end()};
}

State read(std::span<const std::byte> bytes) {
    Archive a = Archive::reader(bytes);
    State state;
    state.archive(a);
    if (!a.at_end()) {
        throw RunError("trailing bytes");
    }
    return state;
}

TEST(Archive, WhatWasWrittenIsRead) {
    const State before = example();
    const auto bytes = bytes_of(before);
    const State after = read(bytes);
    EXPECT_EQ(after.flag, before.flag);
    EXPECT_EQ(after.small, before.small);
    EXPECT_EQ(after.large, before.large);
    EXPECT_EQ(after.count, before.count);
    EXPECT_EQ(after.number, before.number);
    EXPECT_EQ(after.text, before.text);
    ASSERT_EQ(after.doubles.size(), 3u);
    EXPECT_EQ(after.doubles[0], 1.5);
    EXPECT_TRUE(std::signbit(after.doubles[1]));
    EXPECT_TRUE(std::isnan(after.doubles[2]));
    EXPECT_EQ(after.ints, before.ints);
    EXPECT_EQ(after.rows, before.rows);
    EXPECT_EQ(after.levels, before.levels);
    EXPECT_EQ(after.matrix, before.matrix);
    EXPECT_EQ(after.vector, before.vector);
    ASSERT_EQ(after.expression.operands.size(), 2u);
    EXPECT_EQ(after.expression.op, Expression::Op::Add);
    EXPECT_EQ(after.expression.operands[0].text, "income");
    EXPECT_EQ(after.expression.operands[1].number, 2);
    ASSERT_EQ(after.nodes.size(), 2u);
    EXPECT_EQ(after.nodes[1].threshold, 1.5);
    EXPECT_EQ(bytes_of(after), bytes);
}

TEST(Archive, EmptyPartsHaveBytesToo) {
    const auto bytes = bytes_of(State{});
    EXPECT_EQ(bytes_of(read(bytes)), bytes);
}

TEST(Archive, ACounterCountsWhatAWriterWrites) {
    for (State state : {State{}, example()}) {
        Archive counter = Archive::counter();
        state.archive(counter);
        EXPECT_EQ(counter.size(), bytes_of(state).size());
        EXPECT_TRUE(counter.bytes().empty());
    }
}

TEST(Archive, PartsThatLieElsewhereAreWrittenAsAVectorOfThem) {
    State state = example();
    Archive whole = Archive::writer(), parts = Archive::writer();
    whole.field("nodes", state.nodes);
    parts.write_parts("nodes", std::span<const Node>(state.nodes));
    EXPECT_TRUE(std::ranges::equal(whole.bytes(), parts.bytes()));
    EXPECT_EQ(whole.size(), whole.bytes().size());
}

TEST(Archive, EveryNanIsTheSame) {
    State a = example(), b = example();
    a.number = a.matrix(1, 1) = a.doubles[0] = std::numeric_limits<double>::quiet_NaN();
    b.number = b.matrix(1, 1) = b.doubles[0] = std::bit_cast<double>(0xfff8'0000'0000'1234ull);
    EXPECT_EQ(bytes_of(a), bytes_of(b));
}

TEST(Archive, DifferentStatesHaveDifferentBytes) {
    State other = example();
    other.nodes[0].threshold = std::nextafter(0.5, 1.0);
    EXPECT_NE(bytes_of(other), bytes_of(example()));
}

TEST(Archive, WhereAnExpressionStoodIsNotState) {
    State moved = example();
    moved.expression.span = {{3}, 10, 20};
    EXPECT_EQ(bytes_of(moved), bytes_of(example()));
}

TEST(Archive, AnotherNameOrTypeIsRefused) {
    Archive writer = Archive::writer();
    std::int64_t count = 5;
    writer.field("count", count);
    const std::vector<std::byte> bytes(writer.bytes().begin(), writer.bytes().end());

    Archive other_name = Archive::reader(bytes);
    EXPECT_THROW(other_name.field("counts", count), RunError);
    Archive other_type = Archive::reader(bytes);
    double number = 0;
    EXPECT_THROW(other_type.field("count", number), RunError);
    Archive same = Archive::reader(bytes);
    EXPECT_NO_THROW(same.field("count", count));
    EXPECT_TRUE(same.at_end());
}

TEST(Archive, EveryTruncationIsRefused) {
    const auto bytes = bytes_of(example());
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const std::vector<std::byte> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_THROW(read(cut), RunError) << size;
    }
}

std::size_t footprint(const State& s) {
    return s.text.size() + 8 * s.doubles.size() + 4 * s.ints.size() + 4 * s.rows.size() + s.levels.size() +
           8 * static_cast<std::size_t>(s.matrix.size() + s.vector.size()) + s.nodes.size();
}

TEST(Archive, ChangedBytesAreReadOrRefused) {
    const auto bytes = bytes_of(example());
    std::mt19937 random(11);
    std::size_t refused = 0;
    for (int i = 0; i < 4'000; ++i) {
        auto changed = bytes;
        changed[random() % changed.size()] ^= static_cast<std::byte>(1 + random() % 255);
        try {
            EXPECT_LE(footprint(read(changed)), bytes.size());
        } catch (const RunError&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 1'000u);
    EXPECT_LT(refused, 4'000u);
}

// Each length in turn claims the most that its eight bytes can say.
TEST(Archive, HugeLengthsAreRefused) {
    const auto bytes = bytes_of(example());
    for (std::size_t at = 0; at + 8 <= bytes.size(); ++at) {
        auto changed = bytes;
        std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(at), 8, std::byte{0xff});
        try {
            EXPECT_LE(footprint(read(changed)), bytes.size());
        } catch (const RunError&) {
        }
    }
}

TEST(Archive, ABottomlessExpressionIsRefused) {
    State deep;
    Expression* tip = &deep.expression;
    for (int i = 0; i < 2'000; ++i) {
        tip->op = Expression::Op::Negate;
        tip->operands.resize(1);
        tip = &tip->operands[0];
    }
    EXPECT_THROW(bytes_of(deep), RunError);
}

}  // namespace archive_test
}  // namespace mlpc
