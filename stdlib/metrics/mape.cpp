#include "stdlib/metrics/mean_loss.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {
namespace {

// As scikit-learn, a true value of 0 counts as 2.2e-16.
double mape(const Target& truth, const Prediction& prediction) {
    return mean_loss(truth, prediction,
                     [](double y, double p) { return std::abs(p - y) / std::max(std::abs(y), std::numeric_limits<double>::epsilon()); });
}

}  // namespace

void add_mape(Catalog& catalog) {
    ComponentInfo info = metric_of(mape, {Task::Regression});
    info.name = "mape";
    info.summary = "Mean size of the error as a share of the true value; huge where a true value is 0";
    info.example = "minimize mape";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
