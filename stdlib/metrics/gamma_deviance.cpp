#include "stdlib/metrics/deviance.h"
#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

// NaN where a value or a prediction is not above 0.
double gamma_deviance(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [](double y, double p) { return tweedie_deviance(y, p, 2); });
}

}  // namespace

void add_gamma_deviance(Catalog& catalog) {
    ComponentInfo info = metric_of(gamma_deviance, {Task::Regression});
    info.name = "gamma_deviance";
    info.summary = "Mean deviance of a gamma distribution, for positive amounts: relative errors count; values and predictions must be above 0";
    info.source = "Nelder and Wedderburn 1972, Generalized linear models";
    info.example = "minimize gamma_deviance";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
