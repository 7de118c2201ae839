#include "stdlib/metrics/score_function.h"
#include "stdlib/metrics/weighted_quantile.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN without rows.
double median_absolute_error(const Target& truth, const Prediction& prediction) {
    std::vector<double> sizes(truth.rows());
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        sizes[row] = std::abs(prediction.values(static_cast<Eigen::Index>(row)) - truth.values[row]);
    }
    return weighted_quantile(std::move(sizes), truth.weights, 0.5);
}

}  // namespace

void add_median_absolute_error(Catalog& catalog) {
    ComponentInfo info = metric_of(median_absolute_error, {Task::Regression});
    info.name = "median_absolute_error";
    info.summary = "Median size of the error, in the unit of the target; large errors of a few rows leave it as it is";
    info.example = "minimize median_absolute_error";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
