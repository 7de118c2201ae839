// The cells of a CSV or TSV text one after the other (RFC 4180): quotes, doubled quotes, newlines inside quotes, LF, CRLF or CR.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mlpc {

struct Cell {
    std::string_view text;  // valid until the next cell is read
    bool quoted = false;
};

class CsvScanner {
public:
    // `text` must hold no NUL byte, and end with a newline or be followed by NUL; it and `path`, which messages begin with, must outlive the
    // scanner.
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
    static constexpr std::size_t max_bytes = 1'000'000;  // of a cell
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

// Here and not in the source: they are called for every cell.

inline void CsvScanner::finish_cell(const char* stop) {
    record_ended_ = *stop != delimiter_;
    if (stop == end_) {
        at_ = stop;
        return;
    }
    at_ = stop + (stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
}

inline Cell CsvScanner::next() {
    if (*at_ == '"') {
        return next_quoted();
    }
    const char* stop = at_;
    while (!stops(*stop)) {
        ++stop;
    }
    const Cell cell{.text = {at_, static_cast<std::size_t>(stop - at_)}};
    if (cell.text.size() > max_bytes) {
        fail("a cell is longer than 1 MB");
    }
    finish_cell(stop);
    return cell;
}

inline bool CsvScanner::next_plain_number(double& value) {
    // Both the digits and the power of ten are exact doubles, so that one division rounds correctly (Clinger 1990).
    static constexpr double power_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                                              1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21};
    constexpr std::ptrdiff_t most_digits = 19;  // fit into 64 bits
    const char* p = at_;
    const bool negative = *p == '-';
    p += negative;
    const char* const first = p;
    std::uint64_t digits = 0;
    const auto read_digits = [&] {
        for (unsigned digit; (digit = static_cast<unsigned>(*p) - '0') < 10; ++p) {
            digits = digits * 10 + digit;
        }
    };
    read_digits();
    std::ptrdiff_t count = p - first, decimals = 0;
    if (*p == '.') {
        const char* const point = p++;
        read_digits();
        decimals = p - point - 1;
        count += decimals;
    }
    if (count == 0 || count > most_digits || digits > (std::uint64_t{1} << 53) || !stops(*p)) {
        return false;
    }
    const double magnitude = static_cast<double>(digits) / power_of_ten[decimals];
    value = negative ? -magnitude : magnitude;
    finish_cell(p);
    return true;
}

}  // namespace mlpc
