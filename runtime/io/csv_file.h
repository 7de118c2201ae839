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
    const std::string& sha256() const { return file_->sha256; }
    // Outer spaces aside; a column without a name is `column_N`.
    const std::vector<std::string>& header() const { return header_; }
    // About how many rows there are, judged by the first of them.
    std::size_t estimated_rows() const;
    // What may be wrong with a header that holds none of the expected names, in the user's terms; may be empty.
    std::string header_hint() const;

    // Calls read(column, scanner) for each cell of each data row, which must read exactly that cell. Returns the number of rows.
    // Throws RunError where a row has not as many cells as the header.
    template <class Read>
    std::size_t each_cell(Read read) {
        const std::size_t columns = header_.size();
        while (next_row()) {
            for (std::size_t c = 0; c < columns; ++c) {
                read(c, scanner_);
                if (scanner_.record_ended() != (c + 1 == columns)) {
                    fail_ragged(c + 1);
                }
            }
        }
        return scanner_.row() - 1;
    }

private:
    void read_header();
    bool next_row();
    [[noreturn]] void fail_ragged(std::size_t cells_read);
    std::unique_ptr<TextFile> file_;  // the scanner points into it
    char delimiter_;
    CsvScanner scanner_;
    std::vector<std::string> header_;
};

}  // namespace mlpc
