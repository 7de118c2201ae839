#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

// NaN without rows.
double mse(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [](double y, double p) { return (p - y) * (p - y); });
}

}  // namespace

void add_mse(Catalog& catalog) {
    ComponentInfo info = metric_of(mse, {Task::Regression});
    info.name = "mse";
    info.summary = "Mean squared error, in the square of the target's unit";
    info.example = "minimize mse";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
