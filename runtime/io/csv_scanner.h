// The cells of a CSV or TSV text one after the other (RFC 4180): quotes, doubled quotes, newlines inside quotes, LF, CRLF or CR.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace mlpc {

struct Cell {
    std::string_view text;  // valid until the next cell is read
    bool quoted = false;
};

class CsvScanner {
public:
    // `text` must be followed by a NUL byte and hold none; it and `path`, which messages begin with, must outlive the scanner.
    CsvScanner(std::string_view text, char delimiter, const std::string& path);

    bool done() const { return at_ == end_; }
    // To be called before the first cell of every record.
    void begin_record() { ++row_; }
    Cell next();
    // Reads the cell as next() would if it is a plain decimal number, which is most of what tables hold; else reads nothing.
    bool next_plain_number(double& value);
    // After next(): whether that cell was the last of its record.
    bool record_ended() const { return record_ended_; }
    // Whether the record that begins here is an empty line; whether only such lines are left.
    bool at_blank_line() const { return *at_ == '\n' || *at_ == '\r'; }
    bool only_blank_lines_left() const;
    // As a person counts: the header is row 1.
    std::size_t row() const { return row_; }
    std::size_t bytes_left() const { return static_cast<std::size_t>(end_ - at_); }
    // Throws RunError: "path: row 17 (line 19), column `x`: what". The line is named where it is not the row.
    [[noreturn]] void fail(const std::string& what, std::string_view column = {}) const;

private:
    Cell next_quoted();
    void finish_cell(const char* stop);
    bool stops(char c) const { return stops_[static_cast<unsigned char>(c)]; }

    const char* begin_;
    const char* at_;
    const char* end_;
    const std::string& path_;
    std::array<bool, 256> stops_{};  // what ends a cell without quotes
    char delimiter_;
    bool record_ended_ = false;
    std::size_t row_ = 0;
    std::size_t lines_before_ = 0;  // newlines inside the quotes of earlier records and cells
    std::string unescaped_;
};

}  // namespace mlpc
