// Metrics of a regression that are the weighted mean over rows of a loss.
#pragma once

#include "stdlib/metrics/score_function.h"

namespace mlpc {

// NaN without rows. `loss(truth, predicted)` is NaN where it is not defined, and so is the mean.
template <class Loss>
double mean_loss(const Target& truth, const Prediction& prediction, Loss loss) {
    double sum = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        sum += weight_of(truth, row) * loss(truth.values[row], prediction.values(static_cast<Eigen::Index>(row)));
        total += weight_of(truth, row);
    }
    return sum / total;
}

// The prediction of one number for every row.
inline Prediction constant_prediction(const Target& truth, double value) {
    return {.task = Task::Regression,
            .classes = nullptr,
            .values = Vector::Constant(static_cast<Eigen::Index>(truth.rows()), value),
            .probabilities = {}};
}

}  // namespace mlpc
