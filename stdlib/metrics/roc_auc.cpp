#include "stdlib/metrics/score_function.h"

#include <algorithm>
#include <numeric>

namespace mlpc {
namespace {

// The chance that a random row of class c has a larger probability of c than a random row of the others, ties counting half.
// NaN where one of the two sides has no weight, or a probability is NaN.
double area_of_class(const Target& truth, const Matrix& probabilities, Eigen::Index c) {
    const auto scores = probabilities.col(c);
    if (scores.array().isNaN().any()) {
        return missing_number;
    }
    std::vector<std::uint32_t> order(truth.rows());
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return scores(a) < scores(b); });
    double positive = 0, negative = 0, ordered = 0;
    for (std::size_t begin = 0; begin < order.size();) {
        double tied_positive = 0, tied_negative = 0;
        std::size_t end = begin;
        for (; end < order.size() && scores(order[end]) == scores(order[begin]); ++end) {
            (truth.labels[order[end]] == c ? tied_positive : tied_negative) += weight_of(truth, order[end]);
        }
        ordered += tied_positive * (negative + tied_negative / 2);
        positive += tied_positive;
        negative += tied_negative;
        begin = end;
    }
    return ordered / (positive * negative);
}

// Many classes: the mean over the classes that occur of each against the rest. NaN where fewer than two classes occur.
double roc_auc(const Target& truth, const Prediction& prediction) {
    if (truth.task == Task::Binary) {
        return area_of_class(truth, prediction.probabilities, 1);
    }
    std::vector<bool> occurs(truth.class_count(), false);
    for (const std::int32_t label : truth.labels) {
        occurs[static_cast<std::size_t>(label)] = true;
    }
    double sum = 0, classes = 0;
    for (std::size_t c = 0; c < occurs.size(); ++c) {
        if (occurs[c]) {
            sum += area_of_class(truth, prediction.probabilities, static_cast<Eigen::Index>(c));
            classes += 1;
        }
    }
    return sum / classes;
}

}  // namespace

void add_roc_auc(Catalog& catalog) {
    ComponentInfo info = metric_of(roc_auc, {Task::Binary, Task::Multiclass});
    info.name = "roc_auc";
    info.summary = "Area under the ROC curve; with many classes the mean of each class against the rest";
    info.source = "Hanley and McNeil 1982, The meaning and use of the area under a receiver operating characteristic curve";
    info.example = "maximize roc_auc";
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
