// Tree models: against scikit-learn by cross-validated score, and what a score cannot show: missing cells, categories, beginnings of a fit,
// rows set aside.
#include "runtime/core/error.h"
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>
#include <thread>

namespace mlpc {
namespace {

using nlohmann::json;

ParamValue number(std::int64_t value) { return {value}; }
ParamValue real(double value) { return {value}; }

struct Data {
    Frame x;
    Target y;
};

Data data_of(const json& example) {
    const json& rows = example["x"];
    Matrix cells(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(rows[0].size()));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < rows[r].size(); ++c) {
            cells(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = rows[r][c].is_null() ? missing_number : rows[r][c].get<double>();
        }
    }
    const auto values = example["y"].get<std::vector<double>>();
    const auto classes = example["classes"].get<std::size_t>();
    return {frame_of(cells), classes == 0 ? values_of(values) : labels_of(classes, {values.begin(), values.end()})};
}

NamedParams params_of(const json& object) {
    NamedParams params;
    for (const auto& [name, value] : object.items()) {
        if (value.is_string()) {
            params.push_back({name, {Word{value.get<std::string>()}}});
        } else if (value.is_number_integer()) {
            params.push_back({name, {value.get<std::int64_t>()}});
        } else {
            params.push_back({name, {value.get<double>()}});
        }
    }
    return params;
}

// Accuracy, or the coefficient of determination.
double score(const Prediction& prediction, const Target& truth) {
    if (is_classification(truth.task)) {
        const std::vector<std::int32_t> labels = prediction.labels();
        double right = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            right += labels[i] == truth.labels[i] ? 1 : 0;
        }
        return right / static_cast<double>(labels.size());
    }
    const Eigen::Map<const Vector> values(truth.values.data(), prediction.values.size());
    return 1 - (values - prediction.values).squaredNorm() / (values.array() - values.mean()).square().sum();
}

double cross_validated(const std::string& model, const NamedParams& params, const Data& data, std::uint64_t seed) {
    double sum = 0;
    for (std::uint32_t fold = 0; fold < 4; ++fold) {
        RowIndex train, test;
        for (std::uint32_t row = 0; row < data.x.rows(); ++row) {
            (row % 4 == fold ? test : train).push_back(row);
        }
        const auto fitted = fit_model(model, params, data.x.take(train), data.y.take(train), seed);
        sum += score(fitted->predict(data.x.take(test)), data.y.take(test)) / 4;
    }
    return sum;
}

TEST(TreesSklearnTest, ScoresAndImportancesAreThoseOfScikitLearn) {
    const auto cases = ask_scikit_learn("trees/sklearn_trees.py");
    if (!cases) {
        GTEST_SKIP() << "/usr/bin/python3 has no scikit-learn (Debian: python3-sklearn)";
    }
    for (const json& example : *cases) {
        SCOPED_TRACE(example["name"].get<std::string>());
        const Data data = data_of(example);
        const NamedParams params = params_of(example["params"]);
        const auto theirs = example["scores"].get<std::vector<double>>();
        double mean = 0;
        for (std::uint64_t seed = 0; seed < 4; ++seed) {
            mean += cross_validated(example["model"], params, data, seed) / 4;
        }
        constexpr double margin = 0.015;
        EXPECT_GE(mean, *std::min_element(theirs.begin(), theirs.end()) - margin);
        EXPECT_LE(mean, *std::max_element(theirs.begin(), theirs.end()) + margin);
        if (example["importances"].is_null()) {
            continue;
        }
        const auto expected = example["importances"].get<std::vector<double>>();
        const std::vector<double> importances = fit_model(example["model"], params, data.x, data.y)->importances();
        ASSERT_EQ(importances.size(), expected.size());
        for (std::size_t c = 0; c < expected.size(); ++c) {
            // Forests draw; a single tree differs where two cuts are equally good.
            EXPECT_NEAR(importances[c], expected[c], 0.06);
        }
    }
}

// Two columns: the first decides where it is there, and where it is missing the answer is 1.
Data with_gaps() {
    Matrix cells(600, 2);
    std::vector<std::int32_t> labels;
    Rng rng = Rng::of_seed(4);
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        const bool is_missing = row % 3 == 0;
        const double value = rng.uniform();
        cells(row, 0) = is_missing ? missing_number : value;
        cells(row, 1) = rng.uniform();
        labels.push_back(is_missing || value < 0.4 ? 1 : 0);
    }
    return {frame_of(cells), labels_of(2, std::move(labels))};
}

TEST(BoostedTreesTest, AMissingCellGoesWhereItsRowsBelong) {
    const Data data = with_gaps();
    const auto model = fit_model("boosted_trees", {{"rounds", number(30)}}, data.x, data.y);
    EXPECT_EQ(model->predict(data.x).labels(), data.y.labels);
    const std::vector<double> importances = model->importances();
    EXPECT_GT(importances[0], 0.95);
    EXPECT_NEAR(importances[0] + importances[1], 1, 1e-12);
}

// Levels without any order in them: odd ones are 1.
Data with_levels(std::size_t count) {
    std::vector<std::string> texts;
    std::vector<double> values;
    for (std::size_t row = 0; row < 40 * count; ++row) {
        const std::size_t level = row % count;
        texts.push_back("level" + std::to_string(level));
        values.push_back(level % 2 == 1 ? 5 : -5);
    }
    const std::size_t rows = texts.size();
    return {Frame({Column::of_texts("level", texts)}, rows), values_of(std::move(values))};
}

TEST(BoostedTreesTest, OneCutPartsCategoriesInAnyOrder) {
    const Data data = with_levels(40);
    const auto model = fit_model("boosted_trees", {{"rounds", number(1)}, {"rate", real(1)}, {"max_leaves", number(2)}}, data.x, data.y);
    const Vector values = model->predict(data.x).values;
    for (Eigen::Index row = 0; row < values.size(); ++row) {
        EXPECT_NEAR(values[row], data.y.values[static_cast<std::size_t>(row)], 1e-9);
    }
}

TEST(BoostedTreesTest, TheRarestOfMoreLevelsThanBinsAreAsMissing) {
    const Data data = with_levels(300);
    const auto model = fit_model("boosted_trees", {{"rounds", number(1)}, {"rate", real(1)}, {"max_leaves", number(2)}}, data.x, data.y);
    const Frame unknown({Column::of_texts("level", {"never seen", "level299", ""})}, 3);
    const Vector values = model->predict(unknown).values;
    EXPECT_EQ(values[0], values[2]);
    EXPECT_TRUE(values.allFinite());
}

Data noisy(std::size_t classes) {
    Matrix cells(400, 5);
    std::vector<double> values;
    std::vector<std::int32_t> labels;
    Rng rng = Rng::of_seed(9);
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells(row, c) = rng.normal();
        }
        const double value = cells(row, 0) * cells(row, 1) + cells(row, 2) + rng.normal();
        values.push_back(value);
        labels.push_back(static_cast<std::int32_t>(std::clamp(value + 1, 0.0, static_cast<double>(std::max<std::size_t>(classes, 1)) - 1)));
    }
    return {frame_of(cells), classes == 0 ? values_of(std::move(values)) : labels_of(classes, std::move(labels))};
}

struct PathCase {
    const char* model;
    const char* size;
    std::size_t classes;
    NamedParams params;
};
class Beginnings : public testing::TestWithParam<PathCase> {};

TEST_P(Beginnings, AreTheShorterFitBitForBit) {
    const PathCase& c = GetParam();
    const Data data = noisy(c.classes);
    const auto fit = [&](std::int64_t size) {
        NamedParams params = c.params;
        params.push_back({c.size, number(size)});
        return fit_model(c.model, params, data.x, data.y);
    };
    const auto whole = fit(40);
    for (const std::int64_t size : {40, 25, 7, 1}) {
        const auto restricted = whole->restricted(number(size));
        ASSERT_NE(restricted, nullptr);
        const auto shorter = fit(size);
        EXPECT_EQ(state_of(*restricted), state_of(*shorter)) << size;
        EXPECT_EQ(restricted->importances(), shorter->importances());
        const Prediction ours = restricted->predict(data.x), expected = shorter->predict(data.x);
        EXPECT_EQ(ours.values, expected.values);
        EXPECT_EQ(ours.probabilities, expected.probabilities);
    }
    EXPECT_EQ(whole->restricted(number(41)), nullptr);
    EXPECT_EQ(whole->restricted(number(7))->restricted(number(8)), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Models, Beginnings,
                         testing::Values(PathCase{"boosted_trees", "rounds", 0, {}},
                                         PathCase{"boosted_trees", "rounds", 3, {{"rows", real(0.5)}, {"columns", real(0.5)}}},
                                         PathCase{"boosted_trees", "rounds", 2, {{"early_stop", number(5)}, {"rate", real(0.5)}}},
                                         PathCase{"xgboost", "rounds", 0, {}},
                                         PathCase{"xgboost", "rounds", 3, {{"rows", real(0.5)}, {"columns", real(0.5)}}},
                                         PathCase{"xgboost", "rounds", 2, {{"early_stop", number(5)}}}, PathCase{"random_forest", "trees", 3, {}},
                                         PathCase{"extra_trees", "trees", 0, {}}));

TEST(BoostedTreesTest, StopsEarlyAndKeepsTheRoundsUpToTheBest) {
    const Data data = noisy(2);
    const auto rounds_kept = [&](std::int64_t early_stop) {
        const auto model =
            fit_model("boosted_trees", {{"rounds", number(400)}, {"rate", real(0.5)}, {"early_stop", number(early_stop)}}, data.x, data.y);
        return state_of(*model).size();
    };
    const auto all = fit_model("boosted_trees", {{"rounds", number(400)}, {"rate", real(0.5)}}, data.x, data.y);
    EXPECT_LT(rounds_kept(5), state_of(*all).size() / 4);
    const Data few{data.x.take(RowIndex{0, 1}), data.y.take(RowIndex{0, 1})};
    EXPECT_THROW(fit_model("boosted_trees", {{"early_stop", number(5)}}, few.x, few.y), RunError);
}

TEST(BoostedTreesTest, AWeightOfTwoIsARowTwice) {
    const Data data = noisy(0);
    // Few distinct numbers, each a bin of its own: with more, bins follow the rows and not their weights.
    const Frame x = frame_of((2 * Dense(data.x).matrix()).array().round());
    Target weighted = data.y;
    RowIndex twice;
    for (std::uint32_t row = 0; row < x.rows(); ++row) {
        weighted.weights.push_back(row % 4 == 0 ? 2 : 1);
        twice.insert(twice.end(), row % 4 == 0 ? 2 : 1, row);
    }
    const NamedParams params = {{"rounds", number(20)}, {"min_leaf", number(1)}, {"max_leaves", number(6)}};
    const Vector a = fit_model("boosted_trees", params, x, weighted)->predict(x).values;
    const Vector b = fit_model("boosted_trees", params, x.take(twice), data.y.take(twice))->predict(x).values;
    const Vector plain = fit_model("boosted_trees", params, x, data.y)->predict(x).values;
    EXPECT_LT((a - b).cwiseAbs().maxCoeff(), 1e-9);
    EXPECT_GT((a - plain).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(XgboostTest, AMissingCellGoesWhereItsRowsBelong) {
    const Data data = with_gaps();
    const auto model = fit_model("xgboost", {{"rounds", number(30)}}, data.x, data.y);
    EXPECT_EQ(model->predict(data.x).labels(), data.y.labels);
    EXPECT_GT(model->importances()[0], 0.95);
}

TEST(XgboostTest, BoostersThatShareAMatrixInSeveralThreadsGiveTheBitsOfOneAlone) {
    const Data data = noisy(2);
    const auto fit = [&](const Frame& x, std::int64_t depth) {
        return state_of(*fit_model("xgboost", {{"rounds", number(15)}, {"depth", number(depth)}}, x, data.y));
    };
    std::vector<std::vector<std::byte>> together(4);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < together.size(); ++i) {
        threads.emplace_back([&, i] { together[i] = fit(data.x, static_cast<std::int64_t>(i) + 2); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (std::size_t i = 0; i < together.size(); ++i) {
        EXPECT_EQ(together[i], fit(data.x.materialised(), static_cast<std::int64_t>(i) + 2));
    }
}

TEST(XgboostTest, ADamagedBoosterIsRefused) {
    const Data data = noisy(2);
    std::vector<std::byte> bytes = state_of(*fit_model("xgboost", {{"rounds", number(3)}}, data.x, data.y));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    bytes[text.find("{\"learner")] = std::byte{'x'};
    Archive reader = Archive::reader(bytes);
    EXPECT_THROW(model_info("xgboost").blank_model()->archive(reader), RunError);
}

TEST(XgboostTest, ACellBeyondItsNumbersIsRefusedByName) {
    const Frame x = frame_of(Matrix::Constant(30, 1, 1e300));
    try {
        fit_model("xgboost", {}, x, values_of(std::vector<double>(30, 1)));
        FAIL() << "taken";
    } catch (const RunError& error) {
        EXPECT_NE(std::string(error.what()).find(x.column(0).name), std::string::npos) << error.what();
    }
}

TEST(DecisionTreeTest, APruneOfEverythingLeavesTheMean) {
    const Data data = noisy(0);
    const auto stump = fit_model("decision_tree", {{"prune", real(1e6)}}, data.x, data.y);
    const double mean = std::accumulate(data.y.values.begin(), data.y.values.end(), 0.0) / 400;
    EXPECT_NEAR(stump->predict(data.x).values[7], mean, 1e-12);
    EXPECT_EQ(stump->importances(), std::vector<double>(5, 0.0));
}

}  // namespace
}  // namespace mlpc
