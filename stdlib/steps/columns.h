// What every step does with the columns that it is fitted on and applied to: check them, and read their cells.
#pragma once

#include "runtime/core/table.h"

#include <string>
#include <string_view>
#include <vector>

namespace mlpc::steps {

// Throws RunError unless x has exactly the columns that `step` was fitted on, in that order.
void require_columns(const Frame& x, const std::vector<std::string>& fitted, std::string_view step);
// Throws RunError where a number is missing or infinite; `step` names the step that needs them all.
void require_finite(const Frame& x, std::string_view step);
// Throws RunError where a number is infinite; missing ones pass.
void require_no_infinity(const Frame& x, std::string_view step);
// Throws RunError where a cell that `step` calculated is infinite, naming its column; missing ones pass.
void require_no_overflow(const Matrix& cells, const std::vector<std::string>& names, std::string_view step);
// The same where none may be missing either.
void require_all_finite(const Matrix& cells, const std::vector<std::string>& names, std::string_view step);
// All cells (rows × columns) as an own matrix, to be changed in place.
Matrix copy_of_cells(const Frame& x);
// The cells of number column c that are not missing. Throws RunError where one is infinite, because no mean, quantile or range that
// `step` could learn from it is finite.
std::vector<double> known_values(const Frame& x, std::size_t c, std::string_view step);

}  // namespace mlpc::steps
