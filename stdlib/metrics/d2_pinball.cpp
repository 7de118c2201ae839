#include "stdlib/metrics/mean_loss.h"
#include "stdlib/metrics/pinball_loss.h"
#include "stdlib/metrics/weighted_quantile.h"

namespace mlpc {
namespace {

struct PinballParams {
    double quantile = 0.5;
};
const Schema<PinballParams>& pinball_schema() {
    static const Schema<PinballParams> fields = {
        field(&PinballParams::quantile,
              {.name = "quantile", .doc = "Which quantile of the target is to be predicted; 0.5 is the median", .valid = {.low = 0, .high = 1}}),
    };
    return fields;
}

// NaN where the truth does not vary.
double d2_pinball(const PinballParams& params, const Target& truth, const Prediction& prediction) {
    const auto loss = [&](double y, double p) { return pinball_loss(y, p, params.quantile); };
    const double quantile = weighted_quantile(truth.values, truth.weights, params.quantile);
    const double of_quantile = mean_loss(truth, constant_prediction(truth, quantile), loss);
    return of_quantile > 0 ? 1 - mean_loss(truth, prediction, loss) / of_quantile : missing_number;
}

}  // namespace

void add_d2_pinball(Catalog& catalog) {
    ComponentInfo info = metric_of<PinballParams>(pinball_schema(), d2_pinball, {Task::Regression});
    info.name = "d2_pinball";
    info.summary =
        "Share of the pinball loss that is explained; 0 is that quantile of the scored rows, 1 is perfect; at 0.5 it is scikit-learn's "
        "d2_absolute_error";
    info.source = "Koenker and Machado 1999, Goodness of fit and related inference processes for quantile regression";
    info.example = "maximize d2_pinball(0.5)";
    info.range = {.high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
