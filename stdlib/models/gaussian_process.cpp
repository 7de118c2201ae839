// A distribution over functions: the prediction is what the training rows make likely under a covariance that is learned from them.
#include "runtime/core/error.h"
#include "stdlib/models/features.h"
#include "stdlib/models/gaussian_process_fit.h"
#include "stdlib/models/optimise.h"
#include "stdlib/models/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc {

namespace {

using models::Covariance;
using models::CovarianceKind;
using models::Evidence;

enum class Lengths { Shared, PerColumn };

struct GaussianProcessParams {
    CovarianceKind kernel = CovarianceKind::Matern52;
    Lengths lengths = Lengths::Shared;
    double length = 1, variance = 1, noise = 0.1;
    bool tune = true;
    std::int64_t restarts = 0, tune_rows = 500;
};

const Schema<GaussianProcessParams>& gaussian_process_schema() {
    using P = GaussianProcessParams;
    static const Schema<P> fields = {
        field(&P::kernel, {.name = "kernel",
                           .doc = "How fast the covariance falls with the distance of two rows: rbf is smooth, matern32 rough",
                           .words = {"rbf", "matern32", "matern52"},
                           .search = {.words = {"rbf", "matern32", "matern52"}}}),
        field(&P::lengths, {.name = "lengths",
                            .doc = "One length for all columns, so `scale` them before, or one for each, which finds out which columns count",
                            .words = {"shared", "per_column"},
                            .search = {.words = {"shared", "per_column"}}}),
        field(&P::length, {.name = "length",
                           .doc = "The distance over which rows are alike; where `tune` is on, the first one tried",
                           .valid = {.low = 0, .open_low = true}}),
        field(&P::variance, {.name = "variance",
                             .doc = "Of the process: of a regression by the target's variance, of classes on the scale of log-odds; as `length`, the "
                                    "first one tried",
                             .valid = {.low = 0, .open_low = true}}),
        field(&P::noise, {.name = "noise",
                          .doc = "Of a regression: variance of the target around the process, by its whole variance; the first one tried",
                          .valid = {.low = 0}}),
        field(&P::tune, {.name = "tune", .doc = "Whether length, variance and noise are chosen by the marginal likelihood of the training rows"}),
        field(&P::restarts,
              {.name = "restarts", .doc = "How many random starts that choice has besides the first", .valid = {.low = 0, .high = 100}}),
        field(&P::tune_rows, {.name = "tune_rows", .doc = "That choice is made on at most so many rows, drawn at random", .valid = {.low = 10}}),
    };
    return fields;
}

constexpr std::size_t most_rows = 5'000;
constexpr double least_log = -11.5, most_log = 11.5;  // of a length or a variance: 1e-5 to 1e5

// One process: a regression's, or that of one class against the rest.
struct Process {
    Covariance covariance;
    double noise = 0;

    // Logarithms of variance, lengths and, in a regression, noise.
    Vector logarithms(bool with_noise) const {
        Vector out(1 + covariance.lengths.size() + (with_noise ? 1 : 0));
        out[0] = std::log(covariance.variance);
        out.segment(1, covariance.lengths.size()) = covariance.lengths.array().log();
        if (with_noise) {
            out[out.size() - 1] = std::log(std::max(noise, 1e-6));
        }
        return out;
    }
    void set_logarithms(const Vector& logs) {
        covariance.variance = std::exp(logs[0]);
        covariance.lengths = logs.segment(1, covariance.lengths.size()).array().exp();
        if (logs.size() > 1 + covariance.lengths.size()) {
            noise = std::exp(logs[logs.size() - 1]);
        }
    }
};

using EvidenceOf = std::function<Evidence(const Process&)>;

// Less the evidence; beyond the bounds it grows with the square of the excess, so that no start runs away.
double loss_of(const EvidenceOf& evidence_of, Process process, const Vector& logs, Vector& gradient) {
    const Vector inside = logs.cwiseMax(least_log).cwiseMin(most_log);
    process.set_logarithms(inside);
    const Evidence evidence = evidence_of(process);
    const Vector excess = logs - inside;
    gradient = -evidence.gradient.head(logs.size()) + 20 * excess;
    return -evidence.log_likelihood + 10 * excess.squaredNorm();
}

Process tuned(const Process& first, const EvidenceOf& evidence_of, bool with_noise, std::int64_t restarts, FitContext& context) {
    const models::SmoothLoss loss = [&](const Vector& logs, Vector& gradient, Matrix*) { return loss_of(evidence_of, first, logs, gradient); };
    Rng rng = context.rng.child("restarts");
    Vector start = first.logarithms(with_noise), best = start, gradient;
    double least = std::numeric_limits<double>::infinity();
    for (std::int64_t attempt = 0; attempt <= restarts; ++attempt) {
        const Vector end = models::minimise_lbfgs(loss, start, -std::numeric_limits<double>::infinity(), context, 1e-4, 40).point;
        const double value = loss(end, gradient, nullptr);
        if (value < least) {
            least = value;
            best = end;
        }
        for (double& log : start) {
            log = rng.uniform(-2.5, 2.5);
        }
    }
    Process out = first;
    out.set_logarithms(best.cwiseMax(least_log).cwiseMin(most_log));
    return out;
}

class FittedGaussianProcess final : public FittedModel {
public:
    FittedGaussianProcess() = default;
    FittedGaussianProcess(models::OutcomeSchema outcome, Matrix rows) : outcome_(std::move(outcome)), rows_(std::move(rows)) {}

    // A class's process, or the only one of two classes or of a regression.
    struct Part {
        Process process;
        Vector coefficients;                // regression
        models::BinaryPosterior posterior;  // classes

        void archive(Archive& a) {
            auto kind = static_cast<std::int32_t>(process.covariance.kind);
            a.field("kernel", kind);
            if (kind < 0 || kind > 2) {
                throw RunError("the saved model `gaussian_process` is damaged: there is no such kernel");
            }
            process.covariance.kind = static_cast<CovarianceKind>(kind);
            a.field("variance", process.covariance.variance);
            a.field("lengths", process.covariance.lengths);
            a.field("noise", process.noise);
            a.field("coefficients", coefficients);
            posterior.archive(a);
        }
    };
    std::vector<Part> parts;
    std::int32_t only_class = -1;  // where the training rows were all of one class
    double mean = 0, sd = 1;       // of a regression's target

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "gaussian_process", static_cast<std::size_t>(rows_.cols()));
        const bool classes = is_classification(outcome_.task);
        Matrix out = Matrix::Zero(dense.matrix().rows(), classes ? outcome_.class_count() : 1);
        if (only_class >= 0) {
            out.col(only_class).setOnes();
            return outcome_.classes_of(std::move(out));
        }
        constexpr Eigen::Index block = 64;
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const Covariance& covariance = parts[p].process.covariance;
            const Matrix trained = covariance.scaled(rows_);
            const Matrix asked = covariance.scaled(dense.matrix());
            for (Eigen::Index begin = 0; begin < asked.rows(); begin += block) {
                const Matrix some = asked.middleRows(begin, std::min(block, asked.rows() - begin));
                const Matrix cells = covariance.between(trained, some);
                for (Eigen::Index i = 0; i < some.rows(); ++i) {
                    out(begin + i, part_column(p)) = value_of(parts[p], cells.col(i).data());
                }
            }
        }
        if (!classes) {
            return outcome_.numbers(out.col(0));
        }
        return outcome_.classes_of(shares(std::move(out)));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("rows", rows_);
        a.field("parts", parts);
        a.field("only_class", only_class);
        a.field("mean", mean);
        a.field("sd", sd);
        a.field("columns", columns_);
        if (a.reading()) {
            check();
        }
    }
    // The class that each part tells from the rest.
    void set_columns(std::vector<std::int32_t> columns) { columns_ = std::move(columns); }

private:
    Eigen::Index part_column(std::size_t p) const { return columns_[p]; }
    double value_of(const Part& part, const double* covariance) const {
        if (is_classification(outcome_.task)) {
            return models::binary_probability(part.posterior, covariance, part.process.covariance.variance);
        }
        return mean + sd * models::ordered_dot(covariance, part.coefficients.data(), part.coefficients.size());
    }
    // One process of two classes tells both; several are made to sum to one.
    Matrix shares(Matrix out) const {
        if (parts.size() == 1) {
            const Eigen::Index positive = part_column(0), negative = columns_[1];
            out.col(negative) = 1 - out.col(positive).array();
            return out;
        }
        for (Eigen::Index row = 0; row < out.rows(); ++row) {
            const double sum = out.row(row).sum();
            for (Eigen::Index c = 0; c < out.cols(); ++c) {
                out(row, c) = sum > 0 ? out(row, c) / sum : 1.0 / static_cast<double>(out.cols());
            }
        }
        return out;
    }
    void check() const {
        const bool classes = is_classification(outcome_.task);
        const Eigen::Index count = classes ? outcome_.class_count() : 1;
        bool sound = only_class < count && (classes || (only_class < 0 && parts.size() == 1)) && columns_.size() >= parts.size() &&
                     (parts.size() != 1 || !classes || columns_.size() == 2) && (only_class >= 0 || !parts.empty());
        for (const std::int32_t c : columns_) {
            sound = sound && c >= 0 && c < count;
        }
        for (const Part& part : parts) {
            const Eigen::Index lengths = part.process.covariance.lengths.size();
            const Eigen::Index rows = rows_.rows();
            sound = sound && (lengths == 1 || lengths == rows_.cols()) &&
                    (classes ? part.posterior.pull.size() == rows && part.posterior.root.size() == rows && part.posterior.triangle.rows() == rows &&
                                   part.posterior.triangle.cols() == rows
                             : part.coefficients.size() == rows);
        }
        if (!sound) {
            throw RunError("the saved model `gaussian_process` is damaged: its parts do not fit together");
        }
    }

    models::OutcomeSchema outcome_;
    Matrix rows_;
    std::vector<std::int32_t> columns_{0};
};

// Rows that weigh something; the others say nothing.
RowIndex rows_that_weigh(const Vector& weights) {
    RowIndex rows;
    for (Eigen::Index row = 0; row < weights.size(); ++row) {
        if (weights[row] > 0) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return rows;
}

// What the hyper-parameters are chosen on: all rows, or some drawn at random, in order.
RowIndex rows_to_tune_on(std::size_t rows, std::int64_t most, FitContext& context) {
    Rng rng = context.rng.child("tune rows");
    RowIndex chosen =
        rng.choose(static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(std::min<std::size_t>(rows, static_cast<std::size_t>(most))));
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

class GaussianProcess final : public Model {
public:
    explicit GaussianProcess(GaussianProcessParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext& context) const override {
        const Dense dense = models::checked_features(x, "gaussian_process");
        const Vector all_weights = models::row_weights(y, "gaussian_process");
        const RowIndex kept = rows_that_weigh(all_weights);
        if (kept.size() > most_rows) {
            throw RunError(
                fmt::format("`gaussian_process` compares every row with every other and takes at most {} rows, and here are {}; fit it on "
                            "fewer rows, or take `svm` or `boosted_trees`",
                            most_rows, kept.size()));
        }
        const Matrix rows = dense.matrix()(kept, Eigen::all);
        const Vector weights = all_weights(kept);
        const Target target = y.take(kept);
        auto fitted = std::make_unique<FittedGaussianProcess>(models::OutcomeSchema::of(y), rows);
        if (is_classification(y.task)) {
            fit_classes(*fitted, rows, target, weights, context);
        } else {
            fit_numbers(*fitted, rows, target, weights, context);
        }
        return fitted;
    }

private:
    Process first(Eigen::Index columns) const {
        return {.covariance = {.kind = params_.kernel,
                               .variance = params_.variance,
                               .lengths = Vector::Constant(params_.lengths == Lengths::Shared ? 1 : columns, params_.length)},
                .noise = params_.noise};
    }

    void fit_numbers(FittedGaussianProcess& fitted, const Matrix& rows, const Target& target, const Vector& weights, FitContext& context) const {
        const Eigen::Map<const Vector> values(target.values.data(), static_cast<Eigen::Index>(target.values.size()));
        fitted.mean = values.dot(weights) / weights.sum();
        const double variance = (values.array() - fitted.mean).square().matrix().dot(weights) / weights.sum();
        fitted.sd = variance > 0 ? std::sqrt(variance) : 1;
        const Vector y = (values.array() - fitted.mean) / fitted.sd;
        Process process = first(rows.cols());
        if (params_.tune) {
            const RowIndex some = rows_to_tune_on(static_cast<std::size_t>(rows.rows()), params_.tune_rows, context);
            const Matrix some_rows = rows(some, Eigen::all);
            const Vector some_y = y(some), some_weights = weights(some);
            process = tuned(
                process,
                [&](const Process& p) {
                    context.check_cancelled();
                    return models::regression_evidence(p.covariance, p.noise, some_rows, some_y, some_weights);
                },
                true, params_.restarts, context);
        }
        fitted.parts.push_back({.process = process,
                                .coefficients = models::regression_coefficients(process.covariance, process.noise, rows, y, weights),
                                .posterior = {}});
    }

    void fit_classes(FittedGaussianProcess& fitted, const Matrix& rows, const Target& target, const Vector& weights, FitContext& context) const {
        std::vector<std::int32_t> present = target.labels;
        std::sort(present.begin(), present.end());
        present.erase(std::unique(present.begin(), present.end()), present.end());
        if (present.size() == 1) {
            fitted.only_class = present.front();
            return;
        }
        std::vector<std::int32_t> columns = present;
        if (present.size() == 2) {
            columns = {present[1], present[0]};
        }
        const std::size_t processes = present.size() == 2 ? 1 : present.size();
        for (std::size_t p = 0; p < processes; ++p) {
            fitted.parts.push_back(one_class(rows, target, weights, columns[p], context));
        }
        fitted.set_columns(std::move(columns));
    }

    FittedGaussianProcess::Part one_class(const Matrix& rows, const Target& target, const Vector& weights, std::int32_t label,
                                          FitContext& context) const {
        Vector y(rows.rows());
        for (Eigen::Index row = 0; row < y.size(); ++row) {
            y[row] = target.labels[static_cast<std::size_t>(row)] == label ? 1 : 0;
        }
        Process process = first(rows.cols());
        if (params_.tune) {
            const RowIndex some = rows_to_tune_on(static_cast<std::size_t>(rows.rows()), params_.tune_rows, context);
            const Matrix some_rows = rows(some, Eigen::all);
            const Vector some_y = y(some), some_weights = weights(some);
            process = tuned(
                process,
                [&](const Process& p) {
                    context.check_cancelled();
                    return models::binary_evidence(p.covariance, some_rows, some_y, some_weights);
                },
                false, params_.restarts, context);
        }
        Matrix slope;
        const Matrix covariance = process.covariance.within(process.covariance.scaled(rows), slope);
        return {.process = process, .coefficients = {}, .posterior = models::binary_posterior(covariance, y, weights)};
    }

    GaussianProcessParams params_;
};

}  // namespace

void add_gaussian_process(Catalog& catalog) {
    ComponentInfo info;
    info.name = "gaussian_process";
    info.kind = ComponentKind::Model;
    info.summary =
        "A Gaussian process whose covariance is chosen by the marginal likelihood; classes by Laplace's approximation, each against the rest; for up "
        "to 5,000 rows";
    info.source = "Rasmussen, Williams 2006: Gaussian processes for machine learning";
    info.example = "gaussian_process(kernel: matern52)";
    info.params = specs_of(gaussian_process_schema());
    info.random = true;
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass, Task::Regression};
    info.make_model = [](const ParamValues& values) { return std::make_unique<GaussianProcess>(read_params(gaussian_process_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedGaussianProcess>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
