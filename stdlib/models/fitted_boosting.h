// The fitted state of boosted trees: first scores and trees by round, of which a beginning may be in use.
#pragma once

#include "stdlib/models/boosting_loss.h"
#include "stdlib/models/feature_columns.h"
#include "stdlib/models/gradient_tree.h"
#include "stdlib/models/outcome.h"

#include <memory>
#include <vector>

namespace mlpc::models {

// What all beginnings of one fit share.
struct BoostedRounds {
    OutcomeSchema outcome;
    FeatureColumns columns;
    NumberLoss loss = NumberLoss::Squared;
    Vector first_scores;
    std::vector<GradientTree> trees;  // by round, then score
    std::vector<double> curve;        // by round, the loss on the rows set aside; empty without early stopping

    std::size_t count() const { return trees.size() / static_cast<std::size_t>(first_scores.size()); }
    // What the first `rounds` say of each row, by score; trees are added in order, as in the fit.
    Matrix scores(const Frame&, std::size_t rounds) const;
};

class FittedBoosting final : public FittedModel {
public:
    FittedBoosting() : rounds_(std::make_shared<BoostedRounds>()) {}
    // What fitting with at most `asked` rounds gives: all of them, or with a curve those up to its least loss.
    FittedBoosting(std::shared_ptr<const BoostedRounds> rounds, std::size_t asked);

    Prediction predict(const Frame&) const override;
    void archive(Archive&) override;
    std::unique_ptr<FittedModel> restricted(const ParamValue& rounds) const override;
    std::vector<double> importances() const override;
    // Of which the first ones may be in use.
    const BoostedRounds& rounds() const { return *rounds_; }

private:
    std::size_t score_count() const { return static_cast<std::size_t>(rounds_->first_scores.size()); }
    std::size_t tree_count() const { return used_ * score_count(); }
    void check() const;

    std::shared_ptr<const BoostedRounds> rounds_;
    std::size_t asked_ = 0, used_ = 0;
};

}  // namespace mlpc::models
