#include "stdlib/models/fitted_boosting.h"

#include "runtime/core/error.h"

#include <algorithm>

namespace mlpc::models {

FittedBoosting::FittedBoosting(std::shared_ptr<const BoostedRounds> rounds, std::size_t asked) : rounds_(std::move(rounds)), asked_(asked) {
    used_ = std::min(asked, rounds_->count());
    const std::vector<double>& curve = rounds_->curve;
    if (!curve.empty()) {
        const auto end = curve.begin() + static_cast<std::ptrdiff_t>(std::min(asked, curve.size()));
        used_ = static_cast<std::size_t>(std::min_element(curve.begin(), end) - curve.begin()) + 1;
    }
}

Matrix BoostedRounds::scores(const Frame& x, std::size_t rounds) const {
    const Eigen::Index count = first_scores.size();
    Matrix sums = first_scores.transpose().replicate(static_cast<Eigen::Index>(x.rows()), 1);
    columns.for_each_block(x, "boosted_trees", [&](std::size_t begin, const RowMajor& cells) {
        for (std::size_t t = 0; t < rounds * static_cast<std::size_t>(count); ++t) {
            double* column = sums.col(static_cast<Eigen::Index>(t) % count).data() + begin;
            trees[t].add_values(cells.data(), static_cast<std::size_t>(cells.cols()), static_cast<std::size_t>(cells.rows()), column);
        }
    });
    return sums;
}

Prediction FittedBoosting::predict(const Frame& x) const {
    const Matrix scores = rounds_->scores(x, used_);
    return is_classification(rounds_->outcome.task) ? rounds_->outcome.classes_of(boosted_probabilities(scores))
                                                    : rounds_->outcome.numbers(boosted_numbers(scores, rounds_->loss));
}

std::unique_ptr<FittedModel> FittedBoosting::restricted(const ParamValue& rounds) const {
    const std::int64_t* value = std::get_if<std::int64_t>(&rounds.value);
    if (value == nullptr || *value < 1 || static_cast<std::size_t>(*value) > asked_) {
        return nullptr;
    }
    return std::make_unique<FittedBoosting>(rounds_, static_cast<std::size_t>(*value));
}

std::vector<double> FittedBoosting::importances() const {
    std::vector<double> gains(rounds_->columns.count());
    double all = 0;
    for (std::size_t t = 0; t < tree_count(); ++t) {
        for (const GradientNode& node : rounds_->trees[t].nodes) {
            if (node.column >= 0) {
                gains[static_cast<std::size_t>(node.column)] += node.gain;
                all += node.gain;
            }
        }
    }
    for (double& gain : gains) {
        gain = all > 0 ? gain / all : 0;
    }
    return gains;
}

void FittedBoosting::archive(Archive& a) {
    BoostedRounds used = {.outcome = rounds_->outcome, .columns = rounds_->columns, .loss = rounds_->loss, .first_scores = rounds_->first_scores};
    if (!a.reading()) {
        used.trees.assign(rounds_->trees.begin(), rounds_->trees.begin() + static_cast<std::ptrdiff_t>(tree_count()));
        used.curve.assign(rounds_->curve.begin(), rounds_->curve.begin() + static_cast<std::ptrdiff_t>(rounds_->curve.empty() ? 0 : used_));
    }
    auto loss = static_cast<std::int32_t>(used.loss);
    used.outcome.archive(a);
    used.columns.archive(a);
    a.field("loss", loss);
    a.field("first_scores", used.first_scores);
    a.field("trees", used.trees);
    a.field("curve", used.curve);
    if (!a.reading()) {
        return;
    }
    if (loss < 0 || loss > static_cast<std::int32_t>(NumberLoss::Quantile)) {
        throw RunError("the saved model names a loss that this version does not know");
    }
    used.loss = static_cast<NumberLoss>(loss);
    rounds_ = std::make_shared<const BoostedRounds>(std::move(used));
    check();
    asked_ = used_ = rounds_->count();
}

void FittedBoosting::check() const {
    const Eigen::Index scores = rounds_->outcome.task == Task::Multiclass ? rounds_->outcome.class_count() : 1;
    const bool sound = scores > 0 && rounds_->first_scores.size() == scores && rounds_->trees.size() % static_cast<std::size_t>(scores) == 0 &&
                       (rounds_->outcome.task != Task::Binary || rounds_->outcome.class_count() == 2);
    if (!sound) {
        throw RunError("the saved model holds other trees than its classes need; the file is damaged");
    }
    for (const GradientTree& tree : rounds_->trees) {
        tree.check(rounds_->columns.count(), [&](std::size_t c) { return rounds_->columns.level_count(c); });
    }
}

}  // namespace mlpc::models
