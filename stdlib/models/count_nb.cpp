#include "stdlib/models/count_nb.h"

#include "runtime/core/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::models {

ParamSpec nb_alpha_spec() {
    return {.name = "alpha",
            .doc = "Added to every count, so that what a class never showed is not impossible",
            .valid = {.low = 1e-10},
            .search = {.low = 1e-3, .high = 1e1, .log = true}};
}
ParamSpec nb_prior_spec() { return {.name = "fit_prior", .doc = "Whether frequent classes are likelier before anything is seen"}; }

const Schema<CountNbParams>& count_nb_schema() {
    static const Schema<CountNbParams> schema = {
        field(&CountNbParams::alpha, nb_alpha_spec()),
        field(&CountNbParams::fit_prior, nb_prior_spec()),
    };
    return schema;
}

namespace {

// The cells as they count: 1 above the threshold, 0 below, or as they are.
Frame counted(const Frame& x, std::string_view model, const std::optional<double>& threshold) {
    if (!threshold) {
        return x;
    }
    if (!x.has_sparse()) {
        Matrix cells = checked_features(x, model).matrix();
        cells = (cells.array() > *threshold).cast<double>();
        return Frame::from_matrix(std::move(cells), x.names());
    }
    auto cells = std::make_shared<SparseRows>(*x.sparse_rows());
    for (double& cell : cells->values) {
        cell = cell > *threshold ? 1 : std::isnan(cell) ? cell : 0;
    }
    return Frame::from_sparse(std::move(cells), x.names());
}

void refuse_negative(const Frame& x, const DesignMatrix& matrix, std::string_view model) {
    const auto refuse = [&](std::size_t column) {
        throw RunError(fmt::format("`{}` met a negative value in column `{}`; it takes counts, so use `scale(minmax)` or `gaussian_nb`", model,
                                   x.column(column).name));
    };
    if (matrix.is_sparse()) {
        const SparseRows& cells = matrix.sparse();
        for (std::size_t i = 0; i < cells.values.size(); ++i) {
            if (cells.values[i] < 0) {
                refuse(cells.indices[i]);
            }
        }
        return;
    }
    for (Eigen::Index c = 0; c < matrix.columns(); ++c) {
        if (matrix.rows() > 0 && matrix.dense().col(c).minCoeff() < 0) {
            refuse(static_cast<std::size_t>(c));
        }
    }
}

class FittedCountNb final : public FittedModel {
public:
    explicit FittedCountNb(std::string model) : model_(std::move(model)) {}
    FittedCountNb(std::string model, const ClassCounts& counts, Matrix logs, Vector priors, std::optional<double> threshold)
        : model_(std::move(model)),
          outcome_(counts.outcome),
          present_(counts.present),
          logs_(std::move(logs)),
          priors_(std::move(priors)),
          has_threshold_(threshold.has_value()),
          threshold_(threshold.value_or(0)) {}

    Prediction predict(const Frame& x) const override {
        require_column_count(x, model_, static_cast<std::size_t>(logs_.rows()));
        const Frame cells = counted(x, model_, has_threshold_ ? std::optional(threshold_) : std::nullopt);
        Matrix scores = DesignMatrix(cells, model_, static_cast<std::size_t>(logs_.rows())).times(logs_);
        scores.rowwise() += priors_.transpose();
        Matrix probabilities = Matrix::Zero(scores.rows(), outcome_.class_count());
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            spread(scores, row, probabilities);
        }
        return outcome_.classes_of(std::move(probabilities));
    }
    void archive(Archive& a) override {
        outcome_.archive(a);
        a.field("present", present_);
        a.field("logs", logs_);
        a.field("priors", priors_);
        a.field("has_threshold", has_threshold_);
        a.field("threshold", threshold_);
    }
    // How far apart a column's classes are.
    std::vector<double> importances() const override {
        const Matrix apart = logs_.colwise() - logs_.rowwise().mean();
        return mean_absolute_rows(apart);
    }

private:
    void spread(const Matrix& scores, Eigen::Index row, Matrix& probabilities) const {
        double largest = scores(row, 0), sum = 0;
        for (Eigen::Index c = 1; c < scores.cols(); ++c) {
            largest = std::max(largest, scores(row, c));
        }
        for (Eigen::Index c = 0; c < scores.cols(); ++c) {
            double& cell = probabilities(row, present_[static_cast<std::size_t>(c)]);
            cell = std::exp(scores(row, c) - largest);
            sum += cell;
        }
        for (const std::int32_t c : present_) {
            probabilities(row, c) /= sum;
        }
    }

    std::string model_;
    OutcomeSchema outcome_;
    std::vector<std::int32_t> present_;
    Matrix logs_;
    Vector priors_;
    bool has_threshold_ = false;
    double threshold_ = 0;
};

}  // namespace

ComponentInfo count_nb_info(const std::string& name) {
    ComponentInfo info;
    info.name = name;
    info.kind = ComponentKind::Model;
    info.example = name + "(alpha in 1e-3..1e1 log)";
    info.params = specs_of(count_nb_schema());
    info.effect = always(Effect::Supervised);
    info.accepts = number_types;
    info.takes_sparse = true;
    info.tasks = {Task::Binary, Task::Multiclass};
    info.blank_model = [name] { return std::make_unique<FittedCountNb>(name); };
    return info;
}

ClassCounts count_by_class(const Frame& frame, const Target& y, std::string_view model, std::optional<double> threshold) {
    const Vector weights = row_weights(y, model);
    const Frame cells = counted(frame, model, threshold);
    const DesignMatrix x(cells, model);
    refuse_negative(cells, x, model);
    const Vector rows = class_weights(y, weights);
    ClassCounts counts{.outcome = OutcomeSchema::of(y), .present = {}, .cells = {}, .rows = {}};
    for (Eigen::Index c = 0; c < rows.size(); ++c) {
        if (rows[c] > 0) {
            counts.present.push_back(static_cast<std::int32_t>(c));
        }
    }
    counts.cells.resize(x.columns(), static_cast<Eigen::Index>(counts.present.size()));
    counts.rows.resize(counts.cells.cols());
    for (Eigen::Index k = 0; k < counts.cells.cols(); ++k) {
        const std::int32_t c = counts.present[static_cast<std::size_t>(k)];
        Vector own = weights;
        for (Eigen::Index row = 0; row < own.size(); ++row) {
            own[row] = y.labels[static_cast<std::size_t>(row)] == c ? own[row] : 0;
        }
        counts.cells.col(k) = x.transposed_times(own);
        counts.rows[k] = rows[c];
    }
    return counts;
}

Vector log_priors(const ClassCounts& counts, bool fit_prior) {
    const auto classes = static_cast<double>(counts.rows.size());
    return fit_prior ? Vector((counts.rows / counts.rows.sum()).array().log()) : Vector::Constant(counts.rows.size(), -std::log(classes));
}

std::unique_ptr<FittedModel> make_count_nb(std::string model, const ClassCounts& counts, Matrix logs, Vector priors,
                                           std::optional<double> threshold) {
    return std::make_unique<FittedCountNb>(std::move(model), counts, std::move(logs), std::move(priors), threshold);
}

}  // namespace mlpc::models
