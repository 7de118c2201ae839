// Components that take models, against scikit-learn on the same rows and the same inner folds.
#include "stdlib/models/out_of_fold.h"
#include "stdlib/stdlib.h"
#include "tests/reference/model_testing.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace {

using Json = nlohmann::json;

// A model of the standard library with no step before it.
class PlainLearner final : public Learner {
public:
    explicit PlainLearner(std::string name, NamedParams params = {}) : name_(std::move(name)), params_(std::move(params)) {}
    std::unique_ptr<FittedModel> fit(const Frame& x, const Target& y, FitContext&) const override { return fit_model(name_, params_, x, y); }
    std::unique_ptr<FittedModel> blank() const override { return model_info(name_).blank_model(); }

private:
    std::string name_;
    NamedParams params_;
};

std::shared_ptr<const Learner> learner(const std::string& name, NamedParams params = {}) {
    return std::make_shared<const PlainLearner>(name, std::move(params));
}

ParamValues params_with(const ComponentInfo& info, const NamedParams& named) {
    ParamValues values = info.default_params();
    for (const auto& [name, value] : named) {
        values.at(info.find_param(name)) = value;
    }
    return values;
}

constexpr std::uint64_t seed = 3;
FitContext context_of_test() { return {.rng = Rng::of_seed(seed)}; }

// Fits the combination, and checks on the way that what is saved reads back as the same model.
Prediction predicted(const std::string& name, const NamedParams& named, const Learners& learners, const Frame& x, const Target& y,
                     const Frame& test) {
    const ComponentInfo& info = model_info(name);
    FitContext context = context_of_test();
    const auto fitted = info.make_combination(params_with(info, named), learners)->fit(x, y, context);
    const std::vector<std::byte> bytes = state_of(*fitted);
    const auto copy = info.blank_combination(learners);
    Archive reader = Archive::reader(bytes);
    copy->archive(reader);
    EXPECT_TRUE(reader.at_end()) << name;
    const Prediction prediction = fitted->predict(test), again = copy->predict(test);
    EXPECT_EQ(prediction.probabilities, again.probabilities) << name;
    EXPECT_EQ(prediction.values, again.values) << name;
    EXPECT_EQ(prediction.threshold, again.threshold) << name;
    return prediction;
}

struct Rows {
    Frame x, test;
    Target y;
    Json json;
};

Json to_json(const Matrix& cells) {
    Json rows = Json::array();
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        const Vector one = cells.row(row);
        rows.push_back(std::vector<double>(one.data(), one.data() + one.size()));
    }
    return rows;
}

// Columns of differing worth, and a target that they tell in part.
Rows made_up_rows(std::size_t classes, std::int64_t folds, std::string_view component) {
    constexpr Eigen::Index rows = 150, columns = 6;
    Rng rng = Rng::of_seed(classes + 11);
    Matrix cells(rows + 60, columns);
    std::vector<std::int32_t> labels;
    std::vector<double> values;
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        for (Eigen::Index c = 0; c < columns; ++c) {
            cells(row, c) = rng.normal();
        }
        const double value = 2 * cells(row, 0) - cells(row, 1) + 0.5 * cells(row, 2) * cells(row, 2) + 0.1 * cells(row, 3) + rng.normal();
        values.push_back(value);
        labels.push_back(classes == 2 ? (value > 1.5 ? 1 : 0) : value > 1.5 ? 2 : value > 0 ? 1 : 0);
    }
    values.resize(rows);
    labels.resize(rows);
    Rows made{frame_of(cells.topRows(rows)), frame_of(cells.bottomRows(60)), classes == 0 ? values_of(values) : labels_of(classes, labels), {}};
    Json cuts = Json::array();
    const FitContext context = context_of_test();
    for (const Part& part : models::inner_folds(made.y, folds, context, component)) {
        cuts.push_back({part.train, part.scored});
    }
    made.json = {{"x", to_json(cells.topRows(rows))}, {"test", to_json(cells.bottomRows(60))}, {"folds", cuts}};
    made.json["y"] = classes == 0 ? Json(values) : Json(labels);
    return made;
}

class CombineSklearnTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        two_ = made_up_rows(2, 4, "test");
        three_ = made_up_rows(3, 4, "test");
        numbers_ = made_up_rows(0, 4, "test");
        expected_ =
            ask_scikit_learn("combine/sklearn_combine.py", {{"classes", {{"two", two_.json}, {"three", three_.json}}}, {"numbers", numbers_.json}});
    }
    void SetUp() override {
        if (!expected_) {
            GTEST_SKIP() << "scikit-learn is absent";
        }
    }
    static const Json& expected(const std::string& data, const std::string& what) { return expected_->at(data).at(what); }
    static void expect_probabilities(const Prediction& prediction, const Json& wanted, double tolerance) {
        ASSERT_EQ(prediction.rows(), wanted.size());
        for (std::size_t row = 0; row < wanted.size(); ++row) {
            for (std::size_t c = 0; c < wanted[row].size(); ++c) {
                EXPECT_NEAR(prediction.probabilities(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(c)), wanted[row][c].get<double>(),
                            tolerance);
            }
        }
    }
    static void expect_values(const Prediction& prediction, const Json& wanted) {
        ASSERT_EQ(prediction.rows(), wanted.size());
        for (std::size_t row = 0; row < wanted.size(); ++row) {
            EXPECT_NEAR(prediction.values[static_cast<Eigen::Index>(row)], wanted[row].get<double>(), 1e-8);
        }
    }
    static std::vector<std::pair<std::string, const Rows*>> both() { return {{"two", &two_}, {"three", &three_}}; }
    static Learners members() { return {learner("gaussian_nb"), learner("knn", {{"k", {std::int64_t{5}}}})}; }

    static inline Rows two_, three_, numbers_;
    static inline std::optional<Json> expected_;
    static inline const NamedParams four_folds{{"folds", {std::int64_t{4}}}};
};

TEST_F(CombineSklearnTest, StackingGivesTheSameProbabilities) {
    for (const auto& [name, rows] : both()) {
        Learners all = members();
        all.push_back(learner("gaussian_nb"));
        for (const bool passthrough : {false, true}) {
            const NamedParams params{{"folds", {std::int64_t{4}}}, {"passthrough", {passthrough}}};
            expect_probabilities(predicted("stack", params, all, rows->x, rows->y, rows->test),
                                 expected(name, passthrough ? "stack true" : "stack false"), 1e-7);
        }
    }
}

TEST_F(CombineSklearnTest, VotesAreCountedAlike) {
    const ParamValue weights{std::vector<ParamValue>{{std::int64_t{2}}, {std::int64_t{1}}}};
    for (const auto& [name, rows] : both()) {
        expect_probabilities(predicted("vote", {{"weights", weights}}, members(), rows->x, rows->y, rows->test), expected(name, "vote soft"), 1e-9);
        const NamedParams hard{{"weights", weights}, {"voting", {Word{"hard"}}}};
        EXPECT_EQ(Json(predicted("vote", hard, members(), rows->x, rows->y, rows->test).labels()), expected(name, "vote hard"));
    }
}

TEST_F(CombineSklearnTest, CalibrationGivesTheSameProbabilities) {
    for (const auto& [name, rows] : both()) {
        for (const std::string method : {"sigmoid", "isotonic"}) {
            for (const bool ensemble : {true, false}) {
                const NamedParams params{{"method", {Word{method}}}, {"folds", {std::int64_t{4}}}, {"ensemble", {ensemble}}};
                const Prediction prediction = predicted("calibrate", params, {learner("gaussian_nb")}, rows->x, rows->y, rows->test);
                // scikit-learn's minimiser of the sigmoid's loss stops at a gradient of 1e-5.
                expect_probabilities(prediction, expected(name, "calibrate " + method + (ensemble ? " true" : " false")),
                                     method == "sigmoid" ? 1e-4 : 1e-9);
            }
        }
    }
}

TEST_F(CombineSklearnTest, TheThresholdIsTheBestOfAllCuts) {
    const Prediction prediction = predicted("threshold", four_folds, {learner("gaussian_nb")}, two_.x, two_.y, two_.test);
    ASSERT_TRUE(prediction.threshold);
    EXPECT_NEAR(*prediction.threshold, expected("two", "threshold").get<double>(), 1e-9);
    EXPECT_NE(*prediction.threshold, 0.5);
}

TEST_F(CombineSklearnTest, NumbersAreStackedAndAveragedAlike) {
    const Learners pair{learner("linear"), learner("knn", {{"k", {std::int64_t{5}}}})};
    Learners with_final = pair;
    with_final.push_back(learner("linear"));
    expect_values(predicted("stack", four_folds, with_final, numbers_.x, numbers_.y, numbers_.test), expected("numbers", "stack"));
    const ParamValue weights{std::vector<ParamValue>{{std::int64_t{2}}, {std::int64_t{1}}}};
    expect_values(predicted("vote", {{"weights", weights}}, pair, numbers_.x, numbers_.y, numbers_.test), expected("numbers", "vote"));
}

Json kept(const std::string& step, const NamedParams& named, const Rows& rows) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Step, step);
    FitContext context = context_of_test();
    const auto fitted = info.make_learner_step(params_with(info, named), {learner("ridge")})->fit(rows.x, &rows.y, context);
    Json positions = Json::array();
    for (const std::string& name : fitted->apply(rows.x).names()) {
        positions.push_back(rows.x.find(name));
    }
    return positions;
}

TEST_F(CombineSklearnTest, TheSameColumnsAreKept) {
    EXPECT_EQ(kept("select_from_model", {}, numbers_), expected("numbers", "select mean"));
    EXPECT_EQ(kept("select_from_model", {{"threshold", {Word{"median"}}}}, numbers_), expected("numbers", "select median"));
    EXPECT_EQ(kept("select_from_model", {{"threshold", {Word{"median"}}}, {"at_most", {std::int64_t{2}}}}, numbers_),
              expected("numbers", "select at most"));
    for (const std::int64_t step : {1, 2}) {
        EXPECT_EQ(kept("recursive_elimination", {{"features", {std::int64_t{3}}}, {"step", {step}}}, numbers_),
                  expected("numbers", "eliminate " + std::to_string(step)));
    }
}

TEST(CombineTest, ABagOfAllRowsAndColumnsIsItsModel) {
    const Rows rows = made_up_rows(3, 4, "test");
    const NamedParams all{{"estimators", {std::int64_t{3}}}, {"replace", {false}}};
    const Prediction bag = predicted("bagging", all, {learner("gaussian_nb")}, rows.x, rows.y, rows.test);
    const Prediction alone = fit_model("gaussian_nb", {}, rows.x, rows.y)->predict(rows.test);
    EXPECT_LT((bag.probabilities - alone.probabilities).cwiseAbs().maxCoeff(), 1e-12);
    const NamedParams some{{"estimators", {std::int64_t{3}}}, {"rows", {0.5}}, {"columns", {0.5}}};
    const Prediction drawn = predicted("bagging", some, {learner("gaussian_nb")}, rows.x, rows.y, rows.test);
    EXPECT_GT((drawn.probabilities - alone.probabilities).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(CombineTest, InnerFoldsKeepGroupsWholeAndGoForwardInTime) {
    const Rows rows = made_up_rows(2, 4, "test");
    RowRoles grouped, timed;
    for (std::size_t row = 0; row < rows.y.rows(); ++row) {
        grouped.groups.push_back(static_cast<std::int32_t>(row % 30));
        timed.times.push_back(static_cast<double>((row * 37) % 150));
    }
    FitContext context = context_of_test();
    context.roles = &grouped;
    for (const Part& part : models::inner_folds(rows.y, 4, context, "test")) {
        std::vector<bool> scored(30, false);
        for (const std::uint32_t row : part.scored) {
            scored[row % 30] = true;
        }
        for (const std::uint32_t row : part.train) {
            EXPECT_FALSE(scored[row % 30]) << row;
        }
    }
    context.roles = &timed;
    for (const Part& part : models::inner_folds(rows.y, 4, context, "test")) {
        double latest = 0, earliest = 1e9;
        for (const std::uint32_t row : part.train) {
            latest = std::max(latest, timed.times[row]);
        }
        for (const std::uint32_t row : part.scored) {
            earliest = std::min(earliest, timed.times[row]);
        }
        EXPECT_LT(latest, earliest);
    }
}

}  // namespace
}  // namespace mlpc
