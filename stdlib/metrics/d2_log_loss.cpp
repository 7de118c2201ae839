#include "stdlib/metrics/score_function.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mlpc {
namespace {

double surprise(double probability) { return -std::log(std::max(probability, std::numeric_limits<double>::epsilon())); }

// NaN where the truth holds one class only.
double d2_log_loss(const Target& truth, const Prediction& prediction) {
    std::vector<double> share(truth.class_count(), 0.0);
    double total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        share[static_cast<std::size_t>(truth.labels[row])] += weight_of(truth, row);
        total += weight_of(truth, row);
    }
    double loss = 0, of_shares = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const double weight = weight_of(truth, row);
        loss += weight * surprise(prediction.probabilities(static_cast<Eigen::Index>(row), truth.labels[row]));
        of_shares += weight * surprise(share[static_cast<std::size_t>(truth.labels[row])] / total);
    }
    return of_shares > 0 ? 1 - loss / of_shares : missing_number;
}

}  // namespace

void add_d2_log_loss(Catalog& catalog) {
    ComponentInfo info = metric_of(d2_log_loss, {Task::Binary, Task::Multiclass});
    info.name = "d2_log_loss";
    info.summary = "Share of the log loss that is explained; 0 is the class shares of the scored rows, 1 is perfect";
    info.source = "McFadden 1974, Conditional logit analysis of qualitative choice behavior";
    info.example = "maximize d2_log_loss";
    info.range = {.high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
