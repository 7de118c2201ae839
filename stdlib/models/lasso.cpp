// Least squares with a penalty on the absolute coefficients, most of which become zero.
#include "stdlib/models/elastic_net_fit.h"

namespace mlpc {

namespace {

struct LassoParams {
    double alpha = 1.0;
};

const Schema<LassoParams>& lasso_schema() {
    static const Schema<LassoParams> schema = {
        field(&LassoParams::alpha, {.name = "alpha",
                                    .doc = "Strength of the penalty: the loss is half the mean squared error + alpha Σ|coefficients|",
                                    .valid = {.low = 0},
                                    .search = {.low = 1e-4, .high = 1e1, .log = true}}),
    };
    return schema;
}

class Lasso final : public Model {
public:
    explicit Lasso(LassoParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        return std::make_unique<models::FittedLinear>("lasso", models::fit_elastic_net(x, y, params_.alpha, 1, "lasso", context));
    }

private:
    LassoParams params_;
};

}  // namespace

void add_lasso(Catalog& catalog) {
    ComponentInfo info;
    info.name = "lasso";
    info.kind = ComponentKind::Model;
    info.summary = "Least squares with an L1 penalty, which leaves few coefficients";
    info.source =
        "Tibshirani 1996: Regression shrinkage and selection via the lasso; Friedman, Hastie, Tibshirani 2010: Regularization paths for "
        "generalized linear models via coordinate descent";
    info.example = "lasso(alpha in 1e-4..1e1 log)";
    info.params = specs_of(lasso_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Lasso>(read_params(lasso_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("lasso"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
