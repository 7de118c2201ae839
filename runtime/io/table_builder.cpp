#include "runtime/io/table_builder.h"

#include "runtime/core/error.h"
#include "runtime/core/parallel.h"

#include <fmt/format.h>

#include <algorithm>
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

void TableBuilder::append(std::vector<ColumnReaders>&& parts, const std::vector<std::size_t>& offsets, std::size_t rows) {
    parallel_for(readers_.size(), [&](std::size_t c) {
        if (!readers_[c]) {
            return;
        }
        readers_[c]->reserve(rows);
        for (std::size_t i = 0; i < parts.size(); ++i) {
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
