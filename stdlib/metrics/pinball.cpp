#include "stdlib/metrics/mean_loss.h"
#include "stdlib/metrics/pinball_loss.h"

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

// NaN without rows.
double pinball(const PinballParams& params, const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction, [&](double y, double p) { return pinball_loss(y, p, params.quantile); });
}

}  // namespace

void add_pinball(Catalog& catalog) {
    ComponentInfo info = metric_of<PinballParams>(pinball_schema(), pinball, {Task::Regression});
    info.name = "pinball";
    info.summary = "Mean pinball loss, whose smallest value is reached by predicting that quantile of the target";
    info.source = "Koenker and Bassett 1978, Regression quantiles";
    info.example = "minimize pinball(0.9)";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
