#include "runtime/core/date.h"
#include "runtime/core/error.h"
#include "runtime/io/arff_file.h"
#include "runtime/io/cells.h"
#include "runtime/io/readers.h"
#include "runtime/io/table_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {
namespace {

bool reads_as(ColumnType type, const std::string& level) {
    switch (type) {
        case ColumnType::Numeric:
            return parse_number(trim(level)).has_value();
        case ColumnType::Boolean:
            return parse_boolean(trim(level)).has_value();
        case ColumnType::Date:
            return parse_date(trim(level)).has_value();
        default:
            return true;
    }
}

// What the header says against the schema's type, in the user's terms; empty where they agree.
std::string disagreement(const ArffAttribute& attribute, const ColumnRequest& request) {
    const auto& levels = attribute.levels.levels();
    const auto as = [&](std::string_view kind, std::string_view better) {
        return fmt::format("column {}: the file's header says {}, the schema {}; declare it {}", shown(attribute.name), kind, name_of(request.type),
                           better);
    };
    switch (attribute.kind) {
        case ArffAttribute::Kind::Number:
            return request.type == ColumnType::Date ? as("a number", "`numeric`") : "";
        case ArffAttribute::Kind::Text:
            return request.type == ColumnType::Numeric || request.type == ColumnType::Boolean ? as("string", "`text` or `category`") : "";
        case ArffAttribute::Kind::Date:
            return request.type == ColumnType::Numeric || request.type == ColumnType::Boolean ? as("date", "`date`") : "";
        case ArffAttribute::Kind::Nominal:
            break;
    }
    if (!std::all_of(levels.begin(), levels.end(), [&](const std::string& level) { return reads_as(request.type, level); })) {
        return as("one of a list of values", "`category` or `ordinal(…)`");
    }
    for (const std::string& level : levels) {
        const bool known = std::find(request.levels.begin(), request.levels.end(), level) != request.levels.end();
        if (request.type == ColumnType::Ordinal && !known) {
            return fmt::format("column {}: the file's header lists the value {}, and the schema's `ordinal` does not", shown(attribute.name),
                               shown(level));
        }
    }
    return "";
}

void check_header(const ArffFile& file, const TableBuilder& table) {
    std::vector<std::string> problems;
    for (std::size_t c = 0; c < file.attributes().size(); ++c) {
        const std::string problem = table.request(c) ? disagreement(file.attributes()[c], *table.request(c)) : "";
        if (!problem.empty()) {
            problems.push_back(problem);
        }
    }
    report_problems(file.path(), problems);
}

}  // namespace

LoadedTable read_arff(const TableRequest& request) {
    ArffFile file(request.path);
    std::vector<std::string> names;
    for (const ArffAttribute& attribute : file.attributes()) {
        names.push_back(attribute.name);
    }
    TableBuilder table(request, {.path = file.path(), .names = names}, 0);
    check_header(file, table);
    std::vector<ArffCell> cells;
    std::size_t rows = 0;
    for (; file.next_row(cells); ++rows) {
        for (std::size_t c = 0; c < cells.size(); ++c) {
            ColumnReader* column = table.column(c);
            if (column == nullptr) {
                continue;
            }
            if (cells[c].missing) {
                column->add_missing(file.line());
            } else {
                column->add_text(cells[c].text, cells[c].quoted, file.line());
            }
        }
    }
    if (rows == 0) {
        throw RunError(file.path() + ": the file has a header and no rows");
    }
    return table.finish(rows, file.sha256());
}

}  // namespace mlpc
