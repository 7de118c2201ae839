// Least squares with a mixture of the penalties of lasso and ridge.
#include "stdlib/models/elastic_net_fit.h"

namespace mlpc {

namespace {

struct ElasticNetParams {
    double alpha = 1.0;
    double l1_ratio = 0.5;
};

const Schema<ElasticNetParams>& elastic_net_schema() {
    static const Schema<ElasticNetParams> schema = {
        field(&ElasticNetParams::alpha,
              {.name = "alpha",
               .doc = "Strength of the penalty: the loss is half the mean squared error + alpha (l1_ratio Σ|coefficients| + "
                      "(1 - l1_ratio) Σ coefficients² / 2)",
               .valid = {.low = 0},
               .search = {.low = 1e-4, .high = 1e1, .log = true}}),
        field(&ElasticNetParams::l1_ratio, {.name = "l1_ratio",
                                            .doc = "Share of the absolute coefficients in the penalty: 1 is lasso, 0 is ridge",
                                            .valid = {.low = 0, .high = 1},
                                            .search = {.low = 0.05, .high = 1}}),
    };
    return schema;
}

class ElasticNet final : public Model {
public:
    explicit ElasticNet(ElasticNetParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        return std::make_unique<models::FittedLinear>("elastic_net",
                                                      models::fit_elastic_net(x, y, params_.alpha, params_.l1_ratio, "elastic_net", context));
    }

private:
    ElasticNetParams params_;
};

}  // namespace

void add_elastic_net(Catalog& catalog) {
    ComponentInfo info;
    info.name = "elastic_net";
    info.kind = ComponentKind::Model;
    info.summary = "Least squares with an L1 and an L2 penalty";
    info.source =
        "Zou, Hastie 2005: Regularization and variable selection via the elastic net; Friedman, Hastie, Tibshirani 2010: Regularization "
        "paths for generalized linear models via coordinate descent";
    info.example = "elastic_net(alpha in 1e-4..1e1 log, l1_ratio in 0.1..1.0)";
    info.params = specs_of(elastic_net_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<ElasticNet>(read_params(elastic_net_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("elastic_net"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
