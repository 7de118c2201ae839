#include "runtime/core/table.h"

#include "runtime/core/error.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace mlpc {
namespace table_test {

Frame people() {
    return {{Column::of_numbers("age", {20, missing_number, 40, 50}), Column::of_texts("plan", {"pro", "free", "", "pro"}),
             Column::of_numbers("income", {1, 2, 3, 4})},
            4};
}

TEST(ColumnTest, TextsGetCodesInOrderOfFirstAppearance) {
    const Column plan = Column::of_texts("plan", {"pro", "free", "", "pro"});
    EXPECT_EQ(*plan.levels, (Levels{"pro", "free"}));
    EXPECT_EQ(std::vector<std::int32_t>(plan.codes, plan.codes + 4), (std::vector<std::int32_t>{0, 1, missing_code, 0}));
}

TEST(FrameTest, CellsAreReadByRowAndColumn) {
    const Frame frame = people();
    EXPECT_EQ(frame.number(2, 0), 40);
    EXPECT_EQ(frame.text(0, 1), "pro");
    EXPECT_EQ(frame.text(2, 1), "");
    EXPECT_TRUE(frame.missing(1, 0));
    EXPECT_TRUE(frame.missing(2, 1));
    EXPECT_FALSE(frame.missing(0, 1));
}

TEST(FrameTest, FindGivesThePositionOrTheColumnCount) {
    const Frame frame = people();
    EXPECT_EQ(frame.find("income"), 2u);
    EXPECT_EQ(frame.find("height"), 3u);
    EXPECT_EQ(frame.names(), (std::vector<std::string>{"age", "plan", "income"}));
}

TEST(FrameTest, TakeFollowsTheOrderGivenWithRepeatsAndSharesCells) {
    const Frame frame = people();
    const Frame view = frame.take({3, 0, 3});
    EXPECT_EQ(view.rows(), 3u);
    EXPECT_EQ(view.numbers(0), (std::vector<double>{50, 20, 50}));
    EXPECT_EQ(view.codes(1), (std::vector<std::int32_t>{0, 0, 0}));
    EXPECT_EQ(view.column(0).numbers, frame.column(0).numbers);
    EXPECT_TRUE(view.is_view());
}

TEST(FrameTest, TakeComposesWithAnEarlierTake) {
    const Frame view = people().take({3, 2, 0}).take({2, 1});
    EXPECT_EQ(view.numbers(2), (std::vector<double>{1, 3}));
}

TEST(FrameTest, SelectKeepsTheRowIndex) {
    const std::array<std::size_t, 2> columns{2, 0};
    const Frame view = people().take({3, 0}).select(columns);
    EXPECT_EQ(view.names(), (std::vector<std::string>{"income", "age"}));
    EXPECT_EQ(view.numbers(0), (std::vector<double>{4, 1}));
}

TEST(FrameTest, MaterialisedHasTheSameCellsWithoutAnIndex) {
    const Frame copy = people().take({3, 2}).materialised();
    EXPECT_FALSE(copy.is_view());
    EXPECT_EQ(copy.column(0).numbers[0], 50);
    EXPECT_EQ(copy.text(0, 1), "pro");
    EXPECT_TRUE(copy.missing(1, 1));
}

TEST(FrameTest, ConcatenateSharesACommonIndex) {
    const auto rows = std::make_shared<const RowIndex>(RowIndex{3, 1});
    const std::array<Frame, 3> parts{people().take(rows), Frame({}, 2), people().take(rows)};
    const Frame all = Frame::concatenate(parts);
    EXPECT_EQ(all.columns(), 6u);
    EXPECT_EQ(all.row_index(), rows);
    EXPECT_EQ(all.numbers(5), (std::vector<double>{4, 2}));
}

TEST(FrameTest, ConcatenateMaterialisesDifferingIndexes) {
    const std::array<Frame, 2> parts{people().take({3, 1}), Frame({Column::of_numbers("x", {7, 8})}, 2)};
    const Frame all = Frame::concatenate(parts);
    EXPECT_FALSE(all.is_view());
    EXPECT_EQ(all.numbers(2), (std::vector<double>{4, 2}));
    EXPECT_EQ(all.numbers(3), (std::vector<double>{7, 8}));
}

TEST(FrameTest, ConcatenateOfColumnlessFramesKeepsTheRows) {
    const std::array<Frame, 2> parts{Frame({}, 5), Frame({}, 5)};
    EXPECT_EQ(Frame::concatenate(parts).rows(), 5u);
    EXPECT_EQ(Frame::concatenate({}).rows(), 0u);
}

TEST(FrameTest, NumbersOfACodedColumnSayHowToEncodeIt) {
    try {
        people().numbers(1);
        FAIL() << "codes are not numbers";
    } catch (const RunError& error) {
        EXPECT_NE(std::string(error.what()).find("`plan` is of type category"), std::string::npos) << error.what();
    }
}

TEST(FrameTest, BytesCountSharedCellsOnceAndAViewItsIndex) {
    Frame frame = people();
    EXPECT_EQ(frame.bytes(), 2 * 4 * sizeof(double) + 4 * sizeof(std::int32_t));
    EXPECT_EQ(frame.take(RowIndex{0, 1}).bytes(), 2 * sizeof(std::uint32_t));
    const std::array<Frame, 2> twice{frame, frame};
    EXPECT_EQ(Frame::concatenate(twice).bytes(), frame.bytes());
}

TEST(DenseTest, MapsAMatrixWithoutACopy) {
    Matrix cells(2, 3);
    cells << 1, 2, 3, 4, 5, 6;
    const Frame frame = Frame::from_matrix(cells, {"a", "b", "c"});
    const Dense dense(frame);
    EXPECT_EQ(dense.matrix().data(), frame.column(0).numbers);
    EXPECT_EQ(dense.matrix(), cells);
}

TEST(DenseTest, CopiesViewsAndScatteredColumns) {
    Matrix cells(2, 3);
    cells << 1, 2, 3, 4, 5, 6;
    const Frame frame = Frame::from_matrix(cells, {"a", "b", "c"});
    const std::array<std::size_t, 2> columns{0, 2};
    Matrix expected(2, 2);
    expected << 1, 3, 4, 6;
    const Frame scattered = frame.select(columns);
    EXPECT_EQ(Dense(scattered).matrix(), expected);
    expected << 4, 6, 1, 3;
    const Frame view = frame.select(columns).take({1, 0});
    EXPECT_EQ(Dense(view).matrix(), expected);
}

TEST(DenseTest, HasRowsWithoutColumns) {
    const Frame frame({}, 3);
    const Dense dense(frame);
    EXPECT_EQ(dense.matrix().rows(), 3);
    EXPECT_EQ(dense.matrix().cols(), 0);
}

TEST(DenseTest, RefusesCodes) {
    const Frame frame = people();
    EXPECT_THROW(Dense{frame}, RunError);
}

TEST(LevelsInUseTest, AreThoseOfTheRowsSortedByText) {
    const Frame frame({Column::of_texts("c", {"z", "b", "a", "", "b"})}, 5);
    const LevelsInUse used = levels_in_use(frame.take({0, 1, 3, 4}), 0);
    EXPECT_EQ(used.levels, (Levels{"b", "z"}));
    EXPECT_EQ(used.rank, (std::vector<std::int32_t>{1, 0, -1}));
    EXPECT_EQ(used.counts, (std::vector<std::size_t>{2, 1}));
}

TEST(LevelsInUseTest, OfAnOrdinalAreTheDeclaredOnes) {
    const auto sizes = std::make_shared<const Levels>(Levels{"small", "medium", "large"});
    const Frame frame({Column::of_codes("size", {2, 0}, sizes, ColumnType::Ordinal)}, 2);
    const LevelsInUse used = levels_in_use(frame, 0);
    EXPECT_EQ(used.levels, *sizes);
    EXPECT_EQ(used.counts, (std::vector<std::size_t>{1, 0, 1}));
}

TEST(MatchLevelsTest, GivesPositionsByTextAndMinusOneForTheUnseen) {
    const Frame frame({Column::of_texts("c", {"z", "b", "a"})}, 3);
    EXPECT_EQ(match_levels(frame, 0, {"a", "z"}), (std::vector<std::int32_t>{1, -1, 0}));
}

}  // namespace table_test
}  // namespace mlpc
