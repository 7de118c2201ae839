#include "runtime/core/error.h"
#include "runtime/io/csv_file.h"
#include "runtime/io/readers.h"
#include "runtime/io/table_builder.h"

namespace mlpc {

LoadedTable read_csv(const TableRequest& request) {
    CsvFile file(request.path, request.format);
    TableBuilder table(request, {.path = file.path(), .names = file.header(), .hint = file.header_hint()}, file.estimated_rows());
    const std::size_t rows = file.each_cell([&](std::size_t c, CsvScanner& scanner) {
        if (ColumnReader* column = table.column(c)) {
            column->read(scanner);
        } else {
            scanner.next();
        }
    });
    if (rows == 0) {
        throw RunError(file.path() + ": the file has a header and no rows");
    }
    return table.finish(rows, file.sha256());
}

}  // namespace mlpc
