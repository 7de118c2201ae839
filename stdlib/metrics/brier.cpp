#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

// Two classes: the squared error of the positive one's probability, as Brier's forecasts of rain; many: summed over the classes.
double brier(const Target& truth, const Prediction& prediction) {
    const bool binary = truth.task == Task::Binary;
    double sum = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        double squares = 0;
        for (Eigen::Index c = binary ? 1 : 0; c < prediction.probabilities.cols(); ++c) {
            const double error = prediction.probabilities(static_cast<Eigen::Index>(row), c) - (truth.labels[row] == c ? 1 : 0);
            squares += error * error;
        }
        sum += weight_of(truth, row) * squares;
        total += weight_of(truth, row);
    }
    return sum / total;
}

}  // namespace

void add_brier(Catalog& catalog) {
    ComponentInfo info = metric_of(brier, {Task::Binary, Task::Multiclass});
    info.name = "brier";
    info.summary = "Mean squared error of the probabilities: of the positive class where there are two, summed over the classes where there are more";
    info.source = "Brier 1950, Verification of forecasts expressed in terms of probability";
    info.example = "minimize brier";
    info.greater_is_better = false;
    info.range = {.low = 0, .high = 2};
    catalog.add(std::move(info));
}

}  // namespace mlpc
