// Where the two classes part: the probability above which the positive class is called, chosen for a metric on rows that the model has not
// seen.
#include "runtime/core/error.h"
#include "stdlib/models/features.h"
#include "stdlib/models/out_of_fold.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

enum class Aim { F1, BalancedAccuracy, Mcc, Accuracy, Kappa };

struct ThresholdParams {
    Aim metric = Aim::F1;
    std::int64_t folds = 5;
};

const Schema<ThresholdParams>& threshold_schema() {
    static const Schema<ThresholdParams> schema = {
        field(&ThresholdParams::metric, {.name = "metric",
                                         .doc = "What is best at the threshold, counted on predictions of rows that the model has not seen",
                                         .words = {"f1", "balanced_accuracy", "mcc", "accuracy", "kappa"},
                                         .search = {.words = {"f1", "balanced_accuracy", "mcc"}}}),
        field(&ThresholdParams::folds, {.name = "folds",
                                        .doc = "How many inner folds give these predictions; they keep groups whole and go forward in time",
                                        .valid = {.low = 2},
                                        .search = {.low = 3, .high = 10}}),
    };
    return schema;
}

// Weighted rows by what they are and what they are called.
struct Counts {
    double true_positive = 0, false_positive = 0, true_negative = 0, false_negative = 0;
};

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

double value_of(Aim aim, const Counts& n) {
    const double tp = n.true_positive, fp = n.false_positive, tn = n.true_negative, fn = n.false_negative;
    const double all = tp + fp + tn + fn;
    switch (aim) {
        case Aim::F1:
            return ratio(2 * tp, 2 * tp + fp + fn);
        case Aim::BalancedAccuracy:
            return (ratio(tp, tp + fn) + ratio(tn, tn + fp)) / 2;
        case Aim::Mcc:
            return ratio(tp * tn - fp * fn, std::sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)));
        case Aim::Accuracy:
            return ratio(tp + tn, all);
        case Aim::Kappa: {
            const double chance = ratio((tp + fp) * (tp + fn) + (tn + fp) * (tn + fn), all * all);
            return ratio(ratio(tp + tn, all) - chance, 1 - chance);
        }
    }
    return 0;
}

// The best threshold lies half-way between two neighbouring probabilities; of equally good ones the nearest to a half is taken.
double best_threshold(Aim aim, const Vector& probability, const Target& truth, const Vector& weights) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(probability.size()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Eigen::Index a, Eigen::Index b) { return probability[a] > probability[b]; });
    Counts counts;
    for (Eigen::Index i = 0; i < probability.size(); ++i) {
        (truth.labels[static_cast<std::size_t>(i)] == 1 ? counts.false_negative : counts.true_negative) += weights[i];
    }
    double best = 0.5, best_value = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Eigen::Index row = order[i];
        const bool positive = truth.labels[static_cast<std::size_t>(row)] == 1;
        (positive ? counts.true_positive : counts.false_positive) += weights[row];
        (positive ? counts.false_negative : counts.true_negative) -= weights[row];
        const double here = probability[row], next = i + 1 < order.size() ? probability[order[i + 1]] : 0;
        if (i + 1 < order.size() && next == here) {
            continue;
        }
        const double threshold = (here + next) / 2;
        const double value = value_of(aim, counts);
        const bool nearer = value == best_value && std::abs(threshold - 0.5) < std::abs(best - 0.5);
        if (value > best_value || nearer) {
            best = threshold;
            best_value = value;
        }
    }
    return best;
}

class FittedThreshold final : public FittedModel {
public:
    FittedThreshold(models::Member member, double threshold) : member_(std::move(member)), threshold_(threshold) {}

    Prediction predict(const Frame& x) const override {
        Prediction prediction = member_->predict(x);
        if (prediction.probabilities.cols() != 2) {
            throw RunError("the saved model `threshold` is damaged: its model does not predict two classes");
        }
        prediction.threshold = threshold_;
        return prediction;
    }
    void archive(Archive& a) override {
        a.field("threshold", threshold_);
        member_->archive(a);
    }
    std::vector<double> importances() const override { return member_->importances(); }

private:
    models::Member member_;
    double threshold_ = 0.5;
};

class Threshold final : public Model {
public:
    Threshold(ThresholdParams params, std::shared_ptr<const Learner> learner) : params_(params), learner_(std::move(learner)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        if (y.task != Task::Binary) {
            throw RunError("`threshold` parts two classes, and the target has " + std::to_string(y.class_count()));
        }
        const std::vector<Part> parts = models::inner_folds(y, params_.folds, context, "threshold");
        const models::OutOfFold unseen = models::out_of_fold(*learner_, x, y, parts, context, context.rng.child("inner"));
        const Target truth = y.take(unseen.rows);
        const double threshold =
            best_threshold(params_.metric, unseen.prediction.probabilities.col(1), truth, models::row_weights(truth, "threshold"));
        return std::make_unique<FittedThreshold>(models::fit_member(*learner_, x, y, context, context.rng.child("whole")), threshold);
    }

private:
    ThresholdParams params_;
    std::shared_ptr<const Learner> learner_;
};

}  // namespace

void add_threshold(Catalog& catalog) {
    ComponentInfo info;
    info.name = "threshold";
    info.kind = ComponentKind::Model;
    info.summary =
        "A model that calls the positive class above a probability learned from rows that it had not seen; the probabilities stay what they are";
    info.source = "Lipton, Elkan, Naryanaswamy 2014: Optimal thresholding of classifiers to maximize F1 measure";
    info.example = "threshold(logit, metric: f1)";
    info.params = specs_of(threshold_schema());
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.tasks = {Task::Binary};
    info.least_learners = 1;
    info.most_learners = 1;
    info.inner_folds = true;
    info.make_combination = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<Threshold>(read_params(threshold_schema(), values), learners.at(0));
    };
    info.blank_combination = [](const Learners& learners) { return std::make_unique<FittedThreshold>(learners.at(0)->blank(), 0.5); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
