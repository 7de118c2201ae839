// Quadratic discriminant analysis: normally distributed classes, each with a covariance of its own.
#include "runtime/core/error.h"
#include "runtime/core/kernels.h"
#include "stdlib/models/gaussian_classes.h"
#include "stdlib/models/outcome.h"

#include <fmt/format.h>

#include <cmath>

namespace mlpc {

namespace {

struct QdaParams {
    double regularise = 0.0;
};

const Schema<QdaParams>& qda_schema() {
    static const Schema<QdaParams> schema = {
        field(&QdaParams::regularise, {.name = "regularise",
                                       .doc = "How far the variances of a class are drawn towards 1: (1 - regularise) variance + regularise",
                                       .valid = {.low = 0, .high = 1},
                                       .search = {.low = 0, .high = 1}}),
    };
    return schema;
}

// One class: log density up to what all classes share.
struct Normal {
    std::int32_t label = 0;
    double constant = 0;
    Vector mean;
    Matrix whitening;  // columns × columns

    void archive(Archive& a) {
        a.field("label", label);
        a.field("constant", constant);
        a.field("mean", mean);
        a.field("whitening", whitening);
    }
};

class FittedQda final : public FittedModel {
public:
    FittedQda() = default;
    FittedQda(models::OutcomeSchema outcome, std::vector<Normal> classes) : outcome_(std::move(outcome)), classes_(std::move(classes)) {}

    Prediction predict(const Frame& x) const override {
        const Dense dense = models::checked_features(x, "qda", static_cast<std::size_t>(classes_.at(0).mean.size()));
        const auto matrix = dense.matrix();
        Matrix logs(matrix.rows(), static_cast<Eigen::Index>(classes_.size())), white(matrix.rows(), matrix.cols());
        std::vector<std::int32_t> present;
        for (std::size_t k = 0; k < classes_.size(); ++k) {
            const Normal& c = classes_[k];
            const Matrix centred = matrix.rowwise() - c.mean.transpose();
            kernels::multiply(centred.data(), centred.rows(), centred.cols(), centred.rows(), c.whitening.data(), centred.cols(), centred.cols(),
                              white.data(), white.rows());
            Vector distances = Vector::Zero(white.rows());
            for (Eigen::Index j = 0; j < white.cols(); ++j) {
                distances.array() += white.col(j).array().square();
            }
            logs.col(static_cast<Eigen::Index>(k)) = c.constant - distances.array() / 2;
            present.push_back(c.label);
        }
        return outcome_.classes_of(models::probabilities_of_logs(logs, present, outcome_.class_count()));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("classes", classes_);
        if (a.reading() && classes_.empty()) {
            throw RunError("the saved `qda` holds no classes; save it again");
        }
    }

private:
    models::OutcomeSchema outcome_;
    std::vector<Normal> classes_;
};

class Qda final : public Model {
public:
    explicit Qda(QdaParams params) : params_(params) {}

    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override {
        constexpr Eigen::Index most_columns = 2000;
        const auto classes = models::rows_by_class(x, y, most_columns, "qda");
        double total = 0;
        for (const models::ClassRows& c : classes) {
            total += c.weight;
        }
        std::vector<Normal> normals;
        for (const models::ClassRows& c : classes) {
            normals.push_back(normal_of(c, total, y));
        }
        return std::make_unique<FittedQda>(models::OutcomeSchema::of(y), std::move(normals));
    }

private:
    Normal normal_of(const models::ClassRows& c, double total, const Target& y) const {
        const std::string& name = y.classes->at(static_cast<std::size_t>(c.label));
        if (c.count < 2) {
            throw RunError(fmt::format("`qda` got one row of class `{}`; a covariance takes two, so use `lda` or more rows", name));
        }
        const Matrix covariance = models::scatter_of(c.centred) / (c.weight * (c.count - 1) / c.count);
        Normal normal{
            .label = c.label, .constant = std::log(c.weight / total), .mean = c.mean, .whitening = Matrix(covariance.rows(), covariance.rows())};
        Vector variances(covariance.rows());
        if (!kernels::symmetric_eigen(covariance.data(), covariance.rows(), variances.data(), normal.whitening.data())) {
            throw RunError("`qda` cannot decompose the covariance of these columns; put `scale(standard)` before it");
        }
        const double least = 1e-12 * variances.maxCoeff();
        variances = (1 - params_.regularise) * variances.array().max(0) + params_.regularise;
        if (!(variances.minCoeff() > least)) {
            throw RunError(
                fmt::format("in class `{}` the columns depend on each other or do not vary, so that it has no density; drop such columns, "
                            "put `pca` before `qda`, or use `qda(regularise: 0.01)`",
                            name));
        }
        normal.constant -= variances.array().log().sum() / 2;
        normal.whitening = normal.whitening * variances.cwiseSqrt().cwiseInverse().asDiagonal();
        return normal;
    }

    QdaParams params_;
};

}  // namespace

void add_qda(Catalog& catalog) {
    ComponentInfo info;
    info.name = "qda";
    info.kind = ComponentKind::Model;
    info.summary = "Quadratic discriminant analysis: normally distributed classes, each with its own covariance";
    info.source = "Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 2nd ed., 4.3";
    info.example = "qda(regularise in 0.0..0.5)";
    info.params = specs_of(qda_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.make_model = [](const ParamValues& values) { return std::make_unique<Qda>(read_params(qda_schema(), values)); };
    info.blank_model = [] { return std::make_unique<FittedQda>(); };
    catalog.add(std::move(info));
}

}  // namespace mlpc
