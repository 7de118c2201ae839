// Linear support vector regression: errors within a tube cost nothing.
#include "stdlib/models/dual_descent.h"
#include "stdlib/models/row_loss.h"

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

enum class SvrLoss { EpsilonInsensitive, SquaredEpsilonInsensitive };

struct LinearSvrParams {
    double C = 1.0;
    double epsilon = 0.0;
    SvrLoss loss = SvrLoss::EpsilonInsensitive;
};

const Schema<LinearSvrParams>& linear_svr_schema() {
    static const Schema<LinearSvrParams> schema = {
        field(&LinearSvrParams::C, {.name = "C",
                                    .doc = "Inverse strength of the penalty: the loss is C Σ loss + |coefficients|² / 2, the intercept among them",
                                    .valid = {.low = 0, .open_low = true},
                                    .search = {.low = 1e-3, .high = 1e2, .log = true}}),
        field(
            &LinearSvrParams::epsilon,
            {.name = "epsilon", .doc = "Errors up to this size cost nothing", .valid = {.low = 0}, .search = {.low = 1e-3, .high = 1, .log = true}}),
        field(&LinearSvrParams::loss, {.name = "loss",
                                       .doc = "Of a larger error: what it is above epsilon, or the square of that",
                                       .words = {"epsilon_insensitive", "squared_epsilon_insensitive"},
                                       .search = {.words = {"epsilon_insensitive", "squared_epsilon_insensitive"}}}),
    };
    return schema;
}

class LinearSvr final : public Model {
public:
    explicit LinearSvr(LinearSvrParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& frame, const Target& y, FitContext& context) const override {
        const Vector weights = models::row_weights(y, "linear_svr");
        const models::DesignMatrix x(frame, "linear_svr");
        const Eigen::Map<const Vector> values(y.values.data(), x.rows());
        if (params_.loss == SvrLoss::EpsilonInsensitive) {
            const double tolerance = 1e-7 * std::max(1.0, values.cwiseAbs().maxCoeff());
            return std::make_unique<models::FittedLinear>("linear_svr",
                                                          models::descend_tube(x, values, params_.C * weights, params_.epsilon, tolerance, context));
        }
        const auto squared_tube = [&](double z, Eigen::Index row) {
            const double error = z - values[row], beyond = std::max(0.0, std::abs(error) - params_.epsilon);
            return models::RowTerm{
                .loss = beyond * beyond, .slope = 2 * (error > 0 ? beyond : -beyond), .curvature = beyond > 0 || params_.epsilon == 0 ? 2.0 : 0.0};
        };
        return std::make_unique<models::FittedLinear>(
            "linear_svr", models::minimise_row_loss(x, squared_tube, weights, 1 / params_.C, models::Intercept::Penalised, 0, "linear_svr", context));
    }

private:
    LinearSvrParams params_;
};

}  // namespace

void add_linear_svr(Catalog& catalog) {
    ComponentInfo info;
    info.name = "linear_svr";
    info.kind = ComponentKind::Model;
    info.summary = "Linear support vector regression";
    info.source = "Ho, Lin 2012: Large-scale linear support vector regression";
    info.example = "linear_svr(C in 1e-3..1e2 log)";
    info.params = specs_of(linear_svr_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<LinearSvr>(read_params(linear_svr_schema(), values)); };
    info.blank_model = [] { return std::make_unique<models::FittedLinear>("linear_svr"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
