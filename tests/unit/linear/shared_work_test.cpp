// What models of one frame share changes no bit: a model read from its archive shares nothing, and predicts the same.
#include "tests/reference/model_testing.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace shared_work_test {

Matrix random_cells(Eigen::Index rows, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    return Matrix::NullaryExpr(rows, 7, [&] { return rng.normal(); });
}

Target classes_of(const Matrix& x) {
    std::vector<std::int32_t> labels;
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        labels.push_back(x(row, 0) + x(row, 1) > 0.5 ? 2 : x(row, 2) > 0 ? 1 : 0);
    }
    return labels_of(3, labels);
}

Target values_of_rows(const Matrix& x) {
    const Vector values = x.col(0) - 2 * x.col(3);
    return values_of({values.begin(), values.end()});
}

Matrix outputs(const Prediction& p) { return is_classification(p.task) ? p.probabilities : Matrix(p.values); }

std::unique_ptr<FittedModel> read_back(const std::string& name, FittedModel& model) {
    const std::vector<std::byte> bytes = state_of(model);
    auto copy = model_info(name).blank_model();
    Archive reader = Archive::reader(bytes);
    copy->archive(reader);
    return copy;
}

struct Case {
    const char* model;
    NamedParams params;
    bool classes;
};

class SharedWork : public testing::TestWithParam<Case> {};

TEST_P(SharedWork, ChangesNoBit) {
    const Case& c = GetParam();
    const Matrix x = random_cells(300, 1);
    const Target y = c.classes ? classes_of(x) : values_of_rows(x);
    const Frame train = frame_of(x), test = frame_of(random_cells(200, 2));
    const auto model = fit_model(c.model, c.params, train, y);
    const Matrix once = outputs(model->predict(test));
    EXPECT_EQ(once, outputs(model->predict(test)));
    EXPECT_EQ(once, outputs(read_back(c.model, *model)->predict(test)));
    EXPECT_EQ(once.row(99), outputs(model->predict(test.take(RowIndex{99}))).row(0));
    EXPECT_EQ(state_of(*fit_model(c.model, c.params, train, y)), state_of(*fit_model(c.model, c.params, frame_of(x), y)));
}

INSTANTIATE_TEST_SUITE_P(Models, SharedWork,
                         testing::Values(Case{"svm", {}, true}, Case{"svm", {{"kernel", {Word{"poly"}}}}, true},
                                         Case{"svm", {{"probability", {Word{"platt"}}}}, true}, Case{"svm", {{"kernel", {Word{"linear"}}}}, false},
                                         Case{"knn", {{"k", {std::int64_t{9}}}}, true}, Case{"knn", {{"weights", {Word{"distance"}}}}, false},
                                         Case{"knn", {{"k", {std::int64_t{80}}}}, false}, Case{"lasso", {{"alpha", {0.01}}}, false}));

TEST(KnnTest, FewerNeighboursAreThoseOfAFitWithFewer) {
    const Matrix x = random_cells(300, 3);
    const Frame train = frame_of(x), test = frame_of(random_cells(120, 4));
    const auto most = fit_model("knn", {{"k", {std::int64_t{90}}}}, train, classes_of(x));
    most->predict(test);
    for (const std::int64_t k : {1, 5, 64, 90}) {
        const auto direct = fit_model("knn", {{"k", {k}}}, frame_of(x), classes_of(x));
        const auto restricted = most->restricted({k});
        EXPECT_EQ(state_of(*restricted), state_of(*direct)) << k;
        EXPECT_EQ(outputs(restricted->predict(test)), outputs(read_back("knn", *direct)->predict(test))) << k;
    }
    EXPECT_EQ(most->restricted({std::int64_t{91}}), nullptr);
}

TEST(PlattTest, ProbabilitiesOfInnerFoldsAreCalibrated) {
    // Two overlapping classes, whose probability is known from the one column that tells them apart.
    Rng rng = Rng::of_seed(7);
    const auto draw = [&](Eigen::Index rows, std::vector<double>& truth, std::vector<std::int32_t>& labels) {
        Matrix x = Matrix::NullaryExpr(rows, 2, [&] { return rng.normal(); });
        for (Eigen::Index row = 0; row < rows; ++row) {
            truth.push_back(1 / (1 + std::exp(-2 * x(row, 0))));
            labels.push_back(rng.uniform() < truth.back() ? 1 : 0);
        }
        return x;
    };
    std::vector<double> truth, expected;
    std::vector<std::int32_t> labels, unused;
    const Matrix x = draw(800, truth, labels), test = draw(300, expected, unused);
    const NamedParams params{{"kernel", {Word{"linear"}}}, {"probability", {Word{"platt"}}}};
    const Matrix found = outputs(fit_model("svm", params, frame_of(x), labels_of(2, labels))->predict(frame_of(test)));
    double error = 0;
    for (Eigen::Index row = 0; row < test.rows(); ++row) {
        error += std::abs(found(row, 1) - expected[static_cast<std::size_t>(row)]) / static_cast<double>(test.rows());
    }
    EXPECT_LT(error, 0.04);
}

}  // namespace shared_work_test
}  // namespace mlpc
