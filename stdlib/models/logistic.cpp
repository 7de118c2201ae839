// Logistic regression: binary by the log-odds of the positive class, of several classes by the softmax.
#include "runtime/core/digest.h"
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/logistic_loss.h"
#include "stdlib/models/optimise.h"
#include "stdlib/models/outcome.h"
#include "stdlib/models/penalised_logistic.h"
#include "stdlib/models/softmax_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace mlpc {

namespace {

enum class Penalty { L2, L1, ElasticNet, None };
using models::ClassWeight;
using models::LogisticDesign;
using models::LogisticLoss;
using models::PresentClasses;

struct LogisticParams {
    double C = 1.0;
    Penalty penalty = Penalty::L2;
    ClassWeight class_weight = ClassWeight::None;
    double l1_ratio = 0.5;
};

const Schema<LogisticParams>& logistic_schema() {
    static const Schema<LogisticParams> schema = {
        field(&LogisticParams::C, {.name = "C",
                                   .doc = "Inverse strength of the penalty: the loss is C Σ log loss + penalty",
                                   .valid = {.low = 0, .open_low = true},
                                   .search = {.low = 1e-4, .high = 1e2, .log = true}}),
        field(&LogisticParams::penalty, {.name = "penalty",
                                         .doc = "Half the squares of the coefficients, their absolute values, both, or none, and then C counts "
                                                "for nothing",
                                         .words = {"l2", "l1", "elastic_net", "none"},
                                         .search = {.words = {"l2", "l1"}}}),
        field(&LogisticParams::class_weight, models::class_weight_spec()),
        field(&LogisticParams::l1_ratio, {.name = "l1_ratio",
                                          .doc = "Share of the absolute values in the penalty elastic_net",
                                          .valid = {.low = 0, .high = 1},
                                          .search = {.low = 0.05, .high = 0.95}}),
    };
    return schema;
}

// Every eighth block of rows, on which the first steps of Newton's method are as good as on all.
RowIndex sample_rows(Eigen::Index rows) {
    constexpr Eigen::Index block = 64, every = 8;
    RowIndex sample;
    for (Eigen::Index begin = 0; begin < rows; begin += block * every) {
        for (Eigen::Index row = begin; row < std::min(begin + block, rows); ++row) {
            sample.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return sample;
}

// What every fit on one frame needs of its cells, whatever the labels and the strength of the penalty.
struct Features {
    explicit Features(std::shared_ptr<const LogisticDesign> whole)
        : design(std::move(whole)), sample(sample_rows(design->rows())), sample_design(*design, sample) {}
    std::shared_ptr<const LogisticDesign> design;
    RowIndex sample;
    LogisticDesign sample_design;
    std::size_t bytes() const { return sample.size() * sizeof sample[0] + sample_design.bytes(); }
};

std::shared_ptr<const Features> features_of(const Frame& x, bool two_classes) {
    const auto design = models::logistic_design_of(x, two_classes);
    return x.derived<Features>(two_classes ? "logistic, two classes" : "logistic", [&] { return std::make_shared<const Features>(design); });
}

// The labels and weights of the sample.
struct Subsample {
    PresentClasses present;
    Vector weights;
};

Subsample subsample_of(const RowIndex& rows, const PresentClasses& present, const Vector& weights) {
    Subsample sample{.present = {.classes = present.classes, .labels = {}}, .weights = weights(rows)};
    for (const std::uint32_t row : rows) {
        sample.present.labels.push_back(present.labels[row]);
    }
    return sample;
}

// Whether a sample says enough of every class to start from.
bool is_telling(const Subsample& sample, Eigen::Index dimensions) {
    constexpr Eigen::Index rows_per_coefficient = 10;
    constexpr double rows_per_class = 20;
    Vector rows = Vector::Zero(static_cast<Eigen::Index>(sample.present.classes.size()));
    for (const int label : sample.present.labels) {
        rows[label] += 1;
    }
    return sample.weights.size() >= rows_per_coefficient * dimensions && rows.minCoeff() >= rows_per_class && sample.weights.sum() > 0;
}

constexpr Eigen::Index most_for_quick_newton = 100;
constexpr Eigen::Index most_for_newton = 1000;  // beyond it the factorisation takes longer than many gradients

// The minimum on a part of the rows, roughly, by column; nothing where they are too few for a part to tell.
std::optional<Vector> sample_minimum(const Features& x, const PresentClasses& present, const Vector& weights, double strength,
                                     const FitContext& context) {
    constexpr Eigen::Index fewest_rows = 2000;
    if (x.design->rows() < fewest_rows) {
        return std::nullopt;
    }
    const Subsample sample = subsample_of(x.sample, present, weights);
    const double share = sample.weights.sum() / weights.sum();
    const LogisticLoss loss(x.sample_design, sample.present, &sample.weights, strength * share);
    const Eigen::Index dimensions = loss.dimensions();
    if (dimensions > most_for_newton || !is_telling(sample, dimensions)) {
        return std::nullopt;
    }
    const Vector start = Vector::Zero(dimensions);
    const Vector point = models::minimise_newton(std::cref(loss), start, {.most_steps = 8, .tiny = 1e-3, .floor = loss.floor()}, context).point;
    return point.allFinite() ? std::optional(x.sample_design.by_column(point)) : std::nullopt;
}

// The minimum of C = 1 to some digits, in the order of the design: gradients of all rows, the Hessian of a part of them. Nothing where a
// part does not tell.
std::optional<Vector> refined_minimum(const Features& x, const PresentClasses& present, const Vector& weights, const Vector* some_weights,
                                      const FitContext& context) {
    const std::optional<Vector> start = sample_minimum(x, present, weights, 1.0, context);
    if (!start) {
        return std::nullopt;
    }
    const Subsample sample = subsample_of(x.sample, present, weights);
    const double share = sample.weights.sum() / weights.sum();
    const LogisticLoss part(x.sample_design, sample.present, &sample.weights, share), loss(*x.design, present, some_weights, 1.0);
    const Eigen::Index size = loss.dimensions();
    models::QuadraticModel model{.point = x.design->in_order(*start), .loss = 0, .gradient = Vector(size), .hessian = Matrix(size, size)};
    part(model.point, model.gradient, &model.hessian);
    model.hessian /= share;
    model.loss = loss(model.point, model.gradient, nullptr);
    const Vector point = models::minimise_near(std::cref(loss), std::move(model), 1e-6, context).point;
    return point.allFinite() ? point : x.design->in_order(*start);
}

// The log loss of two classes, without penalty, near the minimum of C = 1: all fits of one frame that differ in C alone start from it, and
// need no Hessian of their own. It does not depend on which of them comes first.
struct NearMinimum {
    std::optional<models::QuadraticModel> model;  // in the order of the design; none where a part of the rows does not tell
    std::size_t bytes() const { return model ? static_cast<std::size_t>(model->hessian.size()) * sizeof(double) : 0; }
};

std::shared_ptr<const NearMinimum> near_minimum_of(const Frame& x, const Features& features, const PresentClasses& present, const Vector& weights,
                                                   bool weighted, const FitContext& context) {
    KeyBuilder key;
    key.add_bytes(std::as_bytes(std::span(present.labels)));
    if (weighted) {
        key.add_bytes(std::as_bytes(std::span(weights.data(), static_cast<std::size_t>(weights.size()))));
    }
    return x.derived<NearMinimum>("logistic near " + key.key().hex(), [&] {
        auto near = std::make_shared<NearMinimum>();
        const Vector* const some_weights = weighted ? &weights : nullptr;
        std::optional<Vector> point = refined_minimum(features, present, weights, some_weights, context);
        if (!point) {
            return near;
        }
        const LogisticLoss loss(*features.design, present, some_weights, 0);
        const Eigen::Index size = loss.dimensions();
        models::QuadraticModel model{.point = *point, .loss = 0, .gradient = Vector(size), .hessian = Matrix(size, size)};
        model.loss = loss(model.point, model.gradient, &model.hessian);
        near->model = std::move(model);
        return near;
    });
}

class FittedLogistic final : public FittedModel {
public:
    FittedLogistic() = default;
    FittedLogistic(models::OutcomeSchema outcome, std::vector<std::int32_t> present, Matrix coefficients)
        : outcome_(std::move(outcome)), present_(std::move(present)), coefficients_(std::move(coefficients)) {}

    Prediction predict(const Frame& x) const override {
        Matrix scores = scores_of(x);
        Matrix probabilities = Matrix::Zero(scores.rows(), outcome_.class_count());
        if (scores.cols() == 1) {
            spread_binary(scores, probabilities);
        } else {
            spread_softmax(scores, probabilities);
        }
        return outcome_.classes_of(std::move(probabilities));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("present", present_);
        a.field("coefficients", coefficients_);
    }
    std::vector<double> importances() const override { return models::mean_absolute_rows(coefficients_.topRows(coefficients_.rows() - 1)); }

private:
    Matrix scores_of(const Frame& x) const {
        const Eigen::Index columns = coefficients_.rows() - 1;
        models::require_column_count(x, "logistic", static_cast<std::size_t>(columns));
        if (coefficients_.cols() == 1 && LogisticDesign::reads(x)) {
            return models::logistic_design_of(x, false)->scores(coefficients_.col(0));
        }
        Matrix scores = models::DesignMatrix(x, "logistic", static_cast<std::size_t>(columns)).times(Matrix(coefficients_.topRows(columns)));
        scores.rowwise() += coefficients_.row(columns);
        return scores;
    }
    void spread_binary(const Matrix& scores, Matrix& probabilities) const {
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            const double small = std::exp(-std::abs(scores(row, 0)));
            const double less = small / (1 + small), more = 1 / (1 + small);
            const bool positive = scores(row, 0) > 0;
            probabilities(row, present_[0]) = positive ? less : more;
            probabilities(row, present_[1]) = positive ? more : less;
        }
    }
    void spread_softmax(const Matrix& scores, Matrix& probabilities) const {
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            double largest = scores(row, 0), sum = 0;
            for (Eigen::Index b = 1; b < scores.cols(); ++b) {
                largest = std::max(largest, scores(row, b));
            }
            for (Eigen::Index b = 0; b < scores.cols(); ++b) {
                double& cell = probabilities(row, present_[static_cast<std::size_t>(b)]);
                cell = std::exp(scores(row, b) - largest);
                sum += cell;
            }
            for (const std::int32_t c : present_) {
                probabilities(row, c) /= sum;
            }
        }
    }

    models::OutcomeSchema outcome_;
    std::vector<std::int32_t> present_;  // classes of the training rows; the others have probability 0
    Matrix coefficients_;                // (columns + 1) × predictors, intercepts in the last row
};

class Logistic final : public Model {
public:
    explicit Logistic(LogisticParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const PresentClasses present = models::present_classes(y);
        if (present.classes.size() < 2) {
            throw RunError(fmt::format("`logistic` got training rows of the one class `{}`; it needs two, so split `stratified`, or use `dummy`",
                                       present.classes.empty() ? "" : y.classes->at(static_cast<std::size_t>(present.classes[0]))));
        }
        const Vector weights = models::balanced_row_weights(y, params_.class_weight, "logistic");
        const double strength = params_.penalty == Penalty::L2 ? 1 / params_.C : 0;
        const bool two_classes = present.classes.size() == 2;
        const bool in_lists = two_classes && static_cast<Eigen::Index>(x.columns()) < most_for_newton && LogisticDesign::reads(x);
        Matrix coefficients;
        if (params_.penalty == Penalty::L1 || params_.penalty == Penalty::ElasticNet) {
            const double share = params_.penalty == Penalty::L1 ? 1 : params_.l1_ratio;
            const models::ElasticPenalty penalty{.l1 = share / params_.C, .l2 = (1 - share) / params_.C};
            const auto classes = static_cast<Eigen::Index>(present.classes.size());
            coefficients = models::fit_penalised_logistic(x, present.labels, classes, weights, penalty, context);
        } else if (x.has_sparse() && !in_lists) {
            coefficients = fit_sparse(x, present, weights, strength, context);
        } else {
            const bool weighted = params_.class_weight == ClassWeight::Balanced || !y.weights.empty();
            coefficients = fit_dense(x, present, weights, weighted, strength, context);
        }
        return std::make_unique<FittedLogistic>(models::OutcomeSchema::of(y), present.classes, std::move(coefficients));
    }

private:
    static Matrix fit_dense(const Frame& x, const PresentClasses& present, const Vector& weights, bool weighted, double strength,
                            const FitContext& context) {
        const bool two_classes = present.classes.size() == 2;
        const auto features = features_of(x, two_classes);
        const LogisticDesign& design = *features->design;
        const LogisticLoss loss(design, present, weighted ? &weights : nullptr, strength);
        const Eigen::Index dimensions = loss.dimensions();
        if (two_classes && strength > 0 && dimensions <= most_for_newton) {
            const auto near = near_minimum_of(x, *features, present, weights, weighted, context);
            if (near->model) {
                return design.by_column(finite(minimum_near(*near->model, loss, context))).reshaped(dimensions, 1);
            }
        }
        const Vector start = sample_minimum(*features, present, weights, strength, context).value_or(Vector::Zero(dimensions));
        return coefficients_of(design, loss, start, context);
    }

    static Vector minimum_near(models::QuadraticModel model, const LogisticLoss& loss, const FitContext& context) {
        model.loss += loss.add_penalty(model.point, model.gradient);
        loss.complete(model.hessian);
        const models::Minimum minimum = models::minimise_near(std::cref(loss), std::move(model), 1e-13, context);
        return minimum.converged ? minimum.point : models::minimise_newton(std::cref(loss), minimum.point, {.floor = loss.floor()}, context).point;
    }

    static Matrix fit_sparse(const Frame& x, const PresentClasses& present, const Vector& weights, double strength, const FitContext& context) {
        const models::DesignMatrix matrix(x, "logistic");
        models::SoftmaxLoss loss(matrix, present.labels, static_cast<Eigen::Index>(present.classes.size()), weights, strength);
        const double floor = strength > 0 ? 0 : 1e-8 * weights.sum();
        const models::Minimum minimum = models::minimise_newton_cg(loss, Vector::Zero(loss.dimensions()), floor, context);
        return finite(minimum.point).reshaped(matrix.columns() + 1, loss.predictors());
    }

    static const Vector& finite(const Vector& point) {
        if (!point.allFinite()) {
            throw RunError("`logistic` did not converge to finite coefficients; put `scale(standard)` before it or lower `C`");
        }
        return point;
    }

    static Matrix coefficients_of(const LogisticDesign& design, const LogisticLoss& loss, const Vector& by_column, const FitContext& context) {
        const Eigen::Index dimensions = loss.dimensions();
        constexpr int most_cheap_steps = 100;  // beyond them Newton's method gets there sooner
        Vector start = design.in_order(by_column);
        if (loss.blocks() > 2 && loss.floor() == 0 && dimensions > most_for_quick_newton) {
            models::Minimum minimum = models::minimise_in_blocks(
                std::cref(loss), std::move(start), [&](const Vector& at) { return loss.blocks_at(at); }, 1e-13, most_cheap_steps, context);
            if (minimum.converged) {
                return design.by_column(finite(minimum.point)).reshaped(loss.rows_of_block(), loss.blocks());
            }
            start = std::move(minimum.point);
        }
        const models::Minimum minimum = dimensions <= most_for_newton
                                            ? models::minimise_newton(std::cref(loss), start, {.floor = loss.floor()}, context)
                                            : models::minimise_lbfgs(std::cref(loss), start, loss.floor(), context);
        return design.by_column(finite(minimum.point)).reshaped(loss.rows_of_block(), dimensions / loss.rows_of_block());
    }

    LogisticParams params_;
};

}  // namespace

void add_logistic(Catalog& catalog) {
    ComponentInfo info;
    info.name = "logistic";
    info.kind = ComponentKind::Model;
    info.summary = "Logistic regression with an L2 penalty, an L1 penalty or both, of two classes or several";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 4.4";
    info.example = "logistic(C in 1e-4..1e2 log)";
    info.params = specs_of(logistic_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Logistic>(read_params(logistic_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedLogistic>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
