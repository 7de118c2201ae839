// What every model asks of its input before it computes: numbers in every cell, at least one column, rows that weigh something.
#pragma once

#include "runtime/core/component.h"

namespace mlpc::models {

// The frame as a matrix. Throws RunError, naming `model` and the column, where a cell is missing, infinite or beyond 1e100, or there is no
// column.
Dense checked_features(const Frame& x, std::string_view model);
// The same for a prediction; also throws where the number of columns is not that of the fit.
Dense checked_features(const Frame& x, std::string_view model, std::size_t columns);

// What they check, for cells that are read in another form. refuse_column says which cell of column c cannot be used.
bool is_within_bounds(double cell);
void require_column_count(const Frame& x, std::string_view model, std::size_t columns);
[[noreturn]] void refuse_column(const Frame& x, std::size_t c, std::string_view model);

// The weight of every row: those of the target, or ones. Throws RunError where one is negative or not a number, or none is positive.
Vector row_weights(const Target& y, std::string_view model);

// Weighted rows per class.
Vector class_weights(const Target& y, const Vector& weights);

}  // namespace mlpc::models
