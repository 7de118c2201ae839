#include "stdlib/metrics/score_function.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

// NaN without rows, or where a prediction is NaN. Rows that weigh nothing don't count; other weights change nothing.
double max_error(const Target& truth, const Prediction& prediction) {
    double largest = missing_number;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double error = std::abs(prediction.values(static_cast<Eigen::Index>(row)) - truth.values[row]);
        if (std::isnan(error)) {
            return missing_number;
        }
        if (weight_of(truth, row) > 0) {
            largest = std::isnan(largest) ? error : std::max(largest, error);
        }
    }
    return largest;
}

}  // namespace

void add_max_error(Catalog& catalog) {
    ComponentInfo info = metric_of(max_error, {Task::Regression});
    info.name = "max_error";
    info.summary = "Size of the largest error, in the unit of the target";
    info.example = "minimize max_error";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
