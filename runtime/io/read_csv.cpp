#include "runtime/core/error.h"
#include "runtime/core/parallel.h"
#include "runtime/io/csv_file.h"
#include "runtime/io/readers.h"
#include "runtime/io/table_builder.h"

#include <algorithm>

namespace mlpc {
namespace {

// Some of the rows, in readers of their own.
struct Piece {
    CsvScanner scanner;
    ColumnReaders columns;
    bool whole = false;  // read without a mistake, up to its end
};

void read_rows(const CsvFile& file, CsvScanner& scanner, ColumnReaders& columns) {
    file.each_cell(scanner, [&](std::size_t c, CsvScanner& at) {
        if (columns[c]) {
            columns[c]->read(at);
        } else {
            at.next();
        }
    });
}

// A piece with a mistake in it is read again with all others, in order, so that the message counts its rows.
void read_piece(const CsvFile& file, Piece& piece) {
    try {
        read_rows(file, piece.scanner, piece.columns);
        piece.whole = piece.scanner.done();
    } catch (const RunError&) {
        piece.whole = false;
    }
}

std::size_t read_in_order(const CsvFile& file, TableBuilder& table) {
    CsvScanner scanner = file.first_row();
    const std::size_t header_rows = scanner.row();
    std::vector<ColumnReaders> all(1);
    all.front() = table.readers_of_part(file.estimated_rows());
    read_rows(file, scanner, all.front());
    table.append(std::move(all), {0});
    return scanner.row() - header_rows;
}

std::vector<Piece> pieces_of(const CsvFile& file, const TableBuilder& table) {
    const std::vector<CsvFile::Piece> parts = file.pieces();
    std::vector<std::size_t> rows;
    for (const CsvFile::Piece& part : parts) {
        rows.push_back(part.rows);
    }
    std::vector<ColumnReaders> columns = table.readers_of_parts(rows);
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        pieces.push_back({.scanner = parts[i].first_row, .columns = std::move(columns[i])});
    }
    return pieces;
}

std::size_t append_pieces(std::vector<Piece>& pieces, TableBuilder& table) {
    constexpr std::size_t header_rows = 1;
    std::size_t rows = 0;
    std::vector<ColumnReaders> parts;
    std::vector<std::size_t> offsets;
    for (Piece& piece : pieces) {
        parts.push_back(std::move(piece.columns));
        offsets.push_back(header_rows + rows);
        rows += piece.scanner.row();
    }
    table.append(std::move(parts), offsets);
    return rows;
}

}  // namespace

LoadedTable read_csv(const TableRequest& request) {
    const CsvFile file(request.path, request.format);
    TableBuilder table(request, {.path = file.path(), .names = file.header(), .hint = file.header_hint()}, 0);
    std::vector<Piece> pieces = pieces_of(file, table);
    std::string sha256;
    parallel_for(pieces.size() + 1, [&](std::size_t i) {
        if (i == 0) {
            sha256 = file.sha256();
        } else {
            read_piece(file, pieces[i - 1]);
        }
    });
    const bool all_whole = std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.whole; });
    const std::size_t rows = all_whole ? append_pieces(pieces, table) : read_in_order(file, table);
    if (rows == 0) {
        throw RunError(file.path() + ": the file has a header and no rows");
    }
    return table.finish(rows, std::move(sha256));
}

}  // namespace mlpc
