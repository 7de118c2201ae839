// Models whose objective is convex, or whose estimate is exact, against scikit-learn on the same rows, digit by digit.
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace linear_sklearn_test {

using nlohmann::json;

const std::optional<json>& reference() {
    static const std::optional<json> answer = ask_scikit_learn("linear/sklearn_linear.py");
    return answer;
}

ParamValue value_of(const json& value) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_boolean()) {
        return {value.get<bool>()};
    }
    if (value.is_string()) {
        return {Word{value.get<std::string>()}};
    }
    return value.is_number_integer() ? ParamValue{value.get<std::int64_t>()} : ParamValue{value.get<double>()};
}

NamedParams params_of(const json& object) {
    NamedParams params;
    for (const auto& [name, value] : object.items()) {
        params.emplace_back(name, value_of(value));
    }
    return params;
}

Frame sparse_frame_of(const Matrix& cells) {
    const Frame dense = frame_of(cells);
    return Frame::from_sparse(dense.sparse_rows(), dense.names());
}

// The greatest difference to what scikit-learn predicts, by the size of its predictions.
double difference_from(const json& example, const Frame& train, const Frame& test) {
    const auto model = fit_model(example["model"], params_of(example["params"]), train, example_target(example));
    const Prediction prediction = model->predict(test);
    const Matrix ours = is_classification(prediction.task) ? prediction.probabilities : Matrix(prediction.values);
    const Matrix expected = matrix_of(example["expected"]);
    return (ours - expected).cwiseAbs().maxCoeff() / std::max(1.0, expected.cwiseAbs().maxCoeff());
}

TEST(LinearSklearnTest, PredictionsAgree) {
    if (!reference()) {
        GTEST_SKIP() << "/usr/bin/python3 has no scikit-learn (Debian: python3-sklearn)";
    }
    for (const json& example : *reference()) {
        SCOPED_TRACE(example["name"].get<std::string>());
        const Matrix x = matrix_of(example["x"]), test = matrix_of(example["test"]);
        const auto tolerance = example["tolerance"].get<double>();
        EXPECT_LT(difference_from(example, frame_of(x), frame_of(test)), tolerance);
        if (example["both"].get<bool>()) {
            EXPECT_LT(difference_from(example, sparse_frame_of(x), sparse_frame_of(test)), tolerance) << "from sparse columns";
        }
    }
}

}  // namespace linear_sklearn_test
}  // namespace mlpc
