// Several models side by side: the mean of what they predict, or the class that most of them choose.
#include "runtime/core/error.h"
#include "stdlib/models/members.h"

#include <fmt/format.h>

namespace mlpc {

namespace {

enum class Voting { Soft, Hard };

struct VoteParams {
    Voting voting = Voting::Soft;
    std::vector<ParamValue> weights;
};

const Schema<VoteParams>& vote_schema() {
    static const Schema<VoteParams> schema = {
        field(&VoteParams::voting, {.name = "voting",
                                    .doc = "The mean of the members' probabilities, or the share of the members that choose a class; numbers are "
                                           "always averaged",
                                    .words = {"soft", "hard"},
                                    .search = {.words = {"soft", "hard"}}}),
        field(&VoteParams::weights, {.name = "weights", .doc = "How much each member counts, in their order; without it all count alike"}),
    };
    return schema;
}

class FittedVote final : public FittedModel {
public:
    explicit FittedVote(std::vector<models::Member> members) : members_(std::move(members)) {}
    FittedVote(std::vector<models::Member> members, Vector weights, Voting voting)
        : members_(std::move(members)), weights_(std::move(weights)), hard_(voting == Voting::Hard) {}

    Prediction predict(const Frame& x) const override {
        std::vector<Prediction> predictions = models::predictions_of(members_, x);
        for (Prediction& prediction : predictions) {
            if (hard_ && is_classification(prediction.task)) {
                prediction.probabilities = ballots(prediction);
            }
        }
        return models::mean_prediction(predictions, weights_);
    }
    void archive(Archive& a) override {
        a.field("weights", weights_);
        a.field("hard", hard_);
        if (weights_.size() != static_cast<Eigen::Index>(members_.size())) {
            throw RunError("the saved model `vote` is damaged: it has not a weight for every member");
        }
        models::archive_members(a, members_);
    }

private:
    static Matrix ballots(const Prediction& prediction) {
        Matrix ballots = Matrix::Zero(prediction.probabilities.rows(), prediction.probabilities.cols());
        for (Eigen::Index row = 0; row < ballots.rows(); ++row) {
            ballots(row, prediction.label(static_cast<std::size_t>(row))) = 1;
        }
        return ballots;
    }

    std::vector<models::Member> members_;
    Vector weights_;
    bool hard_ = false;
};

Vector weights_of(const VoteParams& params, std::size_t members) {
    if (params.weights.empty()) {
        return Vector::Ones(static_cast<Eigen::Index>(members));
    }
    Vector weights(static_cast<Eigen::Index>(params.weights.size()));
    for (std::size_t i = 0; i < params.weights.size(); ++i) {
        weights[static_cast<Eigen::Index>(i)] = detail::is_number(params.weights[i]) ? detail::number_of(params.weights[i]) : -1;
    }
    if (params.weights.size() != members || weights.minCoeff() < 0 || weights.sum() <= 0) {
        throw RunError(fmt::format("`weights` of `vote` must be {} numbers, one for each model, not negative and not all 0", members));
    }
    return weights;
}

class Vote final : public Model {
public:
    Vote(VoteParams params, Learners learners) : params_(std::move(params)), learners_(std::move(learners)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Vector weights = weights_of(params_, learners_.size());
        std::vector<models::Member> members;
        for (std::size_t i = 0; i < learners_.size(); ++i) {
            members.push_back(models::fit_member(*learners_[i], x, y, context, context.rng.child(i)));
        }
        return std::make_unique<FittedVote>(std::move(members), weights, params_.voting);
    }

private:
    VoteParams params_;
    Learners learners_;
};

}  // namespace

void add_vote(Catalog& catalog) {
    ComponentInfo info;
    info.name = "vote";
    info.kind = ComponentKind::Model;
    info.summary = "Several models side by side: the mean of what they predict, or the class that most of them choose";
    info.source = "Kittler, Hatef, Duin, Matas 1998: On combining classifiers";
    info.example = "vote(logit, forest, weights: [2, 1])";
    info.params = specs_of(vote_schema());
    info.positional = 0;
    info.effect = always(Effect::Supervised);
    info.takes_missing = true;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.least_learners = 2;
    info.most_learners = 64;
    info.make_combination = [](const ParamValues& values, const Learners& learners) {
        return std::make_unique<Vote>(read_params(vote_schema(), values), learners);
    };
    info.blank_combination = [](const Learners& learners) { return std::make_unique<FittedVote>(models::blank_members(learners)); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
