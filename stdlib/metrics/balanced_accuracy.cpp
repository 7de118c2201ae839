#include "stdlib/metrics/confusion_counts.h"
#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

// Classes without a true row have no recall and are left out; NaN without rows.
double balanced_accuracy(const Target& truth, const Prediction& prediction) {
    const Matrix confusion = confusion_counts(truth, prediction);
    double sum = 0, classes = 0;
    for (Eigen::Index c = 0; c < confusion.rows(); ++c) {
        const double actual = confusion.row(c).sum();
        if (actual > 0) {
            sum += confusion(c, c) / actual;
            classes += 1;
        }
    }
    return sum / classes;
}

}  // namespace

void add_balanced_accuracy(Catalog& catalog) {
    ComponentInfo info = metric_of(balanced_accuracy, {Task::Binary, Task::Multiclass});
    info.name = "balanced_accuracy";
    info.summary = "Mean over the true classes of the share of their rows that is predicted";
    info.source = "Brodersen et al. 2010, The balanced accuracy and its posterior distribution";
    info.example = "maximize balanced_accuracy";
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
