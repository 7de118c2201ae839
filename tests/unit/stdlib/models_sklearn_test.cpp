// Models against scikit-learn on the same rows: exact ones digit by digit, trees within the spread over its seeds.
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace mlpc {
namespace {

using nlohmann::json;

const std::optional<json>& reference() {
    static const std::optional<json> answer = ask_scikit_learn("stdlib/sklearn_models.py");
    return answer;
}

NamedParams params_of(const json& object) {
    NamedParams params;
    for (const auto& [name, value] : object.items()) {
        if (value.is_null()) {
            params.push_back({name, {}});
        } else if (value.is_boolean()) {
            params.push_back({name, {value.get<bool>()}});
        } else if (value.is_string()) {
            params.push_back({name, {Word{value.get<std::string>()}}});
        } else if (value.is_number_integer()) {
            params.push_back({name, {value.get<std::int64_t>()}});
        } else {
            params.push_back({name, {value.get<double>()}});
        }
    }
    return params;
}

// Log-odds of two classes; of more, log-probabilities with their mean taken off.
Matrix decisions_of(const Prediction& prediction) {
    const Matrix logs = prediction.probabilities.array().log();
    if (logs.cols() == 2) {
        return logs.col(1) - logs.col(0);
    }
    return logs.colwise() - logs.rowwise().mean();
}

TEST(ModelsSklearnTest, ExactModelsAgree) {
    if (!reference()) {
        GTEST_SKIP() << "/usr/bin/python3 has no scikit-learn (Debian: python3-sklearn)";
    }
    for (const json& example : (*reference())["exact"]) {
        SCOPED_TRACE(example["name"].get<std::string>());
        const auto model = fit_model(example["model"], params_of(example["params"]), frame_of(matrix_of(example["x"])), example_target(example));
        const Prediction prediction = model->predict(frame_of(matrix_of(example["test"])));
        const Matrix ours = is_classification(prediction.task) ? prediction.probabilities : Matrix(prediction.values);
        const Matrix expected = matrix_of(example["expected"]);
        const double scale = std::max(1.0, expected.cwiseAbs().maxCoeff()), tolerance = example["tolerance"].get<double>();
        EXPECT_LT((ours - expected).cwiseAbs().maxCoeff() / scale, tolerance);
        if (!example["decisions"].is_null()) {
            const Matrix decisions = matrix_of(example["decisions"]);
            const Matrix our_decisions = decisions_of(model->predict(frame_of(matrix_of(example["probes"]))));
            EXPECT_LT((our_decisions - decisions).cwiseAbs().maxCoeff() / std::max(1.0, decisions.cwiseAbs().maxCoeff()), tolerance);
        }
    }
}

// Accuracy, or the coefficient of determination.
double score(const Prediction& prediction, const Target& truth) {
    if (is_classification(truth.task)) {
        const std::vector<std::int32_t> labels = prediction.labels();
        std::size_t right = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            right += labels[i] == truth.labels[i] ? 1 : 0;
        }
        return static_cast<double>(right) / static_cast<double>(labels.size());
    }
    const Eigen::Map<const Vector> values(truth.values.data(), prediction.values.size());
    return 1 - (values - prediction.values).squaredNorm() / (values.array() - values.mean()).square().sum();
}

double cross_validated(const json& example, std::uint64_t seed) {
    const Frame x = frame_of(matrix_of(example["x"]));
    const Target y = example_target(example);
    double sum = 0;
    for (const json& fold : example["folds"]) {
        const auto test = fold.get<RowIndex>();
        RowIndex train;
        for (std::uint32_t row = 0; row < x.rows(); ++row) {
            if (!std::binary_search(test.begin(), test.end(), row)) {
                train.push_back(row);
            }
        }
        const auto model = fit_model(example["model"], params_of(example["params"]), x.take(train), y.take(train), seed);
        sum += score(model->predict(x.take(test)), y.take(test));
    }
    return sum / static_cast<double>(example["folds"].size());
}

TEST(ModelsSklearnTest, TreesScoreWithinTheSpreadOverSeeds) {
    if (!reference()) {
        GTEST_SKIP() << "/usr/bin/python3 has no scikit-learn (Debian: python3-sklearn)";
    }
    for (const json& example : (*reference())["trees"]) {
        SCOPED_TRACE(example["name"].get<std::string>());
        const auto theirs = example["scores"].get<std::vector<double>>();
        const auto [least, greatest] = std::minmax_element(theirs.begin(), theirs.end());
        double mean = 0;
        for (std::uint64_t seed = 0; seed < 5; ++seed) {
            mean += cross_validated(example, seed) / 5;
        }
        // Where all columns are tried, seeds differ by how equal cuts are told apart alone, and the spread is narrow.
        constexpr double margin = 0.01;
        EXPECT_GE(mean, *least - margin);
        EXPECT_LE(mean, *greatest + margin);
    }
}

}  // namespace
}  // namespace mlpc
