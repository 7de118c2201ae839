#include "stdlib/metrics/deviance.h"
#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

struct TweedieParams {
    double power = 0;
};
const Schema<TweedieParams>& tweedie_schema() {
    static const Schema<TweedieParams> fields = {
        field(&TweedieParams::power, {.name = "power",
                                      .doc = "0: squared error, 1: Poisson, between 1 and 2: compound Poisson with zeros, 2: gamma, 3: inverse "
                                             "Gaussian; between 0 and 1 there is none"}),
    };
    return fields;
}

// NaN outside the domain of that power, or where the truth does not vary.
double d2_tweedie(const TweedieParams& params, const Target& truth, const Prediction& prediction) {
    const auto deviance = [&](double y, double p) { return tweedie_deviance(y, p, params.power); };
    const double mean = mean_loss(truth, prediction, [](double y, double) { return y; });
    const double of_mean = mean_loss(truth, constant_prediction(truth, mean), deviance);
    return of_mean > 0 ? 1 - mean_loss(truth, prediction, deviance) / of_mean : missing_number;
}

}  // namespace

void add_d2_tweedie(Catalog& catalog) {
    ComponentInfo info = metric_of<TweedieParams>(tweedie_schema(), d2_tweedie, {Task::Regression});
    info.name = "d2_tweedie";
    info.summary = "Share of the Tweedie deviance that is explained; 0 is the mean of the scored rows, 1 is perfect";
    info.source = "Hastie, Tibshirani and Wainwright 2015, Statistical learning with sparsity, eq. 3.11";
    info.example = "maximize d2_tweedie(1)";
    info.range = {.high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
