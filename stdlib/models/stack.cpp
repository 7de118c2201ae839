// A model that learns how far to trust others, from what they predict of rows that they have not seen.
#include "runtime/core/dataflow.h"
#include "stdlib/models/out_of_fold.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

struct StackParams {
    std::int64_t folds = 5;
    bool passthrough = false;
};

const Schema<StackParams>& stack_schema() {
    static const Schema<StackParams> schema = {
        field(&StackParams::folds,
              {.name = "folds",
               .doc = "How many inner folds give the predictions that the final model learns from; they keep groups whole and go forward in time",
               .valid = {.low = 2},
               .search = {.low = 3, .high = 10}}),
        field(&StackParams::passthrough,
              {.name = "passthrough", .doc = "Whether the final model is given the columns too, as the steps before `stack` leave them"}),
    };
    return schema;
}

std::vector<std::string> prediction_names(std::size_t member, const Prediction& prediction) {
    const std::string prefix = std::string(prediction_column_prefix) + std::to_string(member + 1);
    if (!is_classification(prediction.task)) {
        return {prefix};
    }
    std::vector<std::string> names;
    // The first of two classes says nothing that the other does not.
    for (std::size_t c = prediction.task == Task::Binary ? 1 : 0; c < prediction.classes->size(); ++c) {
        names.push_back(fmt::format("{}: {}", prefix, (*prediction.classes)[c]));
    }
    return names;
}

// What the final model is given: the members' predictions, and behind them the columns that pass through.
Frame final_columns(const std::vector<Prediction>& predictions, const Frame* passed) {
    std::vector<std::string> names;
    for (std::size_t m = 0; m < predictions.size(); ++m) {
        const std::vector<std::string> own = prediction_names(m, predictions[m]);
        names.insert(names.end(), own.begin(), own.end());
    }
    Matrix cells(static_cast<Eigen::Index>(predictions.front().rows()), static_cast<Eigen::Index>(names.size()));
    Eigen::Index column = 0;
    for (const Prediction& prediction : predictions) {
        if (!is_classification(prediction.task)) {
            cells.col(column++) = prediction.values;
            continue;
        }
        for (Eigen::Index c = prediction.task == Task::Binary ? 1 : 0; c < prediction.probabilities.cols(); ++c) {
            cells.col(column++) = prediction.probabilities.col(c);
        }
    }
    const Frame made = Frame::from_matrix(std::move(cells), names);
    return passed == nullptr ? made : Frame::concatenate(std::vector{made, *passed});
}

class FittedStack final : public FittedModel {
public:
    FittedStack(std::vector<models::Member> members, models::Member final_model, bool passthrough)
        : members_(std::move(members)), final_(std::move(final_model)), passthrough_(passthrough) {}

    Prediction predict(const Frame& x) const override {
        return final_->predict(final_columns(models::predictions_of(members_, x), passthrough_ ? &x : nullptr));
    }
    void archive(Archive& a) override {
        a.field("passthrough", passthrough_);
        models::archive_members(a, members_);
        final_->archive(a);
    }

private:
    std::vector<models::Member> members_;
    models::Member final_;
    bool passthrough_ = false;
};

class Stack final : public Model {
public:
    Stack(StackParams params, Learners learners) : params_(params), members_(std::move(learners)) {
        final_ = std::move(members_.back());
        members_.pop_back();
    }

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const std::vector<Part> parts = models::inner_folds(y, params_.folds, context, "stack");
        std::vector<Prediction> predictions;
        RowIndex rows;
        for (std::size_t m = 0; m < members_.size(); ++m) {
            models::OutOfFold unseen = models::out_of_fold(*members_[m], x, y, parts, context, context.rng.child("inner").child(m));
            predictions.push_back(std::move(unseen.prediction));
            rows = std::move(unseen.rows);
        }
        const Frame passed = x.take(rows);
        const Frame columns = final_columns(predictions, params_.passthrough ? &passed : nullptr);
        models::Member final_model = models::fit_member(*final_, columns, y.take(rows), {context.rng, context.cancelled}, context.rng.child("final"));
        std::vector<models::Member> members;
        for (std::size_t m = 0; m < members_.size(); ++m) {
            members.push_back(models::fit_member(*members_[m], x, y, context, context.rng.child("whole").child(m)));
        }
        return std::make_unique<FittedStack>(std::move(members), std::move(final_model), params_.passthrough);
    }

private:
    StackParams params_;
    Learners members_;
    std::shared_ptr<const Learner> final_;
};

}  // namespace

void add_stack(Catalog& catalog) {
    ComponentInfo info;
    info.name = "stack";
    info.kind = ComponentKind::Model;
    info.summary = "A final model that learns from what others predict of rows that they have not seen";
    info.source = "Wolpert 1992: Stacked generalization; Breiman 1996: Stacked regressions";
    info.example = "stack(logit, forest) with logistic(C in 1e-2..1e2 log)";
    info.params = specs_of(stack_schema());
    info.positional = 0;
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.least_learners = 1;
    info.most_learners = 64;
    info.final_learner = true;
    info.inner_folds = true;
    info.make_combination = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<Stack>(read_params(stack_schema(), values), learners);
    };
    info.blank_combination = [](const Learners& learners) {
        std::vector<models::Member> members = models::blank_members(learners);
        models::Member final_model = std::move(members.back());
        members.pop_back();
        return std::make_unique<FittedStack>(std::move(members), std::move(final_model), false);
    };
    catalog.add(std::move(info));
}

}  // namespace mlpc
