#include "stdlib/metrics/deviance.h"
#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

struct TweedieParams {
    double power = 1.5;
};
const Schema<TweedieParams>& tweedie_schema() {
    static const Schema<TweedieParams> fields = {
        field(&TweedieParams::power, {.name = "power",
                                      .doc = "0: squared error, 1: Poisson, between 1 and 2: compound Poisson with zeros, 2: gamma, 3: inverse "
                                             "Gaussian; between 0 and 1 there is none"}),
    };
    return fields;
}

// NaN where a value or a prediction is outside the domain of that power.
double tweedie_deviance(const TweedieParams& params, const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [&](double y, double p) { return mlpc::tweedie_deviance(y, p, params.power); });
}

}  // namespace

void add_tweedie_deviance(Catalog& catalog) {
    ComponentInfo info = metric_of<TweedieParams>(tweedie_schema(), tweedie_deviance, {Task::Regression});
    info.name = "tweedie_deviance";
    info.summary = "Mean deviance of a Tweedie distribution, for amounts of which many are 0";
    info.source = "Jorgensen 1987, Exponential dispersion models";
    info.example = "minimize tweedie_deviance(1.5)";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
