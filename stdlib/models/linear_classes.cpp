#include "stdlib/models/linear_classes.h"

#include "runtime/core/error.h"
#include "stdlib/models/design_matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace mlpc::models {

namespace {

double probability_of(double decision, Link link) {
    if (link == Link::Clipped) {
        return (std::clamp(decision, -1.0, 1.0) + 1) / 2;
    }
    const double small = std::exp(-std::abs(decision));
    return decision > 0 ? 1 / (1 + small) : small / (1 + small);
}

class FittedLinearClasses final : public FittedModel {
public:
    FittedLinearClasses(std::string model, Link link, ClassDecisions decisions)
        : model_(std::move(model)), link_(link), decisions_(std::move(decisions)) {}

    Prediction predict(const Frame& x) const override {
        const Eigen::Index columns = decisions_.coefficients.rows() - 1;
        const DesignMatrix matrix(x, model_, static_cast<std::size_t>(columns));
        Matrix scores = matrix.times(Matrix(decisions_.coefficients.topRows(columns)));
        scores.rowwise() += decisions_.coefficients.row(columns);
        if (!is_classification(decisions_.outcome.task)) {
            return decisions_.outcome.numbers(scores.col(0));
        }
        Matrix probabilities = Matrix::Zero(matrix.rows(), decisions_.outcome.class_count());
        for (Eigen::Index row = 0; row < scores.rows(); ++row) {
            spread(scores, row, probabilities);
        }
        return decisions_.outcome.classes_of(std::move(probabilities));
    }
    void archive(Archive& a) override {
        auto link = static_cast<std::int32_t>(link_);
        decisions_.outcome.archive(a);
        a.field("link", link);
        a.field("present", decisions_.present);
        a.field("coefficients", decisions_.coefficients);
        link_ = link == 0 ? Link::Logistic : Link::Clipped;
    }
    std::vector<double> importances() const override {
        return mean_absolute_rows(decisions_.coefficients.topRows(decisions_.coefficients.rows() - 1));
    }

private:
    void spread(const Matrix& scores, Eigen::Index row, Matrix& probabilities) const {
        const std::vector<std::int32_t>& present = decisions_.present;
        if (scores.cols() == 1) {
            probabilities(row, present[0]) = probability_of(-scores(row, 0), link_);
            probabilities(row, present[1]) = probability_of(scores(row, 0), link_);
            return;
        }
        double sum = 0;
        for (Eigen::Index k = 0; k < scores.cols(); ++k) {
            sum += probabilities(row, present[static_cast<std::size_t>(k)]) = probability_of(scores(row, k), link_);
        }
        for (const std::int32_t c : present) {
            probabilities(row, c) = sum > 0 ? probabilities(row, c) / sum : 1.0 / static_cast<double>(present.size());
        }
    }

    std::string model_;
    Link link_;
    ClassDecisions decisions_;
};

}  // namespace

ClassDecisions fit_against_rest(const Target& y, const Vector& weights, std::string_view model,
                                const std::function<LinearState(const Vector& signs)>& fit) {
    ClassDecisions out{.outcome = OutcomeSchema::of(y), .present = {}, .coefficients = {}};
    const Vector sums = class_weights(y, weights);
    for (Eigen::Index c = 0; c < sums.size(); ++c) {
        if (sums[c] > 0) {
            out.present.push_back(static_cast<std::int32_t>(c));
        }
    }
    if (out.present.size() < 2) {
        throw RunError(fmt::format("`{}` got training rows of the one class `{}`; it needs two, so split `stratified`, or use `dummy`", model,
                                   y.classes->at(static_cast<std::size_t>(out.present[0]))));
    }
    const std::size_t first = out.present.size() == 2 ? 1 : 0;
    for (std::size_t k = first; k < out.present.size(); ++k) {
        Vector signs(weights.size());
        for (Eigen::Index row = 0; row < signs.size(); ++row) {
            signs[row] = y.labels[static_cast<std::size_t>(row)] == out.present[k] ? 1 : -1;
        }
        const LinearState state = fit(signs);
        if (k == first) {
            out.coefficients.resize(state.coefficients.size() + 1, static_cast<Eigen::Index>(out.present.size() - first));
        }
        auto column = out.coefficients.col(static_cast<Eigen::Index>(k - first));
        column.head(state.coefficients.size()) = state.coefficients;
        column[state.coefficients.size()] = state.intercept;
    }
    return out;
}

std::unique_ptr<FittedModel> make_linear_classes(std::string model, Link link, ClassDecisions decisions) {
    return std::make_unique<FittedLinearClasses>(std::move(model), link, std::move(decisions));
}

std::unique_ptr<FittedModel> blank_linear_classes(std::string model) {
    return std::make_unique<FittedLinearClasses>(std::move(model), Link::Logistic, ClassDecisions{});
}

}  // namespace mlpc::models
