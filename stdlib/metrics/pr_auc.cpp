#include "stdlib/metrics/class_average.h"
#include "stdlib/metrics/ranked_classes.h"
#include "stdlib/metrics/score_function.h"

namespace mlpc {
namespace {

struct PrAucParams {
    ClassAverage average = ClassAverage::Macro;
    std::string class_name;
};
const Schema<PrAucParams>& pr_auc_schema() {
    static const Schema<PrAucParams> fields = {
        field(&PrAucParams::average,
              {.name = "average",
               .doc = "With many classes: the mean of each against the rest, alike (macro) or by how frequent they are (weighted)",
               .words = {"macro", "weighted"}}),
        field(&PrAucParams::class_name, {.name = "class", .doc = "This class against the rest alone: `class: \"yes\"`"}),
    };
    return fields;
}

// Average precision: the precision at each step of equal probability, weighted by the recall that the step adds. NaN where the class has no
// weight, or a probability is NaN.
double of_class(const Target& truth, const Prediction& prediction, Eigen::Index c) {
    if (prediction.probabilities.col(c).array().isNaN().any()) {
        return missing_number;
    }
    std::vector<bool> member(truth.rows());
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        member[row] = truth.labels[row] == c;
    }
    const RankSteps steps = rank_steps(truth, prediction.probabilities.col(c), member, {});
    if (steps.positive.empty() || steps.positive.back() == 0) {
        return missing_number;
    }
    double sum = 0, before = 0;
    for (std::size_t i = 0; i < steps.positive.size(); ++i) {
        const double gained = steps.positive[i] - before;
        sum += gained > 0 ? gained * steps.positive[i] / (steps.positive[i] + steps.negative[i]) : 0;
        before = steps.positive[i];
    }
    return sum / steps.positive.back();
}

double pr_auc(const PrAucParams& params, const Target& truth, const Prediction& prediction) {
    if (!params.class_name.empty()) {
        return of_class(truth, prediction, position_of_class(truth, params.class_name));
    }
    if (truth.task == Task::Binary) {
        return of_class(truth, prediction, 1);
    }
    return mean_over_classes(truth, params.average, [&](Eigen::Index c) { return of_class(truth, prediction, c); });
}

}  // namespace

void add_pr_auc(Catalog& catalog) {
    ComponentInfo info = metric_of<PrAucParams>(pr_auc_schema(), pr_auc, {Task::Binary, Task::Multiclass});
    info.name = "pr_auc";
    info.summary = "Area under the precision-recall curve, as average precision; chance is the share of the class, so it suits rare ones";
    info.source = "Zhu 2004, Recall, precision and average precision";
    info.example = "maximize pr_auc";
    info.range = {.low = 0, .high = 1};
    catalog.add(std::move(info));
}

}  // namespace mlpc
