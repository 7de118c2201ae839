#include "stdlib/metrics/custom_score.h"

namespace mlpc {

void add_custom_loss(Catalog& catalog) {
    ComponentInfo info = expression_metric();
    info.name = "custom_loss";
    info.summary = "Any expression over the scored rows, smaller being better; for instance a false alarm that costs 1 and a miss that costs 10";
    info.example = "minimize custom_loss(mean(if(truth == predicted, 0, if(probability < 0.5, 10, 1))))";
    info.greater_is_better = false;
    catalog.add(std::move(info));
}

}  // namespace mlpc
