#include "stdlib/metrics/mean_loss.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN without rows.
double smape(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [](double y, double p) {
        const double size = std::abs(y) + std::abs(p);
        return size > 0 ? 2 * std::abs(p - y) / size : 0;
    });
}

}  // namespace

void add_smape(Catalog& catalog) {
    ComponentInfo info = metric_of(smape, {Task::Regression});
    info.name = "smape";
    info.summary = "Mean size of the error as a share of the mean of the true and the predicted size; from 0 to 2";
    info.source = "Makridakis 1993, Accuracy measures: theoretical and practical concerns";
    info.example = "minimize smape";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
