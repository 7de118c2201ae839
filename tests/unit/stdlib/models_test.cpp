#include "runtime/core/error.h"
#include "tests/reference/model_testing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>

namespace mlpc {
namespace {

Word word(const char* text) { return Word{text}; }

Matrix random_cells(Eigen::Index rows, Eigen::Index cols, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    return Matrix::NullaryExpr(rows, cols, [&] { return rng.normal(); });
}

// Rows whose class, or value, follows from the columns with some noise.
Target noisy_target(const Matrix& x, std::size_t classes, std::uint64_t seed) {
    Rng rng = Rng::of_seed(seed);
    std::vector<std::int32_t> labels;
    std::vector<double> values;
    for (Eigen::Index row = 0; row < x.rows(); ++row) {
        const double value = x(row, 0) - x(row, x.cols() - 1) + rng.normal();
        values.push_back(value);
        labels.push_back(
            std::clamp(static_cast<std::int32_t>(std::floor(value + static_cast<double>(classes) / 2)), 0, static_cast<std::int32_t>(classes) - 1));
    }
    return classes == 0 ? values_of(values) : labels_of(classes, labels);
}

std::string failure_of(const std::string& model, const NamedParams& params, const Matrix& x, const Target& y) {
    try {
        fit_model(model, params, frame_of(x), y);
    } catch (const RunError& error) {
        return error.what();
    }
    return "no failure";
}

Matrix outputs(const Prediction& p) { return is_classification(p.task) ? p.probabilities : Matrix(p.values); }

// --- what holds for all models ------------------------------------------------------------------------------------

struct Case {
    const char* model;
    NamedParams params;
    std::size_t classes;  // 0: regression
};

std::vector<Case> all_cases() {
    return {{"dummy", {}, 3},
            {"dummy", {{"strategy", {word("most_frequent")}}}, 2},
            {"dummy", {}, 0},
            {"linear", {}, 0},
            {"ridge", {}, 0},
            {"logistic", {}, 2},
            {"logistic", {}, 4},
            {"logistic", {{"penalty", {word("none")}}, {"class_weight", {word("balanced")}}}, 3},
            {"knn", {}, 3},
            {"knn", {{"weights", {word("distance")}}}, 2},
            {"knn", {}, 0},
            {"gaussian_nb", {}, 3},
            {"decision_tree", {{"depth", {std::int64_t{6}}}}, 3},
            {"decision_tree", {{"criterion", {word("entropy")}}, {"features", {0.5}}}, 2},
            {"decision_tree", {}, 0},
            {"random_forest", {{"trees", {std::int64_t{7}}}}, 3},
            {"random_forest", {{"trees", {std::int64_t{7}}}, {"features", {word("log2")}}, {"bootstrap", {false}}}, 0}};
}

class EveryModel : public testing::TestWithParam<Case> {
protected:
    Matrix x_ = random_cells(211, 6, 5);
    Target y_ = noisy_target(x_, GetParam().classes, 6);
    std::unique_ptr<FittedModel> fit() const { return fit_model(GetParam().model, GetParam().params, frame_of(x_), y_); }
};

TEST_P(EveryModel, PredictsARowAloneWithTheBitsItHasAmongMany) {
    const auto model = fit();
    const Frame rows = frame_of(random_cells(601, 6, 7));
    const Matrix all = outputs(model->predict(rows));
    for (const std::uint32_t row : {0u, 1u, 63u, 64u, 255u, 256u, 511u, 599u, 600u}) {
        EXPECT_EQ(outputs(model->predict(rows.take(RowIndex{row}))), all.row(row));
    }
    EXPECT_EQ(outputs(model->predict(rows.take(RowIndex{600, 3, 3, 77}))).row(3), all.row(77));
    EXPECT_EQ(model->predict(rows.take(RowIndex{})).rows(), 0u);
}

TEST_P(EveryModel, ComesBackFromItsArchive) {
    const auto model = fit();
    const std::vector<std::byte> bytes = state_of(*model);
    const auto again = model_info(GetParam().model).blank_model();
    Archive reader = Archive::reader(bytes);
    again->archive(reader);
    EXPECT_TRUE(reader.at_end());
    const Frame rows = frame_of(random_cells(50, 6, 8));
    const Prediction before = model->predict(rows), after = again->predict(rows);
    EXPECT_EQ(outputs(before), outputs(after));
    EXPECT_EQ(before.task, after.task);
    EXPECT_EQ(state_of(*again), bytes);
}

TEST_P(EveryModel, SameFitGivesTheSameState) { EXPECT_EQ(state_of(*fit()), state_of(*fit())); }

TEST_P(EveryModel, AViewOfRowsIsAsGoodAsACopy) {
    RowIndex rows;
    for (std::uint32_t row = 1; row < 211; row += 2) {
        rows.push_back(row);
    }
    const Frame view = frame_of(x_).take(rows);
    const auto from_view = fit_model(GetParam().model, GetParam().params, view, y_.take(rows));
    const auto from_copy = fit_model(GetParam().model, GetParam().params, view.materialised(), y_.take(rows));
    EXPECT_EQ(state_of(*from_view), state_of(*from_copy));
}

TEST_P(EveryModel, ProbabilitiesSumToOne) {
    const Prediction p = fit()->predict(frame_of(10 * random_cells(40, 6, 9)));
    if (!is_classification(p.task)) {
        EXPECT_TRUE(p.values.allFinite());
        EXPECT_EQ(p.rows(), 40u);
        return;
    }
    EXPECT_EQ(p.probabilities.cols(), static_cast<Eigen::Index>(GetParam().classes));
    EXPECT_GE(p.probabilities.minCoeff(), 0);
    for (Eigen::Index row = 0; row < 40; ++row) {
        EXPECT_NEAR(p.probabilities.row(row).sum(), 1, 1e-12);
    }
}

TEST_P(EveryModel, ARowOfWeightZeroIsNotThere) {
    if (std::string(GetParam().model) == "random_forest" || std::string(GetParam().model) == "gaussian_nb" || !GetParam().params.empty()) {
        GTEST_SKIP() << "draws rows, or counts them, whatever they weigh";
    }
    Target weighted = y_;
    weighted.weights.assign(y_.rows(), 1);
    RowIndex kept;
    for (std::uint32_t row = 0; row < y_.rows(); ++row) {
        if (row % 5 == 0) {
            weighted.weights[row] = 0;
        } else {
            kept.push_back(row);
        }
    }
    const Frame probe = frame_of(random_cells(30, 6, 10));
    const auto without = fit_model(GetParam().model, GetParam().params, frame_of(x_).take(kept), y_.take(kept));
    const auto with = fit_model(GetParam().model, GetParam().params, frame_of(x_), weighted);
    EXPECT_LT((outputs(with->predict(probe)) - outputs(without->predict(probe))).cwiseAbs().maxCoeff(), 1e-9);
}

TEST_P(EveryModel, AClassWithoutTrainingRowsHasProbabilityZero) {
    if (GetParam().classes == 0) {
        GTEST_SKIP() << "predicts numbers";
    }
    std::vector<std::int32_t> labels = y_.labels;
    for (std::int32_t& label : labels) {
        label += label > 0 ? 1 : 0;
    }
    const auto model = fit_model(GetParam().model, GetParam().params, frame_of(x_), labels_of(GetParam().classes + 1, labels));
    const Prediction p = model->predict(frame_of(random_cells(30, 6, 10)));
    ASSERT_EQ(p.probabilities.cols(), static_cast<Eigen::Index>(GetParam().classes + 1));
    EXPECT_EQ(p.probabilities.col(1), Vector::Zero(30));
    EXPECT_LT((fit()->predict(frame_of(random_cells(30, 6, 10))).probabilities.col(0) - p.probabilities.col(0)).cwiseAbs().maxCoeff(), 1e-9);
}

TEST_P(EveryModel, RefusesWhatItCannotUse) {
    if (std::string(GetParam().model) == "dummy") {
        GTEST_SKIP() << "looks at no cell";
    }
    const auto failure = [&](const Matrix& x) { return failure_of(GetParam().model, GetParam().params, x, y_); };
    Matrix holes = x_, far = x_;
    holes(17, 3) = missing_number;
    far(5, 2) = std::numeric_limits<double>::infinity();
    EXPECT_EQ(failure(holes),
              std::string("`") + GetParam().model + "` met a missing value in column `x3`; it takes none, so put `impute(median)` before it");
    EXPECT_NE(failure(far).find("infinite value, or one beyond 1e+100, in column `x2`"), std::string::npos);
    EXPECT_NE(failure(Matrix(211, 0)).find("got no feature columns"), std::string::npos);
    const auto model = fit();
    EXPECT_THROW(model->predict(frame_of(holes)), RunError);
    EXPECT_THROW(model->predict(frame_of(Matrix::Zero(3, 5))), RunError);
}

TEST_P(EveryModel, RefusesWeightsThatAreNone) {
    Target y = y_;
    y.weights.assign(y.rows(), 0);
    EXPECT_NE(failure_of(GetParam().model, GetParam().params, x_, y).find("weigh nothing"), std::string::npos);
    y.weights[3] = -1;
    EXPECT_NE(failure_of(GetParam().model, GetParam().params, x_, y).find("weight that is missing, infinite or negative"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Models, EveryModel, testing::ValuesIn(all_cases()),
                         [](const auto& test) { return std::string(test.param.model) + "_" + std::to_string(test.index); });

TEST(ModelCatalogTest, EveryModelHasADocumentedSpaceToSearch) {
    for (const char* name : {"dummy", "logistic", "knn", "ridge", "gaussian_nb", "decision_tree", "random_forest"}) {
        const ComponentInfo& info = model_info(name);
        ASSERT_FALSE(info.params.empty());
        EXPECT_FALSE(info.params[0].search.empty()) << name;
        for (const ParamSpec& spec : info.params) {
            EXPECT_FALSE(spec.doc.empty()) << name << "." << spec.name;
        }
    }
}

// --- dummy --------------------------------------------------------------------------------------------------------

TEST(DummyTest, PredictsSharesMostFrequentOrMean) {
    const Frame x = frame_of(Matrix::Zero(4, 1));
    const Target y = labels_of(3, {0, 2, 2, 0}, {1, 1, 1, 1.5});
    const Matrix shares = fit_model("dummy", {}, x, y)->predict(x).probabilities;
    EXPECT_NEAR(shares(3, 0), 2.5 / 4.5, 1e-15);
    EXPECT_EQ(fit_model("dummy", {{"strategy", {word("most_frequent")}}}, x, y)->predict(x).probabilities.row(1), Eigen::RowVector3d(1, 0, 0));
    EXPECT_NEAR(fit_model("dummy", {}, x, values_of({1, 2, 3, 4}, {1, 1, 1, 3}))->predict(x).values[0], 3, 1e-15);
}

// --- linear models ------------------------------------------------------------------------------------------------

TEST(LinearTest, AConstantColumnGetsNoCoefficient) {
    Matrix x = random_cells(50, 3, 20);
    x.col(1).setConstant(0.1);
    const auto model = fit_model("linear", {}, frame_of(x), values_of({x.col(0).data(), x.col(0).data() + 50}));
    Matrix moved = x;
    moved.col(1).setConstant(1e3);
    EXPECT_LT((model->predict(frame_of(moved)).values - x.col(0)).cwiseAbs().maxCoeff(), 1e-11);
}

TEST(RidgeTest, WithoutPenaltyIsLeastSquares) {
    const Matrix x = random_cells(60, 4, 21);
    const Target y = noisy_target(x, 0, 22);
    const Prediction a = fit_model("ridge", {{"alpha", {0.0}}}, frame_of(x), y)->predict(frame_of(x));
    EXPECT_EQ(a.values, fit_model("linear", {}, frame_of(x), y)->predict(frame_of(x)).values);
}

TEST(RidgeTest, HoldsWithDependentColumnsAndHardlyAnyPenalty) {
    Matrix x = random_cells(60, 4, 23);
    x.col(3) = x.col(0) + x.col(1);
    const Target y = noisy_target(x, 0, 24);
    const Vector hardly = fit_model("ridge", {{"alpha", {1e-10}}}, frame_of(x), y)->predict(frame_of(x)).values;
    EXPECT_LT((hardly - fit_model("linear", {}, frame_of(x), y)->predict(frame_of(x)).values).cwiseAbs().maxCoeff(), 1e-6);
}

// --- logistic -----------------------------------------------------------------------------------------------------

TEST(LogisticTest, OneClassIsRefusedWithARemedy) {
    const Matrix x = random_cells(10, 2, 30);
    EXPECT_EQ(failure_of("logistic", {}, x, labels_of(2, std::vector<std::int32_t>(10, 1))),
              "`logistic` got training rows of the one class `c1`; it needs two, so split `stratified`, or use `dummy`");
}

TEST(LogisticTest, SeparableRowsConvergeForEveryC) {
    Matrix x = random_cells(200, 3, 31);
    std::vector<std::int32_t> two, three;
    for (Eigen::Index row = 0; row < 200; ++row) {
        x(row, 0) += x(row, 0) > 0 ? 1 : -1;
        two.push_back(x(row, 0) > 0 ? 1 : 0);
        three.push_back(x(row, 0) > 1.5 ? 2 : two.back());
    }
    for (const double C : {1e-8, 1e-4, 1.0, 1e4, 1e8}) {
        for (const Target& y : {labels_of(2, two), labels_of(3, three)}) {
            const Prediction p = fit_model("logistic", {{"C", {C}}}, frame_of(x), y)->predict(frame_of(x));
            EXPECT_TRUE(p.probabilities.allFinite());
            std::size_t right = 0;
            for (std::size_t row = 0; row < 200; ++row) {
                right += p.label(row) == y.labels[row] ? 1 : 0;
            }
            EXPECT_GE(right, C < 100 ? 90u : 200u) << C;
        }
    }
}

TEST(LogisticTest, SeparableRowsWithoutPenaltyEndNearCertainty) {
    const Matrix x = Vector::LinSpaced(20, -1, 1);
    std::vector<std::int32_t> labels(20, 0);
    std::fill(labels.begin() + 10, labels.end(), 1);
    const Prediction p = fit_model("logistic", {{"penalty", {word("none")}}}, frame_of(x), labels_of(2, labels))->predict(frame_of(x));
    EXPECT_GT(p.probabilities(10, 1), 0.999);
    EXPECT_GT(p.probabilities(9, 0), 0.999);
}

TEST(LogisticTest, ColumnsOfVeryDifferentScalesConverge) {
    Matrix x = random_cells(300, 3, 32);
    const Target y = noisy_target(x, 2, 33);
    const Vector plain = fit_model("logistic", {{"penalty", {word("none")}}}, frame_of(x), y)->predict(frame_of(x)).probabilities.col(1);
    x.col(0) = x.col(0) * 1e6 + Vector::Constant(300, 1e7);
    x.col(2) *= 1e-5;
    const Vector scaled = fit_model("logistic", {{"penalty", {word("none")}}}, frame_of(x), y)->predict(frame_of(x)).probabilities.col(1);
    EXPECT_LT((plain - scaled).cwiseAbs().maxCoeff(), 1e-8);
}

TEST(LogisticTest, DependentColumnsWithoutPenaltyConverge) {
    Matrix x = random_cells(300, 3, 34);
    x.col(2) = x.col(0);
    const Target y = noisy_target(x, 2, 35), z = noisy_target(x, 3, 36);
    const Matrix once = x.leftCols(2);
    for (const Target& target : {y, z}) {
        const NamedParams params = {{"penalty", {word("none")}}};
        const Matrix a = fit_model("logistic", params, frame_of(x), target)->predict(frame_of(x)).probabilities;
        const Matrix b = fit_model("logistic", params, frame_of(once), target)->predict(frame_of(once)).probabilities;
        EXPECT_LT((a - b).cwiseAbs().maxCoeff(), 1e-7);
    }
}

TEST(LogisticTest, StopsWhenCancelled) {
    const std::atomic<bool> stop = true;
    FitContext context{.rng = Rng::of_seed(1), .cancelled = &stop};
    const Matrix x = random_cells(30, 2, 37);
    const ComponentInfo& info = model_info("logistic");
    EXPECT_THROW(info.make_model(info.default_params())->fit(frame_of(x), noisy_target(x, 2, 38), context), Cancelled);
}

// --- knn ----------------------------------------------------------------------------------------------------------

TEST(KnnTest, TiesGoToTheRowsThatComeFirst) {
    const Matrix x = Matrix::Zero(4, 1);
    const auto model = fit_model("knn", {{"k", {std::int64_t{2}}}}, frame_of(x), values_of({1, 3, 100, 200}));
    EXPECT_EQ(model->predict(frame_of(Matrix::Constant(1, 1, 5.0))).values[0], 2);
}

TEST(KnnTest, ARowThatCoincidesWithTrainingRowsIsDecidedByThem) {
    Matrix x(3, 1);
    x << 0, 1, 0;
    const auto model = fit_model("knn", {{"k", {std::int64_t{3}}}, {"weights", {word("distance")}}}, frame_of(x), values_of({1, 50, 3}));
    EXPECT_EQ(model->predict(frame_of(Matrix::Zero(1, 1))).values[0], 2);
}

TEST(KnnTest, MoreNeighboursThanRowsIsRefused) {
    EXPECT_EQ(failure_of("knn", {}, Matrix::Zero(3, 1), values_of({1, 2, 3})), "`knn` is to look at 5 neighbours of 3 training rows; lower `k`");
}

// --- trees --------------------------------------------------------------------------------------------------------

TEST(DecisionTreeTest, LearnsTheExclusiveOr) {
    Matrix x(4, 2);
    x << 0, 0, 0, 1, 1, 0, 1, 1;
    const Target y = labels_of(2, {0, 1, 1, 0});
    EXPECT_EQ(fit_model("decision_tree", {}, frame_of(x), y)->predict(frame_of(x)).labels(), y.labels);
}

TEST(DecisionTreeTest, AnUnlimitedTreeRemembersEveryValue) {
    const Matrix x = random_cells(3000, 3, 40);
    const Target y = noisy_target(x, 0, 41);
    const Vector values = fit_model("decision_tree", {}, frame_of(x), y)->predict(frame_of(x)).values;
    EXPECT_EQ(std::vector<double>(values.begin(), values.end()), y.values);
}

// The best single cut, found by trying every one.
TEST(DecisionTreeTest, CutsWhereTheSquaredErrorIsLeast) {
    Rng rng = Rng::of_seed(42);
    Matrix x = random_cells(150, 3, 43);
    x.col(1) = x.col(1).array().round();  // ties
    std::vector<double> weights;
    for (int i = 0; i < 150; ++i) {
        weights.push_back(rng.uniform(0.5, 2));
    }
    Target y = noisy_target(x, 0, 44);
    y.weights = weights;
    const Vector ours =
        fit_model("decision_tree", {{"depth", {std::int64_t{1}}}, {"min_leaf", {std::int64_t{10}}}}, frame_of(x), y)->predict(frame_of(x)).values;
    const auto error_of = [&](const Vector& predicted) {
        double sum = 0;
        for (std::size_t i = 0; i < 150; ++i) {
            sum += weights[i] * std::pow(y.values[i] - predicted[static_cast<Eigen::Index>(i)], 2);
        }
        return sum;
    };
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index c = 0; c < 3; ++c) {
        for (Eigen::Index at = 0; at < 150; ++at) {
            double sums[2] = {}, totals[2] = {};
            int counts[2] = {};
            for (std::size_t i = 0; i < 150; ++i) {
                const int side = x(static_cast<Eigen::Index>(i), c) <= x(at, c) ? 0 : 1;
                sums[side] += weights[i] * y.values[i];
                totals[side] += weights[i];
                ++counts[side];
            }
            if (counts[0] < 10 || counts[1] < 10) {
                continue;
            }
            Vector predicted(150);
            for (Eigen::Index i = 0; i < 150; ++i) {
                const int side = x(i, c) <= x(at, c) ? 0 : 1;
                predicted[i] = sums[side] / totals[side];
            }
            least = std::min(least, error_of(predicted));
        }
    }
    EXPECT_NEAR(error_of(ours), least, 1e-9 * least);
}

TEST(DecisionTreeTest, LimitsAreKept) {
    const Matrix x = random_cells(400, 2, 45);
    const Target y = noisy_target(x, 0, 46);
    const auto distinct = [&](const NamedParams& params) {
        const Vector values = fit_model("decision_tree", params, frame_of(x), y)->predict(frame_of(x)).values;
        std::map<double, int> leaves;
        for (const double value : values) {
            ++leaves[value];
        }
        return leaves;
    };
    EXPECT_LE(distinct({{"depth", {std::int64_t{3}}}}).size(), 8u);
    for (const auto& [value, rows] : distinct({{"min_leaf", {std::int64_t{20}}}})) {
        EXPECT_GE(rows, 20);
    }
    EXPECT_EQ(distinct({{"min_split", {std::int64_t{401}}}}).size(), 1u);
}

TEST(RandomForestTest, TheFirstTreesOfALargerForestAreTheSmallerForest) {
    const Matrix x = random_cells(120, 5, 47);
    const Target y = noisy_target(x, 0, 48);
    const auto values = [&](std::int64_t trees) {
        return fit_model("random_forest", {{"trees", {trees}}}, frame_of(x), y)->predict(frame_of(x)).values;
    };
    // Of n trees the mean times n is the sum: the sixth tree alone is what six have more than five; so it is with seven and six.
    const Vector sixth = 6 * values(6) - 5 * values(5), seventh = 7 * values(7) - 6 * values(6);
    for (const Vector& tree : {sixth, seventh}) {
        EXPECT_GE(tree.minCoeff(), *std::min_element(y.values.begin(), y.values.end()) - 1e-9);
        EXPECT_LE(tree.maxCoeff(), *std::max_element(y.values.begin(), y.values.end()) + 1e-9);
        std::size_t remembered = 0;
        for (std::size_t i = 0; i < y.values.size(); ++i) {
            remembered += std::abs(tree[static_cast<Eigen::Index>(i)] - y.values[i]) < 1e-9 ? 1 : 0;
        }
        EXPECT_GT(remembered, 60u);  // rows of its bootstrap sample, some 63 %
        EXPECT_LT(remembered, 95u);
    }
}

TEST(RandomForestTest, SeedsDiffer) {
    const Matrix x = random_cells(120, 5, 49);
    const Target y = noisy_target(x, 2, 50);
    EXPECT_NE(state_of(*fit_model("random_forest", {}, frame_of(x), y, 1)), state_of(*fit_model("random_forest", {}, frame_of(x), y, 2)));
}

TEST(TreeArchiveTest, ADamagedTreeIsRefused) {
    const Matrix x = random_cells(40, 2, 51);
    const auto model = fit_model("decision_tree", {}, frame_of(x), noisy_target(x, 2, 52));
    const std::vector<std::byte> bytes = state_of(*model);
    const Frame probe = frame_of(random_cells(20, 2, 53));
    std::size_t refused = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::vector<std::byte> damaged = bytes;
        damaged[at] ^= std::byte{0xff};
        const auto blank = model_info("decision_tree").blank_model();
        Archive reader = Archive::reader(damaged);
        try {
            blank->archive(reader);
            blank->predict(probe);  // what was not refused must lead somewhere
        } catch (const RunError&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, bytes.size() / 4);
}

}  // namespace
}  // namespace mlpc
