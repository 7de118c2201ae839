#include "runtime/core/table.h"

#include <algorithm>
#include <cassert>
#include <cmath>
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

std::unordered_map<std::string_view, std::int32_t> positions_of(const Levels& levels) {
    std::unordered_map<std::string_view, std::int32_t> positions;
    positions.reserve(levels.size());
    for (std::size_t i = 0; i < levels.size(); ++i) {
        positions.emplace(levels[i], static_cast<std::int32_t>(i));
    }
    return positions;
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

const std::shared_ptr<const std::vector<Column>>& Frame::no_columns() {
    static const auto none = std::make_shared<const std::vector<Column>>();
    return none;
}

Frame::Frame(std::vector<Column> columns, std::size_t rows)
    : columns_(std::make_shared<const std::vector<Column>>(std::move(columns))), row_count_(rows), cell_rows_(rows) {}

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

std::size_t Frame::find(std::string_view name) const {
    const auto found = std::find_if(columns_->begin(), columns_->end(), [&](const Column& column) { return column.name == name; });
    return static_cast<std::size_t>(found - columns_->begin());
}

std::vector<std::string> Frame::names() const {
    std::vector<std::string> names;
    names.reserve(columns_->size());
    for (const Column& column : *columns_) {
        names.push_back(column.name);
    }
    return names;
}

std::string_view Frame::text(std::size_t row, std::size_t c) const {
    const std::int32_t cell = code(row, c);
    return cell == missing_code ? std::string_view{} : std::string_view{(*(*columns_)[c].levels)[static_cast<std::size_t>(cell)]};
}

bool Frame::missing(std::size_t row, std::size_t c) const {
    return holds_numbers((*columns_)[c].type) ? std::isnan(number(row, c)) : code(row, c) == missing_code;
}

std::shared_ptr<const void> Frame::Derived::get(const std::string& name, const std::function<std::shared_ptr<const void>()>& make,
                                                std::size_t (*bytes_of)(const void*)) {
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
        bytes_ += made != nullptr ? bytes_of(made.get()) : 0;
    }
    return made;
}

Frame Frame::select(std::span<const std::size_t> columns) const {
    Frame out = *this;
    out.derived_ = std::make_shared<Derived>();
    std::vector<Column> chosen;
    chosen.reserve(columns.size());
    for (const std::size_t c : columns) {
        chosen.push_back(columns_->at(c));
    }
    out.columns_ = std::make_shared<const std::vector<Column>>(std::move(chosen));
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

Frame Frame::materialised() const {
    if (!is_view()) {
        return *this;
    }
    if (has_sparse()) {
        return materialised_sparse();
    }
    std::vector<Column> columns;
    columns.reserve(columns_->size());
    for (std::size_t c = 0; c < columns_->size(); ++c) {
        const Column& column = (*columns_)[c];
        columns.push_back(holds_numbers(column.type) ? Column::of_numbers(column.name, numbers(c), column.type)
                                                     : Column::of_codes(column.name, codes(c), column.levels, column.type));
    }
    return {std::move(columns), row_count_};
}

Frame Frame::concatenate(std::span<const Frame> parts) {
    if (parts.empty()) {
        return {};
    }
    const bool shared = share_rows(parts);
    Frame out({}, parts.front().rows());
    std::vector<Column> columns;
    const auto has_columns = [](const Frame& part) { return part.columns() > 0; };
    const bool is_one = std::count_if(parts.begin(), parts.end(), has_columns) == 1;
    for (const Frame& part : parts) {
        assert(part.rows() == out.rows() && "frames side by side have the same rows");
        if (part.columns() == 0) {
            continue;
        }
        const Frame piece = shared ? part : part.materialised();
        out.rows_ = piece.rows_;
        out.cell_rows_ = piece.cell_rows_;
        if (is_one) {
            out.columns_ = piece.columns_;
            return out;
        }
        columns.insert(columns.end(), piece.all_columns().begin(), piece.all_columns().end());
    }
    out.columns_ = std::make_shared<const std::vector<Column>>(std::move(columns));
    return out;
}

std::size_t Frame::bytes() const {
    if (rows_) {
        return rows_->size() * sizeof(std::uint32_t);
    }
    std::set<const void*> seen;
    // Of some hundred thousand words, names and places take as much as the cells.
    std::size_t bytes = has_sparse() ? columns_->size() * sizeof(Column) : 0;
    for (const Column& column : *columns_) {
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
