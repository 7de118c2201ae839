// Metrics of how well probabilities rank the rows of a class before the others: roc_auc, pr_auc.
#pragma once

#include "runtime/core/component.h"

namespace mlpc {

// Rows in steps of equal score, from the largest: weights of the class's rows and of the others up to and with that step.
struct RankSteps {
    std::vector<double> positive, negative;
};
// `member` says of each row whether it is of the class; rows not `counted` are left out (empty: all count). No score may be NaN.
RankSteps rank_steps(const Target& truth, const Eigen::Ref<const Vector>& scores, const std::vector<bool>& member, const std::vector<bool>& counted);

enum class ClassAverage { Macro, Weighted };
// The mean of `of_class` over the classes that occur in the truth, alike or by their weight; NaN without rows.
double mean_over_classes(const Target& truth, ClassAverage, const std::function<double(Eigen::Index)>& of_class);

}  // namespace mlpc
