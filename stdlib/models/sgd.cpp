// Linear models by stochastic gradient descent, a row at a time: for more rows than other solvers like.
#include "runtime/core/error.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/design_matrix.h"
#include "stdlib/models/linear_classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace mlpc {

namespace {

enum class Loss { Auto, Hinge, Log, ModifiedHuber, SquaredHinge, Squared, Huber, EpsilonInsensitive };
enum class Penalty { L2, L1, ElasticNet, None };
enum class Rate { Auto, Optimal, Constant, InverseScaling };

struct SgdParams {
    Loss loss = Loss::Auto;
    Penalty penalty = Penalty::L2;
    double alpha = 1e-4;
    double l1_ratio = 0.15;
    Rate rate = Rate::Auto;
    double eta0 = 0.01;
    double power = 0.25;
    double epsilon = 0.1;
    std::int64_t epochs = 1000;
    double tolerance = 1e-3;
    bool average = false;
    models::ClassWeight class_weight = models::ClassWeight::None;
};

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
        field(&SgdParams::epochs, {.name = "epochs", .doc = "Passes over the rows at most", .valid = {.low = 1}, .search = {.low = 5, .high = 200}}),
        field(&SgdParams::tolerance, {.name = "tolerance",
                                      .doc = "It stops when five passes have not brought the mean training loss down by so much",
                                      .valid = {.low = 0},
                                      .search = {.low = 1e-5, .high = 1e-2, .log = true}}),
        field(&SgdParams::average, {.name = "average", .doc = "Whether the coefficients are their mean over all steps"}),
        field(&SgdParams::class_weight, models::class_weight_spec()),
    };
    return schema;
}

bool is_of_classes(Loss loss) { return loss >= Loss::Hinge && loss <= Loss::SquaredHinge; }

struct Term {
    double loss = 0, slope = 0;
};

// Of a prediction p where the truth is y: a sign, or a number.
Term term_of(Loss loss, double p, double y, double epsilon) {
    const double margin = p * y, error = p - y;
    switch (loss) {
        case Loss::Auto:
        case Loss::Hinge:
            return margin < 1 ? Term{1 - margin, -y} : Term{};
        case Loss::Log:
            return {margin > 0 ? std::log1p(std::exp(-margin)) : std::log1p(std::exp(margin)) - margin,
                    margin > 0 ? -y * std::exp(-margin) / (1 + std::exp(-margin)) : -y / (1 + std::exp(margin))};
        case Loss::ModifiedHuber:
            return margin >= 1 ? Term{} : margin >= -1 ? Term{(1 - margin) * (1 - margin), -2 * y * (1 - margin)} : Term{-4 * margin, -4 * y};
        case Loss::SquaredHinge:
            return margin < 1 ? Term{(1 - margin) * (1 - margin), -2 * y * (1 - margin)} : Term{};
        case Loss::Squared:
            return {error * error / 2, error};
        case Loss::Huber:
            return std::abs(error) <= epsilon ? Term{error * error / 2, error}
                                              : Term{epsilon * std::abs(error) - epsilon * epsilon / 2, error > 0 ? epsilon : -epsilon};
        case Loss::EpsilonInsensitive:
            return std::abs(error) <= epsilon ? Term{} : Term{std::abs(error) - epsilon, error > 0 ? 1.0 : -1.0};
    }
    return {};
}

// One descent. Coefficients are `scale_` times `beta_`, so that shrinking them all costs one product.
class Descent {
public:
    Descent(const models::DesignMatrix& x, const Vector& y, const Vector& weights, const SgdParams& params)
        : x_(x), y_(y), weights_(weights), params_(params), beta_(Vector::Zero(x.columns())) {
        if (!x.is_sparse()) {
            transposed_ = x.dense().transpose();
        }
        l1_share_ = params.penalty == Penalty::L1 ? 1 : params.penalty == Penalty::ElasticNet ? params.l1_ratio : 0;
        l2_share_ = params.penalty == Penalty::None ? 0 : 1 - l1_share_;
        penalised_ = Vector::Zero(l1_share_ > 0 ? x.columns() : 0);
        mean_ = Vector::Zero(params.average ? x.columns() : 0);
        const double typical = std::sqrt(1 / std::sqrt(params.alpha));
        const double slope = term_of(params.loss, -typical, 1, params.epsilon).slope;
        offset_ = 1 / (typical / std::max(1.0, slope) * params.alpha) - 1;
    }

    models::LinearState run(Rng rng, const FitContext& context) {
        constexpr int patience = 5;
        std::vector<std::uint32_t> order(static_cast<std::size_t>(x_.rows()));
        std::iota(order.begin(), order.end(), 0u);
        double best = std::numeric_limits<double>::infinity();
        int without_gain = 0;
        for (std::int64_t epoch = 0; epoch < params_.epochs && without_gain < patience; ++epoch) {
            context.check_cancelled();
            rng.shuffle(order);
            double loss = 0;
            for (const std::uint32_t row : order) {
                loss += step(row);
            }
            loss /= static_cast<double>(x_.rows());
            if (!std::isfinite(loss) || !std::isfinite(scale_ * beta_.sum())) {
                throw RunError("`sgd` left the range of numbers; put `scale(standard)` before it, or lower `eta0`");
            }
            without_gain = loss > best - params_.tolerance ? without_gain + 1 : 0;
            best = std::min(best, loss);
        }
        if (params_.average) {
            return {.coefficients = mean_, .intercept = mean_intercept_};
        }
        return {.coefficients = scale_ * beta_, .intercept = intercept_};
    }

private:
    double rate() const {
        switch (params_.rate) {
            case Rate::Auto:
            case Rate::Optimal:
                return 1 / (params_.alpha * (offset_ + static_cast<double>(count_)));
            case Rate::Constant:
                return params_.eta0;
            case Rate::InverseScaling:
                return params_.eta0 / std::pow(static_cast<double>(count_), params_.power);
        }
        return params_.eta0;
    }
    template <class Visit>
    void visit(std::uint32_t row, const Visit& visit_cell) const {
        if (!x_.is_sparse()) {
            const double* cells = transposed_.data() + row * transposed_.rows();
            for (Eigen::Index c = 0; c < transposed_.rows(); ++c) {
                if (cells[c] != 0) {
                    visit_cell(c, cells[c]);
                }
            }
            return;
        }
        const SparseRows& cells = x_.sparse();
        for (std::uint64_t i = cells.offsets[row]; i < cells.offsets[row + 1]; ++i) {
            visit_cell(static_cast<Eigen::Index>(cells.indices[i]), cells.values[i]);
        }
    }

    // Returns the loss of the row before the step.
    double step(std::uint32_t row) {
        ++count_;
        double p = 0;
        visit(row, [&](Eigen::Index c, double cell) { p += beta_[c] * cell; });
        p = p * scale_ + intercept_;
        const double eta = rate();
        const Term term = term_of(params_.loss, p, y_[row], params_.epsilon);
        constexpr double steepest = 1e12;
        const double update = -eta * weights_[row] * std::clamp(term.slope, -steepest, steepest);
        if (l2_share_ > 0) {
            shrink(std::max(0.0, 1 - l2_share_ * eta * params_.alpha));
        }
        if (update != 0) {
            const double by = update / scale_;
            visit(row, [&](Eigen::Index c, double cell) { beta_[c] += by * cell; });
            // scikit-learn takes shorter steps of the intercept where rows are sparse; here the way cells are kept changes no result.
            intercept_ += update;
        }
        if (l1_share_ > 0) {
            due_ += l1_share_ * eta * params_.alpha;
            visit(row, [&](Eigen::Index c, double) { pull(c); });
        }
        if (params_.average) {
            const double share = 1 / static_cast<double>(count_);
            mean_ += share * (scale_ * beta_ - mean_);
            mean_intercept_ += share * (intercept_ - mean_intercept_);
        }
        return weights_[row] * term.loss;
    }
    void shrink(double by) {
        constexpr double least = 1e-9;
        scale_ *= by;
        if (scale_ < least) {
            beta_ *= scale_;
            scale_ = 1;
        }
    }
    // Tsuruoka, Tsujii, Ananiadou 2009: Stochastic gradient descent training for L1-regularized log-linear models with cumulative penalty.
    void pull(Eigen::Index c) {
        const double before = scale_ * beta_[c];
        const double after = before > 0 ? std::max(0.0, before - (due_ + penalised_[c])) : std::min(0.0, before + (due_ - penalised_[c]));
        beta_[c] = after / scale_;
        penalised_[c] += after - before;
    }

    const models::DesignMatrix& x_;
    const Vector& y_;
    const Vector& weights_;
    const SgdParams& params_;
    Matrix transposed_;
    Vector beta_, penalised_, mean_;
    double scale_ = 1, intercept_ = 0, mean_intercept_ = 0, due_ = 0, l1_share_ = 0, l2_share_ = 0, offset_ = 0;
    std::int64_t count_ = 0;
};

class Sgd final : public Model {
public:
    explicit Sgd(SgdParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const bool classes = is_classification(y.task);
        SgdParams params = params_;
        params.loss = params.loss != Loss::Auto ? params.loss : classes ? Loss::Hinge : Loss::Squared;
        params.rate = params.rate != Rate::Auto ? params.rate : classes ? Rate::Optimal : Rate::InverseScaling;
        if (is_of_classes(params.loss) != classes) {
            throw RunError(fmt::format("the target of `sgd` is {}; for it take the loss {}", classes ? "a class" : "a number",
                                       classes ? "hinge, log, modified_huber or squared_hinge" : "squared, huber or epsilon_insensitive"));
        }
        const models::DesignMatrix matrix(x, "sgd");
        if (!classes) {
            const Vector weights = models::row_weights(y, "sgd");
            const Vector values = Eigen::Map<const Vector>(y.values.data(), matrix.rows());
            const models::LinearState state = Descent(matrix, values, weights, params).run(context.rng, context);
            Matrix coefficients(matrix.columns() + 1, 1);
            coefficients << state.coefficients, state.intercept;
            return models::make_linear_classes("sgd", models::Link::Logistic,
                                               {.outcome = models::OutcomeSchema::of(y), .present = {}, .coefficients = std::move(coefficients)});
        }
        const Vector weights = models::balanced_row_weights(y, params.class_weight, "sgd");
        std::uint64_t next = 0;
        auto decisions = models::fit_against_rest(
            y, weights, "sgd", [&](const Vector& signs) { return Descent(matrix, signs, weights, params).run(context.rng.child(next++), context); });
        return models::make_linear_classes("sgd", params.loss == Loss::ModifiedHuber ? models::Link::Clipped : models::Link::Logistic,
                                           std::move(decisions));
    }

private:
    SgdParams params_;
};

}  // namespace

void add_sgd(Catalog& catalog) {
    ComponentInfo info;
    info.name = "sgd";
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
    info.blank_model = [] { return models::blank_linear_classes("sgd"); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
