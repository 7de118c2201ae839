// Linear discriminant analysis: normally distributed classes with one covariance.
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/gaussian_classes.h"
#include "stdlib/models/outcome.h"

#include <cmath>

namespace mlpc {

namespace {

struct LdaParams {
    WordOrReal shrinkage{"none", 0};
};

const Schema<LdaParams>& lda_schema() {
    static const Schema<LdaParams> schema = {
        field(&LdaParams::shrinkage, {.name = "shrinkage",
                                      .doc = "How far covariances are drawn towards a multiple of the identity; auto: as Ledoit and Wolf estimate it",
                                      .valid = {.low = 0, .high = 1},
                                      .words = {"none", "auto"},
                                      .search = {.low = 0, .high = 1}}),
    };
    return schema;
}

class FittedLda final : public FittedModel {
public:
    FittedLda() = default;
    FittedLda(models::OutcomeSchema outcome, std::vector<std::int32_t> present, Matrix coefficients, Vector intercepts)
        : outcome_(std::move(outcome)), present_(std::move(present)), coefficients_(std::move(coefficients)), intercepts_(std::move(intercepts)) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "lda", static_cast<std::size_t>(coefficients_.rows()));
        const auto matrix = dense.matrix();
        Matrix logs(matrix.rows(), coefficients_.cols());
        for (Eigen::Index k = 0; k < logs.cols(); ++k) {
            kernels::matvec(matrix.data(), matrix.rows(), matrix.cols(), matrix.rows(), coefficients_.col(k).data(), logs.col(k).data());
            logs.col(k).array() += intercepts_[k];
        }
        return outcome_.classes_of(models::probabilities_of_logs(logs, present_, outcome_.class_count()));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("present", present_);
        a.field("coefficients", coefficients_);
        a.field("intercepts", intercepts_);
    }
    std::vector<double> importances() const override { return models::mean_absolute_rows(coefficients_); }

private:
    models::OutcomeSchema outcome_;
    std::vector<std::int32_t> present_;
    Matrix coefficients_;  // columns × present classes
    Vector intercepts_;
};

// The factor F with F Fᵀ = covariance⁻¹, of the directions in which classes vary; directions without variance count for nothing.
Matrix whitening_of(const Matrix& covariance) {
    constexpr double least = 1e-8;  // variance of a direction, the columns' own being 1
    const Vector scale = (covariance.diagonal().array() > 0).select(covariance.diagonal().array().sqrt(), 1.0);
    const Matrix correlation = scale.cwiseInverse().asDiagonal() * covariance * scale.cwiseInverse().asDiagonal();
    Vector values(covariance.rows());
    Matrix vectors(covariance.rows(), covariance.rows());
    if (!kernels::symmetric_eigen(correlation.data(), correlation.rows(), values.data(), vectors.data())) {
        throw RunError("`lda` cannot decompose the covariance of these columns; put `scale(standard)` before it");
    }
    for (Eigen::Index k = 0; k < values.size(); ++k) {
        vectors.col(k) *= values[k] > least ? 1 / std::sqrt(values[k]) : 0;
    }
    return scale.cwiseInverse().asDiagonal() * vectors;
}

class Lda final : public Model {
public:
    explicit Lda(LdaParams params) : params_(std::move(params)) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        constexpr Eigen::Index most_columns = 3000;
        const auto classes = models::rows_by_class(x, y, most_columns, "lda");
        const Matrix whitening = whitening_of(covariance_of(classes, y));
        double total = 0;
        for (const models::ClassRows& c : classes) {
            total += c.weight;
        }
        Matrix coefficients(whitening.rows(), static_cast<Eigen::Index>(classes.size()));
        Vector intercepts(coefficients.cols()), middle = Vector::Zero(whitening.rows());
        for (const models::ClassRows& c : classes) {
            middle += c.weight / total * c.mean;
        }
        std::vector<std::int32_t> present;
        for (std::size_t k = 0; k < classes.size(); ++k) {
            const auto at = static_cast<Eigen::Index>(k);
            const Vector white = whitening.transpose() * (classes[k].mean - middle);
            coefficients.col(at) = whitening * white;
            intercepts[at] = std::log(classes[k].weight / total) - white.squaredNorm() / 2 - coefficients.col(at).dot(middle);
            present.push_back(classes[k].label);
        }
        return std::make_unique<FittedLda>(models::OutcomeSchema::of(y), std::move(present), std::move(coefficients), std::move(intercepts));
    }

private:
    // Without shrinkage unbiased, with it the mean over classes by their weight, as scikit-learn's solvers have it.
    Matrix covariance_of(const std::vector<models::ClassRows>& classes, const Target& y) const {
        const Eigen::Index columns = classes[0].centred.cols();
        double total = 0, rows = 0;
        for (const models::ClassRows& c : classes) {
            total += c.weight;
            rows += c.count;
        }
        Matrix sum = Matrix::Zero(columns, columns);
        for (const models::ClassRows& c : classes) {
            sum += params_.shrinkage.word == "none" ? models::scatter_of(c.centred) : Matrix(c.weight * shrunk_covariance(c, y));
        }
        if (params_.shrinkage.word != "none") {
            return sum / total;
        }
        const double free = rows - static_cast<double>(classes.size());
        if (free <= 0) {
            throw RunError("`lda` needs more rows than classes; use `lda(shrinkage: auto)`, or more rows");
        }
        return sum / (total * free / rows);
    }
    Matrix shrunk_covariance(const models::ClassRows& c, const Target& y) const {
        const Matrix covariance = models::scatter_of(c.centred) / c.weight;
        if (params_.shrinkage.word.empty()) {
            return models::shrunk(covariance, params_.shrinkage.number);
        }
        if (!y.weights.empty()) {
            throw RunError("`lda(shrinkage: auto)` estimates the shrinkage from rows that weigh alike; give it as a number");
        }
        const Vector scale = (covariance.diagonal().array() > 0).select(covariance.diagonal().array().sqrt(), 1.0);
        const Matrix standardised = c.centred * scale.cwiseInverse().asDiagonal();
        const Matrix correlation = models::shrunk(models::scatter_of(standardised) / c.count, models::ledoit_wolf_shrinkage(standardised));
        return scale.asDiagonal() * correlation * scale.asDiagonal();
    }

    LdaParams params_;
};

}  // namespace

void add_lda(Catalog& catalog) {
    ComponentInfo info;
    info.name = "lda";
    info.kind = ComponentKind::Model;
    info.summary = "Linear discriminant analysis: normally distributed classes that share one covariance";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 4.3; Ledoit, Wolf 2004";
    info.example = "lda(shrinkage in {none, auto, 0.5})";
    info.params = specs_of(lda_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Lda>(read_params(lda_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedLda>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
