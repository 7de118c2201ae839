// The rows that a query gives, as a table; its hash is that of the rows and not of the database.
#pragma once

#include "runtime/io/table_builder.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

class QueryTable {
public:
    // `path` begins messages. Throws RunError where the schema does not fit the query's columns.
    QueryTable(const TableRequest& request, std::string path, std::vector<std::string> names);
    void begin_row() { ++rows_; }
    void add_missing(std::size_t c);
    void add_number(std::size_t c, double value);
    void add_integer(std::size_t c, std::int64_t value);
    // Throws RunError where it is not UTF-8.
    void add_text(std::size_t c, std::string_view value);
    // A value that is no cell, such as bytes: refused where the column is used.
    void add_unreadable(std::size_t c, std::string_view what);
    LoadedTable finish();

private:
    ColumnReader* begin_cell(std::size_t c, char kind, std::string_view content);
    [[noreturn]] void fail(std::size_t c, const std::string& what) const;

    std::string path_;
    std::vector<std::string> names_;
    TableBuilder table_;
    std::size_t rows_ = 0;
    std::string content_;  // of which the hash is taken
};

}  // namespace mlpc
