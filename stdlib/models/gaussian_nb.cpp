// Naive Bayes with one normal distribution per class and column.
#include "runtime/core/kernels.h"
#include "stdlib/models/features.h"
#include "stdlib/models/outcome.h"

#include <cmath>
#include <numbers>

namespace mlpc {

namespace {

struct GaussianNbParams {
    double var_smoothing = 1e-9;
};

const Schema<GaussianNbParams>& gaussian_nb_schema() {
    static const Schema<GaussianNbParams> schema = {
        field(&GaussianNbParams::var_smoothing, {.name = "var_smoothing",
                                                 .doc = "Share of the largest column variance that is added to every variance",
                                                 .valid = {.low = 0},
                                                 .search = {.low = 1e-12, .high = 1e-2, .log = true}}),
    };
    return schema;
}

// Sums of the columns of x, each row times its weight.
Vector weighted_sums(Eigen::Map<const Matrix> x, const Vector& weights) {
    Vector sums(x.cols());
    kernels::matvec_transposed(x.data(), x.rows(), x.cols(), x.rows(), weights.data(), sums.data());
    return sums;
}

// Weighted means of (x - mean)² by column.
Vector weighted_variances(Eigen::Map<const Matrix> x, const Vector& weights, const Vector& means) {
    Vector variances(x.cols());
    for (Eigen::Index c = 0; c < x.cols(); ++c) {
        double sum = 0;
        for (Eigen::Index row = 0; row < x.rows(); ++row) {
            const double difference = x(row, c) - means[c];
            sum += weights[row] * difference * difference;
        }
        variances[c] = sum;
    }
    return variances / weights.sum();
}

class FittedGaussianNb final : public FittedModel {
public:
    FittedGaussianNb() = default;
    explicit FittedGaussianNb(models::OutcomeSchema outcome, Eigen::Index columns) : outcome_(std::move(outcome)) {
        means_ = Matrix::Zero(columns, outcome_.class_count());
        variances_ = Matrix::Zero(columns, outcome_.class_count());
        priors_ = Vector::Zero(outcome_.class_count());
    }
    void learn(Eigen::Map<const Matrix> x, const Target& y, const Vector& weights, double smoothing);
    Prediction predict(const Frame& x) const override;
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("priors", priors_);
        a.field("means", means_);
        a.field("variances", variances_);
    }

private:
    // The logarithm of prior times density of every row, for a class with a prior.
    Vector log_joint(Eigen::Map<const Matrix> x, Eigen::Index c) const;

    models::OutcomeSchema outcome_;
    Vector priors_;             // 0: the class did not occur in the training rows and is never predicted
    Matrix means_, variances_;  // columns × classes
};

void FittedGaussianNb::learn(Eigen::Map<const Matrix> x, const Target& y, const Vector& weights, double smoothing) {
    // The scale of the data is taken over all rows alike.
    const Vector ones = Vector::Ones(x.rows());
    const double extra = smoothing * weighted_variances(x, ones, weighted_sums(x, ones) / static_cast<double>(x.rows())).maxCoeff();
    priors_ = models::class_weights(y, weights);
    for (Eigen::Index c = 0; c < priors_.size(); ++c) {
        if (priors_[c] == 0) {
            continue;
        }
        Vector own = weights;
        for (Eigen::Index row = 0; row < own.size(); ++row) {
            own[row] = y.labels[static_cast<std::size_t>(row)] == c ? own[row] : 0;
        }
        means_.col(c) = weighted_sums(x, own) / priors_[c];
        variances_.col(c) = weighted_variances(x, own, means_.col(c)).array() + extra;
        // Columns that do not vary at all say nothing of the class; a variance of 1 leaves them finite.
        variances_.col(c) = (variances_.col(c).array() > 0).select(variances_.col(c), 1.0);
    }
    priors_ /= weights.sum();
}

Vector FittedGaussianNb::log_joint(Eigen::Map<const Matrix> x, Eigen::Index c) const {
    double constant = std::log(priors_[c]);
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        constant -= 0.5 * std::log(2 * std::numbers::pi * variances_(j, c));
    }
    Vector sums = Vector::Zero(x.rows());
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        sums.array() += (x.col(j).array() - means_(j, c)).square() / variances_(j, c);
    }
    return constant - 0.5 * sums.array();
}

Prediction FittedGaussianNb::predict(const Frame& x) const {
    const Dense dense = models::checked_features(x, "gaussian_nb", static_cast<std::size_t>(means_.rows()));
    const auto matrix = dense.matrix();
    Matrix out = Matrix::Constant(matrix.rows(), priors_.size(), -std::numeric_limits<double>::infinity());
    for (Eigen::Index c = 0; c < priors_.size(); ++c) {
        if (priors_[c] > 0) {
            out.col(c) = log_joint(matrix, c);
        }
    }
    for (Eigen::Index row = 0; row < out.rows(); ++row) {
        double largest = out(row, 0), sum = 0;
        for (Eigen::Index c = 1; c < out.cols(); ++c) {
            largest = std::max(largest, out(row, c));
        }
        for (Eigen::Index c = 0; c < out.cols(); ++c) {
            out(row, c) = std::exp(out(row, c) - largest);
            sum += out(row, c);
        }
        for (Eigen::Index c = 0; c < out.cols(); ++c) {
            out(row, c) /= sum;
        }
    }
    return outcome_.classes_of(std::move(out));
}

class GaussianNb final : public Model {
public:
    explicit GaussianNb(GaussianNbParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        const Dense dense = models::checked_features(x, "gaussian_nb");
        auto fitted = std::make_unique<FittedGaussianNb>(models::OutcomeSchema::of(y), dense.matrix().cols());
        fitted->learn(dense.matrix(), y, models::row_weights(y, "gaussian_nb"), params_.var_smoothing);
        return fitted;
    }

private:
    GaussianNbParams params_;
};

}  // namespace

void add_gaussian_nb(Catalog& catalog) {
    ComponentInfo info;
    info.name = "gaussian_nb";
    info.kind = ComponentKind::Model;
    info.summary = "Naive Bayes with normally distributed columns";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 6.6.3";
    info.example = "gaussian_nb()";
    info.params = specs_of(gaussian_nb_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<GaussianNb>(read_params(gaussian_nb_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedGaussianNb>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
