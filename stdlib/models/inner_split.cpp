#include "stdlib/models/inner_split.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::models {

InnerSplit split_inside(const Target& y, const Vector& weights, double validation, Rng rng, std::string_view model, std::string_view setting) {
    std::vector<std::vector<std::uint32_t>> strata(std::max<std::size_t>(1, y.class_count()));
    for (std::uint32_t row = 0; row < y.rows(); ++row) {
        if (weights[row] > 0) {
            strata[is_classification(y.task) ? static_cast<std::size_t>(y.labels[row]) : 0].push_back(row);
        }
    }
    InnerSplit split;
    for (std::vector<std::uint32_t>& rows : strata) {
        rng.shuffle(rows);
        const auto taken = static_cast<std::ptrdiff_t>(std::llround(validation * static_cast<double>(rows.size())));
        split.validation.insert(split.validation.end(), rows.begin(), rows.begin() + taken);
        split.train.insert(split.train.end(), rows.begin() + taken, rows.end());
    }
    if (split.train.empty() || split.validation.empty()) {
        throw RunError(fmt::format("`{}` with `{}` sets rows aside to see when to stop, and {} rows are too few to part; leave `{}` out", model,
                                   setting, y.rows(), setting));
    }
    std::sort(split.train.begin(), split.train.end());
    std::sort(split.validation.begin(), split.validation.end());
    return split;
}

}  // namespace mlpc::models
