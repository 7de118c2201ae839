// Support vector machines with kernels: classes one against one, numbers within a tube.
#include "runtime/core/error.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/kernel_rows.h"
#include "stdlib/models/outcome.h"
#include "stdlib/models/platt.h"
#include "stdlib/models/svm_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {

namespace {

using models::ClassWeight;
using models::KernelFunction;
using models::KernelKind;
using models::SvmDecision;
using models::SvmMachine;
using models::SvmRows;

enum class Probability { Decision, Platt };

struct SvmParams {
    KernelKind kernel = KernelKind::Rbf;
    double C = 1.0;
    WordOrReal gamma{"scale", 0};
    std::int64_t degree = 3;
    double coef0 = 0.0;
    double epsilon = 0.1;
    Probability probability = Probability::Decision;
    ClassWeight class_weight = ClassWeight::None;
    double tolerance = 1e-3;
};

const Schema<SvmParams>& svm_schema() {
    static const Schema<SvmParams> schema = {
        field(&SvmParams::kernel, {.name = "kernel",
                                   .doc = "What stands for the product of two rows; rbf: exp(-gamma |x - z|²), linear: x·z, poly: (gamma x·z + "
                                          "coef0)^degree, sigmoid: tanh(gamma x·z + coef0)",
                                   .words = {"rbf", "linear", "poly", "sigmoid"},
                                   .search = {.words = {"rbf", "linear", "poly"}}}),
        field(&SvmParams::C, {.name = "C",
                              .doc = "What a row on the wrong side of its margin costs: small values give a smooth boundary",
                              .valid = {.low = 0, .open_low = true},
                              .search = {.low = 1e-2, .high = 1e3, .log = true}}),
        field(&SvmParams::gamma, {.name = "gamma",
                                  .doc = "How near rows must be to count; scale: 1 / (columns · variance of the cells), auto: 1 / columns",
                                  .valid = {.low = 0, .open_low = true},
                                  .words = {"scale", "auto"},
                                  .search = {.low = 1e-5, .high = 1e1, .log = true}}),
        field(&SvmParams::degree, {.name = "degree", .doc = "Of the kernel poly", .valid = {.low = 1, .high = 20}, .search = {.low = 2, .high = 5}}),
        field(&SvmParams::coef0, {.name = "coef0", .doc = "Of the kernels poly and sigmoid", .search = {.low = 0, .high = 1}}),
        field(&SvmParams::epsilon, {.name = "epsilon",
                                    .doc = "Regression: errors up to this size cost nothing",
                                    .valid = {.low = 0},
                                    .search = {.low = 1e-3, .high = 1, .log = true}}),
        field(&SvmParams::probability,
              {.name = "probability",
               .doc = "Of classes; decision: from votes and margins, right in order but not in size, platt: a sigmoid fitted to "
                      "decisions on five inner folds, at the price of five more fits",
               .words = {"decision", "platt"}}),
        field(&SvmParams::class_weight, models::class_weight_spec()),
        field(&SvmParams::tolerance, {.name = "tolerance",
                                      .doc = "How far the optimality conditions may be violated where the solver stops",
                                      .valid = {.low = 0, .open_low = true}}),
    };
    return schema;
}

double gamma_of(const WordOrReal& gamma, const Matrix& x) {
    if (gamma.word.empty()) {
        return gamma.number;
    }
    const auto columns = static_cast<double>(x.cols());
    if (gamma.word == "auto") {
        return 1 / columns;
    }
    const double mean = x.mean(), variance = (x.array() - mean).square().mean();
    return variance > 0 ? 1 / (columns * variance) : 1.0;
}

// --- fitting ------------------------------------------------------------------------------------------------------

// What every solve of one fit is about.
struct Training {
    KernelFunction kernel;
    std::shared_ptr<const SvmRows> all;
    Vector upper;  // of the coefficient of each row of `all`; 0: the row does not count

    std::unique_ptr<models::KernelRows> kernel_of(const RowIndex& rows) const {
        if (all->within.size() > 0) {
            return std::make_unique<models::KernelPart>(kernel, all->within, rows);
        }
        Matrix x = all->x(rows, Eigen::all);
        if (x.rows() > models::most_whole_rows) {
            return std::make_unique<models::CachedKernel>(kernel, std::move(x));
        }
        return std::make_unique<models::OwnKernel>(kernel, x);
    }
};

SvmDecision decision_of(const RowIndex& rows, const Vector& coefficients, double rho) {
    SvmDecision out{.rows = {}, .coefficients = {}, .rho = rho};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (coefficients[static_cast<Eigen::Index>(i)] != 0) {
            out.rows.push_back(rows[i]);
            out.coefficients.push_back(coefficients[static_cast<Eigen::Index>(i)]);
        }
    }
    return out;
}

// Two classes: the first `positives` rows against the others.
SvmDecision separate(const Training& training, const RowIndex& rows, std::size_t positives, double tolerance, const FitContext& context) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    models::SmoProblem problem{
        .signs = Vector::Constant(size, -1), .linear = Vector::Constant(size, -1), .upper = Vector(size), .tolerance = tolerance};
    problem.signs.head(static_cast<Eigen::Index>(positives)).setOnes();
    for (Eigen::Index i = 0; i < size; ++i) {
        problem.upper[i] = training.upper[rows[static_cast<std::size_t>(i)]];
    }
    const auto own = training.kernel_of(rows);
    const models::SmoSolution solution = models::solve_smo(*own, problem, context);
    return decision_of(rows, solution.alpha.cwiseProduct(problem.signs), solution.rho);
}

SvmDecision fit_tube(const Training& training, const RowIndex& rows, const Target& y, const SvmParams& params, const FitContext& context) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    models::SmoProblem problem{.signs = Vector(2 * size), .linear = Vector(2 * size), .upper = Vector(2 * size), .tolerance = params.tolerance};
    for (Eigen::Index i = 0; i < size; ++i) {
        const std::uint32_t row = rows[static_cast<std::size_t>(i)];
        problem.signs[i] = 1;
        problem.signs[i + size] = -1;
        problem.linear[i] = params.epsilon - y.values[row];
        problem.linear[i + size] = params.epsilon + y.values[row];
        problem.upper[i] = problem.upper[i + size] = training.upper[row];
    }
    const auto own = training.kernel_of(rows);
    const models::SmoSolution solution = models::solve_smo(*own, problem, context);
    return decision_of(rows, solution.alpha.head(size) - solution.alpha.tail(size), solution.rho);
}

// --- the fitted model ----------------------------------------------------------------------------------------------

class FittedSvm final : public FittedModel {
public:
    FittedSvm() = default;
    FittedSvm(models::OutcomeSchema outcome, std::vector<std::int32_t> present, SvmMachine machine, std::vector<double> sigmoids)
        : outcome_(std::move(outcome)), present_(std::move(present)), machine_(std::move(machine)), sigmoids_(std::move(sigmoids)) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "svm", static_cast<std::size_t>(machine_.columns()));
        const Matrix decisions = machine_.decide(x, dense.matrix());
        if (!is_classification(outcome_.task)) {
            return outcome_.numbers(decisions.col(0));
        }
        Matrix probabilities = Matrix::Zero(decisions.rows(), outcome_.class_count());
        for (Eigen::Index row = 0; row < decisions.rows(); ++row) {
            const Vector own = sigmoids_.empty() ? by_votes(decisions.row(row)) : by_sigmoids(decisions.row(row));
            for (std::size_t c = 0; c < present_.size(); ++c) {
                probabilities(row, present_[c]) = own[static_cast<Eigen::Index>(c)];
            }
        }
        return outcome_.classes_of(std::move(probabilities));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("present", present_);
        machine_.archive(a);
        a.field("sigmoids", sigmoids_);
    }

private:
    // Votes of all pairs, ties broken by the sum of their margins, drawn into less than a vote; then the softmax. Of two classes the logistic
    // function of the margin.
    Vector by_votes(const Vector& decisions) const {
        const auto classes = static_cast<Eigen::Index>(present_.size());
        if (classes == 2) {
            const double first = models::Sigmoid{.slope = -1, .offset = 0}.probability(decisions[0]);
            return Vector{{first, 1 - first}};
        }
        Vector votes = Vector::Zero(classes), margins = Vector::Zero(classes);
        Eigen::Index k = 0;
        for (Eigen::Index a = 0; a < classes; ++a) {
            for (Eigen::Index b = a + 1; b < classes; ++b, ++k) {
                votes[decisions[k] > 0 ? a : b] += 1;
                margins[a] += decisions[k];
                margins[b] -= decisions[k];
            }
        }
        for (Eigen::Index a = 0; a < classes; ++a) {
            votes[a] += margins[a] / (3 * (std::abs(margins[a]) + 1));
        }
        const double largest = votes.maxCoeff();
        for (double& vote : votes) {
            vote = std::exp(vote - largest);
        }
        return votes / votes.sum();
    }
    Vector by_sigmoids(const Vector& decisions) const {
        const auto classes = static_cast<Eigen::Index>(present_.size());
        Matrix pairs = Matrix::Zero(classes, classes);
        Eigen::Index k = 0;
        for (Eigen::Index a = 0; a < classes; ++a) {
            for (Eigen::Index b = a + 1; b < classes; ++b, ++k) {
                const auto at = 2 * static_cast<std::size_t>(k);
                pairs(a, b) = models::Sigmoid{.slope = sigmoids_[at], .offset = sigmoids_[at + 1]}.probability(decisions[k]);
                pairs(b, a) = 1 - pairs(a, b);
            }
        }
        return classes == 2 ? Vector{{pairs(0, 1), pairs(1, 0)}} : models::couple_pairs(pairs);
    }

    models::OutcomeSchema outcome_;
    std::vector<std::int32_t> present_;
    SvmMachine machine_;
    std::vector<double> sigmoids_;  // slope and offset of every pair; empty: by votes
};

class Svm final : public Model {
public:
    explicit Svm(SvmParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& frame, const Target& y, FitContext& context) const override {
        const bool classes = is_classification(y.task);
        const Vector weights = classes ? models::balanced_row_weights(y, params_.class_weight, "svm") : models::row_weights(y, "svm");
        const RowIndex order = rows_by_class(y);
        const auto all = models::svm_rows(frame, params_.kernel, order);
        const Training training{
            .kernel = {.kind = params_.kernel, .gamma = gamma_of(params_.gamma, all->x), .coef0 = params_.coef0, .degree = params_.degree},
            .all = all,
            .upper = params_.C * weights(order)};
        require_finite(training.kernel, all->x);
        return classes ? fit_classes(training, order, y, context) : fit_numbers(training, y, context);
    }

private:
    static void require_finite(const KernelFunction& kernel, const Matrix& x) {
        Eigen::ArrayXf largest = Eigen::ArrayXf::Constant(1, static_cast<float>(models::squared_lengths(x).maxCoeff()));
        Eigen::ArrayXf value = largest;
        kernel.apply(value);
        if (!largest.allFinite() || !value.allFinite() || value.abs()[0] > 1e30F) {
            throw RunError("the kernel of these rows is too large for a number; put `scale(standard)` before `svm`");
        }
    }

    // Rows of one class one after the other; of numbers as they are.
    static RowIndex rows_by_class(const Target& y) {
        RowIndex rows(y.rows());
        std::iota(rows.begin(), rows.end(), 0U);
        if (is_classification(y.task)) {
            std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return y.labels[a] < y.labels[b]; });
        }
        return rows;
    }

    std::unique_ptr<FittedModel> fit_numbers(const Training& training, const Target& y, const FitContext& context) const {
        RowIndex rows;
        for (Eigen::Index row = 0; row < training.upper.size(); ++row) {
            if (training.upper[row] > 0) {
                rows.push_back(static_cast<std::uint32_t>(row));
            }
        }
        const SvmDecision tube = fit_tube(training, rows, y, params_, context);
        return std::make_unique<FittedSvm>(models::OutcomeSchema::of(y), std::vector<std::int32_t>{},
                                           SvmMachine(training.kernel, training.all, {tube}), std::vector<double>{});
    }

    std::unique_ptr<FittedModel> fit_classes(const Training& training, const RowIndex& order, const Target& y, const FitContext& context) const {
        std::vector<RowIndex> by_class(y.class_count());
        for (std::uint32_t row = 0; row < order.size(); ++row) {
            if (training.upper[row] > 0) {
                by_class[static_cast<std::size_t>(y.labels[order[row]])].push_back(row);
            }
        }
        std::vector<std::int32_t> present;
        for (std::size_t c = 0; c < by_class.size(); ++c) {
            if (!by_class[c].empty()) {
                present.push_back(static_cast<std::int32_t>(c));
            }
        }
        if (present.size() < 2) {
            throw RunError(fmt::format("`svm` got training rows of the one class `{}`; it needs two, so split `stratified`, or use `dummy`",
                                       y.classes->at(static_cast<std::size_t>(present[0]))));
        }
        std::vector<SvmDecision> decisions;
        std::vector<double> sigmoids;
        for (std::size_t a = 0; a < present.size(); ++a) {
            for (std::size_t b = a + 1; b < present.size(); ++b) {
                const RowIndex& first = by_class[static_cast<std::size_t>(present[a])];
                const RowIndex& second = by_class[static_cast<std::size_t>(present[b])];
                decisions.push_back(separate(training, joined(first, second), first.size(), params_.tolerance, context));
                if (params_.probability == Probability::Platt) {
                    const models::Sigmoid sigmoid = calibrate(training, first, second, context);
                    sigmoids.push_back(sigmoid.slope);
                    sigmoids.push_back(sigmoid.offset);
                }
            }
        }
        return std::make_unique<FittedSvm>(models::OutcomeSchema::of(y), std::move(present), SvmMachine(training.kernel, training.all, decisions),
                                           std::move(sigmoids));
    }

    static RowIndex joined(const RowIndex& first, const RowIndex& second) {
        RowIndex rows = first;
        rows.insert(rows.end(), second.begin(), second.end());
        return rows;
    }

    // The sigmoid of decisions on rows that were held back from them: every fifth row of either class in turn.
    models::Sigmoid calibrate(const Training& training, const RowIndex& first, const RowIndex& second, const FitContext& context) const {
        constexpr std::size_t folds = 5;
        Vector decisions(static_cast<Eigen::Index>(first.size() + second.size())), weights = decisions;
        std::vector<bool> positive;
        Eigen::Index at = 0;
        for (std::size_t fold = 0; fold < folds; ++fold) {
            RowIndex kept_first, kept_second, held;
            const std::size_t held_first = deal(first, fold, folds, kept_first, held);
            deal(second, fold, folds, kept_second, held);
            const Vector values = held_back(training, kept_first, kept_second, held, context);
            for (std::size_t i = 0; i < held.size(); ++i, ++at) {
                decisions[at] = values[static_cast<Eigen::Index>(i)];
                weights[at] = training.upper[held[i]] / params_.C;
                positive.push_back(i < held_first);
            }
        }
        return models::fit_sigmoid(decisions, positive, weights);
    }

    // Rows into those kept and those held in this fold; returns how many are held.
    static std::size_t deal(const RowIndex& rows, std::size_t fold, std::size_t folds, RowIndex& kept, RowIndex& held) {
        std::size_t count = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool is_held = i % folds == fold;
            (is_held ? held : kept).push_back(rows[i]);
            count += is_held ? 1 : 0;
        }
        return count;
    }

    Vector held_back(const Training& training, const RowIndex& first, const RowIndex& second, const RowIndex& held, const FitContext& context) const {
        const auto count = static_cast<Eigen::Index>(held.size());
        if (first.empty() || second.empty()) {
            return Vector::Constant(count, first.empty() ? (second.empty() ? 0.0 : -1.0) : 1.0);
        }
        const SvmDecision decision = separate(training, joined(first, second), first.size(), params_.tolerance, context);
        const Matrix x = training.all->x(held, Eigen::all);
        const SvmMachine machine(training.kernel, training.all, {decision});
        return machine.decide(Frame(), {x.data(), x.rows(), x.cols()}).col(0);
    }

    SvmParams params_;
};

}  // namespace

void add_svm(Catalog& catalog) {
    ComponentInfo info;
    info.name = "svm";
    info.kind = ComponentKind::Model;
    info.version = 2;
    info.summary = "Support vector machine with a kernel; classes one against one";
    info.source =
        "Boser, Guyon, Vapnik 1992: A training algorithm for optimal margin classifiers; Fan, Chen, Lin 2005: Working set selection "
        "using second order information for training support vector machines";
    info.example = "svm(C in 1e-2..1e3 log, gamma in 1e-4..1.0 log)";
    info.params = specs_of(svm_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Svm>(read_params(svm_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedSvm>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
