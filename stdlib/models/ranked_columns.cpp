#include "stdlib/models/ranked_columns.h"

#include <algorithm>
#include <utility>

namespace mlpc::models {

RankedColumns::RankedColumns(Eigen::Map<const Matrix> x)
    : rows_(static_cast<std::size_t>(x.rows())), ranks_(static_cast<std::size_t>(x.size())), values_(static_cast<std::size_t>(x.cols())) {
    std::vector<std::pair<double, std::uint32_t>> order(rows_);
    for (std::size_t c = 0; c < values_.size(); ++c) {
        const double* cells = x.data() + c * rows_;
        for (std::size_t row = 0; row < rows_; ++row) {
            order[row] = {cells[row], static_cast<std::uint32_t>(row)};
        }
        std::sort(order.begin(), order.end());
        std::vector<double>& values = values_[c];
        for (const auto& [value, row] : order) {
            if (values.empty() || value > values.back()) {
                values.push_back(value);
            }
            ranks_[c * rows_ + row] = static_cast<std::uint32_t>(values.size() - 1);
        }
    }
}

std::shared_ptr<const RankedColumns> RankedColumns::of(const Frame& frame, Eigen::Map<const Matrix> x) {
    return frame.derived<RankedColumns>("ranked columns", [&] { return std::make_shared<const RankedColumns>(x); });
}

}  // namespace mlpc::models
