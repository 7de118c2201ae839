// What a fitted model keeps of its columns where it takes numbers and levels alike, and the cells of a row as numbers.
#pragma once

#include "runtime/core/archive.h"
#include "runtime/core/table.h"
#include "stdlib/models/binned_columns.h"

#include <functional>
#include <vector>

namespace mlpc::models {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

class FeatureColumns {
public:
    FeatureColumns() = default;
    explicit FeatureColumns(const BinnedColumns&);

    std::size_t count() const { return columns_.size(); }
    // The number of levels of column c; 0 where it holds numbers.
    std::size_t level_count(std::size_t c) const { return columns_[c].levels.size(); }
    // Calls `visit(begin, cells)` for blocks of rows from the first to the last: a coded cell is the position of its level, NaN where it is
    // missing or of no known level. Throws RunError, naming `model`, where the frame's columns are not those of the fit.
    void for_each_block(const Frame&, std::string_view model, const std::function<void(std::size_t begin, const RowMajor& cells)>& visit) const;
    void archive(Archive&);

private:
    struct Column {
        bool coded = false;
        Levels levels;
        void archive(Archive&);
    };
    std::vector<Column> columns_;
};

}  // namespace mlpc::models
