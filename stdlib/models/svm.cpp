// Support vector machines with kernels: classes one against one, numbers within a tube.
#include "runtime/core/error.h"
#include "runtime/core/support_vector_kernels.h"
#include "stdlib/models/class_weight.h"
#include "stdlib/models/kernel_rows.h"
#include "stdlib/models/outcome.h"
#include "stdlib/models/platt.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace mlpc {

namespace {

using models::ClassWeight;
using models::KernelFunction;
using models::KernelKind;

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

// What all fits on one frame share, whatever their parameters.
struct SharedArguments {
    Matrix x;
    std::string name;        // of the cells of x
    Eigen::MatrixXf within;  // empty where there are too many rows
};

std::shared_ptr<const SharedArguments> shared_arguments(const Frame& frame, KernelKind kind) {
    return frame.derived<SharedArguments>(kind == KernelKind::Rbf ? "svm, distances" : "svm, products", [&] {
        auto shared = std::make_shared<SharedArguments>();
        shared->x = models::checked_features(frame, "svm").matrix();
        shared->name = models::name_of_cells(shared->x);
        if (shared->x.rows() <= models::most_whole_rows) {
            shared->within = models::kernel_arguments_within(kind, shared->x);
        }
        return shared;
    });
}

// --- fitting ------------------------------------------------------------------------------------------------------

// A kernel matrix of its own: its arguments are nobody else's.
class OwnKernel final : public models::KernelRows {
public:
    OwnKernel(const KernelFunction& kernel, const Matrix& x)
        : arguments_(models::kernel_arguments_within(kernel.kind, x)), whole_(kernel, arguments_) {}
    Eigen::Index size() const override { return whole_.size(); }
    const float* row(Eigen::Index i) override { return whole_.row(i); }
    double diagonal(Eigen::Index i) const override { return whole_.diagonal(i); }

private:
    Eigen::MatrixXf arguments_;
    models::WholeKernel whole_;
};

// Rows of one frame, and their kernel.
class TrainingKernel {
public:
    TrainingKernel(const KernelFunction& kernel, const Matrix& x, const Eigen::MatrixXf& arguments) : kernel_(kernel), x_(x) {
        if (arguments.size() > 0) {
            whole_.emplace(kernel, arguments);
        }
    }
    std::unique_ptr<models::KernelRows> of(const RowIndex& rows) {
        if (whole_) {
            return std::make_unique<models::KernelPart>(*whole_, rows);
        }
        Matrix x = x_(rows, Eigen::all);
        if (x.rows() > models::most_whole_rows) {
            return std::make_unique<models::CachedKernel>(kernel_, std::move(x));
        }
        return std::make_unique<OwnKernel>(kernel_, x);
    }

private:
    KernelFunction kernel_;
    const Matrix& x_;
    std::optional<models::WholeKernel> whole_;
};

// Coefficients of rows in one decision, Σ coefficient K(row, ·) - rho.
struct Decision {
    RowIndex rows;
    std::vector<double> coefficients;
    double rho = 0;
};

Decision decision_of(const RowIndex& rows, const Vector& coefficients, double rho) {
    Decision out{.rows = {}, .coefficients = {}, .rho = rho};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (coefficients[static_cast<Eigen::Index>(i)] != 0) {
            out.rows.push_back(rows[i]);
            out.coefficients.push_back(coefficients[static_cast<Eigen::Index>(i)]);
        }
    }
    return out;
}

// Two classes: the first `positives` rows against the others.
Decision separate(TrainingKernel& kernel, const RowIndex& rows, std::size_t positives, const Vector& upper, double tolerance,
                  const FitContext& context) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    models::SmoProblem problem{
        .signs = Vector::Constant(size, -1), .linear = Vector::Constant(size, -1), .upper = Vector(size), .tolerance = tolerance};
    problem.signs.head(static_cast<Eigen::Index>(positives)).setOnes();
    for (Eigen::Index i = 0; i < size; ++i) {
        problem.upper[i] = upper[rows[static_cast<std::size_t>(i)]];
    }
    const auto own = kernel.of(rows);
    const models::SmoSolution solution = models::solve_smo(*own, problem, context);
    return decision_of(rows, solution.alpha.cwiseProduct(problem.signs), solution.rho);
}

Decision fit_tube(TrainingKernel& kernel, const RowIndex& rows, const Target& y, const Vector& upper, const SvmParams& params,
                  const FitContext& context) {
    const auto size = static_cast<Eigen::Index>(rows.size());
    models::SmoProblem problem{.signs = Vector(2 * size), .linear = Vector(2 * size), .upper = Vector(2 * size), .tolerance = params.tolerance};
    for (Eigen::Index i = 0; i < size; ++i) {
        const std::uint32_t row = rows[static_cast<std::size_t>(i)];
        problem.signs[i] = 1;
        problem.signs[i + size] = -1;
        problem.linear[i] = params.epsilon - y.values[row];
        problem.linear[i + size] = params.epsilon + y.values[row];
        problem.upper[i] = problem.upper[i + size] = upper[row];
    }
    const auto own = kernel.of(rows);
    const models::SmoSolution solution = models::solve_smo(*own, problem, context);
    return decision_of(rows, solution.alpha.head(size) - solution.alpha.tail(size), solution.rho);
}

// --- the fitted machine -------------------------------------------------------------------------------------------

// Support vectors and the decisions over them.
class Machine {
public:
    Machine() = default;
    Machine(KernelFunction kernel, std::shared_ptr<const SharedArguments> training, const std::vector<Decision>& decisions);
    // rows × decisions.
    Matrix decide(const Frame& frame, Eigen::Map<const Matrix> x) const;
    Eigen::Index columns() const { return vectors_.cols(); }
    void archive(Archive&);

private:
    // Kernel arguments of the rows of x (rows) with all training rows (columns), which all machines of these rows share; null where they would
    // take too much memory, or this machine comes from an archive. They have the bits that computing them again would give.
    std::shared_ptr<const Matrix> shared_with(const Frame&, Eigen::Map<const Matrix> x) const;
    // From the kernel arguments of some rows of x (rows) with the support vectors (columns), which become values of the kernel.
    void decide_rows(Eigen::Ref<Eigen::ArrayXd> cells, Eigen::Index first, Eigen::Index count, Matrix& out) const;

    KernelFunction kernel_;
    Matrix vectors_;
    std::vector<std::uint32_t> offsets_{0}, members_;  // of decision k: support vectors members_[offsets_[k]] … members_[offsets_[k + 1] - 1]
    std::vector<double> coefficients_, rhos_;
    std::shared_ptr<const SharedArguments> training_;
    RowIndex training_rows_;  // of the support vectors
};

Machine::Machine(KernelFunction kernel, std::shared_ptr<const SharedArguments> training, const std::vector<Decision>& decisions)
    : kernel_(kernel), training_(std::move(training)) {
    const Matrix& x = training_->x;
    std::vector<char> used(static_cast<std::size_t>(x.rows()), 0);
    for (const Decision& decision : decisions) {
        for (const std::uint32_t row : decision.rows) {
            used[row] = 1;
        }
    }
    std::vector<std::uint32_t> place(used.size());
    for (std::uint32_t row = 0; row < used.size(); ++row) {
        place[row] = static_cast<std::uint32_t>(training_rows_.size());
        if (used[row] != 0) {
            training_rows_.push_back(row);
        }
    }
    vectors_ = x(training_rows_, Eigen::all);
    for (const Decision& decision : decisions) {
        for (std::size_t i = 0; i < decision.rows.size(); ++i) {
            members_.push_back(place[decision.rows[i]]);
            coefficients_.push_back(decision.coefficients[i]);
        }
        offsets_.push_back(static_cast<std::uint32_t>(members_.size()));
        rhos_.push_back(decision.rho);
    }
}

void Machine::archive(Archive& a) {
    auto kind = static_cast<std::int32_t>(kernel_.kind);
    a.field("kernel", kind);
    a.field("gamma", kernel_.gamma);
    a.field("coef0", kernel_.coef0);
    a.field("degree", kernel_.degree);
    a.field("vectors", vectors_);
    a.field("offsets", offsets_);
    a.field("members", members_);
    a.field("coefficients", coefficients_);
    a.field("rhos", rhos_);
    if (!a.reading()) {
        return;
    }
    kernel_.kind = static_cast<KernelKind>(kind);
    const bool fits = kind >= 0 && kind <= static_cast<std::int32_t>(KernelKind::Sigmoid) && offsets_.size() == rhos_.size() + 1 &&
                      members_.size() == coefficients_.size() && offsets_.front() == 0 && offsets_.back() == members_.size() &&
                      std::is_sorted(offsets_.begin(), offsets_.end()) &&
                      std::all_of(members_.begin(), members_.end(), [&](std::uint32_t member) { return member < vectors_.rows(); });
    if (!fits) {
        throw RunError("the saved `svm` does not fit together; save it again");
    }
}

void Machine::decide_rows(Eigen::Ref<Eigen::ArrayXd> cells, Eigen::Index first, Eigen::Index count, Matrix& out) const {
    kernel_.apply(cells);
    for (std::size_t k = 0; k < rhos_.size(); ++k) {
        const std::uint32_t begin = offsets_[k], end = offsets_[k + 1];
        auto decisions = out.col(static_cast<Eigen::Index>(k)).segment(first, count);
        kernels::sum_columns(cells.data(), count, count, members_.data() + begin, coefficients_.data() + begin, end - begin, decisions.data());
        decisions.array() -= rhos_[k];
    }
}

std::shared_ptr<const Matrix> Machine::shared_with(const Frame& frame, Eigen::Map<const Matrix> x) const {
    constexpr Eigen::Index most_cells = 8'000'000, fewest_rows = 64;
    if (training_ == nullptr || x.rows() < fewest_rows || training_->x.rows() * x.rows() > most_cells) {
        return nullptr;
    }
    const std::string name = (kernel_.kind == KernelKind::Rbf ? "svm, distances to " : "svm, products with ") + training_->name;
    return frame.derived<Matrix>(name, [&] {
        auto cells = std::make_shared<Matrix>(x.rows(), training_->x.rows());
        models::kernel_arguments(kernel_.kind, x, training_->x, *cells);
        return cells;
    });
}

Matrix Machine::decide(const Frame& frame, Eigen::Map<const Matrix> x) const {
    constexpr Eigen::Index block = 64;
    Matrix out(x.rows(), static_cast<Eigen::Index>(rhos_.size()));
    Eigen::ArrayXd cells(block * vectors_.rows());
    const auto shared = shared_with(frame, x);
    for (Eigen::Index begin = 0; begin < x.rows(); begin += block) {
        const Eigen::Index count = std::min(block, x.rows() - begin);
        Eigen::Map<Matrix> part(cells.data(), count, vectors_.rows());
        if (shared) {
            part = shared->middleRows(begin, count)(Eigen::all, training_rows_);
        } else {
            models::kernel_arguments(kernel_.kind, x.middleRows(begin, count), vectors_, part);
        }
        decide_rows(cells.head(part.size()), begin, count, out);
    }
    return out;
}

class FittedSvm final : public FittedModel {
public:
    FittedSvm() = default;
    FittedSvm(models::OutcomeSchema outcome, std::vector<std::int32_t> present, Machine machine, std::vector<double> sigmoids)
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
    Machine machine_;
    std::vector<double> sigmoids_;  // slope and offset of every pair; empty: by votes
};

class Svm final : public Model {
public:
    explicit Svm(SvmParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& frame, const Target& y, FitContext& context) const override {
        const bool classes = is_classification(y.task);
        const Vector weights = classes ? models::balanced_row_weights(y, params_.class_weight, "svm") : models::row_weights(y, "svm");
        const auto shared = shared_arguments(frame, params_.kernel);
        const KernelFunction kernel{
            .kind = params_.kernel, .gamma = gamma_of(params_.gamma, shared->x), .coef0 = params_.coef0, .degree = params_.degree};
        require_finite(kernel, shared->x);
        TrainingKernel training(kernel, shared->x, shared->within);
        return classes ? fit_classes(kernel, shared, training, y, params_.C * weights, context)
                       : fit_numbers(kernel, shared, training, y, params_.C * weights, context);
    }

private:
    static void require_finite(const KernelFunction& kernel, const Matrix& x) {
        Eigen::ArrayXf largest = Eigen::ArrayXf::Constant(1, static_cast<float>(x.rowwise().squaredNorm().maxCoeff()));
        Eigen::ArrayXf value = largest;
        kernel.apply(value);
        if (!largest.allFinite() || !value.allFinite() || value.abs()[0] > 1e30F) {
            throw RunError("the kernel of these rows is too large for a number; put `scale(standard)` before `svm`");
        }
    }

    std::unique_ptr<FittedModel> fit_numbers(const KernelFunction& kernel, const std::shared_ptr<const SharedArguments>& shared,
                                             TrainingKernel& training, const Target& y, const Vector& upper, const FitContext& context) const {
        RowIndex rows;
        for (Eigen::Index row = 0; row < upper.size(); ++row) {
            if (upper[row] > 0) {
                rows.push_back(static_cast<std::uint32_t>(row));
            }
        }
        const Decision tube = fit_tube(training, rows, y, upper, params_, context);
        return std::make_unique<FittedSvm>(models::OutcomeSchema::of(y), std::vector<std::int32_t>{}, Machine(kernel, shared, {tube}),
                                           std::vector<double>{});
    }

    std::unique_ptr<FittedModel> fit_classes(const KernelFunction& kernel, const std::shared_ptr<const SharedArguments>& shared,
                                             TrainingKernel& training, const Target& y, const Vector& upper, const FitContext& context) const {
        std::vector<RowIndex> by_class(y.class_count());
        for (Eigen::Index row = 0; row < upper.size(); ++row) {
            if (upper[row] > 0) {
                by_class[static_cast<std::size_t>(y.labels[static_cast<std::size_t>(row)])].push_back(static_cast<std::uint32_t>(row));
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
        std::vector<Decision> decisions;
        std::vector<double> sigmoids;
        for (std::size_t a = 0; a < present.size(); ++a) {
            for (std::size_t b = a + 1; b < present.size(); ++b) {
                const RowIndex& first = by_class[static_cast<std::size_t>(present[a])];
                const RowIndex& second = by_class[static_cast<std::size_t>(present[b])];
                decisions.push_back(separate(training, joined(first, second), first.size(), upper, params_.tolerance, context));
                if (params_.probability == Probability::Platt) {
                    const models::Sigmoid sigmoid = calibrate(kernel, shared, training, first, second, upper, context);
                    sigmoids.push_back(sigmoid.slope);
                    sigmoids.push_back(sigmoid.offset);
                }
            }
        }
        return std::make_unique<FittedSvm>(models::OutcomeSchema::of(y), std::move(present), Machine(kernel, shared, decisions), std::move(sigmoids));
    }

    static RowIndex joined(const RowIndex& first, const RowIndex& second) {
        RowIndex rows = first;
        rows.insert(rows.end(), second.begin(), second.end());
        return rows;
    }

    // The sigmoid of decisions on rows that were held back from them: every fifth row of either class in turn.
    models::Sigmoid calibrate(const KernelFunction& kernel, const std::shared_ptr<const SharedArguments>& shared, TrainingKernel& training,
                              const RowIndex& first, const RowIndex& second, const Vector& upper, const FitContext& context) const {
        constexpr std::size_t folds = 5;
        Vector decisions(static_cast<Eigen::Index>(first.size() + second.size())), weights = decisions;
        std::vector<bool> positive;
        Eigen::Index at = 0;
        for (std::size_t fold = 0; fold < folds; ++fold) {
            RowIndex kept_first, kept_second, held;
            const std::size_t held_first = deal(first, fold, folds, kept_first, held);
            deal(second, fold, folds, kept_second, held);
            const Vector values = held_back(kernel, shared, training, kept_first, kept_second, held, upper, context);
            for (std::size_t i = 0; i < held.size(); ++i, ++at) {
                decisions[at] = values[static_cast<Eigen::Index>(i)];
                weights[at] = upper[held[i]] / params_.C;
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

    Vector held_back(const KernelFunction& kernel, const std::shared_ptr<const SharedArguments>& shared, TrainingKernel& training,
                     const RowIndex& first, const RowIndex& second, const RowIndex& held, const Vector& upper, const FitContext& context) const {
        const auto count = static_cast<Eigen::Index>(held.size());
        if (first.empty() || second.empty()) {
            return Vector::Constant(count, first.empty() ? (second.empty() ? 0.0 : -1.0) : 1.0);
        }
        const Decision decision = separate(training, joined(first, second), first.size(), upper, params_.tolerance, context);
        const Matrix x = shared->x(held, Eigen::all);
        const Machine machine(kernel, shared, {decision});
        return machine.decide(Frame(), {x.data(), x.rows(), x.cols()}).col(0);
    }

    SvmParams params_;
};

}  // namespace

void add_svm(Catalog& catalog) {
    ComponentInfo info;
    info.name = "svm";
    info.kind = ComponentKind::Model;
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
