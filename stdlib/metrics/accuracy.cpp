#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

// NaN without rows.
double accuracy(const Target& truth, const Prediction& prediction) {
    double correct = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double weight = weight_of(truth, row);
        total += weight;
        correct += prediction.label(row) == truth.labels[row] ? weight : 0;
    }
    return correct / total;
}

}  // namespace

void add_accuracy(Catalog& catalog) {
    ComponentInfo info = metric_of(accuracy, {Task::Binary, Task::Multiclass});
    info.name = "accuracy";
    info.summary = "Share of rows whose class is predicted";
    info.example = "maximize accuracy";
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
