// Builds one column from its cells, as the schema declares it, and keeps account of the cells that do not fit.
#pragma once

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
    void read_number(CsvScanner& scanner);
    void add_written_number(std::string_view cell, std::size_t row);
    void add_level(std::string_view text, std::size_t row);
    void push_number(double value, std::size_t row, std::string_view cell);
    void check_level_count(std::size_t row) const;
    std::string misfit_sentence() const;

    const ColumnRequest& request_;
    const std::string& path_;
    Interval range_;
    bool has_range_;
    Dictionary allowed_;     // `in {…}`; empty allows all
    Dictionary dictionary_;  // Ordinal: its levels from the start
    std::vector<double> numbers_;
    std::vector<std::int32_t> codes_;
    Misfits missing_, unreadable_, outside_;
};

}  // namespace mlpc
