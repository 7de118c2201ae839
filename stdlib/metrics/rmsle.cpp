#include "stdlib/metrics/mean_loss.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN where a value or a prediction is -1 or less.
double rmsle(const Target& truth, const Prediction& prediction) {
    return std::sqrt(mean_loss(truth, prediction, [](double y, double p) {
        const double d = std::log1p(p) - std::log1p(y);
        return d * d;
    }));
}

}  // namespace

void add_rmsle(Catalog& catalog) {
    ComponentInfo info = metric_of(rmsle, {Task::Regression});
    info.name = "rmsle";
    info.summary = "Square root of the mean squared difference of the logarithms of 1 + value";
    info.example = "minimize rmsle";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
