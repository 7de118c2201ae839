#include "stdlib/models/feature_columns.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc::models {

FeatureColumns::FeatureColumns(const BinnedColumns& binned) {
    for (std::size_t c = 0; c < binned.columns(); ++c) {
        columns_.push_back({.coded = binned.column(c).coded, .levels = binned.column(c).levels});
    }
}

void FeatureColumns::for_each_block(const Frame& x, std::string_view model,
                                    const std::function<void(std::size_t begin, const RowMajor& cells)>& visit) const {
    if (x.columns() != count()) {
        throw RunError(fmt::format("`{}` was fitted on {} columns and is asked to predict from {}", model, count(), x.columns()));
    }
    std::vector<std::vector<std::int32_t>> positions(count());
    for (std::size_t c = 0; c < count(); ++c) {
        if (columns_[c].coded == holds_numbers(x.column(c).type)) {
            throw RunError(fmt::format("`{}` was fitted on {} in column `{}` and is asked to predict from {}", model,
                                       columns_[c].coded ? "levels" : "numbers", x.column(c).name, columns_[c].coded ? "numbers" : "levels"));
        }
        positions[c] = columns_[c].coded ? match_levels(x, c, columns_[c].levels) : std::vector<std::int32_t>{};
    }
    constexpr std::size_t block = 64;
    RowMajor cells(block, static_cast<Eigen::Index>(count()));
    for (std::size_t begin = 0; begin < x.rows(); begin += block) {
        const std::size_t size = std::min(block, x.rows() - begin);
        cells.resize(static_cast<Eigen::Index>(size), Eigen::NoChange);
        for (std::size_t c = 0; c < count(); ++c) {
            for (std::size_t i = 0; i < size; ++i) {
                double& cell = cells(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(c));
                if (!columns_[c].coded) {
                    cell = x.number(begin + i, c);
                    continue;
                }
                const std::int32_t code = x.code(begin + i, c);
                const std::int32_t position = code < 0 ? missing_code : positions[c][static_cast<std::size_t>(code)];
                cell = position < 0 ? missing_number : position;
            }
        }
        visit(begin, cells);
    }
}

void FeatureColumns::archive(Archive& a) { a.field("columns", columns_); }

void FeatureColumns::Column::archive(Archive& a) {
    a.field("coded", coded);
    a.field("levels", levels);
}

}  // namespace mlpc::models
