// Linear models by stochastic gradient descent, a row at a time: for more rows than other solvers like.
#include "runtime/core/error.h"
#include "stdlib/models/linear_classes.h"
#include "stdlib/models/sgd_descent.h"

#include <fmt/format.h>

#include <algorithm>

namespace mlpc {

namespace {

using models::SgdLoss;
using models::SgdParams;
using models::SgdRate;

const Schema<SgdParams>& sgd_schema() {
    static const Schema<SgdParams> schema = {
        field(&SgdParams::loss,
              {.name = "loss",
               .doc = "For classes hinge, log, modified_huber or squared_hinge, for numbers squared, huber or epsilon_insensitive; auto: "
                      "hinge, or squared",
               .words = {"auto", "hinge", "log", "modified_huber", "squared_hinge", "squared", "huber", "epsilon_insensitive"}}),
        field(&SgdParams::penalty, {.name = "penalty",
                                    .doc = "Half the squares of the coefficients, their absolute values, both, or none",
                                    .words = {"l2", "l1", "elastic_net", "none"},
                                    .search = {.words = {"l2", "l1", "elastic_net"}}}),
        field(&SgdParams::alpha, {.name = "alpha",
                                  .doc = "Strength of the penalty beside the mean loss; the rate optimal follows from it",
                                  .valid = {.low = 0, .open_low = true},
                                  .search = {.low = 1e-7, .high = 1e-1, .log = true}}),
        field(&SgdParams::l1_ratio, {.name = "l1_ratio",
                                     .doc = "Share of the absolute values in the penalty elastic_net",
                                     .valid = {.low = 0, .high = 1},
                                     .search = {.low = 0.05, .high = 0.95}}),
        field(&SgdParams::rate,
              {.name = "rate",
               .doc = "Length of step t; optimal: 1 / (alpha (t + t0)), constant: eta0, invscaling: eta0 / t^power; auto: optimal for "
                      "classes, invscaling for numbers",
               .words = {"auto", "optimal", "constant", "invscaling"}}),
        field(&SgdParams::eta0, {.name = "eta0",
                                 .doc = "Of the rates constant and invscaling",
                                 .valid = {.low = 0, .open_low = true},
                                 .search = {.low = 1e-4, .high = 1e-1, .log = true}}),
        field(&SgdParams::power, {.name = "power", .doc = "Of the rate invscaling", .valid = {.low = 0}, .search = {.low = 0.1, .high = 0.9}}),
        field(&SgdParams::epsilon, {.name = "epsilon",
                                    .doc = "Of the losses huber and epsilon_insensitive",
                                    .valid = {.low = 0},
                                    .search = {.low = 1e-3, .high = 1, .log = true}}),
        field(&SgdParams::epochs,
              {.name = "epochs", .doc = "Passes over the rows at most", .valid = {.low = 1}, .search = {.low = 5, .high = 200}, .resource = true}),
        field(&SgdParams::tolerance, {.name = "tolerance",
                                      .doc = "It stops when five passes have not brought the mean training loss down by so much",
                                      .valid = {.low = 0},
                                      .search = {.low = 1e-5, .high = 1e-2, .log = true}}),
        field(&SgdParams::average, {.name = "average", .doc = "Whether the coefficients are their mean over all steps"}),
        field(&SgdParams::class_weight, models::class_weight_spec()),
    };
    return schema;
}

bool is_of_classes(SgdLoss loss) { return loss >= SgdLoss::Hinge && loss <= SgdLoss::SquaredHinge; }

// Coefficients, and beside them where the descents stand as long as the state has not been through an archive, which is not to hold what
// predicting does not need.
class FittedSgd final : public FittedModel {
public:
    FittedSgd() : linear_(models::blank_linear_classes("sgd")) {}
    FittedSgd(std::unique_ptr<FittedModel> linear, std::vector<models::SgdState> descents)
        : linear_(std::move(linear)), descents_(std::move(descents)) {}

    Prediction predict(const Frame& x) const override { return linear_->predict(x); }
    void archive(Archive& a) override { linear_->archive(a); }
    std::vector<double> importances() const override { return linear_->importances(); }
    // One a decision; empty of a state that was read.
    const std::vector<models::SgdState>& descents() const { return descents_; }

private:
    std::unique_ptr<FittedModel> linear_;
    std::vector<models::SgdState> descents_;
};

class Sgd final : public Model {
public:
    explicit Sgd(SgdParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override { return descended({}, x, y, context); }
    std::unique_ptr<FittedModel> grow(const FittedModel& state, const Frame& x, const Target& y, FitContext& context) const override {
        const auto* shorter = dynamic_cast<const FittedSgd*>(&state);
        const bool tells_enough = shorter != nullptr && !shorter->descents().empty() &&
                                  std::all_of(shorter->descents().begin(), shorter->descents().end(),
                                              [&](const models::SgdState& descent) { return descent.epochs <= params_.epochs; });
        return tells_enough ? descended(shorter->descents(), x, y, context) : nullptr;
    }

private:
    // Goes on from the earlier states, one a decision; from the start where there are none.
    std::unique_ptr<FittedModel> descended(std::vector<models::SgdState> earlier, const Frame& x, const Target& y, FitContext& context) const {
        const bool classes = is_classification(y.task);
        const SgdParams params = params_for(classes);
        const models::DesignMatrix matrix(x, "sgd");
        const Vector weights = classes ? models::balanced_row_weights(y, params.class_weight, "sgd") : models::row_weights(y, "sgd");
        std::vector<models::SgdState> descents;
        const auto descend = [&](const Vector& truth) {
            const std::size_t next = descents.size();
            models::SgdState start = earlier.empty() ? models::sgd_start(matrix, params) : std::move(earlier.at(next));
            const Rng rng = context.rng.child(std::uint64_t{next});
            descents.push_back(models::sgd_descend(std::move(start), matrix, truth, weights, params, rng, context));
            return descents.back().coefficients(params.average);
        };
        if (classes) {
            auto linear = models::make_linear_classes("sgd", params.loss == SgdLoss::ModifiedHuber ? models::Link::Clipped : models::Link::Logistic,
                                                      models::fit_against_rest(y, weights, "sgd", descend));
            return std::make_unique<FittedSgd>(std::move(linear), std::move(descents));
        }
        const models::LinearState state = descend(Eigen::Map<const Vector>(y.values.data(), matrix.rows()));
        Matrix coefficients(matrix.columns() + 1, 1);
        coefficients << state.coefficients, state.intercept;
        auto linear = models::make_linear_classes("sgd", models::Link::Logistic,
                                                  {.outcome = models::OutcomeSchema::of(y), .present = {}, .coefficients = std::move(coefficients)});
        return std::make_unique<FittedSgd>(std::move(linear), std::move(descents));
    }
    SgdParams params_for(bool classes) const {
        SgdParams params = params_;
        params.loss = params.loss != SgdLoss::Auto ? params.loss : classes ? SgdLoss::Hinge : SgdLoss::Squared;
        params.rate = params.rate != SgdRate::Auto ? params.rate : classes ? SgdRate::Optimal : SgdRate::InverseScaling;
        if (is_of_classes(params.loss) != classes) {
            throw RunError(fmt::format("the target of `sgd` is {}; for it take the loss {}", classes ? "a class" : "a number",
                                       classes ? "hinge, log, modified_huber or squared_hinge" : "squared, huber or epsilon_insensitive"));
        }
        return params;
    }

    SgdParams params_;
};

}  // namespace

void add_sgd(Catalog& catalog) {
    ComponentInfo info;
    info.name = "sgd";
    info.version = 2;
    info.kind = ComponentKind::Model;
    info.summary = "Linear model by stochastic gradient descent, of classes (each against the rest) or numbers; columns should be scaled alike";
    info.source = "Bottou 2012: Stochastic gradient descent tricks";
    info.example = "sgd(loss: log, alpha in 1e-6..1e-1 log)";
    info.params = specs_of(sgd_schema());
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Sgd>(read_params(sgd_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedSgd>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
