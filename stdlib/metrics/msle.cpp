#include "stdlib/metrics/mean_loss.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN where a value or a prediction is -1 or less.
double msle(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [](double y, double p) {
        const double d = std::log1p(p) - std::log1p(y);
        return d * d;
    });
}

}  // namespace

void add_msle(Catalog& catalog) {
    ComponentInfo info = metric_of(msle, {Task::Regression});
    info.name = "msle";
    info.summary = "Mean squared difference of the logarithms of 1 + value";
    info.example = "minimize msle";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
