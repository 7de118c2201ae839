// The columns of a table as their cells come in, row by row, and what is wrong with them.
#pragma once

#include "runtime/io/column_reader.h"
#include "runtime/io/schema_match.h"

#include <optional>
#include <string>
#include <vector>

namespace mlpc {

using ColumnReaders = std::vector<std::optional<ColumnReader>>;  // nullopt where the column is ignored

class TableBuilder {
public:
    // What `source` refers to must outlive it. Throws RunError where schema and columns do not fit together.
    TableBuilder(const TableRequest& request, const SourceColumns& source, std::size_t expected_rows);
    TableBuilder(const TableBuilder&) = delete;
    TableBuilder& operator=(const TableBuilder&) = delete;

    // Null where column c of the source is ignored.
    ColumnReader* column(std::size_t c) { return readers_[c] ? &*readers_[c] : nullptr; }
    const std::optional<ColumnRequest>& request(std::size_t c) const { return requests_[c]; }
    // Readers of some of the rows, to be appended as ColumnReader::append says; the builder must outlive them.
    ColumnReaders readers_of_part(std::size_t expected_rows) const;
    // Those of several parts, one behind the other: where they get as many rows as they say, their cells lie in their final place.
    std::vector<ColumnReaders> readers_of_parts(const std::vector<std::size_t>& rows_of_parts) const;
    void append(std::vector<ColumnReaders>&& parts, const std::vector<std::size_t>& offsets);
    // Throws RunError with all that is wrong with the cells, or where there are no rows.
    LoadedTable finish(std::size_t rows, std::string sha256);

private:
    std::size_t bytes_of_row() const;
    void check_cells(std::size_t rows) const;

    const std::string& path_;
    std::vector<std::optional<ColumnRequest>> requests_;
    ColumnReaders readers_;
};

// Throws RunError with these sentences, if there are any, behind the path.
void report_problems(const std::string& path, const std::vector<std::string>& problems);

}  // namespace mlpc
