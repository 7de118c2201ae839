#include "stdlib/metrics/score_function.h"

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

struct EceParams {
    std::int64_t bins = 10;
};
const Schema<EceParams>& ece_schema() {
    static const Schema<EceParams> fields = {
        field(&EceParams::bins,
              {.name = "bins", .doc = "How many equally wide ranges of confidence are compared", .valid = {.low = 1, .high = 10'000}}),
    };
    return fields;
}

struct Bin {
    double weight = 0, confidence = 0, correct = 0;
};

// Range b holds confidences above b / bins up to (b + 1) / bins. NaN without rows, or where a probability is NaN.
double ece(const EceParams& params, const Target& truth, const Prediction& prediction) {
    if (prediction.probabilities.array().isNaN().any()) {
        return missing_number;
    }
    std::vector<Bin> bins(static_cast<std::size_t>(params.bins));
    double total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const std::int32_t label = prediction.label(row);
        const double confidence = prediction.probabilities(static_cast<Eigen::Index>(row), label);
        const auto place = static_cast<std::int64_t>(std::ceil(confidence * static_cast<double>(params.bins))) - 1;
        Bin& bin = bins[static_cast<std::size_t>(std::clamp<std::int64_t>(place, 0, params.bins - 1))];
        const double weight = weight_of(truth, row);
        total += weight;
        bin.weight += weight;
        bin.confidence += weight * confidence;
        bin.correct += label == truth.labels[row] ? weight : 0;
    }
    double gap = 0;
    for (const Bin& bin : bins) {
        gap += std::abs(bin.confidence - bin.correct);
    }
    return gap / total;
}

}  // namespace

void add_ece(Catalog& catalog) {
    ComponentInfo info = metric_of<EceParams>(ece_schema(), ece, {Task::Binary, Task::Multiclass});
    info.name = "ece";
    info.summary = "Expected calibration error: mean gap between the probability of the predicted class and how often it is right";
    info.source = "Naeini, Cooper and Hauskrecht 2015, Obtaining well calibrated probabilities using Bayesian binning; Guo et al. 2017";
    info.example = "metrics log_loss, ece(15)";
    info.greater_is_better = false;
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
