#include "runtime/core/error.h"
#include "stdlib/metrics/class_average.h"
#include "stdlib/metrics/ranked_classes.h"
#include "stdlib/metrics/score_function.h"

#include <fmt/format.h>

namespace mlpc {
namespace {

enum class Against { Rest, Each };
struct RocAucParams {
    ClassAverage average = ClassAverage::Macro;
    Against against = Against::Rest;
    double max_fpr = 1;
    std::string class_name;
};
const Schema<RocAucParams>& roc_auc_schema() {
    static const Schema<RocAucParams> fields = {
        field(&RocAucParams::average, {.name = "average",
                                       .doc = "With many classes: their mean, alike (macro) or by how frequent they are (weighted)",
                                       .words = {"macro", "weighted"}}),
        field(&RocAucParams::against,
              {.name = "against",
               .doc = "With many classes: each is ranked against the rest, or against each other class in turn, which class shares leave as it is",
               .words = {"rest", "each"}}),
        field(&RocAucParams::max_fpr, {.name = "max_fpr",
                                       .doc = "Two classes: only the part of the curve up to this false positive rate counts, scaled so that chance "
                                              "is 0.5 and 1 is perfect",
                                       .valid = {.low = 0, .high = 1, .open_low = true}}),
        field(&RocAucParams::class_name, {.name = "class", .doc = "This class against the rest alone: `class: \"yes\"`"}),
    };
    return fields;
}

// The area under the curve up to max_fpr; NaN where one of the two sides has no weight, or a score is NaN.
double area(const Target& truth, const Eigen::Ref<const Vector>& scores, const std::vector<bool>& member, const std::vector<bool>& counted,
            double max_fpr) {
    if (scores.array().isNaN().any()) {
        return missing_number;
    }
    const RankSteps steps = rank_steps(truth, scores, member, counted);
    if (steps.positive.empty()) {
        return missing_number;
    }
    const double limit = max_fpr * steps.negative.back();
    double sum = 0, positive = 0, negative = 0;
    for (std::size_t i = 0; i < steps.positive.size() && negative < limit; ++i) {
        const double width = steps.negative[i] - negative;
        const double share = width > 0 ? std::min(1.0, (limit - negative) / width) : 1;
        const double reached = positive + share * (steps.positive[i] - positive);
        sum += share * width * (positive + reached) / 2;
        positive = steps.positive[i];
        negative = steps.negative[i];
    }
    return sum / (steps.positive.back() * steps.negative.back());
}

// McClish 1989: the partial area between that of chance and that of a perfect ranking, on the scale from 0.5 to 1.
double standardised(double partial, double max_fpr) {
    const double chance = 0.5 * max_fpr * max_fpr;
    return max_fpr == 1 ? partial : 0.5 * (1 + (partial - chance) / (max_fpr - chance));
}

std::vector<bool> rows_of_class(const Target& truth, Eigen::Index c) {
    std::vector<bool> member(truth.rows());
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        member[row] = truth.labels[row] == c;
    }
    return member;
}

double against_rest(const Target& truth, const Prediction& prediction, Eigen::Index c, double max_fpr = 1) {
    return standardised(area(truth, prediction.probabilities.col(c), rows_of_class(truth, c), {}, max_fpr), max_fpr);
}

// Hand and Till 2001: over the pairs of classes that occur, the mean of the areas by the probability of either.
double against_each(const Target& truth, const Prediction& prediction, ClassAverage average) {
    std::vector<double> weight(truth.class_count(), 0.0);
    for (std::size_t row = 0; row < truth.rows(); ++row) {
        weight[static_cast<std::size_t>(truth.labels[row])] += weight_of(truth, row);
    }
    double sum = 0, total = 0;
    for (std::size_t a = 0; a < weight.size(); ++a) {
        for (std::size_t b = a + 1; b < weight.size(); ++b) {
            if (weight[a] == 0 || weight[b] == 0) {
                continue;
            }
            const auto first = static_cast<Eigen::Index>(a), second = static_cast<Eigen::Index>(b);
            const std::vector<bool> is_first = rows_of_class(truth, first), is_second = rows_of_class(truth, second);
            std::vector<bool> counted(truth.rows());
            for (std::size_t row = 0; row < truth.rows(); ++row) {
                counted[row] = is_first[row] || is_second[row];
            }
            const double share = average == ClassAverage::Macro ? 1 : weight[a] + weight[b];
            sum += share *
                   (area(truth, prediction.probabilities.col(first), is_first, counted, 1) +
                    area(truth, prediction.probabilities.col(second), is_second, counted, 1)) /
                   2;
            total += share;
        }
    }
    return sum / total;
}

double roc_auc(const RocAucParams& params, const Target& truth, const Prediction& prediction) {
    if (params.max_fpr < 1 && truth.task != Task::Binary) {
        throw RunError(fmt::format("`max_fpr` is for two classes, and the target has {}: leave it out", truth.class_count()));
    }
    if (!params.class_name.empty()) {
        return against_rest(truth, prediction, position_of_class(truth, params.class_name), params.max_fpr);
    }
    if (truth.task == Task::Binary) {
        return against_rest(truth, prediction, 1, params.max_fpr);
    }
    if (params.against == Against::Each) {
        return against_each(truth, prediction, params.average);
    }
    return mean_over_classes(truth, params.average, [&](Eigen::Index c) { return against_rest(truth, prediction, c); });
}

}  // namespace

void add_roc_auc(Catalog& catalog) {
    ComponentInfo info = metric_of<RocAucParams>(roc_auc_schema(), roc_auc, {Task::Binary, Task::Multiclass});
    info.name = "roc_auc";
    info.summary = "Area under the ROC curve: the chance that a row of a class is ranked before one of another, ties counting half";
    info.source = "Hanley and McNeil 1982, The meaning and use of the area under a receiver operating characteristic curve; Hand and Till 2001";
    info.example = "maximize roc_auc";
    info.range = {.low = 0, .high = 1};
    info.version = 2;
    catalog.add(std::move(info));
}

}  // namespace mlpc
