#include "runtime/io/table_builder.h"

#include "runtime/core/error.h"
#include "runtime/core/parallel.h"
#include "runtime/io/bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

namespace mlpc {

TableBuilder::TableBuilder(const TableRequest& request, const SourceColumns& source, std::size_t expected_rows)
    : path_(source.path), requests_(match_columns(request, source)), readers_(readers_of_part(expected_rows)) {}

ColumnReaders TableBuilder::readers_of_part(std::size_t expected_rows) const {
    ColumnReaders readers(requests_.size());
    for (std::size_t c = 0; c < requests_.size(); ++c) {
        if (requests_[c]) {
            readers[c].emplace(*requests_[c], path_, expected_rows);
        }
    }
    return readers;
}

std::vector<ColumnReaders> TableBuilder::readers_of_parts(const std::vector<std::size_t>& rows_of_parts) const {
    std::vector<ColumnReaders> parts;
    for (std::size_t i = 0; i < rows_of_parts.size(); ++i) {
        parts.push_back(readers_of_part(0));
    }
    // Column by column, the wider cells first, so that all are aligned.
    const std::size_t rows = std::accumulate(rows_of_parts.begin(), rows_of_parts.end(), std::size_t{0});
    const auto block = std::make_shared<Bytes>(rows * bytes_of_row());
    char* place = block->data();
    for (const std::size_t width : {sizeof(double), sizeof(std::int32_t)}) {
        for (std::size_t c = 0; c < readers_.size(); ++c) {
            if (!readers_[c] || readers_[c]->cell_bytes() != width) {
                continue;
            }
            for (std::size_t i = 0; i < parts.size(); ++i) {
                parts[i][c]->lay_at(block, place, rows_of_parts[i]);
                place += rows_of_parts[i] * width;
            }
        }
    }
    return parts;
}

std::size_t TableBuilder::bytes_of_row() const {
    std::size_t bytes = 0;
    for (const auto& reader : readers_) {
        bytes += reader ? reader->cell_bytes() : 0;
    }
    return bytes;
}

void TableBuilder::append(std::vector<ColumnReaders>&& parts, const std::vector<std::size_t>& offsets) {
    parallel_for(readers_.size(), [&](std::size_t c) {
        for (std::size_t i = 0; readers_[c] && i < parts.size(); ++i) {
            readers_[c]->append(std::move(*parts[i][c]), offsets[i]);
        }
    });
}

LoadedTable TableBuilder::finish(std::size_t rows, std::string sha256) {
    if (rows == 0) {
        throw RunError(path_ + ": there are columns and no rows");
    }
    check_cells(rows);
    LoadedTable table{.frame = {}, .sha256 = std::move(sha256), .schema = {}};
    std::vector<Column> columns;
    for (std::size_t c = 0; c < requests_.size(); ++c) {
        if (requests_[c]) {
            columns.push_back(readers_[c]->release());
            table.schema.push_back(*requests_[c]);
        }
    }
    table.frame = Frame(std::move(columns), rows);
    return table;
}

void TableBuilder::check_cells(std::size_t rows) const {
    std::vector<std::string> problems;
    for (const auto& reader : readers_) {
        if (reader) {
            const std::vector<std::string> found = reader->problems(rows);
            problems.insert(problems.end(), found.begin(), found.end());
        }
    }
    report_problems(path_, problems);
}

void report_problems(const std::string& path, const std::vector<std::string>& problems) {
    constexpr std::size_t most = 10;
    if (problems.empty()) {
        return;
    }
    if (problems.size() == 1) {
        throw RunError(path + ": " + problems[0]);
    }
    std::string text = fmt::format("{}: {} problems", path, problems.size());
    for (std::size_t i = 0; i < std::min(problems.size(), most); ++i) {
        text += "\n  " + problems[i];
    }
    throw RunError(problems.size() <= most ? text : fmt::format("{}\n  and {} more", text, problems.size() - most));
}

}  // namespace mlpc
