#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

struct TopKParams {
    std::int64_t k = 2;
};
const Schema<TopKParams>& top_k_schema() {
    static const Schema<TopKParams> fields = {
        field(&TopKParams::k, {.name = "k", .doc = "How many of the most probable classes count as predicted", .valid = {.low = 1}}),
    };
    return fields;
}

// Of equally probable classes the first in order comes first, as in the predicted class. NaN without rows.
double top_k(const TopKParams& params, const Target& truth, const Prediction& prediction) {
    double correct = 0, total = 0;
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        const auto r = static_cast<Eigen::Index>(row);
        const Eigen::Index label = truth.labels[row];
        std::int64_t before = 0;
        for (Eigen::Index c = 0; c < prediction.probabilities.cols(); ++c) {
            const double other = prediction.probabilities(r, c), own = prediction.probabilities(r, label);
            before += other > own || (other == own && c < label) ? 1 : 0;
        }
        total += weight_of(truth, row);
        correct += before < params.k ? weight_of(truth, row) : 0;
    }
    return correct / total;
}

}  // namespace

void add_top_k(Catalog& catalog) {
    ComponentInfo info = metric_of<TopKParams>(top_k_schema(), top_k, {Task::Multiclass});
    info.name = "top_k";
    info.summary = "Share of rows whose true class is among the k most probable ones";
    info.source = "Russakovsky et al. 2015, ImageNet large scale visual recognition challenge";
    info.example = "maximize top_k(3)";
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
