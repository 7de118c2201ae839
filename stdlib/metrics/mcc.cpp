#include "stdlib/metrics/confusion_counts.h"
#include "stdlib/metrics/score_function.h"

#include <cmath>

namespace mlpc {
namespace {

// NaN where the truth holds one class only. Predictions of one class only are worth 0, the limit of a random guess
// (Chicco and Jurman 2020), so that a constant model has a score.
double mcc(const Target& truth, const Prediction& prediction) {
    const Matrix confusion = confusion_counts(truth, prediction);
    const Vector actual = confusion.rowwise().sum();
    const Vector predicted = confusion.colwise().sum().transpose();
    const double total = confusion.sum();
    const double actual_spread = total * total - actual.squaredNorm();
    const double predicted_spread = total * total - predicted.squaredNorm();
    if (!((actual.array() > 0).count() > 1)) {
        return missing_number;
    }
    if ((predicted.array() > 0).count() < 2) {
        return 0;
    }
    return (confusion.trace() * total - actual.dot(predicted)) / std::sqrt(actual_spread * predicted_spread);
}

}  // namespace

void add_mcc(Catalog& catalog) {
    ComponentInfo info = metric_of(mcc, {Task::Binary, Task::Multiclass});
    info.name = "mcc";
    info.summary = "Matthews correlation of the true and the predicted classes; 0 is a guess, 1 is perfect";
    info.source = "Matthews 1975, Comparison of the predicted and observed secondary structure of T4 phage lysozyme; Gorodkin 2004 for many classes";
    info.example = "maximize mcc";
    info.range = {.low = -1, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
