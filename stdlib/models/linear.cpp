// Ordinary least squares.
#include "stdlib/models/linear_fit.h"

namespace mlpc {

namespace {

class Linear final : public Model {
public:
    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const Dense dense = models::checked_features(x, "linear");
        return std::make_unique<models::FittedLinear>("linear", models::fit_linear(dense.matrix(), y, models::row_weights(y, "linear"), 0));
    }
};

}  // namespace

void add_linear(Catalog& catalog) {
    ComponentInfo info;
    info.name = "linear";
    info.kind = ComponentKind::Model;
    info.summary = "Least squares with an intercept; of dependent columns, the shortest coefficients";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 3.2";
    info.example = "linear()";
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues&) { return std::make_unique<Linear>(); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("linear"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
