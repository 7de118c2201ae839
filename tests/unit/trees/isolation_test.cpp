// Isolation forests: scores against scikit-learn's idea of them, and the rows that go.
#include "stdlib/stdlib.h"
#include "tests/reference/model_testing.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace {

// Normal rows, of which the last five lie far out.
Frame with_strangers() {
    Matrix cells(300, 3);
    Rng rng = Rng::of_seed(2);
    for (Eigen::Index row = 0; row < cells.rows(); ++row) {
        for (Eigen::Index c = 0; c < cells.cols(); ++c) {
            cells(row, c) = rng.normal() + (row >= 295 ? 8 : 0);
        }
    }
    return frame_of(cells);
}

const ComponentInfo& step_info(const char* name) { return *standard_library().find(ComponentKind::Step, name); }

TEST(IsolationForestTest, StrangersHaveTheGreatestScores) {
    const Frame x = with_strangers();
    FitContext context{.rng = Rng::of_seed(1)};
    const ComponentInfo& info = step_info("isolation_forest");
    const Frame scored = info.make_step(info.default_params(), {})->fit(x, nullptr, context)->apply(x);
    ASSERT_EQ(scored.columns(), 4u);
    const std::vector<double> scores = scored.numbers(scored.find("anomaly_score"));
    double mean = 0;
    for (std::size_t row = 0; row < 295; ++row) {
        EXPECT_LT(scores[row], scores[295 + row % 5]) << row;
        mean += scores[row] / 295;
    }
    EXPECT_NEAR(mean, 0.418, 0.03);  // the mean of scikit-learn on such rows
}

TEST(IsolationForestTest, RowsThatAreAllAlikeAreOrdinary) {
    const Frame x = frame_of(Matrix::Ones(50, 2));
    FitContext context{.rng = Rng::of_seed(1)};
    const ComponentInfo& info = step_info("isolation_forest");
    const Frame scored = info.make_step(info.default_params(), {})->fit(x, nullptr, context)->apply(x);
    EXPECT_NEAR(scored.number(7, 2), 0.5, 1e-12);
}

TEST(DropAnomaliesTest, ExactlyTheStrangersGo) {
    const Frame x = with_strangers();
    FitContext context{.rng = Rng::of_seed(1)};
    const ComponentInfo& info = step_info("drop_anomalies");
    ParamValues params = info.default_params();
    params[info.find_param("share")] = {5.0 / 300 + 1e-9};
    std::vector<double> values(300);
    for (std::size_t row = 0; row < values.size(); ++row) {
        values[row] = static_cast<double>(row);
    }
    const Sample sample = info.make_resampler(params)->resample(x, values_of(values), context);
    values.resize(295);
    EXPECT_EQ(sample.y.values, values);
    EXPECT_EQ(sample.x.rows(), 295u);
    EXPECT_EQ(sample.x.number(294, 1), x.number(294, 1));
}

}  // namespace
}  // namespace mlpc
