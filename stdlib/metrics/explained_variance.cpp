#include "stdlib/metrics/mean_loss.h"

namespace mlpc {
namespace {

// As r2, but an error that is the same for all rows costs nothing. NaN where the truth does not vary.
double explained_variance(const Target& truth, const Prediction& prediction) {
    const double mean_error = mean_loss(truth, prediction, [](double y, double p) { return y - p; });
    const double mean = mean_loss(truth, prediction, [](double y, double) { return y; });
    const double residual = mean_loss(truth, prediction, [&](double y, double p) { return (y - p - mean_error) * (y - p - mean_error); });
    const double spread = mean_loss(truth, prediction, [&](double y, double) { return (y - mean) * (y - mean); });
    return spread > 0 ? 1 - residual / spread : missing_number;
}

}  // namespace

void add_explained_variance(Catalog& catalog) {
    ComponentInfo info = metric_of(explained_variance, {Task::Regression});
    info.name = "explained_variance";
    info.summary = "Share of the target's variance that is explained, leaving out an error that is the same for all rows";
    info.example = "maximize explained_variance";
    info.range = {.high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
