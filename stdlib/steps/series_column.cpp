#include "stdlib/steps/series_column.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

namespace mlpc::steps {

std::string series_column(const std::shared_ptr<const Expression>& column, std::string_view step) {
    if (column == nullptr || column->op != Expression::Op::ColumnRef) {
        throw RunError(fmt::format("`{}` takes the name of a column, not `{}`: give the formula a name first, with `-> derive(name: formula)`", step,
                                   column == nullptr ? "none" : to_string(*column)));
    }
    return column->text;
}

std::size_t series_column_in(const Frame& x, const std::string& name, std::string_view step) {
    const std::size_t c = x.find(name);
    if (c == x.columns()) {
        throw RunError(fmt::format("`{}` looks at earlier rows of the column `{}`, which the data do not have", step, name));
    }
    return c;
}

}  // namespace mlpc::steps
