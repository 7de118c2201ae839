#include "stdlib/models/fitted_trees.h"

#include "runtime/core/error.h"
#include "stdlib/models/features.h"

namespace mlpc::models {

Prediction FittedTrees::predict(const Frame& x) const {
    const Dense dense = checked_features(x, name_, columns_);
    Matrix means = mean_of_trees(trees_, dense.matrix());
    return is_classification(outcome_.task) ? outcome_.classes_of(std::move(means)) : outcome_.numbers(means.col(0));
}

void FittedTrees::archive(Archive& a) {
    outcome_.archive(a);
    a.field("columns", columns_);
    a.field("trees", trees_);
    if (!a.reading()) {
        return;
    }
    if (trees_.empty()) {
        throw RunError("the saved model holds no tree; the file is damaged");
    }
    const auto outputs = is_classification(outcome_.task) ? static_cast<std::size_t>(outcome_.class_count()) : 1;
    for (const Tree& tree : trees_) {
        tree.check(columns_, outputs);
    }
}

}  // namespace mlpc::models
