// A CSV or TSV file opened at its first data row, its header read.
#pragma once

#include "runtime/io/csv_scanner.h"
#include "runtime/io/text_file.h"

#include <memory>
#include <string>
#include <vector>

namespace mlpc {

class CsvFile {
public:
    // Format is "csv" or "tsv". Throws RunError.
    CsvFile(const std::string& path, const std::string& format);

    const std::string& path() const { return file_->path; }
    std::string sha256() const { return file_->sha256(); }
    // Outer spaces aside; a column without a name is `column_N`.
    const std::vector<std::string>& header() const { return header_; }
    // About how many rows there are, judged by the first of them.
    std::size_t estimated_rows() const;
    // What may be wrong with a header that holds none of the expected names, in the user's terms; may be empty.
    std::string header_hint() const;

    // At the first data row.
    const CsvScanner& first_row() const { return scanner_; }
    // Rows that can be read beside others, and how many they are: an estimate that is wrong only for odd files.
    struct Piece {
        CsvScanner first_row;
        std::size_t rows = 0;
    };
    // The data rows in pieces. Where a quote that is no quote misleads the division, a piece ends inside a record: that its scanner is done
    // behind its last row tells that the next piece begins with one.
    std::vector<Piece> pieces() const;

    // Calls read(column, scanner) for each cell of each row that the scanner comes to, which must read exactly that cell. Throws RunError where
    // a row has not as many cells as the header.
    template <class Read>
    void each_cell(CsvScanner& scanner, Read read) const {
        const std::size_t columns = header_.size();
        while (next_row(scanner)) {
            for (std::size_t c = 0; c < columns; ++c) {
                read(c, scanner);
                if (scanner.record_ended() != (c + 1 == columns)) {
                    fail_ragged(scanner, c + 1);
                }
            }
        }
    }

private:
    void read_header();
    bool next_row(CsvScanner& scanner) const;
    [[noreturn]] void fail_ragged(CsvScanner& scanner, std::size_t cells_read) const;
    std::unique_ptr<TextFile> file_;  // the scanner points into it
    char delimiter_;
    CsvScanner scanner_;
    std::vector<std::string> header_;
};

}  // namespace mlpc
