#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

double weighted_mean(const Target& truth) {
    double sum = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        sum += weight_of(truth, row) * truth.values[row];
        total += weight_of(truth, row);
    }
    return sum / total;
}

// NaN where the truth does not vary.
double r2(const Target& truth, const Prediction& prediction) {
    const double mean = weighted_mean(truth);
    double residual = 0, spread = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double error = prediction.values(static_cast<Eigen::Index>(row)) - truth.values[row];
        const double deviation = truth.values[row] - mean;
        residual += weight_of(truth, row) * error * error;
        spread += weight_of(truth, row) * deviation * deviation;
    }
    return spread > 0 ? 1 - residual / spread : missing_number;
}

}  // namespace

void add_r2(Catalog& catalog) {
    ComponentInfo info = metric_of(r2, {Task::Regression});
    info.name = "r2";
    info.summary = "Share of the target's variance that is explained; 0 is the mean of the scored rows, 1 is perfect";
    info.source = "Wright 1921, Correlation and causation";
    info.example = "maximize r2";
    info.range = {.high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
