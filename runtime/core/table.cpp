#include "runtime/core/table.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace mlpc {

namespace {

template <class T>
Column column_of_cells(std::string name, ColumnType type, std::shared_ptr<const std::vector<T>> cells) {
    Column column;
    column.name = std::move(name);
    column.type = type;
    if constexpr (std::is_same_v<T, double>) {
        column.numbers = cells->data();
    } else {
        column.codes = cells->data();
    }
    column.owner = std::move(cells);
    return column;
}

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

std::unordered_map<std::string_view, std::int32_t> positions_of(const Levels& levels) {
    std::unordered_map<std::string_view, std::int32_t> positions;
    positions.reserve(levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
        positions.emplace(levels[i], static_cast<std::int32_t>(i));
    }
    return positions;
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

// Whether the parts can share one row index: none has one, or all have the very same.
bool share_rows(std::span<const Frame> parts) {
    const Frame* first = nullptr;
    for (const Frame& part : parts) {
        if (part.columns() == 0) {
            continue;
        }
        if (first && part.row_index() != first->row_index()) {
            return false;
        }
        first = first ? first : &part;
    }
    return true;
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

std::string_view name_of(ColumnType type) {
    switch (type) {
        case ColumnType::Numeric:
            return "numeric";
        case ColumnType::Category:
            return "category";
        case ColumnType::Ordinal:
            return "ordinal";
        case ColumnType::Boolean:
            return "boolean";
        case ColumnType::Date:
            return "date";
        case ColumnType::Text:
            return "text";
    }
    assert(false && "every column type is named above");
    return {};
}

Column Column::of_numbers(std::string name, std::vector<double> cells, ColumnType type) {
    assert(holds_numbers(type) && "of_numbers makes columns of numbers");
    return column_of_cells<double>(std::move(name), type, std::make_shared<const std::vector<double>>(std::move(cells)));
}

Column Column::of_codes(std::string name, std::vector<std::int32_t> cells, std::shared_ptr<const Levels> levels, ColumnType type) {
    assert(!holds_numbers(type) && levels && "a coded column has a dictionary");
    assert(std::all_of(cells.begin(), cells.end(),
                       [&](std::int32_t code) { return code >= missing_code && code < static_cast<std::int32_t>(levels->size()); }) &&
           "a code points into the dictionary");
    Column column = column_of_cells<std::int32_t>(std::move(name), type, std::make_shared<const std::vector<std::int32_t>>(std::move(cells)));
    column.levels = std::move(levels);
    return column;
}

Column Column::of_texts(std::string name, const std::vector<std::string>& cells, ColumnType type) {
    std::unordered_map<std::string_view, std::int32_t> codes;
    Levels levels;
    std::vector<std::int32_t> coded;
    coded.reserve(cells.size());
    for (const std::string& cell : cells) {
        if (cell.empty()) {
            coded.push_back(missing_code);
            continue;
        }
        const auto [entry, is_new] = codes.emplace(cell, static_cast<std::int32_t>(levels.size()));
        if (is_new) {
            levels.push_back(cell);
        }
        coded.push_back(entry->second);
    }
    return of_codes(std::move(name), std::move(coded), std::make_shared<const Levels>(std::move(levels)), type);
}

Frame::Frame(std::vector<Column> columns, std::size_t rows) : columns_(std::move(columns)), row_count_(rows), cell_rows_(rows) {}

Frame Frame::from_matrix(Matrix cells, const std::vector<std::string>& names) {
    assert(static_cast<std::size_t>(cells.cols()) == names.size() && "a name for every column of the matrix");
    const auto shared = std::make_shared<const Matrix>(std::move(cells));
    const auto rows = static_cast<std::size_t>(shared->rows());
    std::vector<Column> columns(names.size());
    for (std::size_t c = 0; c < names.size(); ++c) {
        columns[c].name = names[c];
        columns[c].owner = shared;
        columns[c].numbers = shared->data() + c * rows;
    }
    return {std::move(columns), rows};
}

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

std::size_t Frame::find(std::string_view name) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) { return column.name == name; });
    return static_cast<std::size_t>(found - columns_.begin());
}

std::vector<std::string> Frame::names() const {
    std::vector<std::string> names;
    names.reserve(columns_.size());
    for (const Column& column : columns_) {
        names.push_back(column.name);
    }
    return names;
}

std::string_view Frame::text(std::size_t row, std::size_t c) const {
    const std::int32_t cell = code(row, c);
    return cell == missing_code ? std::string_view{} : std::string_view{(*columns_[c].levels)[static_cast<std::size_t>(cell)]};
}

bool Frame::missing(std::size_t row, std::size_t c) const {
    return holds_numbers(columns_[c].type) ? std::isnan(number(row, c)) : code(row, c) == missing_code;
}

std::shared_ptr<const void> Frame::Derived::get(const std::string& name, const std::function<std::shared_ptr<const void>()>& make) {
    // What this thread is making now: asking the same frame again would wait for itself.
    thread_local std::vector<const Derived*> making;
    if (std::find(making.begin(), making.end(), this) != making.end()) {
        throw std::logic_error("`" + name + "` is asked of a frame that is making something else: ask before, or make it of a copy of the frame");
    }
    const std::lock_guard lock(mutex_);
    std::shared_ptr<const void>& made = made_[name];
    if (made == nullptr) {
        making.push_back(this);
        try {
            made = make();
        } catch (...) {
            making.pop_back();
            throw;
        }
        making.pop_back();
    }
    return made;
}

Frame Frame::select(std::span<const std::size_t> columns) const {
    Frame out = *this;
    out.derived_ = std::make_shared<Derived>();
    out.columns_.clear();
    for (const std::size_t c : columns) {
        out.columns_.push_back(columns_.at(c));
    }
    return out;
}

Frame Frame::take(std::shared_ptr<const RowIndex> rows) const {
    assert(std::all_of(rows->begin(), rows->end(), [&](std::uint32_t row) { return row < row_count_; }) && "a row of this frame");
    Frame out = *this;
    out.derived_ = std::make_shared<Derived>();
    out.row_count_ = rows->size();
    if (rows_) {
        RowIndex composed(rows->size());
        std::transform(rows->begin(), rows->end(), composed.begin(), [&](std::uint32_t row) { return (*rows_)[row]; });
        rows = std::make_shared<const RowIndex>(std::move(composed));
    }
    out.rows_ = std::move(rows);
    return out;
}

bool Frame::has_sparse() const {
    return std::any_of(columns_.begin(), columns_.end(), [](const Column& column) { return column.sparse != nullptr; });
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
    if (std::all_of(columns_.begin(), columns_.end(), [](const Column& column) { return column.type == ColumnType::Numeric; })) {
        return from_matrix(dense_cells(*sparse_rows()), names());
    }
    Frame out = materialised();
    const Frame part = out.select(sparse);
    const Frame filled = from_matrix(dense_cells(*part.sparse_rows()), part.names());
    out.derived_ = std::make_shared<Derived>();
    for (std::size_t i = 0; i < sparse.size(); ++i) {
        out.columns_[sparse[i]] = filled.columns_[i];
    }
    return out;
}

std::vector<std::size_t> Frame::sparse_columns() const {
    std::vector<std::size_t> found;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c].sparse != nullptr) {
            found.push_back(c);
        }
    }
    return found;
}

std::shared_ptr<const SparseRows> Frame::sparse_rows() const {
    return derived<SparseRows>("sparse rows", [this] { return make_sparse_rows(); });
}

std::shared_ptr<const SparseRows> Frame::make_sparse_rows() const {
    for (const Column& column : columns_) {
        require_numbers(column);
    }
    if (std::shared_ptr<const SparseRows> block = whole_block(columns_)) {
        return is_view() ? std::make_shared<const SparseRows>(rows_of(*block, *rows_)) : block;
    }
    std::vector<std::uint32_t> dense;
    for (std::uint32_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c].sparse == nullptr) {
            dense.push_back(c);
        }
    }
    const std::vector<ShownBlock> blocks = shown_blocks(columns_);
    auto out = std::make_shared<SparseRows>();
    out->columns = columns_.size();
    out->offsets.reserve(row_count_ + 1);
    std::vector<std::pair<std::uint32_t, double>> cells;
    const auto comes_before = [](const auto& a, const auto& b) { return a.first < b.first; };
    for (std::size_t row = 0; row < row_count_; ++row) {
        cells.clear();
        for (const std::uint32_t c : dense) {
            if (const double cell = columns_[c].numbers[at(row)]; cell != 0) {
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

Frame Frame::materialised() const {
    if (!is_view()) {
        return *this;
    }
    if (has_sparse()) {
        return materialised_sparse();
    }
    std::vector<Column> columns;
    columns.reserve(columns_.size());
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        const Column& column = columns_[c];
        columns.push_back(holds_numbers(column.type) ? Column::of_numbers(column.name, numbers(c), column.type)
                                                     : Column::of_codes(column.name, codes(c), column.levels, column.type));
    }
    return {std::move(columns), row_count_};
}

Frame Frame::materialised_sparse() const {
    const std::vector<std::size_t> sparse = sparse_columns();
    std::vector<std::size_t> dense;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c].sparse == nullptr) {
            dense.push_back(c);
        }
    }
    const Frame sparse_part = select(sparse);
    const Frame cells = from_sparse(sparse_part.sparse_rows(), sparse_part.names());
    const Frame rest = select(dense).materialised();
    std::vector<Column> columns(columns_.size());
    for (std::size_t i = 0; i < sparse.size(); ++i) {
        columns[sparse[i]] = cells.columns_[i];
    }
    for (std::size_t i = 0; i < dense.size(); ++i) {
        columns[dense[i]] = rest.columns_[i];
    }
    return {std::move(columns), row_count_};
}

Frame Frame::concatenate(std::span<const Frame> parts) {
    if (parts.empty()) {
        return {};
    }
    const bool shared = share_rows(parts);
    Frame out({}, parts.front().rows());
    for (const Frame& part : parts) {
        assert(part.rows() == out.rows() && "frames side by side have the same rows");
        if (part.columns() == 0) {
            continue;
        }
        const Frame piece = shared ? part : part.materialised();
        out.rows_ = piece.rows_;
        out.cell_rows_ = piece.cell_rows_;
        out.columns_.insert(out.columns_.end(), piece.columns_.begin(), piece.columns_.end());
    }
    return out;
}

std::vector<double> Frame::numbers(std::size_t c) const {
    std::vector<double> cells(row_count_);
    copy_numbers(c, cells.data());
    return cells;
}

void Frame::copy_numbers(std::size_t c, double* out) const {
    require_numbers(columns_.at(c));
    if (columns_[c].sparse != nullptr) {
        for (std::size_t row = 0; row < row_count_; ++row) {
            out[row] = number(row, c);
        }
        return;
    }
    gather(columns_[c].numbers, row_count_, rows_.get(), out);
}

std::vector<std::int32_t> Frame::codes(std::size_t c) const {
    assert(!holds_numbers(columns_.at(c).type) && "codes() of a coded column");
    std::vector<std::int32_t> cells(row_count_);
    gather(columns_[c].codes, row_count_, rows_.get(), cells.data());
    return cells;
}

std::size_t Frame::bytes() const {
    if (rows_) {
        return rows_->size() * sizeof(std::uint32_t);
    }
    std::set<const void*> seen;
    // Of some hundred thousand words, names and places take as much as the cells.
    std::size_t bytes = has_sparse() ? columns_.size() * sizeof(Column) : 0;
    for (const Column& column : columns_) {
        if (column.sparse != nullptr) {
            if (seen.insert(column.sparse).second) {
                bytes +=
                    column.sparse->values.size() * (sizeof(double) + sizeof(std::uint32_t)) + column.sparse->offsets.size() * sizeof(std::uint64_t);
            }
            continue;
        }
        const bool is_number = holds_numbers(column.type);
        const void* cells = is_number ? static_cast<const void*>(column.numbers) : column.codes;
        if (seen.insert(cells).second) {
            bytes += cell_rows_ * (is_number ? sizeof(double) : sizeof(std::int32_t));
        }
    }
    return bytes;
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

LevelsInUse levels_in_use(const Frame& frame, std::size_t c) {
    const Column& column = frame.column(c);
    const Levels& dictionary = *column.levels;
    std::vector<std::size_t> count_of_code(dictionary.size(), 0);
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        const std::int32_t code = frame.code(row, c);
        if (code != missing_code) {
            ++count_of_code[static_cast<std::size_t>(code)];
        }
    }
    std::vector<std::size_t> kept;
    for (std::size_t code = 0; code < dictionary.size(); ++code) {
        if (column.type == ColumnType::Ordinal || count_of_code[code] > 0) {
            kept.push_back(code);
        }
    }
    if (column.type != ColumnType::Ordinal) {
        std::sort(kept.begin(), kept.end(), [&](std::size_t a, std::size_t b) { return dictionary[a] < dictionary[b]; });
    }
    LevelsInUse used{.levels = {}, .rank = std::vector<std::int32_t>(dictionary.size(), -1), .counts = {}};
    for (std::size_t position = 0; position < kept.size(); ++position) {
        used.levels.push_back(dictionary[kept[position]]);
        used.rank[kept[position]] = static_cast<std::int32_t>(position);
        used.counts.push_back(count_of_code[kept[position]]);
    }
    return used;
}

std::vector<std::int32_t> match_levels(const Frame& frame, std::size_t c, const Levels& levels) {
    const Levels& dictionary = *frame.column(c).levels;
    const auto positions = positions_of(levels);
    std::vector<std::int32_t> matched(dictionary.size(), -1);
    for (std::size_t code = 0; code < dictionary.size(); ++code) {
        if (const auto found = positions.find(dictionary[code]); found != positions.end()) {
            matched[code] = found->second;
        }
    }
    return matched;
}

}  // namespace mlpc
