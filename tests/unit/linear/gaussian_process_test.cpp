// Gaussian processes against scikit-learn: digit by digit where the covariance is given, by their errors where it is chosen.
#include "runtime/core/error.h"
#include "stdlib/models/gaussian_process_fit.h"
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace gaussian_process_test {

using nlohmann::json;

const std::optional<json>& reference() {
    static const std::optional<json> answer = ask_scikit_learn("linear/sklearn_gaussian_process.py");
    return answer;
}

Prediction predicted(const json& example) {
    NamedParams params;
    for (const auto& [name, value] : example["params"].items()) {
        params.emplace_back(name, value.is_string()    ? ParamValue{Word{value.get<std::string>()}}
                                  : value.is_boolean() ? ParamValue{value.get<bool>()}
                                                       : ParamValue{value.get<double>()});
    }
    const auto fitted = fit_model("gaussian_process", params, frame_of(matrix_of(example["x"])), example_target(example));
    return fitted->predict(frame_of(matrix_of(example["test"])));
}

TEST(GaussianProcess, AsScikitLearnWhereTheCovarianceIsGiven) {
    if (!reference()) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    for (const json& example : (*reference())["fixed"]) {
        const Prediction prediction = predicted(example);
        for (std::size_t row = 0; row < example["expected"].size(); ++row) {
            const json& expected = example["expected"][row];
            if (expected.is_number()) {
                EXPECT_NEAR(prediction.values[static_cast<Eigen::Index>(row)], expected.get<double>(), 1e-8) << example["params"];
                continue;
            }
            for (std::size_t c = 0; c < expected.size(); ++c) {
                EXPECT_NEAR(prediction.probabilities(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)), expected[c].get<double>(), 1e-6)
                    << example["params"];
            }
        }
    }
}

TEST(GaussianProcess, TunedItIsAsGoodAsScikitLearns) {
    if (!reference()) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    for (const json& example : (*reference())["tuned"]) {
        const Prediction prediction = predicted(example);
        const bool classes = example["classes"].get<int>() > 0;
        double error = 0;
        for (std::size_t row = 0; row < example["truth"].size(); ++row) {
            const double truth = example["truth"][row].get<double>();
            error += classes ? (prediction.label(row) == truth ? 0 : 1) : std::pow(prediction.values[static_cast<Eigen::Index>(row)] - truth, 2);
        }
        error /= static_cast<double>(example["truth"].size());
        error = classes ? error : std::sqrt(error);
        EXPECT_LE(error, 1.1 * example["error"].get<double>() + 0.005) << example["params"];
    }
}

// The gradient of the evidence against differences of the evidence itself.
void expect_gradient(const std::function<models::Evidence(const Vector& logs)>& evidence_of, const Vector& at) {
    const Vector gradient = evidence_of(at).gradient;
    for (Eigen::Index i = 0; i < at.size(); ++i) {
        constexpr double step = 1e-5;
        Vector up = at, down = at;
        up[i] += step;
        down[i] -= step;
        const double slope = (evidence_of(up).log_likelihood - evidence_of(down).log_likelihood) / (2 * step);
        EXPECT_NEAR(gradient[i], slope, 1e-4 * (1 + std::abs(slope))) << "coordinate " << i;
    }
}

TEST(GaussianProcess, GradientsAreThoseOfTheEvidence) {
    if (!reference()) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    for (const json& example : (*reference())["fixed"]) {
        const Matrix x = matrix_of(example["x"]);
        const auto values = example["y"].get<std::vector<double>>();
        const bool classes = example["classes"].get<int>() > 0;
        Vector y(x.rows()), weights(x.rows());
        for (Eigen::Index row = 0; row < x.rows(); ++row) {
            y[row] = classes ? (values[static_cast<std::size_t>(row)] > 0 ? 1 : 0) : values[static_cast<std::size_t>(row)];
            weights[row] = 0.5 + 0.1 * static_cast<double>(row % 7);
        }
        for (const auto kind : {models::CovarianceKind::Rbf, models::CovarianceKind::Matern32, models::CovarianceKind::Matern52}) {
            const auto evidence_of = [&](const Vector& logs) {
                const models::Covariance covariance{
                    .kind = kind, .variance = std::exp(logs[0]), .lengths = logs.segment(1, x.cols()).array().exp().matrix()};
                return classes ? models::binary_evidence(covariance, x, y, weights)
                               : models::regression_evidence(covariance, std::exp(logs[1 + x.cols()]), x, y, weights);
            };
            Vector at = Vector::LinSpaced(1 + x.cols() + (classes ? 0 : 1), -0.3, 0.4);
            expect_gradient(evidence_of, at);
        }
    }
}

TEST(GaussianProcess, TooManyRowsAreRefusedBeforeTheyAreCompared) {
    const Matrix rows = Matrix::Random(5001, 1);
    EXPECT_THROW(fit_model("gaussian_process", {}, frame_of(rows), values_of(std::vector<double>(5001, 1.0))), RunError);
}

}  // namespace gaussian_process_test
}  // namespace mlpc
