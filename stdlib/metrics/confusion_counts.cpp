#include "stdlib/metrics/confusion_counts.h"

#include "stdlib/metrics/score_function.h"

namespace mlpc {

Matrix confusion_counts(const Target& truth, const Prediction& prediction) {
    const auto classes = static_cast<Eigen::Index>(truth.class_count());
    Matrix counts = Matrix::Zero(classes, classes);
    const std::vector<std::int32_t> predicted = prediction.labels();
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        counts(truth.labels[row], predicted[row]) += weight_of(truth, row);
    }
    return counts;
}

}  // namespace mlpc
