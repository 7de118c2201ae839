// The fitted state of xgboost: a booster, of whose rounds a beginning may be in use.
#pragma once

#include "stdlib/models/boosting_loss.h"
#include "stdlib/models/outcome.h"
#include "stdlib/models/xgboost_library.h"

#include <vector>

namespace mlpc::models {

// The cells by row as the library takes them, NaN where missing. Throws RunError where one is beyond its range.
std::vector<float> xgboost_cells(const Frame&);
XgboostBooster new_xgboost_booster(const XgboostMatrix&);
std::size_t xgboost_rounds(const XgboostBooster&);
// A copy of the first rounds, without what training keeps beside its trees.
XgboostBooster first_xgboost_rounds(const XgboostBooster&, std::size_t count);

class FittedXgboost final : public FittedModel {
public:
    FittedXgboost() = default;
    // What fitting with at most `asked` rounds gives: all of them, or with a curve (the loss by round on rows set aside) those up to its
    // least.
    FittedXgboost(OutcomeSchema outcome, NumberLoss loss, std::size_t columns, XgboostBooster booster,
                  std::shared_ptr<const std::vector<double>> curve, std::size_t asked);

    Prediction predict(const Frame&) const override;
    void archive(Archive&) override;
    std::unique_ptr<FittedModel> restricted(const ParamValue& rounds) const override;
    std::vector<double> importances() const override;
    // How many the booster holds, of which the first ones may be in use; a copy of the first ones, and what the curve says of them.
    std::size_t rounds() const;
    XgboostBooster first_rounds(std::size_t count) const;
    std::vector<double> curve(std::size_t count) const;

private:
    void read_booster(const std::string& json);

    OutcomeSchema outcome_;
    NumberLoss loss_ = NumberLoss::Squared;
    std::uint64_t columns_ = 0;
    XgboostBooster booster_;
    std::shared_ptr<const std::vector<double>> curve_ = std::make_shared<const std::vector<double>>();
    std::size_t asked_ = 0, used_ = 0;
};

// Scores before they become shares or counts: rows × what the booster gives a row.
Matrix xgboost_scores(const float* scores, std::size_t rows, std::size_t count);

}  // namespace mlpc::models
