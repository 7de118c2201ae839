// The cells of a CSV or TSV text one after the other (RFC 4180): quotes, doubled quotes, newlines inside quotes, LF, CRLF or CR.
#pragma once

#include "runtime/io/dictionary.h"
#include "runtime/io/sixteen_bytes.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace mlpc {

struct Cell {
    std::string_view text;  // valid until the next cell is read
    bool quoted = false;
};

// A cell that most tables of levels hold: no quote before it, no space around it, 1 to 15 bytes.
struct ShortCell {
    std::string_view text;
    ShortText key;
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
    // Reads the cell as next() would if it is a short one; else reads nothing.
    bool next_short_cell(ShortCell& cell);
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
    static constexpr std::size_t look_bytes = 512;       // that stops are looked for in at once
    static constexpr std::size_t short_bytes = 32;       // that a short cell is looked for in
    static constexpr double power_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10,
                                              1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21};
    static constexpr std::uint64_t most_exact = std::uint64_t{1} << 53;  // up to here every whole number is a double

    const char* next_stop();
    void look_ahead();
    bool next_short_number(double& value);
    static std::uint64_t number_of_digits(const char* first, unsigned count);
    Cell next_quoted();
    void finish_cell(const char* stop);
    bool stops(char c) const { return is_stop_[static_cast<unsigned char>(c)]; }

    const char* begin_;
    const char* at_;
    const char* end_;
    const std::string& path_;
    std::array<bool, 256> is_stop_{};  // what ends a cell without quotes
    // Where such bytes lie, found before they are needed: a processor then reads cells beside each other that would else wait for the end of
    // the one before.
    std::array<const char*, look_bytes + 1> stops_{};
    const char* looked_;  // up to here
    std::size_t next_stop_ = 0, stop_count_ = 0;
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

// The first one from here on.
inline const char* CsvScanner::next_stop() {
    while (true) {
        if (next_stop_ == stop_count_) {
            look_ahead();
        }
        if (stops_[next_stop_] >= at_) {
            return stops_[next_stop_];
        }
        ++next_stop_;
    }
}

inline Cell CsvScanner::next() {
    if (*at_ == '"') {
        return next_quoted();
    }
    const char* const stop = next_stop();
    const Cell cell{.text = {at_, static_cast<std::size_t>(stop - at_)}};
    if (cell.text.size() > max_bytes) {
        fail("a cell is longer than 1 MB");
    }
    finish_cell(stop);
    return cell;
}

// Of at most eight digits, all at once (after Lemire); eight bytes from `first` on can be read.
inline std::uint64_t CsvScanner::number_of_digits(const char* first, unsigned count) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, first, sizeof eight);
    const unsigned half = 4 * (8 - count);  // a word can't be shifted by 64 at once
    eight = (eight << half) << half;        // what is no digit is 0 before the first
    eight = ((eight & 0x0F0F0F0F0F0F0F0FU) * 2561) >> 8;
    eight = ((eight & 0x00FF00FF00FF00FFU) * 6553601) >> 16;
    return ((eight & 0x0000FFFF0000FFFFU) * 42949672960001U) >> 32;
}

// Without a loop, so that no processor guesses wrong where it ends: at most eight digits before the point and eight behind it.
inline bool CsvScanner::next_short_number(double& value) {
    static constexpr std::uint64_t whole_power_of_ten[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000, 10'000'000, 100'000'000};
    const unsigned negative = *at_ == '-';
    const char* const first = at_ + negative;
    const char* const stop = next_stop();
    const auto length = static_cast<std::size_t>(stop - first);
    if (length > 16) {
        return false;
    }
    const unsigned others = ~SixteenBytes(first).within('0', '9') & ((1U << length) - 1);
    const auto whole = static_cast<unsigned>(std::countr_zero(others | (1U << length)));
    const unsigned has_point = others != 0;
    const unsigned decimals = static_cast<unsigned>(length) - whole - has_point;
    const bool is_number = (others & (others - 1)) == 0 && (!has_point || first[whole] == '.') && length > has_point;
    if (!is_number || whole > 8 || decimals > 8) {
        return false;
    }
    const std::uint64_t digits =
        number_of_digits(first, whole) * whole_power_of_ten[decimals] + number_of_digits(first + whole + has_point, decimals);
    if (digits > most_exact) {
        return false;
    }
    const double magnitude = static_cast<double>(digits) / power_of_ten[decimals];
    value = std::bit_cast<double>(std::bit_cast<std::uint64_t>(magnitude) | std::uint64_t{negative} << 63);
    finish_cell(stop);
    return true;
}

inline bool CsvScanner::next_plain_number(double& value) {
    if constexpr (std::endian::native == std::endian::little) {
        if (bytes_left() >= short_bytes && next_short_number(value)) {
            return true;
        }
    }
    // Both the digits and the power of ten are exact doubles, so that one division rounds correctly (Clinger 1990).
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
    if (count == 0 || count > most_digits || digits > most_exact || !stops(*p)) {
        return false;
    }
    const double magnitude = static_cast<double>(digits) / power_of_ten[decimals];
    value = negative ? -magnitude : magnitude;
    finish_cell(p);
    return true;
}

inline bool CsvScanner::next_short_cell(ShortCell& cell) {
    const char* const stop = next_stop();
    const auto length = static_cast<std::size_t>(stop - at_);
    const auto is_outer = [](char c) { return c == ' ' || c == '\t' || c == '"'; };
    if (length == 0 || length > ShortText::most_bytes || bytes_left() < short_bytes || is_outer(at_[0]) || is_outer(stop[-1])) {
        return false;
    }
    cell = {.text = {at_, length}, .key = ShortText::of_sixteen(at_, length)};
    finish_cell(stop);
    return true;
}

}  // namespace mlpc
