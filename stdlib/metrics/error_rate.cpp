#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

// NaN without rows.
double error_rate(const Target& truth, const Prediction& prediction) {
    double wrong = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double weight = weight_of(truth, row);
        total += weight;
        wrong += prediction.label(row) == truth.labels[row] ? 0 : weight;
    }
    return wrong / total;
}

}  // namespace

void add_error_rate(Catalog& catalog) {
    ComponentInfo info = metric_of(error_rate, {Task::Binary, Task::Multiclass});
    info.name = "error_rate";
    info.summary = "Share of rows whose class is predicted wrongly: 1 less the accuracy";
    info.example = "minimize error_rate";
    info.greater_is_better = false;
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
