#include "runtime/core/error.h"
#include "runtime/io/cells.h"
#include "runtime/io/json_rows.h"
#include "runtime/io/readers.h"
#include "runtime/io/table_builder.h"
#include "runtime/io/text_file.h"
#include "runtime/io/text_lines.h"

#include <fmt/format.h>

#include <unordered_map>

namespace mlpc {
namespace {

// The fields of a JSONL text in the order in which they first appear.
class Fields {
public:
    explicit Fields(const TextFile& file) {
        each_line(file.text(), [&](std::string_view line, std::size_t number) {
            read_json_row(line, file.path, number, [&](const std::string& name, const JsonCell&) { add(file.path, name, number); });
            ++rows_;
        });
    }
    const std::vector<std::string>& names() const { return names_; }
    std::size_t position(const std::string& name) const { return positions_.at(name); }
    std::size_t rows() const { return rows_; }

private:
    void add(const std::string& path, const std::string& name, std::size_t line) {
        if (!positions_.try_emplace(name, names_.size()).second) {
            return;
        }
        names_.push_back(name);
        if (names_.size() > max_table_columns) {
            throw RunError(fmt::format("{}: line {}: the objects have more than 100,000 different fields", path, line));
        }
    }
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::size_t> positions_;
    std::size_t rows_ = 0;
};

void add_cell(ColumnReader& column, const JsonCell& cell, bool number_column, std::size_t line) {
    switch (cell.kind) {
        case JsonCell::Kind::Missing:
            column.add_missing(line);
            return;
        case JsonCell::Kind::Number:
            if (number_column) {
                column.add_number(cell.number, line);
                return;
            }
            [[fallthrough]];
        case JsonCell::Kind::Text:
        case JsonCell::Kind::List:
            column.add_text(cell.text, true, line);
            return;
    }
}

}  // namespace

LoadedTable read_jsonl(const TableRequest& request) {
    const TextFile file = read_text_file(request.path);
    const Fields fields(file);
    if (fields.rows() == 0) {
        throw RunError(file.path + ": there are no rows; each line must hold one object, such as {\"x\": 1}");
    }
    TableBuilder table(request, {.path = file.path, .names = fields.names()}, fields.rows());
    std::vector<std::size_t> last_line(fields.names().size(), 0);  // in which the field has been seen
    each_line(file.text(), [&](std::string_view line, std::size_t number) {
        read_json_row(line, file.path, number, [&](const std::string& name, const JsonCell& cell) {
            const std::size_t c = fields.position(name);
            ColumnReader* column = table.column(c);
            if (last_line[c] == number) {
                throw RunError(fmt::format("{}: line {}: the field {} occurs twice", file.path, number, shown(name)));
            }
            last_line[c] = number;
            if (column != nullptr && cell.kind == JsonCell::Kind::List) {
                throw RunError(
                    fmt::format("{}: line {}: the field {} is a list, which is no cell; write `ignore` before it, or a field for each element",
                                file.path, number, shown(name)));
            }
            if (column != nullptr) {
                add_cell(*column, cell, table.request(c)->type == ColumnType::Numeric, number);
            }
        });
        for (std::size_t c = 0; c < last_line.size(); ++c) {
            if (last_line[c] != number && table.column(c) != nullptr) {
                table.column(c)->add_missing(number);
            }
        }
    });
    return table.finish(fields.rows(), file.sha256());
}

}  // namespace mlpc
