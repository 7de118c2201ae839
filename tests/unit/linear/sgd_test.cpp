// Stochastic gradient descent comes near to the minimum that exact solvers find.
#include "runtime/core/error.h"
#include "tests/reference/model_testing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace sgd_test {

struct Table {
    Matrix x;
    std::vector<double> values;
    std::vector<std::int32_t> labels;
};

// Values that follow from three of five columns with some noise; a class for those above zero.
Table make_table(std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    Table table{.x = Matrix(600, 5), .values = {}, .labels = {}};
    for (Eigen::Index row = 0; row < table.x.rows(); ++row) {
        for (Eigen::Index c = 0; c < table.x.cols(); ++c) {
            table.x(row, c) = rng.normal();
        }
        table.values.push_back(2 * table.x(row, 0) - table.x(row, 1) + 0.5 * table.x(row, 4) + 0.3 * rng.normal());
        table.labels.push_back(table.values.back() > 0 ? 1 : 0);
    }
    return table;
}

Frame sparse_frame_of(const Matrix& cells) {
    const Frame dense = frame_of(cells);
    return Frame::from_sparse(dense.sparse_rows(), dense.names());
}

double share_right(const Prediction& prediction, const Table& truth) {
    double right = 0;
    for (std::size_t row = 0; row < truth.labels.size(); ++row) {
        right += prediction.label(row) == truth.labels[row] ? 1 : 0;
    }
    return right / static_cast<double>(truth.labels.size());
}

class SgdLosses : public testing::TestWithParam<const char*> {};

TEST_P(SgdLosses, SeparateClassesAsWellAsLogisticRegression) {
    const Table train = make_table(1), test = make_table(2);
    const NamedParams params{{"loss", {Word{GetParam()}}}, {"alpha", {1e-3}}, {"average", {true}}};
    const double exact = share_right(fit_model("logistic", {}, frame_of(train.x), labels_of(2, train.labels))->predict(frame_of(test.x)), test);
    const double dense = share_right(fit_model("sgd", params, frame_of(train.x), labels_of(2, train.labels))->predict(frame_of(test.x)), test);
    const double sparse =
        share_right(fit_model("sgd", params, sparse_frame_of(train.x), labels_of(2, train.labels))->predict(sparse_frame_of(test.x)), test);
    EXPECT_GT(dense, exact - 0.02);
    EXPECT_GT(sparse, exact - 0.02);
}
INSTANTIATE_TEST_SUITE_P(Sgd, SgdLosses, testing::Values("hinge", "log", "modified_huber", "squared_hinge"));

TEST(SgdTest, FindsTheCoefficientsOfARegression) {
    const Table train = make_table(3);
    for (const char* loss : {"squared", "huber", "epsilon_insensitive"}) {
        const auto model = fit_model("sgd", {{"loss", {Word{loss}}}, {"tolerance", {1e-6}}}, frame_of(train.x), values_of(train.values));
        const std::vector<double> found = model->importances();
        const double expected[] = {2, 1, 0, 0, 0.5};
        for (std::size_t c = 0; c < found.size(); ++c) {
            EXPECT_NEAR(found[c], expected[c], 0.08) << loss << ", column " << c;
        }
    }
}

TEST(SgdTest, AnAbsolutePenaltyLeavesColumnsOfNoiseAtZero) {
    const Table train = make_table(4);
    const auto model = fit_model("sgd", {{"penalty", {Word{"l1"}}}, {"alpha", {0.05}}}, frame_of(train.x), values_of(train.values));
    const std::vector<double> found = model->importances();
    EXPECT_EQ(found[2], 0);
    EXPECT_EQ(found[3], 0);
    EXPECT_GT(found[0], 1.5);
}

TEST(SgdTest, ALossOfNumbersIsRefusedForClasses) {
    const Table train = make_table(5);
    EXPECT_THROW(fit_model("sgd", {{"loss", {Word{"huber"}}}}, frame_of(train.x), labels_of(2, train.labels)), RunError);
    EXPECT_THROW(fit_model("sgd", {{"loss", {Word{"log"}}}}, frame_of(train.x), values_of(train.values)), RunError);
}

}  // namespace sgd_test
}  // namespace mlpc
