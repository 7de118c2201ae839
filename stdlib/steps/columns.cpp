#include "stdlib/steps/columns.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::steps {

namespace {

[[noreturn]] void refuse_infinity(const std::string& column, std::string_view step) {
    throw RunError(
        fmt::format("column `{}` has an infinite value, with which `{}` cannot calculate; bound it before, for instance with "
                    "`clip(-1e9..1e9)`, or drop its rows with `filter`",
                    column, step));
}

[[noreturn]] void refuse_overflow(const std::string& output, std::string_view step) {
    throw RunError(
        fmt::format("`{}` makes a value of `{}` that is too large for a number; bound the columns before, for instance with "
                    "`clip(-1e9..1e9)`, or `scale` them",
                    step, output));
}

}  // namespace

void require_columns(const Frame& x, const std::vector<std::string>& fitted, std::string_view step) {
    if (x.columns() != fitted.size()) {
        throw RunError(fmt::format("`{}` was fitted on {} columns and is given {}; give it the columns that it was fitted on", step, fitted.size(),
                                   x.columns()));
    }
    for (std::size_t c = 0; c < fitted.size(); ++c) {
        if (x.column(c).name != fitted[c]) {
            throw RunError(fmt::format("`{}` was fitted on column `{}` and is given `{}` in its place; give it the columns that it was fitted on",
                                       step, fitted[c], x.column(c).name));
        }
    }
}

void require_finite(const Frame& x, std::string_view step) {
    std::vector<double> cells(x.rows());
    for (std::size_t c = 0; c < x.columns(); ++c) {
        x.copy_numbers(c, cells.data());
        const auto found = std::find_if(cells.begin(), cells.end(), [](double cell) { return !std::isfinite(cell); });
        if (found == cells.end()) {
            continue;
        }
        if (std::isinf(*found)) {
            refuse_infinity(x.column(c).name, step);
        }
        throw RunError(
            fmt::format("column `{}` has a missing value, with which `{}` cannot calculate; fill it before with `impute()`", x.column(c).name, step));
    }
}

void require_no_infinity(const Frame& x, std::string_view step) {
    std::vector<double> cells(x.rows());
    for (std::size_t c = 0; c < x.columns(); ++c) {
        x.copy_numbers(c, cells.data());
        if (std::any_of(cells.begin(), cells.end(), [](double cell) { return std::isinf(cell); })) {
            refuse_infinity(x.column(c).name, step);
        }
    }
}

void require_no_overflow(const Matrix& cells, const std::vector<std::string>& names, std::string_view step) {
    for (Eigen::Index c = 0; c < cells.cols(); ++c) {
        if (cells.col(c).array().isInf().any()) {
            refuse_overflow(names[static_cast<std::size_t>(c)], step);
        }
    }
}

void require_all_finite(const Matrix& cells, const std::vector<std::string>& names, std::string_view step) {
    for (Eigen::Index c = 0; c < cells.cols(); ++c) {
        if (!cells.col(c).allFinite()) {
            refuse_overflow(names[static_cast<std::size_t>(c)], step);
        }
    }
}

Matrix copy_of_cells(const Frame& x) {
    Matrix cells(static_cast<Eigen::Index>(x.rows()), static_cast<Eigen::Index>(x.columns()));
    for (std::size_t c = 0; c < x.columns(); ++c) {
        x.copy_numbers(c, cells.data() + c * x.rows());
    }
    return cells;
}

std::vector<double> known_values(const Frame& x, std::size_t c, std::string_view step) {
    std::vector<double> values = x.numbers(c);
    std::erase_if(values, [](double value) { return std::isnan(value); });
    if (std::any_of(values.begin(), values.end(), [](double value) { return std::isinf(value); })) {
        refuse_infinity(x.column(c).name, step);
    }
    return values;
}

}  // namespace mlpc::steps
