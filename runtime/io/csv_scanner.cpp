#include "runtime/io/csv_scanner.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace mlpc {
namespace {

constexpr std::size_t max_cell_bytes = 1'000'000;

}  // namespace

CsvScanner::CsvScanner(std::string_view text, char delimiter, const std::string& path)
    : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), path_(path), delimiter_(delimiter) {
    for (const char c : {delimiter, '\n', '\r', '\0'}) {
        stops_[static_cast<unsigned char>(c)] = true;
    }
}

Cell CsvScanner::next() {
    if (*at_ == '"') {
        return next_quoted();
    }
    const char* stop = at_;
    while (!stops(*stop)) {
        ++stop;
    }
    const Cell cell{.text = {at_, static_cast<std::size_t>(stop - at_)}};
    if (cell.text.size() > max_cell_bytes) {
        fail("a cell is longer than 1 MB");
    }
    finish_cell(stop);
    return cell;
}

Cell CsvScanner::next_quoted() {
    const char* from = at_ + 1;
    const std::size_t lines_at_quote = lines_before_;
    unescaped_.clear();
    while (true) {
        const char* quote = static_cast<const char*>(std::memchr(from, '"', static_cast<std::size_t>(end_ - from)));
        if (quote == nullptr) {
            fail("a quote opens a cell and is never closed");
        }
        const bool doubled = quote[1] == '"';
        lines_before_ += static_cast<std::size_t>(std::count(from, quote, '\n'));
        if (static_cast<std::size_t>(quote - at_) > max_cell_bytes) {
            lines_before_ = lines_at_quote;
            fail("a cell is longer than 1 MB; a quote may be missing");
        }
        if (!doubled && !stops(quote[1])) {
            lines_before_ = lines_at_quote;
            fail("text follows the closing quote of a cell; a quote inside quotes is written twice");
        }
        if (!doubled && unescaped_.empty() && from == at_ + 1) {
            const Cell cell{.text = {from, static_cast<std::size_t>(quote - from)}, .quoted = true};
            finish_cell(quote + 1);
            return cell;
        }
        unescaped_.append(from, doubled ? quote + 1 : quote);
        if (!doubled) {
            finish_cell(quote + 1);
            return {.text = unescaped_, .quoted = true};
        }
        from = quote + 2;
    }
}

bool CsvScanner::next_plain_number(double& value) {
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

void CsvScanner::finish_cell(const char* stop) {
    record_ended_ = *stop != delimiter_;
    if (stop == end_) {
        at_ = stop;
        return;
    }
    at_ = stop + (stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
}

bool CsvScanner::only_blank_lines_left() const {
    return std::all_of(at_, end_, [](char c) { return c == '\n' || c == '\r'; });
}

void CsvScanner::fail(const std::string& what, std::string_view column) const {
    std::string place = fmt::format("{}: row {}", path_, row_);
    if (lines_before_ > 0) {
        place += fmt::format(" (line {})", row_ + lines_before_);
    }
    if (!column.empty()) {
        place += fmt::format(", column `{}`", column);
    }
    throw RunError(place + ": " + what);
}

}  // namespace mlpc
