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
    ColumnReader(const ColumnRequest& request, std::size_t expected_rows);
    // Reads the next cell of the scanner.
    void read(CsvScanner& scanner);
    // What is wrong with the column, in the user's terms: one sentence a kind of problem.
    std::vector<std::string> problems(std::size_t rows) const;
    Column release();

private:
    // The cells of one kind that do not fit.
    struct Misfits {
        std::size_t count = 0;
        std::size_t first_row = 0;
        std::string first_cell;
        void add(const CsvScanner& scanner, std::string_view cell);
    };
    void read_number(CsvScanner& scanner);
    void read_boolean_or_date(CsvScanner& scanner);
    void read_text(CsvScanner& scanner);
    std::int32_t code_of(const CsvScanner& scanner, std::string_view text);
    void add_number(const CsvScanner& scanner, double value, std::string_view cell);
    std::string misfit_sentence() const;

    const ColumnRequest& request_;
    Interval range_;
    Dictionary allowed_;     // `in {…}`; empty allows all
    Dictionary dictionary_;  // Ordinal: its levels from the start
    std::vector<double> numbers_;
    std::vector<std::int32_t> codes_;
    Misfits missing_, unreadable_, outside_;
};

}  // namespace mlpc
