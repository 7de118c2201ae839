// Steps that make new columns of sums of old ones.
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"
#include "tests/unit/stdlib/step_testing.h"

#include <gtest/gtest.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace mlpc {
namespace {

class MatrixStepsAgainstScikitLearn : public testing::Test {
protected:
    static void SetUpTestSuite() { reference_ = ask_scikit_learn("stdlib/sklearn_matrix_steps.py"); }
    void SetUp() override {
        if (!reference_) {
            GTEST_SKIP() << "python3-sklearn is not installed";
        }
    }
    static std::optional<Json> reference_;
};
std::optional<Json> MatrixStepsAgainstScikitLearn::reference_;

TEST_F(MatrixStepsAgainstScikitLearn, Svd) { compare_step(*reference_, "svd", 3); }
TEST_F(MatrixStepsAgainstScikitLearn, KernelPca) { compare_step(*reference_, "kernel_pca", 5); }
TEST_F(MatrixStepsAgainstScikitLearn, Nmf) { compare_step(*reference_, "nmf", 1); }

Matrix parts_of(FittedStep& nmf) {
    Archive writer = Archive::writer();
    nmf.archive(writer);
    Archive reader = Archive::reader(writer.bytes());
    std::vector<std::string> columns;
    Matrix parts;
    reader.field("columns", columns);
    reader.field("parts", parts);
    return parts;
}

TEST_F(MatrixStepsAgainstScikitLearn, NmfComesAsNearToTheCells) {
    const Json& one = (*reference_)["nmf_error"];
    const Frame x = table_of(one["x"]);
    const auto step = fit_step("nmf", x, {{"components", one["components"]}});
    const double error = (matrix_of(x) - matrix_of(step->apply(x)) * parts_of(*step)).norm();
    EXPECT_LT(error, 1.005 * one["error"].get<double>());
}

TEST_F(MatrixStepsAgainstScikitLearn, IcaFindsTheSameSourcesInSomeOrder) {
    const Json& one = (*reference_)["ica"];
    const Frame x = table_of(one["x"]);
    const Matrix ours = matrix_of(fit_step("ica", x, {{"tolerance", 1e-10}, {"iterations", 1000}})->apply(x));
    const Matrix reference = matrix_of(table_of(one["components"]));
    ASSERT_EQ(ours.cols(), reference.cols());
    for (Eigen::Index j = 0; j < reference.cols(); ++j) {
        const Vector correlations = (ours.transpose() * reference.col(j)).cwiseAbs() / static_cast<double>(ours.rows());
        EXPECT_NEAR(correlations.maxCoeff(), 1, 1e-5) << j;
    }
}

// --- sparse and dense cells ---------------------------------------------------------------------------------------

Frame sparse_counts(std::size_t rows, std::size_t columns, std::uint64_t seed) {
    SparseRows cells{.columns = columns};
    Rng rng = Rng::of_seed(seed);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::uint32_t c = 0; c < columns; ++c) {
            // Two kinds of rows, each with columns of its own, so that there is something to find.
            const bool often = (row % 2 == 0) == (c < columns / 2);
            if (rng.uniform() < (often ? 0.15 : 0.02)) {
                cells.indices.push_back(c);
                cells.values.push_back(1 + static_cast<double>(rng.below(4)));
            }
        }
        cells.offsets.push_back(cells.indices.size());
    }
    std::vector<std::string> names;
    for (std::size_t c = 0; c < columns; ++c) {
        names.push_back("w" + std::to_string(c));
    }
    return Frame::from_sparse(std::make_shared<const SparseRows>(std::move(cells)), names);
}

TEST(SparseTest, StepsThatTakeSparseColumnsGiveWhatTheyGiveOfDenseOnes) {
    const Frame sparse = sparse_counts(60, 40, 2);
    const Frame dense = sparse.densified(1 << 20);
    for (const std::string name : {"svd", "nmf", "random_projection", "random_features"}) {
        ASSERT_TRUE(step_info(name).takes_sparse) << name;
        const Json params{{"components", 4}};
        expect_near(fit_step(name, sparse, params)->apply(sparse), fit_step(name, dense, params)->apply(dense), name, 1e-8);
    }
}

TEST(SvdTest, ASketchFindsWhatAllProductsFind) {
    // Beyond 1000 rows and columns the decomposition is that of a random sketch.
    const Frame x = sparse_counts(1100, 1050, 4);
    const auto step = fit_step("svd", x, {{"components", 3}});
    const Matrix cells = matrix_of(x.densified(1 << 25));
    const Matrix projected = matrix_of(step->apply(x));
    const Eigen::SelfAdjointEigenSolver<Matrix> exact(cells.transpose() * cells, Eigen::EigenvaluesOnly);
    for (Eigen::Index j = 0; j < 2; ++j) {
        EXPECT_NEAR(projected.col(j).squaredNorm() / exact.eigenvalues()(1049 - j), 1, 1e-6) << j;
    }
}

TEST(SvdTest, OneFitAnswersSmallerNumbersOfComponents) {
    const Frame x = sparse_counts(1100, 1050, 4);
    const auto whole = fit_step("svd", x, {{"components", 100}});
    const auto smaller = whole->restricted({std::int64_t{20}});
    ASSERT_NE(smaller, nullptr);
    const auto fitted = fit_step("svd", x, {{"components", 20}});
    EXPECT_EQ(state_of_step(*smaller), state_of_step(*fitted));
    EXPECT_EQ(fitted->restricted({std::int64_t{100}}), nullptr);
}

// --- kernels ------------------------------------------------------------------------------------------------------

Frame normal_columns(std::size_t rows, std::size_t columns) {
    Matrix cells(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns));
    Rng rng = Rng::of_seed(21);
    for (double& cell : cells.reshaped()) {
        cell = rng.normal();
    }
    return frame_of(cells);
}

Matrix rbf(const Matrix& x, double gamma) {
    Matrix kernel(x.rows(), x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        for (Eigen::Index j = 0; j < x.rows(); ++j) {
            kernel(i, j) = std::exp(-gamma * (x.row(i) - x.row(j)).squaredNorm());
        }
    }
    return kernel;
}

TEST(NystroemTest, WithAllRowsItsProductsAreTheKernel) {
    const Frame x = normal_columns(50, 4);
    const Matrix mapped = matrix_of(fit_step("nystroem", x, {{"components", 50}, {"gamma", 0.3}})->apply(x));
    EXPECT_LT((mapped * mapped.transpose() - rbf(matrix_of(x), 0.3)).cwiseAbs().maxCoeff(), 1e-6);
}

TEST(NystroemTest, FollowsItsStream) {
    const Frame x = normal_columns(50, 4);
    const auto mapped = [&](std::uint64_t seed) { return matrix_of(fit_step("nystroem", x, {{"components", 5}}, nullptr, {}, seed)->apply(x)); };
    EXPECT_EQ(mapped(1), mapped(1));
    EXPECT_NE(mapped(1), mapped(2));
}

TEST(RandomFeaturesTest, ItsProductsComeNearTheKernel) {
    const Frame x = normal_columns(40, 4);
    const Matrix mapped = matrix_of(fit_step("random_features", x, {{"components", 20000}, {"gamma", 0.3}})->apply(x));
    EXPECT_LT((mapped * mapped.transpose() - rbf(matrix_of(x), 0.3)).cwiseAbs().maxCoeff(), 0.05);
}

TEST(RandomProjectionTest, KeepsLengthsNearly) {
    const Frame x = normal_columns(20, 400);
    for (const std::string entries : {"gaussian", "sparse"}) {
        const Matrix projected = matrix_of(fit_step("random_projection", x, {{"components", 4000}, {"entries", entries}})->apply(x));
        const Vector ratios = projected.rowwise().norm().cwiseQuotient(matrix_of(x).rowwise().norm());
        EXPECT_GT(ratios.minCoeff(), 0.9) << entries;
        EXPECT_LT(ratios.maxCoeff(), 1.1) << entries;
    }
}

TEST(IcaTest, FindsSourcesAmongMoreColumnsThanRows) {
    // 40 rows of two sources in 60 columns.
    Rng rng = Rng::of_seed(17);
    Matrix sources(40, 2), mixing(2, 60);
    for (Eigen::Index row = 0; row < 40; ++row) {
        sources(row, 0) = row % 2 == 0 ? 1 : -1;
        sources(row, 1) = static_cast<double>(row % 7 - 3) / 2;
    }
    for (double& entry : mixing.reshaped()) {
        entry = rng.normal();
    }
    const Frame x = frame_of(Matrix(sources * mixing));
    const Matrix found = matrix_of(fit_step("ica", x, {{"components", 2}})->apply(x));
    ASSERT_EQ(found.cols(), 2);
    const Vector alternating = (found.transpose() * sources.col(0)).cwiseAbs() / 40;
    EXPECT_GT(alternating.maxCoeff(), 0.98);
}

TEST(NmfTest, RefusesWhatIsBelowZero) {
    EXPECT_NE(message_of([] { fit_step("nmf", one_column({1, -1})); }).find("none below 0"), std::string::npos);
}

TEST(KernelPcaTest, PointsToNystroemForManyRows) {
    EXPECT_NE(message_of([] { fit_step("kernel_pca", one_column(std::vector<double>(10'001, 1))); }).find("`nystroem`"), std::string::npos);
}

}  // namespace
}  // namespace mlpc
