#include "runtime/io/ready_columns.h"

#include "runtime/core/error.h"
#include "runtime/io/column_reader.h"
#include "runtime/io/table_builder.h"

#include <cmath>
#include <utility>

namespace mlpc {
namespace {

// Whether the cells can be taken as they are; what is not finite has to be looked at one by one.
bool fits(const ColumnRequest& request, const Column& column, std::size_t rows) {
    if (request.type != ColumnType::Numeric || request.range) {
        return false;
    }
    if (column.sparse != nullptr) {
        return true;  // their reader refuses what is not finite
    }
    double sum = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        sum += column.numbers[row] * 0;
    }
    return sum == 0;
}

class TypedTable {
public:
    TypedTable(const TableRequest& request, const SourceColumns& source, const ReadyColumns& ready)
        : source_(source), ready_(ready), requests_(match_columns(request, source)) {
        rows_ = ready.texts.empty() ? ready.numbers.rows() : ready.texts.front().size();
    }

    LoadedTable run(std::string sha256) {
        if (rows_ == 0) {
            throw RunError(source_.path + ": there are no rows");
        }
        LoadedTable table{.frame = {}, .sha256 = std::move(sha256), .schema = {}};
        for (std::size_t c = 0; c < requests_.size(); ++c) {
            if (requests_[c]) {
                columns_.push_back(typed(c, *requests_[c]));
                table.schema.push_back(*requests_[c]);
            }
        }
        report_problems(source_.path, problems_);
        table.frame = Frame(std::move(columns_), rows_);
        return table;
    }

private:
    Column typed(std::size_t c, const ColumnRequest& request) {
        ColumnReader reader(request, source_.path, 0);
        const std::size_t texts = ready_.texts.size();
        if (c >= texts && fits(request, ready_.numbers.column(c - texts), rows_)) {
            Column shared = ready_.numbers.column(c - texts);
            shared.name = request.name;
            return shared;
        }
        for (std::size_t row = 0; row < rows_; ++row) {
            if (c < texts) {
                reader.add_text(ready_.texts[c][row], true, row + ready_.first_row);
            } else {
                reader.add_number(ready_.numbers.number(row, c - texts), row + ready_.first_row);
            }
        }
        const std::vector<std::string> found = reader.problems(rows_);
        problems_.insert(problems_.end(), found.begin(), found.end());
        return reader.release();
    }

    const SourceColumns& source_;
    const ReadyColumns& ready_;
    std::vector<std::optional<ColumnRequest>> requests_;
    std::size_t rows_ = 0;
    std::vector<Column> columns_;
    std::vector<std::string> problems_;
};

}  // namespace

LoadedTable typed_table(const TableRequest& request, const SourceColumns& source, const ReadyColumns& ready, std::string sha256) {
    return TypedTable(request, source, ready).run(std::move(sha256));
}

}  // namespace mlpc
