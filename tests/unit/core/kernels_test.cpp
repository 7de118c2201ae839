#include "runtime/core/kernels.h"

#include "runtime/core/error.h"
#include "runtime/core/rng.h"
#include "runtime/core/table.h"
#include "tests/unit/core/kernel_tables.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

namespace mlpc {
namespace kernels_test {

using kernels::Index;

Matrix random_matrix(Index rows, Index cols, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    return Matrix::NullaryExpr(rows, cols, [&] { return rng.normal(); });
}

double difference(const Matrix& a, const Matrix& b) { return (a - b).cwiseAbs().maxCoeff(); }

struct Shape {
    Index rows, cols;
};
constexpr std::array<Shape, 9> shapes = {{{0, 3}, {1, 1}, {3, 2}, {7, 5}, {8, 8}, {255, 9}, {256, 13}, {777, 30}, {300, 270}}};

TEST(KernelsTest, GramIsTheProductOfTheColumns) {
    for (const auto& [name, table] : kernel_tables()) {
        for (const Shape shape : shapes) {
            SCOPED_TRACE(name + " " + std::to_string(shape.rows) + "x" + std::to_string(shape.cols));
            const Matrix whole = random_matrix(shape.rows + 5, shape.cols, 1);
            const Matrix x = whole.topRows(shape.rows);
            const Vector w = random_matrix(shape.rows, 1, 2).cwiseAbs();
            Matrix plain(shape.cols, shape.cols), weighted = plain;
            table.gram(whole.data(), shape.rows, shape.cols, whole.rows(), nullptr, plain.data());
            table.gram(whole.data(), shape.rows, shape.cols, whole.rows(), w.data(), weighted.data());
            EXPECT_LT(difference(plain, x.transpose() * x), 1e-10);
            EXPECT_LT(difference(weighted, x.transpose() * w.asDiagonal() * x), 1e-10);
            EXPECT_EQ(plain, plain.transpose());
        }
    }
}

TEST(KernelsTest, ProductsAreThoseOfEigen) {
    for (const auto& [name, table] : kernel_tables()) {
        for (const Shape shape : shapes) {
            for (const Index n : {1, 3, 6}) {
                SCOPED_TRACE(name + " " + std::to_string(shape.rows) + "x" + std::to_string(shape.cols) + "x" + std::to_string(n));
                const Matrix a = random_matrix(shape.rows, shape.cols, 3), b = random_matrix(shape.cols, n, 4), c = random_matrix(shape.rows, n, 5);
                Matrix product(shape.rows, n), transposed(shape.cols, n);
                table.multiply(a.data(), a.rows(), a.cols(), a.rows(), b.data(), n, b.rows(), product.data(), a.rows());
                table.multiply_transposed(a.data(), a.rows(), a.cols(), a.rows(), c.data(), n, c.rows(), transposed.data());
                if (shape.rows > 0) {
                    EXPECT_LT(difference(product, a * b), 1e-11);
                }
                EXPECT_LT(difference(transposed, a.transpose() * c), 1e-11);
                Vector forward(shape.rows), back(shape.cols);
                table.matvec(a.data(), a.rows(), a.cols(), a.rows(), b.data(), forward.data());
                table.matvec_transposed(a.data(), a.rows(), a.cols(), a.rows(), c.data(), back.data());
                if (shape.rows > 0) {
                    EXPECT_LT(difference(forward, a * b.col(0)), 1e-11);
                }
                EXPECT_LT(difference(back, a.transpose() * c.col(0)), 1e-11);
            }
        }
    }
}

TEST(KernelsTest, ARowHasTheSameBitsInEveryBatch) {
    const Matrix a = random_matrix(531, 17, 6), b = random_matrix(17, 5, 7), others = random_matrix(83, 17, 8);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Matrix product(531, 5), distances(531, 83);
        Vector vector(531);
        table.multiply(a.data(), 531, 17, 531, b.data(), 5, 17, product.data(), 531);
        table.matvec(a.data(), 531, 17, 531, b.data(), vector.data());
        table.squared_distances(a.data(), 531, 17, 531, others.data(), 83, 83, distances.data(), 531);
        for (const Index row : {0, 1, 7, 255, 256, 500, 527, 530}) {
            const Matrix alone = a.row(row);
            Matrix one(1, 5), near(1, 83);
            double value = 0;
            table.multiply(alone.data(), 1, 17, 1, b.data(), 5, 17, one.data(), 1);
            table.matvec(alone.data(), 1, 17, 1, b.data(), &value);
            table.squared_distances(alone.data(), 1, 17, 1, others.data(), 83, 83, near.data(), 1);
            EXPECT_EQ(one, product.row(row));
            EXPECT_EQ(value, vector[row]);
            EXPECT_EQ(near, distances.row(row));
        }
    }
}

TEST(KernelsTest, DistancesAndVectorProductsHaveTheSameBitsOnEveryVariant) {
    const Matrix a = random_matrix(100, 11, 9), b = random_matrix(37, 11, 10);
    Matrix expected(100, 37);
    for (Index i = 0; i < 100; ++i) {
        for (Index j = 0; j < 37; ++j) {
            double sum = 0;
            for (Index k = 0; k < 11; ++k) {
                sum += (a(i, k) - b(j, k)) * (a(i, k) - b(j, k));
            }
            expected(i, j) = sum;
        }
    }
    Vector first;
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Matrix distances(100, 37);
        Vector product(100);
        table.squared_distances(a.data(), 100, 11, 100, b.data(), 37, 37, distances.data(), 100);
        table.matvec(a.data(), 100, 11, 100, b.data(), product.data());
        EXPECT_EQ(distances, expected);
        first = first.size() == 0 ? product : first;
        EXPECT_EQ(product, first);
    }
}

TEST(KernelsTest, SumsDoNotDependOnWhereTheCellsLie) {
    const Matrix x = random_matrix(1003, 6, 11);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Vector expected(6), v = random_matrix(1003, 1, 12);
        Matrix gram(6, 6), moved_gram(6, 6);
        table.matvec_transposed(x.data(), 1003, 6, 1003, v.data(), expected.data());
        table.gram(x.data(), 1003, 6, 1003, v.data(), gram.data());
        for (const Index offset : {1, 2, 3, 5}) {
            std::vector<double> cells(static_cast<std::size_t>(offset + x.size())), weights(static_cast<std::size_t>(offset + v.size()));
            std::copy_n(x.data(), x.size(), cells.data() + offset);
            std::copy_n(v.data(), v.size(), weights.data() + offset);
            Vector moved(6);
            table.matvec_transposed(cells.data() + offset, 1003, 6, 1003, weights.data() + offset, moved.data());
            table.gram(cells.data() + offset, 1003, 6, 1003, weights.data() + offset, moved_gram.data());
            EXPECT_EQ(moved, expected);
            EXPECT_EQ(moved_gram, gram);
        }
    }
}

TEST(KernelsTest, CholeskySolvesAndRefusesWhatIsNotDefinite) {
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        const Matrix root = random_matrix(40, 25, 13), a = root.transpose() * root, b = random_matrix(25, 2, 14);
        Matrix factor = a, solution = b;
        ASSERT_TRUE(table.cholesky(factor.data(), 25));
        table.cholesky_solve(factor.data(), 25, solution.data(), 2);
        EXPECT_LT(difference(a * solution, b), 1e-10);
        Matrix indefinite = -a, unknown = Matrix::Constant(2, 2, missing_number);
        EXPECT_FALSE(table.cholesky(indefinite.data(), 25));
        EXPECT_FALSE(table.cholesky(unknown.data(), 2));
    }
}

TEST(KernelsTest, ScoresInSinglePrecisionAreAsNearAsThatAllows) {
    constexpr Index groups = 7, d = 19, rows = groups * kernels::group_rows;
    const Matrix a = random_matrix(rows, d, 17), b = random_matrix(kernels::query_group, d, 18);
    std::vector<float> cells, offsets, queries;
    for (Index row = 0; row < rows; row += kernels::group_rows) {
        for (Index k = 0; k < d; ++k) {
            for (Index i = 0; i < kernels::group_rows; ++i) {
                cells.push_back(static_cast<float>(a(row + i, k)));
            }
        }
    }
    for (Index row = 0; row < rows; ++row) {
        offsets.push_back(static_cast<float>(row));
    }
    for (Index k = 0; k < d; ++k) {
        for (Index q = 0; q < kernels::query_group; ++q) {
            queries.push_back(static_cast<float>(b(q, k)));
        }
    }
    const Matrix expected = (-2 * a * b.transpose()).colwise() + Vector::LinSpaced(rows, 0, rows - 1);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Eigen::MatrixXf scores(rows, kernels::query_group);
        table.group_scores(cells.data(), offsets.data(), groups, d, queries.data(), scores.data(), rows);
        EXPECT_LT(difference(scores.cast<double>(), expected), 1e-4);
        std::vector<std::uint32_t> positions(rows), wanted;
        positions.resize(static_cast<std::size_t>(table.positions_up_to(scores.data(), rows, 40.5F, positions.data())));
        for (std::uint32_t row = 0; row < rows; ++row) {
            if (scores(row, 0) <= 40.5F) {
                wanted.push_back(row);
            }
        }
        EXPECT_EQ(positions, wanted);
        EXPECT_FALSE(wanted.empty());
    }
}

TEST(KernelsTest, EigenvectorsRebuildTheMatrix) {
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        const Matrix root = random_matrix(30, 12, 15), a = root.transpose() * root;
        Vector values(12);
        Matrix vectors(12, 12);
        ASSERT_TRUE(table.symmetric_eigen(a.data(), 12, values.data(), vectors.data()));
        EXPECT_LT(difference(vectors * values.asDiagonal() * vectors.transpose(), a), 1e-11);
        EXPECT_TRUE(std::is_sorted(values.data(), values.data() + 12));
    }
}

TEST(KernelsTest, LeastSquaresTakesTheShortestSolution) {
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        Matrix a(4, 2);
        a << 1, 1, 2, 2, 3, 3, 4, 4;
        const Vector b = 6 * a.col(0);
        Vector x(2);
        table.least_squares(a.data(), 4, 2, 4, b.data(), x.data());
        EXPECT_NEAR(x[0], 3, 1e-12);
        EXPECT_NEAR(x[1], 3, 1e-12);
    }
}

// Central differences of the loss against the gradient, and of the gradient against the Hessian.
template <class Pass>
void expect_derivatives(const Pass& pass, const Vector& point) {
    const Index size = point.size();
    Vector gradient(size), low(size), high(size);
    Matrix hessian(size, size);
    const double loss = pass(point, gradient, hessian.data());
    Vector again(size);
    EXPECT_EQ(pass(point, again, nullptr), loss);
    EXPECT_EQ(again, gradient);
    EXPECT_EQ(hessian, hessian.transpose());
    constexpr double h = 1e-5;
    for (Index i = 0; i < size; ++i) {
        const double below = pass(point - h * Vector::Unit(size, i), low, nullptr), above = pass(point + h * Vector::Unit(size, i), high, nullptr);
        EXPECT_NEAR((above - below) / (2 * h), gradient[i], 1e-4);
        EXPECT_LT(difference((high - low) / (2 * h), hessian.col(i)), 1e-4);
    }
}

TEST(KernelsTest, LogisticPassGivesTheDerivativesOfItsLoss) {
    const Matrix x = random_matrix(309, 4, 16);
    Rng rng = Rng::of_seed(17);
    Vector signs(309), weights(309);
    for (Index i = 0; i < 309; ++i) {
        signs[i] = rng.below(2) == 0 ? 1 : -1;
        weights[i] = rng.uniform(0, 2);
    }
    const Vector point = random_matrix(5, 1, 18);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        for (const double* w : {static_cast<const double*>(nullptr), static_cast<const double*>(weights.data())}) {
            const auto pass = [&](const Vector& beta, Vector& gradient, double* hessian) {
                return table.logistic_pass(
                    {.x = x.data(), .rows = 309, .cols = 4, .ld = 309, .signs = signs.data(), .weights = w, .beta = beta.data()}, gradient.data(),
                    hessian);
            };
            expect_derivatives(pass, point);
            double expected = 0;
            for (Index i = 0; i < 309; ++i) {
                expected += (w == nullptr ? 1 : w[i]) * std::log1p(std::exp(-signs[i] * (x.row(i).dot(point.head(4)) + point[4])));
            }
            Vector gradient(5);
            EXPECT_NEAR(pass(point, gradient, nullptr), expected, 1e-10);
        }
    }
}

TEST(KernelsTest, LogisticPassReadsIndicatorsAsListsOfTheirOnes) {
    constexpr Index rows = 700, dense = 3, indicators = 9;
    Matrix whole = Matrix::Zero(rows, dense + indicators);
    whole.leftCols(dense) = random_matrix(rows, dense, 31);
    Rng rng = Rng::of_seed(32);
    Vector signs(rows);
    std::vector<std::uint32_t> offsets{0}, ones;
    for (Index i = 0; i < rows; ++i) {
        signs[i] = rng.below(2) == 0 ? 1 : -1;
        for (std::uint32_t group = 0; group < 3; ++group) {
            const auto level = static_cast<std::uint32_t>(rng.below(4));  // the fourth is no column
            if (level < 3) {
                ones.push_back(3 * group + level);
                whole(i, dense + ones.back()) = 1;
            }
        }
        offsets.push_back(static_cast<std::uint32_t>(ones.size()));
    }
    const Vector beta = random_matrix(dense + indicators + 1, 1, 33);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        const Index size = dense + indicators + 1;
        Vector expected(size), gradient(size);
        Matrix expected_hessian(size, size), hessian(size, size);
        const double loss =
            table.logistic_pass({.x = whole.data(), .rows = rows, .cols = dense + indicators, .ld = rows, .signs = signs.data(), .beta = beta.data()},
                                expected.data(), expected_hessian.data());
        const double by_lists = table.logistic_pass({.x = whole.data(),
                                                     .rows = rows,
                                                     .cols = dense,
                                                     .ld = rows,
                                                     .indicators = indicators,
                                                     .offsets = offsets.data(),
                                                     .ones = ones.data(),
                                                     .signs = signs.data(),
                                                     .beta = beta.data()},
                                                    gradient.data(), hessian.data());
        EXPECT_NEAR(by_lists, loss, 1e-10 * loss);
        EXPECT_LT((gradient - expected).norm(), 1e-10 * expected.norm());
        EXPECT_LT((hessian - expected_hessian).norm(), 1e-10 * expected_hessian.norm());
    }
}

TEST(KernelsTest, SoftmaxPassGivesTheDerivativesOfItsLoss) {
    const Matrix x = random_matrix(290, 3, 19);
    Rng rng = Rng::of_seed(20);
    std::vector<int> labels(290);
    Vector weights(290);
    for (std::size_t i = 0; i < 290; ++i) {
        labels[i] = static_cast<int>(rng.below(4));
        weights[static_cast<Index>(i)] = rng.uniform(0, 2);
    }
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        for (const double* w : {static_cast<const double*>(nullptr), static_cast<const double*>(weights.data())}) {
            expect_derivatives(
                [&](const Vector& beta, Vector& gradient, double* hessian) {
                    return table.softmax_pass({x.data(), 290, 3, 290, 4, labels.data(), w, beta.data()}, gradient.data(), hessian);
                },
                random_matrix(16, 1, 21));
        }
    }
}

// The derivatives of the loss make the Hessian trustworthy (the test above).
TEST(KernelsTest, SoftmaxBlocksAreThoseOnTheDiagonalOfTheHessian) {
    constexpr Index rows = 1031, cols = 7, size = cols + 1;
    const Matrix x = random_matrix(rows, cols, 55);
    const Vector weights = random_matrix(rows, 1, 56).cwiseAbs();
    const std::vector<int> labels(rows, 0);
    for (const Index classes : {3, 10}) {
        const Matrix beta = random_matrix(size, classes, 57);
        for (const auto& [name, table] : kernel_tables()) {
            for (const double* w : {static_cast<const double*>(nullptr), weights.data()}) {
                SCOPED_TRACE(fmt::format("{}, {} classes, {}", name, classes, w == nullptr ? "no weights" : "weights"));
                const kernels::SoftmaxInput input{x.data(), rows, cols, rows, classes, labels.data(), w, beta.data()};
                Vector gradient(size * classes);
                Matrix hessian(size * classes, size * classes), blocks(size, size * classes);
                table.softmax_pass(input, gradient.data(), hessian.data());
                table.softmax_blocks(input, blocks.data());
                for (Index k = 0; k < classes; ++k) {
                    const Matrix expected = hessian.block(k * size, k * size, size, size);
                    EXPECT_LT((blocks.middleCols(k * size, size) - expected).norm(), 1e-12 * expected.norm()) << k;
                }
            }
        }
    }
}

// More rows than a block, no whole number of packets; classes that are served together and those that are left.
TEST(KernelsTest, SoftmaxPassOfAnyNumberOfClassesIsThatOfAPlainLoop) {
    constexpr Index rows = 1031, cols = 7;
    const Matrix x = random_matrix(rows, cols, 51);
    const Vector weights = random_matrix(rows, 1, 52).cwiseAbs();
    for (const Index classes : {2, 3, 5, 10, 19}) {
        SCOPED_TRACE(classes);
        Rng rng = Rng::of_seed(53);
        std::vector<int> labels(rows);
        for (int& label : labels) {
            label = static_cast<int>(rng.below(static_cast<std::uint64_t>(classes)));
        }
        const Matrix beta = random_matrix(cols + 1, classes, 54);
        Matrix z = x * beta.topRows(cols);
        z.rowwise() += beta.row(cols);
        double expected = 0;
        Matrix expected_gradient = Matrix::Zero(cols + 1, classes);
        for (Index i = 0; i < rows; ++i) {
            Vector p = (z.row(i).array() - z.row(i).maxCoeff()).exp().matrix().transpose();
            p /= p.sum();
            expected -= weights[i] * std::log(p[labels[static_cast<std::size_t>(i)]]);
            p[labels[static_cast<std::size_t>(i)]] -= 1;
            expected_gradient.topRows(cols) += weights[i] * x.row(i).transpose() * p.transpose();
            expected_gradient.row(cols) += weights[i] * p.transpose();
        }
        for (const auto& [name, table] : kernel_tables()) {
            SCOPED_TRACE(name);
            Matrix gradient(cols + 1, classes);
            const double loss =
                table.softmax_pass({x.data(), rows, cols, rows, classes, labels.data(), weights.data(), beta.data()}, gradient.data(), nullptr);
            EXPECT_NEAR(loss, expected, 1e-11 * expected);
            EXPECT_LT((gradient - expected_gradient).norm(), 1e-11 * expected_gradient.norm());
        }
    }
}

TEST(KernelsTest, LossesStayFiniteFarOut) {
    const Matrix x = Matrix::Constant(2, 1, 1e3);
    const Vector signs = Vector::Constant(2, -1.0), beta = Vector::Constant(2, 10.0);
    Vector gradient(2);
    Matrix hessian(2, 2);
    for (const auto& [name, table] : kernel_tables()) {
        SCOPED_TRACE(name);
        const double loss = table.logistic_pass({.x = x.data(), .rows = 2, .cols = 1, .ld = 2, .signs = signs.data(), .beta = beta.data()},
                                                gradient.data(), hessian.data());
        EXPECT_NEAR(loss, 2 * 10010.0, 1e-8);
        EXPECT_TRUE(gradient.allFinite());
        EXPECT_TRUE(hessian.allFinite());
    }
}

std::string output_of(const std::string& command) {
    std::string text;
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::array<char, 4096> buffer{};
    while (pipe && std::fgets(buffer.data(), static_cast<int>(buffer.size()), pipe.get()) != nullptr) {
        text += buffer.data();
    }
    return text;
}

// A weak symbol of another library in a variant would be shared by the linker with code for lesser processors.
TEST(KernelsTest, VariantsShareNoCodeWithOthers) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "sanitizers put their own symbols into every object";
#endif
    for (const std::string variant : {"baseline", "v3", "v4"}) {
        const std::string object = MLPC_BINARY_DIR "/runtime/CMakeFiles/mlpc_core.dir/core/kernels_" + variant + ".cpp.o";
        const std::string own = output_of("nm -C '" + object + "' | grep -c ' [WVu] .*Eigen_" + variant + "::'");
        EXPECT_GT(std::atoi(own.c_str()), 0) << "no symbols of Eigen_" << variant << " in " << object;
        EXPECT_EQ(output_of("nm -C '" + object + "' | grep ' [WVu] ' | grep -v -e '[WVu] [^(]*Eigen_" + variant +
                            "::' -e 'guard variable for Eigen_' -e 'DW.ref.__gxx_personality_v0'"),
                  "");
    }
}

TEST(KernelsTest, VariantIsOneOfThoseThatTheProcessorHas) { EXPECT_TRUE(kernels::supports(kernels::variant())); }

}  // namespace kernels_test
}  // namespace mlpc
