// The column whose earlier rows `lag` and `rolling` look at.
#pragma once

#include "runtime/core/param.h"
#include "runtime/core/table.h"

#include <string>
#include <string_view>

namespace mlpc::steps {

// The column that the expression is. Throws RunError where it is a formula.
std::string series_column(const std::shared_ptr<const Expression>&, std::string_view step);
// Its position. Throws RunError where x has no such column.
std::size_t series_column_in(const Frame& x, const std::string& name, std::string_view step);

}  // namespace mlpc::steps
