#include "runtime/io/csv_file.h"

#include "runtime/core/error.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace mlpc {
namespace {

constexpr std::size_t max_rows = std::numeric_limits<std::uint32_t>::max() - 1;  // rows are indexed with 32 bits

char delimiter_of(const std::string& format) { return format == "tsv" ? '\t' : ','; }

}  // namespace

CsvFile::CsvFile(const std::string& path, const std::string& format)
    : file_(std::make_unique<TextFile>(read_text_file(path))), delimiter_(delimiter_of(format)), scanner_(file_->text(), delimiter_, file_->path) {
    read_header();
}

void CsvFile::read_header() {
    scanner_.begin_record();
    if (scanner_.at_blank_line()) {
        scanner_.fail("the row is empty; the first row names the columns");
    }
    do {
        const std::string_view name = trim(scanner_.next().text);
        header_.push_back(name.empty() ? fmt::format("column_{}", header_.size() + 1) : std::string(name));
        if (header_.size() > max_table_columns) {
            scanner_.fail("the table has more than 100,000 columns");
        }
    } while (!scanner_.record_ended());
}

std::size_t CsvFile::estimated_rows() const {
    constexpr std::size_t sample = 1 << 16;
    const std::string_view rest = file_->text().substr(file_->text().size() - scanner_.bytes_left());
    const std::string_view front = rest.substr(0, sample);
    const std::size_t lines = static_cast<std::size_t>(std::count(front.begin(), front.end(), '\n')) + 1;
    const double share = static_cast<double>(rest.size()) / static_cast<double>(std::max<std::size_t>(front.size(), 1));
    return static_cast<std::size_t>(static_cast<double>(lines) * std::max(share, 1.0) * 1.05) + 1;
}

std::string CsvFile::header_hint() const {
    const std::string& first = header_.front();
    if (header_.size() == 1 && delimiter_ == ',' && first.find('\t') != std::string::npos) {
        return "; the cells are separated by tabs: declare the source `tsv(\"…\")`";
    }
    if (header_.size() == 1 && first.find(';') != std::string::npos) {
        return "; the cells are separated by semicolons, and must be by commas";
    }
    const bool all_numbers = std::all_of(header_.begin(), header_.end(), [](const std::string& name) { return parse_number(name).has_value(); });
    return all_numbers ? "; the first row holds numbers only, and must name the columns" : "";
}

std::vector<CsvFile::Piece> CsvFile::pieces() const {
    const std::string_view text = file_->text();
    std::size_t begin = text.size() - scanner_.bytes_left(), end = 0, lines = 0;
    bool quoted = false;
    std::vector<Piece> pieces;
    for (const TextBlock& block : file_->blocks) {
        lines += quoted ? block.lines_odd : block.lines_even;
        quoted = quoted != block.odd_quotes;
        end += block.size;
        const bool is_last = end == text.size();
        if (end <= begin || (quoted && !is_last)) {
            continue;
        }
        const std::size_t header_lines = pieces.empty() ? 1 : 0, open_lines = is_last && !text.ends_with('\n') ? 1 : 0;
        const std::size_t most_rows = (end - begin) / header_.size() + 1;  // a cell takes a byte at least, with what ends it
        pieces.push_back({.first_row = CsvScanner(text.substr(begin, end - begin), delimiter_, file_->path),
                          .rows = std::min(std::max(lines + open_lines, header_lines) - header_lines, most_rows)});
        begin = end;
        lines = 0;
    }
    return pieces;
}

bool CsvFile::next_row(CsvScanner& scanner) const {
    if (scanner.done()) {
        return false;
    }
    if (scanner.at_blank_line()) {
        if (scanner.only_blank_lines_left()) {
            return false;
        }
        if (header_.size() > 1) {
            scanner.begin_record();
            scanner.fail(fmt::format("the row is empty where the header has {} columns", header_.size()));
        }
    }
    scanner.begin_record();
    if (scanner.row() - 1 > max_rows) {
        scanner.fail("the table has more rows than can be indexed (4,294,967,294)");
    }
    return true;
}

void CsvFile::fail_ragged(CsvScanner& scanner, std::size_t cells_read) const {
    if (scanner.record_ended()) {
        scanner.fail(
            fmt::format("the row has {} cells where the header has {}; it ends before column `{}`", cells_read, header_.size(), header_[cells_read]));
    }
    const std::string extra = shown(scanner.next().text);
    std::size_t cells = cells_read + 1;
    while (!scanner.record_ended()) {
        scanner.next();
        ++cells;
    }
    scanner.fail(fmt::format("the row has {} cells where the header has {}; the first too many is {} (a cell with a {} in it needs double quotes)",
                             cells, header_.size(), extra, delimiter_ == ',' ? "comma" : "tab"));
}

}  // namespace mlpc
