#include "stdlib/models/fitted_trees.h"

#include "runtime/core/error.h"
#include "stdlib/models/features.h"

namespace mlpc::models {

Prediction FittedTrees::predict(const Frame& x) const {
    const Dense dense = checked_features(x, name_, columns_);
    Matrix means = mean_of_trees(trees(), dense.matrix());
    return is_classification(outcome_.task) ? outcome_.classes_of(std::move(means)) : outcome_.numbers(means.col(0));
}

std::unique_ptr<FittedModel> FittedTrees::restricted(const ParamValue& trees) const {
    const std::int64_t* count = std::get_if<std::int64_t>(&trees.value);
    if (count == nullptr || *count < 1 || static_cast<std::size_t>(*count) > used_) {
        return nullptr;
    }
    auto fewer = std::make_unique<FittedTrees>(*this);
    fewer->used_ = static_cast<std::size_t>(*count);
    return fewer;
}

std::vector<double> FittedTrees::importances() const {
    Vector sums = Vector::Zero(static_cast<Eigen::Index>(columns_));
    for (const Tree& tree : trees()) {
        Vector gains = Vector::Zero(sums.size());
        for (const ColumnGain& gain : tree.gains) {
            gains[gain.column] = gain.gain;
        }
        const double all = gains.sum();
        sums += all > 0 ? Vector(gains / all) : gains;
    }
    const double all = sums.sum();
    sums = all > 0 ? Vector(sums / all) : sums;
    return {sums.begin(), sums.end()};
}

void FittedTrees::archive(Archive& a) {
    outcome_.archive(a);
    a.field("columns", columns_);
    if (!a.reading()) {
        a.write_parts("trees", trees());
        return;
    }
    std::vector<Tree> used;
    a.field("trees", used);
    if (used.empty()) {
        throw RunError("the saved model holds no tree; the file is damaged");
    }
    const auto outputs = is_classification(outcome_.task) ? static_cast<std::size_t>(outcome_.class_count()) : 1;
    for (const Tree& tree : used) {
        tree.check(columns_, outputs);
    }
    used_ = used.size();
    trees_ = std::make_shared<const std::vector<Tree>>(std::move(used));
}

}  // namespace mlpc::models
