#include "stdlib/metrics/score_function.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {
namespace {

// A probability of 0 for the true class costs as much as one of 2.2e-16, so that one row can't make the score infinite.
// NaN without rows, or where a probability is NaN.
double log_loss(const Target& truth, const Prediction& prediction) {
    double loss = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double probability = prediction.probabilities(static_cast<Eigen::Index>(row), truth.labels[row]);
        const double weight = weight_of(truth, row);
        loss -= weight * std::log(std::max(probability, std::numeric_limits<double>::epsilon()));
        total += weight;
    }
    return loss / total;
}

}  // namespace

void add_log_loss(Catalog& catalog) {
    ComponentInfo info = metric_of(log_loss, {Task::Binary, Task::Multiclass});
    info.name = "log_loss";
    info.summary = "Mean negative logarithm of the probability given to the true class";
    info.source = "Good 1952, Rational decisions";
    info.example = "minimize log_loss";
    info.greater_is_better = false;
    info.range = {.low = 0};
    catalog.add(std::move(info));
}

}  // namespace mlpc
