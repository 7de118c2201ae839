// Least squares with a penalty on the squared length of the coefficients.
#include "stdlib/models/linear_fit.h"

namespace mlpc {

namespace {

struct RidgeParams {
    double alpha = 1.0;
};

const Schema<RidgeParams>& ridge_schema() {
    static const Schema<RidgeParams> schema = {
        field(&RidgeParams::alpha, {.name = "alpha",
                                    .doc = "Strength of the penalty alpha |coefficients|²; the intercept is not penalised",
                                    .valid = {.low = 0},
                                    .search = {.low = 1e-3, .high = 1e3, .log = true}}),
    };
    return schema;
}

class Ridge final : public Model {
public:
    explicit Ridge(RidgeParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const Dense dense = models::checked_features(x, "ridge");
        const Vector weights = models::row_weights(y, "ridge");
        return std::make_unique<models::FittedLinear>("ridge", models::fit_linear(dense.matrix(), y, weights, params_.alpha));
    }

private:
    RidgeParams params_;
};

}  // namespace

void add_ridge(Catalog& catalog) {
    ComponentInfo info;
    info.name = "ridge";
    info.kind = ComponentKind::Model;
    info.summary = "Least squares with an L2 penalty";
    info.source = "Hoerl, Kennard 1970: Ridge regression: biased estimation for nonorthogonal problems";
    info.example = "ridge(alpha in 1e-3..1e3 log)";
    info.params = specs_of(ridge_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Ridge>(read_params(ridge_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("ridge"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
