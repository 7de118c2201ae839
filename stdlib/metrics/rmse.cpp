#include "stdlib/metrics/score_function.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN without rows.
double rmse(const Target& truth, const Prediction& prediction) {
    double squares = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double error = prediction.values(static_cast<Eigen::Index>(row)) - truth.values[row];
        squares += weight_of(truth, row) * error * error;
        total += weight_of(truth, row);
    }
    return std::sqrt(squares / total);
}

}  // namespace

void add_rmse(Catalog& catalog) {
    ComponentInfo info = metric_of(rmse, {Task::Regression});
    info.name = "rmse";
    info.summary = "Square root of the mean squared error, in the unit of the target";
    info.example = "minimize rmse";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
