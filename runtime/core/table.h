// Columnar data: immutable shared columns, and frames, which are cheap views of some columns and some rows.
#pragma once

#include <Eigen/Core>

#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

using Matrix = Eigen::MatrixXd;  // column-major
using Vector = Eigen::VectorXd;
using RowIndex = std::vector<std::uint32_t>;
using Levels = std::vector<std::string>;

inline constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::int32_t missing_code = -1;

enum class ColumnType : std::uint8_t { Numeric, Category, Ordinal, Boolean, Date, Text };
std::string_view name_of(ColumnType);
// Numeric, Boolean (0, 1) and Date (days since 1970-01-01) hold numbers; Category, Ordinal and Text hold codes into levels.
constexpr bool holds_numbers(ColumnType t) { return t == ColumnType::Numeric || t == ColumnType::Boolean || t == ColumnType::Date; }

// Rows of mostly zeros, by row: the cells of row r are (indices[i], values[i]) for i in offsets[r] … offsets[r + 1], indices ascending.
// What is not listed is 0; no cell is missing.
struct SparseRows {
    std::size_t columns = 0;
    std::vector<std::uint64_t> offsets{0};  // rows + 1
    std::vector<std::uint32_t> indices;
    std::vector<double> values;

    std::size_t rows() const { return offsets.size() - 1; }
    std::size_t bytes() const { return offsets.size() * sizeof offsets[0] + indices.size() * sizeof indices[0] + values.size() * sizeof values[0]; }
};

// One immutable column. Copying shares the cells.
// The dictionary `levels` belongs to the table and so to held-out rows too: no component may let the order or the unused
// entries of a dictionary reach its fitted state. Work from levels_in_use(). (Ordinal is the exception: its declared order is schema.)
struct Column {
    std::string name;
    ColumnType type = ColumnType::Numeric;
    std::shared_ptr<const void> owner;   // keeps the cells alive; several columns may share one matrix
    const double* numbers = nullptr;     // NaN is missing; null where the column is sparse
    const SparseRows* sparse = nullptr;  // Numeric only: the cells are column `sparse_column` of these rows
    std::uint32_t sparse_column = 0;
    const std::int32_t* codes = nullptr;   // -1 is missing
    std::shared_ptr<const Levels> levels;  // Ordinal: in their declared order

    static Column of_numbers(std::string name, std::vector<double> cells, ColumnType type = ColumnType::Numeric);
    static Column of_codes(std::string name, std::vector<std::int32_t> cells, std::shared_ptr<const Levels> levels,
                           ColumnType type = ColumnType::Category);
    // Builds the dictionary in order of first appearance; cells equal to `missing` (empty by default) are missing.
    static Column of_texts(std::string name, const std::vector<std::string>& cells, ColumnType type = ColumnType::Category);
};

// Some columns × some rows. Rows are an optional index into the cells, so that a fold is a view and copies nothing.
class Frame {
public:
    Frame() = default;
    // Columns that all have `rows` cells.
    Frame(std::vector<Column> columns, std::size_t rows);
    // One Numeric column per column of the matrix (rows × names); the matrix is shared, not copied again.
    static Frame from_matrix(Matrix cells, const std::vector<std::string>& names);
    // One Numeric column per column of the sparse rows.
    static Frame from_sparse(std::shared_ptr<const SparseRows> cells, const std::vector<std::string>& names);

    std::size_t rows() const { return row_count_; }
    std::size_t columns() const { return columns_->size(); }
    const Column& column(std::size_t c) const { return (*columns_)[c]; }
    // One list for all copies of a frame and its views: there may be hundreds of thousands.
    const std::vector<Column>& all_columns() const { return *columns_; }
    // Position of the column with that name, or columns().
    std::size_t find(std::string_view name) const;
    std::vector<std::string> names() const;

    double number(std::size_t row, std::size_t c) const {
        const Column& column = (*columns_)[c];
        return column.sparse == nullptr ? column.numbers[at(row)] : sparse_number(column, at(row));
    }
    std::int32_t code(std::size_t row, std::size_t c) const { return (*columns_)[c].codes[at(row)]; }
    // The text of a coded cell; empty where missing.
    std::string_view text(std::size_t row, std::size_t c) const;
    bool missing(std::size_t row, std::size_t c) const;

    Frame select(std::span<const std::size_t> columns) const;
    // Rows by position in this frame, in the order given (repeats allowed); composes with an earlier take, copies no cell.
    Frame take(std::shared_ptr<const RowIndex> rows) const;
    Frame take(RowIndex rows) const { return take(std::make_shared<const RowIndex>(std::move(rows))); }
    // The same cells laid out without a row index.
    Frame materialised() const;
    bool has_sparse() const;
    // The same cells with no column sparse. Throws RunError, naming the bytes, where they would pass `limit`.
    Frame densified(std::size_t limit) const;
    // All columns (each must hold numbers) as sparse rows, in this frame's row order; made once a frame. Missing cells become stored NaNs.
    std::shared_ptr<const SparseRows> sparse_rows() const;
    // Side by side, in order; all of the same row count. Columns of differing row indexes are materialised.
    static Frame concatenate(std::span<const Frame> parts);

    // The cells of number column c in row order, as a new vector.
    std::vector<double> numbers(std::size_t c) const;
    // The same into `out`, which has room for rows() numbers.
    void copy_numbers(std::size_t c, double* out) const;
    std::vector<std::int32_t> codes(std::size_t c) const;
    // Bytes held by the cells, for the memory budget: shared cells count once per frame; a view counts its row index only, because the
    // cells belong to the frame it was taken from.
    std::size_t bytes() const;
    // What a component derives from these cells, kept beside them, so that several fits on one frame make it once. `make` must be a pure
    // function of the frame; copies of the frame share what it gives, views and selections do not. It counts as `T::bytes()` says, a matrix as
    // its cells, anything else as small.
    template <class T>
    std::shared_ptr<const T> derived(const std::string& name, const std::function<std::shared_ptr<const T>()>& make) const {
        return std::static_pointer_cast<const T>(
            derived_->get(name, make, [](const void* made) { return bytes_held(*static_cast<const T*>(made)); }));
    }
    // Who holds what has been derived, the same for all copies, and how much it is.
    const void* derived_owner() const { return derived_.get(); }
    std::size_t derived_bytes() const { return derived_->bytes(); }
    bool is_view() const { return rows_ != nullptr; }
    const std::shared_ptr<const RowIndex>& row_index() const { return rows_; }

private:
    std::size_t at(std::size_t row) const { return rows_ ? (*rows_)[row] : row; }
    static double sparse_number(const Column&, std::size_t cell_row);
    template <class T>
    static std::size_t bytes_held(const T& made) {
        if constexpr (requires { made.bytes(); }) {
            return made.bytes();
        } else if constexpr (requires { typename T::Scalar; }) {
            return static_cast<std::size_t>(made.size()) * sizeof(typename T::Scalar);
        } else {
            return sizeof(T);
        }
    }
    std::vector<std::size_t> sparse_columns() const;
    std::shared_ptr<const SparseRows> make_sparse_rows() const;
    Frame materialised_sparse() const;
    static const std::shared_ptr<const std::vector<Column>>& no_columns();
    std::shared_ptr<const std::vector<Column>> columns_ = no_columns();
    std::shared_ptr<const RowIndex> rows_;
    std::size_t row_count_ = 0;
    std::size_t cell_rows_ = 0;

    // One at a time makes, the others wait for it.
    class Derived {
    public:
        std::shared_ptr<const void> get(const std::string& name, const std::function<std::shared_ptr<const void>()>& make,
                                        std::size_t (*bytes_of)(const void*));
        std::size_t bytes() const { return bytes_; }

    private:
        std::mutex mutex_;
        std::atomic<std::size_t> bytes_ = 0;
        std::map<std::string, std::shared_ptr<const void>> made_;
    };
    std::shared_ptr<Derived> derived_ = std::make_shared<Derived>();
};

// All columns of a frame (each must hold numbers) as a dense rows × columns matrix: a map onto the cells where they lie side by
// side without a row index, else an own copy. The frame must outlive it.
class Dense {
public:
    explicit Dense(const Frame&);
    Eigen::Map<const Matrix> matrix() const { return {data_, rows_, columns_}; }

private:
    Matrix copy_;
    const double* data_ = nullptr;
    Eigen::Index rows_ = 0, columns_ = 0;
};

// The levels that occur in the frame's rows of coded column c, sorted by text (Ordinal: in declared order, all of them).
// `rank[code]` is the position of a table code in that list, -1 where it does not occur.
struct LevelsInUse {
    Levels levels;
    std::vector<std::int32_t> rank;
    std::vector<std::size_t> counts;  // rows per level
};
LevelsInUse levels_in_use(const Frame&, std::size_t c);
// For each table code of column c of this frame, the position of its text in `levels` (fitted elsewhere), -1 where absent.
std::vector<std::int32_t> match_levels(const Frame&, std::size_t c, const Levels& levels);

}  // namespace mlpc
