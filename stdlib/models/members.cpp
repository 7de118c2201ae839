#include "stdlib/models/members.h"

#include "runtime/core/error.h"

#include <cassert>

namespace mlpc::models {

namespace {

RowRoles roles_of(const RowRoles& all, const RowIndex& rows) {
    RowRoles some;
    for (const std::uint32_t row : rows) {
        if (!all.groups.empty()) {
            some.groups.push_back(all.groups[row]);
        }
        if (!all.times.empty()) {
            some.times.push_back(all.times[row]);
        }
    }
    return some;
}

void require_alike(const Prediction& a, const Prediction& b) {
    const bool same_classes = a.classes == b.classes || (a.classes && b.classes && *a.classes == *b.classes);
    if (a.task != b.task || !same_classes || a.rows() != b.rows() || a.probabilities.cols() != b.probabilities.cols()) {
        throw RunError("the members of a combination do not predict the same target: the saved model is damaged");
    }
}

}  // namespace

Member fit_member(const Learner& learner, const Frame& x, const Target& y, const FitContext& context, Rng rng) {
    FitContext inner{rng, context.cancelled, context.roles};
    return learner.fit(x, y, inner);
}

Member fit_member(const Learner& learner, const Frame& x, const Target& y, const RowIndex& rows, const FitContext& context, Rng rng) {
    const RowRoles roles = context.roles != nullptr ? roles_of(*context.roles, rows) : RowRoles();
    FitContext inner{rng, context.cancelled, &roles};
    return learner.fit(x.take(rows), y.take(rows), inner);
}

Prediction mean_prediction(const std::vector<Prediction>& predictions, const Vector& weights) {
    assert(!predictions.empty() && static_cast<Eigen::Index>(predictions.size()) == weights.size() && "a weight a prediction");
    Prediction mean = predictions.front();
    mean.threshold.reset();
    mean.values *= weights[0];
    mean.probabilities *= weights[0];
    for (std::size_t i = 1; i < predictions.size(); ++i) {
        require_alike(mean, predictions[i]);
        mean.values += weights[static_cast<Eigen::Index>(i)] * predictions[i].values;
        mean.probabilities += weights[static_cast<Eigen::Index>(i)] * predictions[i].probabilities;
    }
    mean.values /= weights.sum();
    mean.probabilities /= weights.sum();
    return mean;
}

std::vector<Prediction> predictions_of(const std::vector<Member>& members, const Frame& x) {
    std::vector<Prediction> predictions;
    for (const Member& member : members) {
        predictions.push_back(member->predict(x));
    }
    return predictions;
}

std::vector<Member> blank_members(const Learners& learners) {
    std::vector<Member> members;
    for (const auto& learner : learners) {
        members.push_back(learner->blank());
    }
    return members;
}

void archive_members(Archive& a, const std::vector<Member>& members) {
    for (const Member& member : members) {
        member->archive(a);
    }
}

void archive_copies(Archive& a, std::vector<Member>& members, const Learner* learner) {
    std::uint64_t count = members.size();
    a.field("members", count);
    // One at a time: a count that no file can hold ends with the bytes.
    for (std::uint64_t i = 0; i < count; ++i) {
        if (a.reading()) {
            members.push_back(learner->blank());
        }
        members[i]->archive(a);
    }
}

}  // namespace mlpc::models
