#include "runtime/io/query_table.h"

#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/unicode.h"

#include <fmt/format.h>

#include <utility>

namespace mlpc {

QueryTable::QueryTable(const TableRequest& request, std::string path, std::vector<std::string> names)
    : path_(std::move(path)), names_(std::move(names)), table_(request, {.path = path_, .names = names_}, 0) {
    for (const std::string& name : names_) {
        content_ += fmt::format("{}:{}", name.size(), name);
    }
}

void QueryTable::fail(std::size_t c, const std::string& what) const {
    throw RunError(fmt::format("{}: row {} of the query, column `{}`: {}", path_, rows_, names_[c], what));
}

ColumnReader* QueryTable::begin_cell(std::size_t c, char kind, std::string_view content) {
    content_ += kind;
    content_ += fmt::format("{}:{}", content.size(), content);
    return table_.column(c);
}

void QueryTable::add_missing(std::size_t c) {
    if (ColumnReader* column = begin_cell(c, 'm', "")) {
        column->add_missing(rows_);
    }
}

void QueryTable::add_number(std::size_t c, double value) {
    if (ColumnReader* column = begin_cell(c, 'n', fmt::format("{}", value))) {
        column->add_number(value, rows_);
    }
}

void QueryTable::add_integer(std::size_t c, std::int64_t value) {
    const std::string text = std::to_string(value);
    ColumnReader* column = begin_cell(c, 'i', text);
    if (column == nullptr) {
        return;
    }
    if (holds_numbers(table_.request(c)->type)) {
        column->add_number(static_cast<double>(value), rows_);
    } else {
        column->add_text(text, true, rows_);
    }
}

void QueryTable::add_text(std::size_t c, std::string_view value) {
    ColumnReader* column = begin_cell(c, 't', value);
    if (column == nullptr) {
        return;
    }
    if (find_malformed_utf8(value) != std::string_view::npos) {
        fail(c, "the text is not UTF-8; convert it in the query");
    }
    column->add_text(value, true, rows_);
}

void QueryTable::add_unreadable(std::size_t c, std::string_view what) {
    if (begin_cell(c, 'u', what) != nullptr) {
        fail(c, fmt::format("the value is {} and no cell; convert it in the query, or leave the column out", what));
    }
}

LoadedTable QueryTable::finish() {
    if (rows_ == 0) {
        throw RunError(path_ + ": the query gives no rows");
    }
    return table_.finish(rows_, sha256_hex(content_));
}

}  // namespace mlpc
