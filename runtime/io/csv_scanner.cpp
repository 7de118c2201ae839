#include "runtime/io/csv_scanner.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace mlpc {
CsvScanner::CsvScanner(std::string_view text, char delimiter, const std::string& path)
    : begin_(text.data()), at_(begin_), end_(begin_ + text.size()), path_(path), looked_(begin_), delimiter_(delimiter) {
    for (const char c : {delimiter, '\n', '\r', '\0'}) {
        is_stop_[static_cast<unsigned char>(c)] = true;
    }
}

// Finds one at least: the end of the text is one.
void CsvScanner::look_ahead() {
    next_stop_ = stop_count_ = 0;
    looked_ = std::max(looked_, at_);
    while (stop_count_ == 0) {
        const char* const until = looked_ + std::min<std::size_t>(look_bytes, static_cast<std::size_t>(end_ - looked_));
        for (; until - looked_ >= 64; looked_ += 64) {
            std::uint64_t found = 0;
            for (unsigned part = 0; part < 64; part += 16) {
                const SixteenBytes bytes(looked_ + part);
                found |= std::uint64_t{bytes.equal_to_any(delimiter_, '\n', '\r')} << part;
            }
            for (; found != 0; found &= found - 1) {
                stops_[stop_count_++] = looked_ + std::countr_zero(found);
            }
        }
        for (; looked_ != until; ++looked_) {
            stops_[stop_count_] = looked_;
            stop_count_ += stops(*looked_);
        }
        if (looked_ == end_) {
            stops_[stop_count_++] = end_;
        }
    }
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
        if (static_cast<std::size_t>(quote - at_) > max_bytes) {
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
