// Trees as surrogates, against scikit-learn read as scikit-optimize reads it.
#include "stdlib/search/surrogate_trees.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

namespace mlpc::surrogate {
namespace surrogate_trees_test {

const std::optional<nlohmann::json>& reference() {
    static const std::optional<nlohmann::json> found = ask_scikit_learn("searchers/sklearn_surrogate_trees.py");
    return found;
}
Vector vector_of(const nlohmann::json& numbers) {
    const auto values = numbers.get<std::vector<double>>();
    return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

TEST(SurrogateTrees, ForestsAreAsSureAsScikitOptimizes) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    const Matrix rows = matrix_of((*reference())["rows"]), points = matrix_of((*reference())["points"]);
    const auto forest = fit_forest(rows, vector_of((*reference())["values"]), {.trees = 1000}, Rng::of_seed(1));
    Vector means, deviations;
    forest->predict(points, means, deviations);
    // Two forests of a thousand trees each differ by chance only.
    EXPECT_LT((means - vector_of((*reference())["forest"]["means"])).cwiseAbs().maxCoeff(), 0.06);
    EXPECT_LT((deviations - vector_of((*reference())["forest"]["deviations"])).cwiseAbs().maxCoeff(), 0.06);
}

TEST(SurrogateTrees, QuantilesAreThoseOfScikitLearn) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    const Matrix rows = matrix_of((*reference())["rows"]), points = matrix_of((*reference())["points"]);
    for (const double share : {0.16, 0.5, 0.84}) {
        const QuantileBoosting boosting(rows, vector_of((*reference())["values"]), share, {}, Rng::of_seed(1));
        const Vector expected = vector_of((*reference())["quantiles"][share == 0.5 ? "0.5" : share < 0.5 ? "0.16" : "0.84"]);
        // Gradients have two values: of cuts that are equally good the two libraries may take different ones.
        EXPECT_LT((boosting.predict(points) - expected).cwiseAbs().mean(), 0.1) << share;
    }
}

}  // namespace surrogate_trees_test
}  // namespace mlpc::surrogate
