// The cells of a frame laid out for computing: vectors, dense matrices, sparse rows.
#include "runtime/core/table.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <numeric>

namespace mlpc {

namespace {

template <class T>
void gather(const T* cells, std::size_t rows, const RowIndex* index, T* out) {
    if (!index) {
        std::copy_n(cells, rows, out);
        return;
    }
    const std::uint32_t* row_of = index->data();
    for (std::size_t i = 0; i < rows; ++i) {
        out[i] = cells[row_of[i]];
    }
}

bool lie_side_by_side(const Frame& frame) {
    if (frame.is_view()) {
        return false;
    }
    const Column& first = frame.column(0);
    if (first.sparse != nullptr) {
        return false;
    }
    for (std::size_t c = 1; c < frame.columns(); ++c) {
        const Column& column = frame.column(c);
        if (column.owner != first.owner || column.numbers != first.numbers + c * frame.rows()) {
            return false;
        }
    }
    return true;
}

void require_numbers(const Column& column) {
    if (!holds_numbers(column.type)) {
        throw RunError(fmt::format("column `{}` is of type {}, where numbers are needed; encode it first, for instance with `one_hot()`", column.name,
                                   name_of(column.type)));
    }
}

// The columns of a frame that show columns of one block of sparse rows.
struct ShownBlock {
    const SparseRows* cells = nullptr;
    std::vector<std::uint64_t> offsets;  // by the block's column: where its places begin
    std::vector<std::uint32_t> places;   // columns of the frame, ascending for each column of the block

    void append(std::size_t cell_row, std::vector<std::pair<std::uint32_t, double>>& out) const {
        for (std::uint64_t i = cells->offsets[cell_row]; i < cells->offsets[cell_row + 1]; ++i) {
            const std::uint32_t column = cells->indices[i];
            for (std::uint64_t place = offsets[column]; place < offsets[column + 1]; ++place) {
                out.emplace_back(places[place], cells->values[i]);
            }
        }
    }
};

ShownBlock shown_block(const SparseRows* cells, const std::vector<Column>& columns) {
    ShownBlock block{.cells = cells, .offsets = std::vector<std::uint64_t>(cells->columns + 1, 0), .places = {}};
    for (const Column& column : columns) {
        if (column.sparse == cells) {
            ++block.offsets[column.sparse_column + 1];
        }
    }
    std::partial_sum(block.offsets.begin(), block.offsets.end(), block.offsets.begin());
    block.places.resize(block.offsets.back());
    std::vector<std::uint64_t> next = block.offsets;
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        if (columns[c].sparse == cells) {
            block.places[next[columns[c].sparse_column]++] = c;
        }
    }
    return block;
}

std::vector<ShownBlock> shown_blocks(const std::vector<Column>& columns) {
    std::vector<ShownBlock> blocks;
    for (const Column& column : columns) {
        const bool known = std::any_of(blocks.begin(), blocks.end(), [&](const ShownBlock& block) { return block.cells == column.sparse; });
        if (column.sparse != nullptr && !known) {
            blocks.push_back(shown_block(column.sparse, columns));
        }
    }
    return blocks;
}

SparseRows rows_of(const SparseRows& cells, const RowIndex& rows) {
    SparseRows out;
    out.columns = cells.columns;
    out.offsets.reserve(rows.size() + 1);
    std::uint64_t count = 0;
    for (const std::uint32_t row : rows) {
        count += cells.offsets[row + 1] - cells.offsets[row];
    }
    out.indices.reserve(count);
    out.values.reserve(count);
    for (const std::uint32_t row : rows) {
        const auto begin = static_cast<std::ptrdiff_t>(cells.offsets[row]);
        const auto end = static_cast<std::ptrdiff_t>(cells.offsets[row + 1]);
        out.indices.insert(out.indices.end(), cells.indices.begin() + begin, cells.indices.begin() + end);
        out.values.insert(out.values.end(), cells.values.begin() + begin, cells.values.begin() + end);
        out.offsets.push_back(out.indices.size());
    }
    return out;
}

Matrix dense_cells(const SparseRows& sparse) {
    Matrix dense = Matrix::Zero(static_cast<Eigen::Index>(sparse.rows()), static_cast<Eigen::Index>(sparse.columns));
    for (std::size_t row = 0; row < sparse.rows(); ++row) {
        for (std::uint64_t i = sparse.offsets[row]; i < sparse.offsets[row + 1]; ++i) {
            dense(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(sparse.indices[i])) = sparse.values[i];
        }
    }
    return dense;
}

// The columns' block of sparse rows where they are all of its columns, in its order; else null.
std::shared_ptr<const SparseRows> whole_block(const std::vector<Column>& columns) {
    if (columns.empty() || columns.front().sparse == nullptr || columns.front().sparse->columns != columns.size()) {
        return nullptr;
    }
    const SparseRows* cells = columns.front().sparse;
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        if (columns[c].sparse != cells || columns[c].sparse_column != c) {
            return nullptr;
        }
    }
    return {columns.front().owner, cells};
}

}  // namespace

Frame Frame::from_sparse(std::shared_ptr<const SparseRows> cells, const std::vector<std::string>& names) {
    assert(cells->columns == names.size() && "a name for every column of the sparse rows");
    std::vector<Column> columns(names.size());
    for (std::size_t c = 0; c < names.size(); ++c) {
        columns[c].name = names[c];
        columns[c].owner = cells;
        columns[c].sparse = cells.get();
        columns[c].sparse_column = static_cast<std::uint32_t>(c);
    }
    return {std::move(columns), cells->rows()};
}

bool Frame::has_sparse() const {
    return std::any_of(columns_->begin(), columns_->end(), [](const Column& column) { return column.sparse != nullptr; });
}

Frame Frame::densified(std::size_t limit) const {
    if (!has_sparse()) {
        return *this;
    }
    const std::vector<std::size_t> sparse = sparse_columns();
    const std::size_t bytes = sparse.size() * row_count_ * sizeof(double);
    if (bytes > limit) {
        throw RunError(
            fmt::format("{} sparse columns × {} rows would take {:.1f} MB as dense cells, more than the {:.1f} MB that they may; reduce "
                        "them first, for instance with `svd(components: 100)`, `select_k_best` or a smaller vocabulary, use a component "
                        "that reads sparse columns, or let fewer jobs share the memory",
                        sparse.size(), row_count_, static_cast<double>(bytes) / 1e6, static_cast<double>(limit) / 1e6));
    }
    if (std::all_of(columns_->begin(), columns_->end(), [](const Column& column) { return column.type == ColumnType::Numeric; })) {
        return from_matrix(dense_cells(*sparse_rows()), names());
    }
    Frame out = materialised();
    const Frame part = out.select(sparse);
    const Frame filled = from_matrix(dense_cells(*part.sparse_rows()), part.names());
    std::vector<Column> columns = out.all_columns();
    for (std::size_t i = 0; i < sparse.size(); ++i) {
        columns[sparse[i]] = filled.column(i);
    }
    return {std::move(columns), row_count_};
}

std::vector<std::size_t> Frame::sparse_columns() const {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < columns_->size(); ++c) {
        if ((*columns_)[c].sparse != nullptr) {
            found.push_back(c);
        }
    }
    return found;
}

std::shared_ptr<const SparseRows> Frame::sparse_rows() const {
    return derived<SparseRows>("sparse rows", [this] { return make_sparse_rows(); });
}

std::shared_ptr<const SparseRows> Frame::make_sparse_rows() const {
    for (const Column& column : *columns_) {
        require_numbers(column);
    }
    if (std::shared_ptr<const SparseRows> block = whole_block(*columns_)) {
        return is_view() ? std::make_shared<const SparseRows>(rows_of(*block, *rows_)) : block;
    }
    std::vector<std::uint32_t> dense;
    for (std::uint32_t c = 0; c < columns_->size(); ++c) {
        if ((*columns_)[c].sparse == nullptr) {
            dense.push_back(c);
        }
    }
    const std::vector<ShownBlock> blocks = shown_blocks(*columns_);
    auto out = std::make_shared<SparseRows>();
    out->columns = columns_->size();
    out->offsets.reserve(row_count_ + 1);
    std::vector<std::pair<std::uint32_t, double>> cells;
    const auto comes_before = [](const auto& a, const auto& b) { return a.first < b.first; };
    for (std::size_t row = 0; row < row_count_; ++row) {
        cells.clear();
        for (const std::uint32_t c : dense) {
            if (const double cell = (*columns_)[c].numbers[at(row)]; cell != 0) {
                cells.emplace_back(c, cell);
            }
        }
        for (const ShownBlock& block : blocks) {
            block.append(at(row), cells);
        }
        if (!std::is_sorted(cells.begin(), cells.end(), comes_before)) {
            std::sort(cells.begin(), cells.end(), comes_before);
        }
        for (const auto& [c, cell] : cells) {
            out->indices.push_back(c);
            out->values.push_back(cell);
        }
        out->offsets.push_back(out->indices.size());
    }
    return out;
}

double Frame::sparse_number(const Column& column, std::size_t cell_row) {
    const SparseRows& block = *column.sparse;
    const auto begin = block.indices.begin() + static_cast<std::ptrdiff_t>(block.offsets[cell_row]);
    const auto end = block.indices.begin() + static_cast<std::ptrdiff_t>(block.offsets[cell_row + 1]);
    const auto found = std::lower_bound(begin, end, column.sparse_column);
    return found == end || *found != column.sparse_column ? 0 : block.values[static_cast<std::size_t>(found - block.indices.begin())];
}

Frame Frame::materialised_sparse() const {
    const std::vector<std::size_t> sparse = sparse_columns();
    std::vector<std::size_t> dense;
    for (std::size_t c = 0; c < columns_->size(); ++c) {
        if ((*columns_)[c].sparse == nullptr) {
            dense.push_back(c);
        }
    }
    const Frame sparse_part = select(sparse);
    const Frame cells = from_sparse(sparse_part.sparse_rows(), sparse_part.names());
    const Frame rest = select(dense).materialised();
    std::vector<Column> columns(columns_->size());
    for (std::size_t i = 0; i < sparse.size(); ++i) {
        columns[sparse[i]] = cells.column(i);
    }
    for (std::size_t i = 0; i < dense.size(); ++i) {
        columns[dense[i]] = rest.column(i);
    }
    return {std::move(columns), row_count_};
}

std::vector<double> Frame::numbers(std::size_t c) const {
    std::vector<double> cells(row_count_);
    copy_numbers(c, cells.data());
    return cells;
}

void Frame::copy_numbers(std::size_t c, double* out) const {
    require_numbers(columns_->at(c));
    if ((*columns_)[c].sparse != nullptr) {
        for (std::size_t row = 0; row < row_count_; ++row) {
            out[row] = number(row, c);
        }
        return;
    }
    gather((*columns_)[c].numbers, row_count_, rows_.get(), out);
}

std::vector<std::int32_t> Frame::codes(std::size_t c) const {
    assert(!holds_numbers(columns_->at(c).type) && "codes() of a coded column");
    std::vector<std::int32_t> cells(row_count_);
    gather((*columns_)[c].codes, row_count_, rows_.get(), cells.data());
    return cells;
}

Dense::Dense(const Frame& frame) : rows_(static_cast<Eigen::Index>(frame.rows())), columns_(static_cast<Eigen::Index>(frame.columns())) {
    for (const Column& column : frame.all_columns()) {
        require_numbers(column);
    }
    if (frame.columns() == 0) {
        return;
    }
    if (lie_side_by_side(frame)) {
        data_ = frame.column(0).numbers;
        return;
    }
    if (frame.has_sparse()) {
        copy_ = dense_cells(*frame.sparse_rows());
        data_ = copy_.data();
        return;
    }
    copy_.resize(rows_, columns_);
    for (std::size_t c = 0; c < frame.columns(); ++c) {
        frame.copy_numbers(c, copy_.data() + c * frame.rows());
    }
    data_ = copy_.data();
}

}  // namespace mlpc
