#include "runtime/core/dense_input.h"
#include "runtime/core/error.h"
#include "runtime/core/table.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

namespace mlpc {
namespace sparse_table_test {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

std::shared_ptr<const SparseRows> sparse_of(const std::vector<std::vector<double>>& rows) {
    auto cells = std::make_shared<SparseRows>();
    cells->columns = rows.front().size();
    for (const std::vector<double>& row : rows) {
        for (std::uint32_t c = 0; c < row.size(); ++c) {
            if (row[c] != 0) {
                cells->indices.push_back(c);
                cells->values.push_back(row[c]);
            }
        }
        cells->offsets.push_back(cells->indices.size());
    }
    return cells;
}

const std::vector<std::vector<double>> word_cells{{0, 2, 0}, {0, 0, 0}, {1, 0, 3}, {0, 5, 4}};
Frame words() { return Frame::from_sparse(sparse_of(word_cells), {"a", "b", "c"}); }
Frame ages() { return {{Column::of_numbers("age", {7, 0, missing_number, 9})}, 4}; }
Frame plans() { return {{Column::of_texts("plan", {"pro", "", "free", "pro"})}, 4}; }

std::vector<std::vector<double>> cells_of(const Frame& x) {
    std::vector<std::vector<double>> cells(x.rows());
    for (std::size_t row = 0; row < x.rows(); ++row) {
        for (std::size_t c = 0; c < x.columns(); ++c) {
            cells[row].push_back(x.number(row, c));
        }
    }
    return cells;
}

// The rows' cells, zeros filled in; checks that they are well formed.
std::vector<std::vector<double>> cells_of(const SparseRows& x) {
    std::vector<std::vector<double>> cells(x.rows(), std::vector<double>(x.columns));
    EXPECT_EQ(x.indices.size(), x.values.size());
    EXPECT_EQ(x.offsets.back(), x.values.size());
    for (std::size_t row = 0; row < x.rows(); ++row) {
        for (std::uint64_t i = x.offsets[row]; i < x.offsets[row + 1]; ++i) {
            EXPECT_TRUE(i == x.offsets[row] || x.indices[i - 1] < x.indices[i]) << "indices ascend";
            cells[row].at(x.indices[i]) = x.values[i];
        }
    }
    return cells;
}

TEST(SparseFrameTest, CellsAreReadAsIfTheyWereDense) {
    EXPECT_EQ(cells_of(words()), word_cells);
    EXPECT_EQ(words().numbers(1), (std::vector<double>{2, 0, 0, 5}));
    EXPECT_FALSE(words().missing(1, 1));
    EXPECT_TRUE(words().has_sparse());
    EXPECT_FALSE(ages().has_sparse());
}

TEST(SparseFrameTest, SparseRowsOfTheWholeBlockAreTheBlockItself) {
    const auto cells = sparse_of(word_cells);
    EXPECT_EQ(Frame::from_sparse(cells, {"a", "b", "c"}).sparse_rows(), cells);
}

TEST(SparseFrameTest, SparseRowsFollowRowsAndColumnsOfAView) {
    const Frame view = words().take({3, 0, 3});
    EXPECT_EQ(cells_of(*view.sparse_rows()), (std::vector<std::vector<double>>{{0, 5, 4}, {0, 2, 0}, {0, 5, 4}}));
    const std::array<std::size_t, 4> columns{2, 0, 1, 2};
    const Frame selected = view.select(columns);
    EXPECT_EQ(cells_of(*selected.sparse_rows()), (std::vector<std::vector<double>>{{4, 0, 5, 4}, {0, 0, 2, 0}, {4, 0, 5, 4}}));
    EXPECT_EQ(cells_of(*selected.sparse_rows()), cells_of(selected));
}

TEST(SparseFrameTest, SparseRowsAreMadeOnceAFrame) {
    const Frame view = words().take({3, 0});
    EXPECT_EQ(view.sparse_rows(), view.sparse_rows());
}

TEST(SparseFrameTest, SparseRowsOfDenseColumnsKeepMissingCells) {
    const auto rows = ages().sparse_rows();
    EXPECT_EQ(rows->offsets, (std::vector<std::uint64_t>{0, 1, 1, 2, 3}));
    EXPECT_TRUE(std::isnan(rows->values[1]));
    EXPECT_EQ(rows->values[2], 9);
}

TEST(SparseFrameTest, SparseRowsRefuseCodes) { EXPECT_THROW(plans().sparse_rows(), RunError); }

TEST(SparseFrameTest, MaterialisedStaysSparse) {
    const Frame copy = words().take({2, 1}).materialised();
    EXPECT_FALSE(copy.is_view());
    EXPECT_TRUE(copy.has_sparse());
    EXPECT_EQ(cells_of(copy), (std::vector<std::vector<double>>{{1, 0, 3}, {0, 0, 0}}));
}

TEST(SparseFrameTest, ConcatenationOfSparseAndDenseKeepsBoth) {
    const std::array parts{ages(), words(), plans(), words()};
    const Frame both = Frame::concatenate(parts);
    EXPECT_EQ(both.names(), (std::vector<std::string>{"age", "a", "b", "c", "plan", "a", "b", "c"}));
    EXPECT_EQ(both.number(3, 0), 9);
    EXPECT_EQ(both.number(3, 3), 4);
    EXPECT_EQ(both.text(2, 4), "free");
    EXPECT_EQ(both.number(2, 7), 3);
    const std::array<std::size_t, 4> numbers{0, 2, 3, 6};
    const auto rows = both.select(numbers).take({3, 1}).sparse_rows();
    EXPECT_EQ(cells_of(*rows), (std::vector<std::vector<double>>{{9, 5, 4, 5}, {0, 0, 0, 0}}));
}

TEST(SparseFrameTest, ConcatenationOfDifferingRowsIsMaterialised) {
    const std::array parts{words().take({3, 0}), ages().take(RowIndex{0, 3})};
    const Frame both = Frame::concatenate(parts);
    EXPECT_EQ(cells_of(both), (std::vector<std::vector<double>>{{0, 5, 4, 7}, {0, 2, 0, 9}}));
}

TEST(SparseFrameTest, DensifiedHasTheSameCellsInOneMatrix) {
    const std::array parts{words().take({3, 0}), ages().take(RowIndex{0, 3})};
    const Frame dense = Frame::concatenate(parts).densified(no_limit);
    EXPECT_FALSE(dense.has_sparse());
    EXPECT_EQ(cells_of(dense), (std::vector<std::vector<double>>{{0, 5, 4, 7}, {0, 2, 0, 9}}));
    EXPECT_EQ(Dense(dense).matrix().data(), dense.column(0).numbers) << "a map and no copy";
}

TEST(SparseFrameTest, DensifiedLeavesOtherTypesAlone) {
    const std::array parts{plans(), words(), ages()};
    const Frame dense = Frame::concatenate(parts).take({2, 3}).densified(no_limit);
    EXPECT_FALSE(dense.has_sparse());
    EXPECT_EQ(dense.text(0, 0), "free");
    EXPECT_EQ(dense.number(0, 3), 3);
    EXPECT_EQ(dense.number(1, 2), 5);
    EXPECT_TRUE(dense.missing(0, 4));
    EXPECT_EQ(dense.names(), (std::vector<std::string>{"plan", "a", "b", "c", "age"}));
}

TEST(SparseFrameTest, DensifiedIsRefusedWhereItWouldPassTheLimit) {
    EXPECT_EQ(words().densified(96).numbers(0), (std::vector<double>{0, 0, 1, 0}));
    try {
        words().densified(95);
        FAIL() << "12 cells are 96 bytes";
    } catch (const RunError& error) {
        EXPECT_NE(std::string(error.what()).find("3 sparse columns × 4 rows"), std::string::npos) << error.what();
        EXPECT_NE(std::string(error.what()).find("svd"), std::string::npos) << error.what();
    }
    EXPECT_EQ(ages().densified(0).number(0, 0), 7) << "there is nothing to lay out";
}

TEST(SparseFrameTest, DenseReadsSparseColumns) {
    const std::array parts{words(), ages()};
    const Frame both = Frame::concatenate(parts).take({3, 0});
    const Dense dense(both);
    EXPECT_EQ(dense.matrix(), (Matrix(2, 4) << 0, 5, 4, 9, 0, 2, 0, 7).finished());
}

TEST(SparseFrameTest, BytesCountTheBlockOnce) {
    const auto cells = sparse_of(word_cells);
    const std::size_t block = 5 * (sizeof(double) + sizeof(std::uint32_t)) + 5 * sizeof(std::uint64_t);
    EXPECT_EQ(Frame::from_sparse(cells, {"a", "b", "c"}).bytes(), block + 3 * sizeof(Column));
    EXPECT_EQ(words().take({1}).bytes(), sizeof(std::uint32_t));
}

TEST(SparseFrameTest, HasNoRowsOrNoColumnsWithoutHarm) {
    EXPECT_EQ(words().take(RowIndex{}).sparse_rows()->rows(), 0u);
    EXPECT_EQ(words().take(RowIndex{}).densified(0).rows(), 0u);
    EXPECT_EQ(words().select({}).sparse_rows()->rows(), 4u);
}

TEST(DenseInputTest, LaysOutCellsForComponentsThatReadNoSparseOnes) {
    ComponentInfo info;
    info.name = "trees";
    const Frame x = words();
    EXPECT_FALSE(DenseInput(info, x, no_limit).frame().has_sparse());
    try {
        DenseInput(info, words(), 1);
        FAIL() << "it passes the limit";
    } catch (const RunError& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("`trees` reads dense cells only")) << error.what();
    }
    info.takes_sparse = true;
    EXPECT_TRUE(DenseInput(info, x, 1).frame().has_sparse());
}

TEST(DerivedTest, AFrameKnowsHowMuchWasDerivedFromIt) {
    const Frame x = words(), view = x.take(RowIndex{0});
    const auto matrix = [] { return std::make_shared<const Matrix>(Matrix::Zero(30, 4)); };
    EXPECT_EQ(x.derived_bytes(), 0u);
    x.derived<Matrix>("matrix", matrix);
    x.derived<Matrix>("matrix", matrix);
    EXPECT_EQ(x.derived_bytes(), 30u * 4u * sizeof(double));
    const std::size_t before = x.derived_bytes();
    const auto rows = x.derived<SparseRows>("rows", [&] { return std::make_shared<const SparseRows>(*words().sparse_rows()); });
    EXPECT_EQ(x.derived_bytes() - before, rows->bytes());
    const Frame copy = x;
    EXPECT_EQ(copy.derived_owner(), x.derived_owner());
    EXPECT_EQ(copy.derived_bytes(), x.derived_bytes());
    EXPECT_NE(view.derived_owner(), x.derived_owner());
    EXPECT_EQ(view.derived_bytes(), 0u);
}

TEST(FrameTest, CopiesAndViewsAndASinglePartShareTheListOfColumns) {
    const Frame x = words(), view = x.take(RowIndex{1, 0});
    const std::vector<Frame> parts = {view, view.select(std::vector<std::size_t>{})};
    EXPECT_EQ(&view.all_columns(), &x.all_columns());
    const Frame alone = Frame::concatenate(parts);
    EXPECT_EQ(&alone.all_columns(), &x.all_columns());
    ASSERT_EQ(alone.rows(), 2u);
    for (std::size_t c = 0; c < x.columns(); ++c) {
        EXPECT_EQ(alone.number(0, c), x.number(1, c)) << c;
    }
    EXPECT_EQ(Frame().columns(), 0u);
}

TEST(DerivedTest, AFrameThatIsMakingSomethingRefusesToMakeMore) {
    const Frame x = words();
    const auto nested = [&] { return x.derived<int>("outer", [&] { return std::make_shared<int>(static_cast<int>(x.sparse_rows()->rows())); }); };
    EXPECT_THROW(nested(), std::logic_error);
    EXPECT_EQ(*x.derived<int>("outer", [] { return std::make_shared<int>(7); }), 7) << "the failure left nothing behind";
}

TEST(DenseInputTest, JobsShareTheMemory) {
    EXPECT_GT(dense_limit(1), 0u);
    EXPECT_EQ(dense_limit(4), dense_limit(1) / 4);
    EXPECT_EQ(dense_limit(0), dense_limit(1));
}

}  // namespace sparse_table_test
}  // namespace mlpc
