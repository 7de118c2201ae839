#include "runtime/core/error.h"
#include "runtime/core/grouped_metric.h"
#include "stdlib/stdlib.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace mlpc {
namespace {

std::shared_ptr<const Levels> class_names(std::size_t count) {
    Levels names;
    for (std::size_t c = 0; c < count; ++c) {
        names.push_back("c" + std::to_string(c));
    }
    return std::make_shared<const Levels>(names);
}

Target truth_of(std::size_t classes, std::vector<std::int32_t> labels, std::vector<double> weights = {}) {
    return {.task = classes == 2 ? Task::Binary : Task::Multiclass,
            .values = {},
            .labels = std::move(labels),
            .classes = class_names(classes),
            .weights = std::move(weights)};
}

Prediction prediction_of(const std::vector<std::vector<double>>& rows) {
    const std::size_t classes = rows.front().size();
    Prediction p{.task = classes == 2 ? Task::Binary : Task::Multiclass, .classes = class_names(classes), .values = {}, .probabilities = {}};
    p.probabilities.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(classes));
    for (std::size_t r = 0; r < rows.size(); ++r) {
        for (std::size_t c = 0; c < classes; ++c) {
            p.probabilities(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = rows[r][c];
        }
    }
    return p;
}

// Certain predictions of the labels.
Prediction labelled(std::size_t classes, const std::vector<std::int32_t>& labels) {
    std::vector<std::vector<double>> rows;
    for (const std::int32_t label : labels) {
        rows.emplace_back(classes, 0.0);
        rows.back()[static_cast<std::size_t>(label)] = 1;
    }
    return prediction_of(rows);
}

const ComponentInfo& metric_info(const std::string& name) { return *standard_library().find(ComponentKind::Metric, name); }

ParamValue value_of(ParamType type, const std::string& text) {
    switch (type) {
        case ParamType::Integer:
            return {std::int64_t{std::stoll(text)}};
        case ParamType::Real:
            return {std::stod(text)};
        case ParamType::Text:
            return {text};
        default:
            return {Word{text}};
    }
}

// "f1 macro" is f1(macro), "roc_auc against=each average=weighted" is roc_auc(against: each, average: weighted).
double score(const std::string& call, const Target& truth, const Prediction& prediction) {
    std::istringstream words(call);
    std::string word;
    words >> word;
    const ComponentInfo& info = metric_info(word);
    ParamValues params = info.default_params();
    while (words >> word) {
        const std::size_t equals = word.find('=');
        const std::size_t at = equals == std::string::npos ? 0 : info.find_param(word.substr(0, equals));
        params.at(at) = value_of(info.params.at(at).type, equals == std::string::npos ? word : word.substr(equals + 1));
    }
    return info.make_metric(params)->score(truth, prediction);
}

Target target_of_values(std::vector<double> values, std::vector<double> weights = {}) {
    return {.task = Task::Regression, .values = std::move(values), .labels = {}, .classes = nullptr, .weights = std::move(weights)};
}
Prediction predicted_values(const std::vector<double>& values) {
    return {.task = Task::Regression,
            .classes = nullptr,
            .values = Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size())),
            .probabilities = {}};
}

TEST(Metrics, TheCatalogKnowsTheirDirectionAndRange) {
    for (const ComponentInfo* info : standard_library().all()) {
        if (info->kind != ComponentKind::Metric) {
            continue;
        }
        EXPECT_NE(info->make_metric == nullptr, info->make_table_metric == nullptr) << info->name;
        EXPECT_LT(info->range.low, info->range.high) << info->name;
    }
    for (const char* loss : {"rmse", "mae", "log_loss"}) {
        EXPECT_FALSE(metric_info(loss).greater_is_better) << loss;
    }
    EXPECT_TRUE(metric_info("mcc").greater_is_better);
    EXPECT_EQ(metric_info("mcc").range.low, -1);
}

TEST(Metrics, ClassificationAsScikitLearn) {
    const auto reference = ask_scikit_learn("metrics/sklearn_metrics.py");
    if (!reference) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    std::size_t compared = 0;
    for (const auto& c : reference->at("classification")) {
        const Target truth = truth_of(c["classes"], c["labels"], c["weights"]);
        const Prediction prediction = prediction_of(c["probabilities"]);
        for (const auto& [call, expected] : c["scores"].items()) {
            EXPECT_NEAR(score(call, truth, prediction), expected.get<double>(), 1e-9) << call << " on " << truth.rows() << " rows";
            ++compared;
        }
        const Matrix table = metric_info("confusion").make_table_metric({})->table(truth, prediction);
        for (Eigen::Index i = 0; i < table.rows(); ++i) {
            for (Eigen::Index j = 0; j < table.cols(); ++j) {
                EXPECT_NEAR(table(i, j), (c["confusion"][static_cast<std::size_t>(i)][static_cast<std::size_t>(j)].get<double>()), 1e-9);
            }
        }
    }
    EXPECT_GT(compared, 300u);
}

TEST(Metrics, RegressionAsScikitLearn) {
    const auto reference = ask_scikit_learn("metrics/sklearn_metrics.py");
    if (!reference) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    for (const auto& c : reference->at("regression")) {
        const Target truth = target_of_values(c["values"], c["weights"]);
        const Prediction prediction = predicted_values(c["predicted"]);
        for (const auto& [call, expected] : c["scores"].items()) {
            EXPECT_NEAR(score(call, truth, prediction), expected.get<double>(), 1e-9) << call;
        }
    }
}

TEST(Metrics, KnownByHand) {
    const Target truth = truth_of(2, {0, 0, 1, 1, 1});
    const Prediction p = labelled(2, {0, 1, 1, 1, 0});
    EXPECT_DOUBLE_EQ(score("accuracy", truth, p), 0.6);
    EXPECT_DOUBLE_EQ(score("balanced_accuracy", truth, p), (0.5 + 2.0 / 3) / 2);
    EXPECT_DOUBLE_EQ(score("precision", truth, p), 2.0 / 3);
    EXPECT_DOUBLE_EQ(score("recall", truth, p), 2.0 / 3);
    EXPECT_DOUBLE_EQ(score("mcc", truth, p), 1.0 / 6);
    EXPECT_DOUBLE_EQ(score("mcc", truth, labelled(2, {1, 1, 0, 0, 0})), -1);
    EXPECT_DOUBLE_EQ(score("rmse", target_of_values({1, 2}), predicted_values({1, 4})), std::sqrt(2.0));
    EXPECT_DOUBLE_EQ(score("r2", target_of_values({1, 3}), predicted_values({2, 2})), 0);
}

TEST(Metrics, AnUninformativeScoreIsHalfTheArea) {
    const Target truth = truth_of(2, {0, 1, 1, 0, 1});
    EXPECT_DOUBLE_EQ(score("roc_auc", truth, prediction_of(std::vector<std::vector<double>>(5, {0.5, 0.5}))), 0.5);
    EXPECT_DOUBLE_EQ(score("roc_auc", truth, labelled(2, {0, 1, 1, 0, 1})), 1);
    EXPECT_DOUBLE_EQ(score("roc_auc", truth, labelled(2, {1, 0, 0, 1, 0})), 0);
}

TEST(Metrics, WeightsAreRepeatedRows) {
    const Target weighted = truth_of(3, {0, 1, 2, 1}, {1, 2, 1, 3});
    const Prediction p = prediction_of({{.5, .3, .2}, {.2, .7, .1}, {.3, .4, .3}, {.6, .2, .2}});
    const Target repeated = truth_of(3, {0, 1, 1, 2, 1, 1, 1});
    const Prediction q = prediction_of({{.5, .3, .2}, {.2, .7, .1}, {.2, .7, .1}, {.3, .4, .3}, {.6, .2, .2}, {.6, .2, .2}, {.6, .2, .2}});
    for (const char* call : {"accuracy", "balanced_accuracy", "mcc", "f1", "precision", "recall", "roc_auc", "log_loss", "f1 weighted"}) {
        EXPECT_NEAR(score(call, weighted, p), score(call, repeated, q), 1e-12) << call;
    }
}

TEST(Metrics, UndefinedIsNotANumber) {
    const Target one_class = truth_of(2, {0, 0, 0});
    const Prediction none_predicted = labelled(2, {0, 0, 0});
    for (const char* call : {"mcc", "roc_auc", "f1", "precision", "recall"}) {
        EXPECT_TRUE(std::isnan(score(call, one_class, none_predicted))) << call;
    }
    EXPECT_TRUE(std::isnan(score("roc_auc", truth_of(3, {1, 1}), labelled(3, {0, 1}))));
    EXPECT_TRUE(std::isnan(score("r2", target_of_values({2, 2}), predicted_values({1, 3}))));
    const Target no_rows = truth_of(2, {});
    Prediction nothing = labelled(2, {0});
    nothing.probabilities.resize(0, 2);
    for (const char* call : {"accuracy", "balanced_accuracy", "mcc", "f1 micro", "f1 macro", "roc_auc", "log_loss"}) {
        EXPECT_TRUE(std::isnan(score(call, no_rows, nothing))) << call;
    }
    Prediction broken = labelled(2, {0, 1});
    broken.probabilities(1, 1) = missing_number;
    EXPECT_TRUE(std::isnan(score("roc_auc", truth_of(2, {0, 1}), broken)));
    EXPECT_TRUE(std::isnan(score("log_loss", truth_of(2, {0, 1}), broken)));
}

TEST(Metrics, AConstantModelHasAScore) {
    const Target truth = truth_of(2, {0, 1, 1});
    const Prediction constant = labelled(2, {0, 0, 0});
    EXPECT_EQ(score("mcc", truth, constant), 0);
    EXPECT_EQ(score("precision", truth, constant), 0);
    EXPECT_EQ(score("f1", truth, constant), 0);
}

TEST(Metrics, AClassThatOccursNowhereIsLeftOut) {
    const Target truth = truth_of(3, {0, 1, 0, 1});
    EXPECT_DOUBLE_EQ(score("f1 macro", truth, labelled(3, {0, 1, 0, 1})), 1);
    EXPECT_DOUBLE_EQ(score("roc_auc", truth, labelled(3, {0, 1, 0, 1})), 1);
    EXPECT_LT(score("f1 macro", truth, labelled(3, {0, 1, 0, 2})), 0.67);
}

TEST(Metrics, ACertainMistakeCostsAFiniteLoss) {
    const double loss = score("log_loss", truth_of(2, {0}), labelled(2, {1}));
    EXPECT_NEAR(loss, -std::log(std::numeric_limits<double>::epsilon()), 1e-9);
}

TEST(Metrics, ScoresLieWithinTheirDeclaredRange) {
    const auto reference = ask_scikit_learn("metrics/sklearn_metrics.py");
    if (!reference) {
        GTEST_SKIP() << "python3-sklearn is not installed";
    }
    for (const auto& c : reference->at("classification")) {
        for (const auto& [call, expected] : c["scores"].items()) {
            const Range& range = metric_info(call.substr(0, call.find(' '))).range;
            EXPECT_GE(expected.get<double>(), range.low) << call;
            EXPECT_LE(expected.get<double>(), range.high) << call;
        }
    }
}

TEST(Metrics, ACustomMetricIsItsExpression) {
    const auto column = [](const char* name) { return Expression{.op = Expression::Op::ColumnRef, .text = name}; };
    const auto custom = [&](const char* metric, Expression expression, const Target& truth, const Prediction& prediction) {
        return metric_info(metric).make_metric({{std::make_shared<const Expression>(std::move(expression))}})->score(truth, prediction);
    };
    const Expression difference{.op = Expression::Op::Subtract, .operands = {column("predicted"), column("truth")}};
    const Expression size{.op = Expression::Op::Function, .text = "abs", .operands = {difference}};
    const Expression mean{.op = Expression::Op::Aggregate, .text = "mean", .operands = {size}};
    const Target values = target_of_values({1, 2, 5});
    EXPECT_DOUBLE_EQ(custom("custom_loss", mean, values, predicted_values({2, 2, 2})), 4.0 / 3);
    EXPECT_FALSE(metric_info("custom_loss").greater_is_better);

    const Expression right{.op = Expression::Op::Equal, .operands = {column("truth"), column("predicted")}};
    const Expression share{.op = Expression::Op::Aggregate, .text = "share", .operands = {right}};
    EXPECT_DOUBLE_EQ(custom("custom_score", share, truth_of(2, {0, 1, 1}), labelled(2, {0, 1, 0})), 2.0 / 3);
    const Expression sure{.op = Expression::Op::Aggregate, .text = "max", .operands = {column("probability")}};
    EXPECT_DOUBLE_EQ(custom("custom_score", sure, truth_of(3, {0, 2}), prediction_of({{.2, .7, .1}, {.3, .3, .4}})), 0.4);
}

TEST(Metrics, AClassThatIsNotThereIsNamed) {
    EXPECT_THROW(score("f1 class=maybe", truth_of(2, {0, 1}), labelled(2, {0, 1})), RunError);
    EXPECT_THROW(score("roc_auc class=maybe", truth_of(2, {0, 1}), labelled(2, {0, 1})), RunError);
    EXPECT_THROW(score("roc_auc max_fpr=0.1", truth_of(3, {0, 1, 2}), labelled(3, {0, 1, 2})), RunError);
}

TEST(Metrics, OutsideADeviancesDomainIsNotANumber) {
    EXPECT_TRUE(std::isnan(score("poisson_deviance", target_of_values({1, -1}), predicted_values({1, 1}))));
    EXPECT_TRUE(std::isnan(score("gamma_deviance", target_of_values({1, 0}), predicted_values({1, 1}))));
    EXPECT_TRUE(std::isnan(score("tweedie_deviance 1.5", target_of_values({1, 0}), predicted_values({1, 0}))));
    EXPECT_TRUE(std::isnan(score("tweedie_deviance 0.5", target_of_values({1}), predicted_values({1}))));
    EXPECT_TRUE(std::isnan(score("msle", target_of_values({1}), predicted_values({-2}))));
}

TEST(Metrics, BinaryAverageOfManyClassesIsRefused) { EXPECT_THROW(score("f1 binary", truth_of(3, {0, 1, 2}), labelled(3, {0, 1, 2})), RunError); }

double gap_of(const std::string& rate, const Target& truth, const Prediction& prediction, const Column& groups) {
    const ComponentInfo& info = metric_info("fairness_gap");
    ParamValues params = info.default_params();
    params.at(info.find_param("by")) = {groups.name};
    params.at(info.find_param("of")) = {Word{rate}};
    EXPECT_EQ(group_column_of(info, params), groups.name);
    return score_of(info, params, truth, prediction, Frame({groups}, truth.rows()));
}

// The arrays and the results of Fairlearn's user guide (Common fairness metrics): demographic parity 0.25, equalised odds 1; the true
// positive rates of its guide to MetricFrame are 0.5, 0.6 and 0.4.
TEST(FairnessGap, AsFairlearnPublishes) {
    const Target truth = truth_of(2, {0, 1, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1});
    const Prediction prediction = labelled(2, {0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0});
    const Column groups = Column::of_texts("group", {"b", "b", "a", "b", "b", "c", "c", "c", "a", "a", "c", "a", "b", "c", "c", "b", "c", "c"});
    EXPECT_DOUBLE_EQ(gap_of("selection", truth, prediction, groups), 0.25);
    EXPECT_DOUBLE_EQ(gap_of("true_positive", truth, prediction, groups), 0.2);
    EXPECT_DOUBLE_EQ(gap_of("false_positive", truth, prediction, groups), 1);
    EXPECT_DOUBLE_EQ(gap_of("odds", truth, prediction, groups), 1);
}

TEST(FairnessGap, WeighsRowsAndKeepsToGroupsThatHaveTheRate) {
    const Column groups = Column::of_texts("group", {"a", "a", "b", "b", "", "b"});
    const Target weighted = truth_of(2, {1, 0, 1, 0, 0, 0}, {1, 3, 1, 1, 2, 0});
    const Prediction prediction = labelled(2, {1, 0, 1, 0, 0, 1});
    EXPECT_DOUBLE_EQ(gap_of("selection", weighted, prediction, groups), 0.5) << "a 1/4, b 1/2, missing 0";
    EXPECT_DOUBLE_EQ(gap_of("true_positive", weighted, prediction, groups), 0) << "where the group is missing no row is positive";
    const Column yes_no = Column::of_numbers("group", {1, 1, 0, 0, missing_number, 0}, ColumnType::Boolean);
    EXPECT_DOUBLE_EQ(gap_of("selection", weighted, prediction, yes_no), 0.5);
    EXPECT_TRUE(std::isnan(gap_of("true_positive", truth_of(2, {0, 0, 0, 0, 0, 0}), prediction, groups))) << "nobody is positive";
    EXPECT_THROW(gap_of("selection", truth_of(3, {0, 1, 2, 0, 1, 2}), prediction, groups), RunError);
}

}  // namespace
}  // namespace mlpc
