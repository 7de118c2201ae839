#include "stdlib/metrics/score_function.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN without rows.
double mae(const Target& truth, const Prediction& prediction) {
    double sizes = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        sizes += weight_of(truth, row) * std::abs(prediction.values(static_cast<Eigen::Index>(row)) - truth.values[row]);
        total += weight_of(truth, row);
    }
    return sizes / total;
}

}  // namespace

void add_mae(Catalog& catalog) {
    ComponentInfo info = metric_of(mae, {Task::Regression});
    info.name = "mae";
    info.summary = "Mean size of the error, in the unit of the target";
    info.example = "minimize mae";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
