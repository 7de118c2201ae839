#include "runtime/io/arff_file.h"

#include "runtime/core/error.h"
#include "runtime/core/unicode.h"
#include "runtime/io/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace mlpc {
namespace {

void skip_spaces(std::string_view& text) { text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size())); }

// Consumes the keyword, whatever its case, where the text begins with it.
bool take_keyword(std::string_view& text, std::string_view keyword) {
    if (text.size() < keyword.size() || to_lower(text.substr(0, keyword.size())) != keyword) {
        return false;
    }
    const std::string_view rest = text.substr(keyword.size());
    if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') {
        return false;
    }
    text = rest;
    skip_spaces(text);
    return true;
}

}  // namespace

ArffFile::ArffFile(const std::string& path) : file_(read_text_file(path)), left_(file_.text()) { read_header(); }

void ArffFile::fail(const std::string& what) const { throw RunError(fmt::format("{}: line {}: {}", file_.path, line_, what)); }

bool ArffFile::next_line() {
    while (!left_.empty()) {
        const std::size_t end = left_.find('\n');
        row_ = left_.substr(0, end);
        left_.remove_prefix(end == std::string_view::npos ? left_.size() : end + 1);
        ++line_;
        if (row_.ends_with('\r')) {
            row_.remove_suffix(1);
        }
        row_ = trim(row_);
        if (!row_.empty() && !row_.starts_with('%')) {
            return true;
        }
    }
    return false;
}

void ArffFile::read_header() {
    while (next_line()) {
        std::string_view rest = row_;
        if (take_keyword(rest, "@data")) {
            if (attributes_.empty()) {
                fail("the data begin before an `@attribute` has named a column");
            }
            return;
        }
        if (take_keyword(rest, "@attribute")) {
            read_attribute(rest);
        } else if (!take_keyword(rest, "@relation")) {
            fail(fmt::format("{} is no part of an ARFF header: `@relation`, `@attribute`s and `@data` are", shown(row_)));
        }
    }
    throw RunError(file_.path + ": there is no `@data` line; an ARFF file has a header of `@attribute` lines, `@data`, and the rows");
}

void ArffFile::read_attribute(std::string_view rest) {
    ArffAttribute attribute;
    attribute.name = next_cell(rest, " \t{").text;
    skip_spaces(rest);
    const auto is_type = [&](std::string_view word) {
        std::string_view type = rest;
        return take_keyword(type, word);
    };
    if (rest.starts_with('{')) {
        attribute.kind = ArffAttribute::Kind::Nominal;
        rest.remove_prefix(1);
        while (!rest.starts_with('}')) {
            attribute.levels.add(next_cell(rest, ",}").text);
            if (rest.empty()) {
                fail(fmt::format("the values of attribute {} have no closing brace", shown(attribute.name)));
            }
            rest.remove_prefix(rest.front() == ',' ? 1 : 0);
            skip_spaces(rest);
        }
    } else if (is_type("string")) {
        attribute.kind = ArffAttribute::Kind::Text;
    } else if (is_type("date")) {
        attribute.kind = ArffAttribute::Kind::Date;
    } else if (!is_type("numeric") && !is_type("real") && !is_type("integer")) {
        fail(fmt::format("attribute {} has the type {}; read are numeric, real, integer, string, date and {{a, b, c}}", shown(attribute.name),
                         shown(rest)));
    }
    attributes_.push_back(std::move(attribute));
    if (attributes_.size() > max_table_columns) {
        fail("the table has more than 100,000 columns");
    }
}

// A word, or a text in quotes in which a backslash makes the next character literal, up to one of `stops`.
ArffCell ArffFile::next_cell(std::string_view& rest, std::string_view stops) const {
    skip_spaces(rest);
    ArffCell cell;
    if (rest.empty() || (rest.front() != '\'' && rest.front() != '"')) {
        const std::size_t end = std::min(rest.find_first_of(stops), rest.size());
        cell.text = trim(rest.substr(0, end));
        cell.missing = cell.text == "?";
        rest.remove_prefix(end);
        return cell;
    }
    cell.quoted = true;
    const char quote = rest.front();
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != quote; ++at) {
        at += rest[at] == '\\' && at + 1 < rest.size() ? 1 : 0;
        cell.text += rest[at];
    }
    if (at >= rest.size()) {
        fail("a quote opens a text and is never closed");
    }
    rest.remove_prefix(at + 1);
    skip_spaces(rest);
    return cell;
}

bool ArffFile::next_row(std::vector<ArffCell>& cells) {
    if (!next_line()) {
        return false;
    }
    if (row_.starts_with('{')) {
        read_sparse(cells);
    } else {
        read_dense(cells);
    }
    for (std::size_t c = 0; c < cells.size(); ++c) {
        const ArffAttribute& attribute = attributes_[c];
        if (attribute.kind == ArffAttribute::Kind::Nominal && !cells[c].missing && attribute.levels.find(cells[c].text) < 0) {
            fail(fmt::format("column {}: {} is not among the values that the file's header lists", shown(attribute.name), shown(cells[c].text)));
        }
    }
    return true;
}

void ArffFile::read_dense(std::vector<ArffCell>& cells) {
    cells.clear();
    std::string_view rest = row_;
    while (true) {
        cells.push_back(next_cell(rest, ","));
        if (rest.empty()) {
            break;
        }
        if (rest.front() != ',') {
            fail(fmt::format("{} follows a text in quotes where a comma must", shown(rest)));
        }
        rest.remove_prefix(1);
    }
    if (cells.size() != attributes_.size()) {
        fail(fmt::format("the row has {} cells where the header has {} attributes", cells.size(), attributes_.size()));
    }
}

// {1 x, 3 'y z'}: positions from 0; what is left out is 0, or the first value of a nominal attribute.
void ArffFile::read_sparse(std::vector<ArffCell>& cells) {
    cells.clear();
    for (const ArffAttribute& attribute : attributes_) {
        cells.push_back(
            {.text = attribute.kind == ArffAttribute::Kind::Nominal && !attribute.levels.levels().empty() ? attribute.levels.levels()[0] : "0"});
    }
    std::string_view rest = row_.substr(1);
    skip_spaces(rest);
    while (!rest.starts_with('}')) {
        const std::string position = next_cell(rest, " \t").text;
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(position.data(), position.data() + position.size(), index);
        if (error != std::errc() || end != position.data() + position.size() || index >= attributes_.size()) {
            fail(fmt::format("{} is no position of an attribute; they run from 0 to {}", shown(position), attributes_.size() - 1));
        }
        cells[index] = next_cell(rest, ",}");
        if (rest.empty()) {
            fail("a sparse row has no closing brace");
        }
        rest.remove_prefix(rest.front() == ',' ? 1 : 0);
        skip_spaces(rest);
    }
}

}  // namespace mlpc
