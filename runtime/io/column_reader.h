// Builds one column from its cells, as the schema declares it, and keeps account of the cells that do not fit.
#pragma once

#include "runtime/io/cell_sink.h"
#include "runtime/io/csv_scanner.h"
#include "runtime/io/dictionary.h"
#include "runtime/io/read.h"

#include <string>
#include <vector>

namespace mlpc {

class ColumnReader {
public:
    // Both must outlive it; `path` begins its messages.
    ColumnReader(const ColumnRequest& request, const std::string& path, std::size_t expected_rows);
    // Reads the next cell of the scanner.
    void read(CsvScanner& scanner);
    // A cell that is text in its file; `row` as a person counts.
    void add_text(std::string_view text, bool quoted, std::size_t row);
    // A cell that is a number in its file; NaN is missing.
    void add_number(double value, std::size_t row);
    void add_missing(std::size_t row);
    void reserve(std::size_t rows);
    // How much memory the cells of a row take.
    std::size_t cell_bytes() const { return holds_numbers(request_.type) ? sizeof(double) : sizeof(std::int32_t); }
    // Before the first cell: the cells of that many rows lie one after the other from `place` on, which `owner` keeps.
    void lay_at(const std::shared_ptr<const void>& owner, void* place, std::size_t rows);
    // The cells of `next` below the own ones; what it calls row 1 is row 1 + `offset`.
    void append(ColumnReader&& next, std::size_t offset);
    // What is wrong with the column, in the user's terms: one sentence a kind of problem.
    std::vector<std::string> problems(std::size_t rows) const;
    Column release();

private:
    // The cells of one kind that do not fit.
    struct Misfits {
        std::size_t count = 0;
        std::size_t first_row = 0;
        std::string first_cell;
        void add(std::size_t row, std::string_view cell);
        void append(const Misfits& next, std::size_t offset);
    };
    void read_unusual(CsvScanner& scanner);
    void add_written_number(std::string_view cell, std::size_t row);
    void add_level(std::string_view text, std::size_t row);
    void adopt_codes(std::size_t begin, const Dictionary& theirs);
    void push_number(double value, std::size_t row, std::string_view cell);
    void check_level_count(std::size_t row) const;
    std::string misfit_sentence() const;

    const ColumnRequest& request_;
    const std::string& path_;
    Interval range_;
    bool has_range_;
    Dictionary allowed_;     // `in {…}`; empty allows all
    Dictionary dictionary_;  // Ordinal: its levels from the start
    CellSink<double> numbers_;
    CellSink<std::int32_t> codes_;
    Misfits missing_, unreadable_, outside_;
};

// Here and not in the source: it is called for every cell, and most cells are numbers in their range and levels seen before.
inline void ColumnReader::read(CsvScanner& scanner) {
    if (request_.type == ColumnType::Numeric) {
        double value = 0;
        if (!scanner.next_plain_number(value)) {
            read_unusual(scanner);
        } else if (value >= range_.low && value <= range_.high) {
            numbers_.push(value);
        } else {
            push_number(value, scanner.row(), {});
        }
        return;
    }
    ShortCell cell;
    if (holds_numbers(request_.type) || !scanner.next_short_cell(cell)) {
        read_unusual(scanner);
        return;
    }
    const std::int32_t code = request_.allowed.empty() && cell.text != "NA" ? dictionary_.find(cell.key) : -1;
    if (code >= 0) {
        codes_.push(code);
    } else {
        add_text(cell.text, false, scanner.row());
    }
}

}  // namespace mlpc
