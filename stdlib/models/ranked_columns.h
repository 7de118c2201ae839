// The training columns of a tree as ranks among their distinct values, sorted once and shared by all trees of a forest.
#pragma once

#include "runtime/core/table.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace mlpc::models {

class RankedColumns {
public:
    explicit RankedColumns(Eigen::Map<const Matrix> x);
    // Of a frame, whose columns `x` holds: made once for all that is fitted on it.
    static std::shared_ptr<const RankedColumns> of(const Frame&, Eigen::Map<const Matrix> x);

    std::size_t rows() const { return rows_; }
    // At most: a column may hold fewer values than rows.
    std::size_t bytes() const { return ranks_.size() * (sizeof(std::uint32_t) + sizeof(double)); }
    std::size_t columns() const { return values_.size(); }
    // By row, the position of the cell in values(column).
    const std::uint32_t* ranks(std::size_t column) const { return ranks_.data() + column * rows_; }
    // Distinct and ascending.
    const std::vector<double>& values(std::size_t column) const { return values_[column]; }

private:
    std::size_t rows_;
    std::vector<std::uint32_t> ranks_;
    std::vector<std::vector<double>> values_;
};

}  // namespace mlpc::models
