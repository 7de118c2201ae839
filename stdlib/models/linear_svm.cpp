// Linear support vector machines: a class against the rest, by the hinge loss or its square.
#include "stdlib/models/class_weight.h"
#include "stdlib/models/dual_descent.h"
#include "stdlib/models/linear_classes.h"
#include "stdlib/models/row_loss.h"

#include <algorithm>

namespace mlpc {

namespace {

enum class SvmLoss { SquaredHinge, Hinge };

struct LinearSvmParams {
    double C = 1.0;
    SvmLoss loss = SvmLoss::SquaredHinge;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

const Schema<LinearSvmParams>& linear_svm_schema() {
    static const Schema<LinearSvmParams> schema = {
        field(&LinearSvmParams::C, {.name = "C",
                                    .doc = "Inverse strength of the penalty: the loss is C Σ loss + |coefficients|² / 2, the intercept among them",
                                    .valid = {.low = 0, .open_low = true},
                                    .search = {.low = 1e-3, .high = 1e2, .log = true}}),
        field(&LinearSvmParams::loss, {.name = "loss",
                                       .doc = "Of a row within its margin: the distance to it, or the square of that",
                                       .words = {"squared_hinge", "hinge"},
                                       .search = {.words = {"squared_hinge", "hinge"}}}),
        field(&LinearSvmParams::class_weight, models::class_weight_spec()),
    };
    return schema;
}

class LinearSvm final : public Model {
public:
    explicit LinearSvm(LinearSvmParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Vector weights = models::balanced_row_weights(y, params_.class_weight, "linear_svm");
        const models::DesignMatrix matrix(x, "linear_svm");
        auto decisions =
            models::fit_against_rest(y, weights, "linear_svm", [&](const Vector& signs) { return separate(matrix, signs, weights, context); });
        return models::make_linear_classes("linear_svm", models::Link::Logistic, std::move(decisions));
    }

private:
    models::LinearState separate(const models::DesignMatrix& x, const Vector& signs, const Vector& weights, const FitContext& context) const {
        if (params_.loss == SvmLoss::Hinge) {
            constexpr double tolerance = 1e-6;
            return models::descend_hinge(x, signs, params_.C * weights, tolerance, context);
        }
        const auto squared_hinge = [&](double z, Eigen::Index row) {
            const double within = std::max(0.0, 1 - signs[row] * z);
            return models::RowTerm{.loss = within * within, .slope = -2 * signs[row] * within, .curvature = within > 0 ? 2.0 : 0.0};
        };
        return models::minimise_row_loss(x, squared_hinge, weights, 1 / params_.C, models::Intercept::Penalised, 0, "linear_svm", context);
    }

    LinearSvmParams params_;
};

}  // namespace

void add_linear_svm(Catalog& catalog) {
    ComponentInfo info;
    info.name = "linear_svm";
    info.kind = ComponentKind::Model;
    info.summary = "Linear support vector machine, each class against the rest; its probabilities are right in order, not in size";
    info.source = "Fan, Chang, Hsieh, Wang, Lin 2008: LIBLINEAR: a library for large linear classification";
    info.example = "linear_svm(C in 1e-3..1e2 log)";
    info.params = specs_of(linear_svm_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<LinearSvm>(read_params(linear_svm_schema(), values)); };
    info.blank_model = [] { return models::blank_linear_classes("linear_svm"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
