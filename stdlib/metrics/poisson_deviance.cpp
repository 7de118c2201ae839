#include "stdlib/metrics/deviance.h"
#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

// NaN where a value is negative or a prediction is not above 0.
double poisson_deviance(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [](double y, double p) { return tweedie_deviance(y, p, 1); });
}

}  // namespace

void add_poisson_deviance(Catalog& catalog) {
    ComponentInfo info = metric_of(poisson_deviance, {Task::Regression});
    info.name = "poisson_deviance";
    info.summary = "Mean deviance of a Poisson distribution, for counts; predictions must be above 0";
    info.source = "Nelder and Wedderburn 1972, Generalized linear models";
    info.example = "minimize poisson_deviance";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
