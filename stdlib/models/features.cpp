#include "stdlib/models/features.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace mlpc::models {

namespace {

// Beyond this, squares and their sums leave the range of numbers, and no iteration ends.
constexpr double largest_feature = 1e100;

// Zero times a cell is zero unless the cell is infinite or NaN, or becomes so when the bound is brought up to the largest number: one sum
// finds whether there is any.
bool all_within_bounds(const double* cells, Eigen::Index count) {
    constexpr double to_the_top = std::numeric_limits<double>::max() / largest_feature;
    double sums[4] = {};
    Eigen::Index i = 0;
    for (; i + 4 <= count; i += 4) {
        for (int lane = 0; lane < 4; ++lane) {
            sums[lane] += cells[i + lane] * to_the_top * 0.0;
        }
    }
    for (; i < count; ++i) {
        sums[0] += cells[i] * to_the_top * 0.0;
    }
    return sums[0] + sums[1] + sums[2] + sums[3] == 0.0;
}

}  // namespace

bool is_within_bounds(double cell) { return std::abs(cell) <= largest_feature; }

void refuse_column(const Frame& x, std::size_t c, std::string_view model) {
    const std::string& name = x.column(c).name;
    for (std::size_t row = 0; row < x.rows(); ++row) {
        if (std::isnan(x.number(row, c))) {
            throw RunError(fmt::format("`{}` met a missing value in column `{}`; it takes none, so put `impute(median)` before it", model, name));
        }
    }
    throw RunError(fmt::format("`{}` met an infinite value, or one beyond {}, in column `{}`; put `clip` or `scale` before it, or correct the data",
                               model, largest_feature, name));
}

void require_column_count(const Frame& x, std::string_view model, std::size_t columns) {
    if (x.columns() != columns) {
        throw RunError(fmt::format("`{}` was fitted on {} columns and is asked to predict from {}", model, columns, x.columns()));
    }
}

Dense checked_features(const Frame& x, std::string_view model) {
    if (x.columns() == 0) {
        throw RunError(fmt::format("`{}` got no feature columns; the pipeline before it keeps none", model));
    }
    Dense dense(x);
    const auto matrix = dense.matrix();
    for (Eigen::Index c = 0; c < matrix.cols(); ++c) {
        if (!all_within_bounds(matrix.data() + c * matrix.rows(), matrix.rows())) {
            refuse_column(x, static_cast<std::size_t>(c), model);
        }
    }
    return dense;
}

Dense checked_features(const Frame& x, std::string_view model, std::size_t columns) {
    require_column_count(x, model, columns);
    return checked_features(x, model);
}

Vector row_weights(const Target& y, std::string_view model) {
    const auto rows = static_cast<Eigen::Index>(y.rows());
    if (rows == 0) {
        throw RunError(fmt::format("`{}` got no rows to learn from", model));
    }
    if (y.weights.empty()) {
        return Vector::Ones(rows);
    }
    const Vector weights = Eigen::Map<const Vector>(y.weights.data(), rows);
    if (!weights.allFinite() || weights.minCoeff() < 0) {
        throw RunError(fmt::format("`{}` met a row weight that is missing, infinite or negative; weights are numbers from 0 up", model));
    }
    if (weights.maxCoeff() == 0) {
        throw RunError(fmt::format("`{}` got only rows that weigh nothing", model));
    }
    return weights;
}

Vector class_weights(const Target& y, const Vector& weights) {
    Vector sums = Vector::Zero(static_cast<Eigen::Index>(y.class_count()));
    for (std::size_t row = 0; row < y.labels.size(); ++row) {
        sums[y.labels[row]] += weights[static_cast<Eigen::Index>(row)];
    }
    return sums;
}

}  // namespace mlpc::models
