// The pieces of searchers with a surrogate: against scikit-learn and scipy, and against their own slopes.
#include "stdlib/search/acquisition.h"
#include "stdlib/search/box_minimum.h"
#include "stdlib/search/gp_inference.h"
#include "stdlib/search/gp_posterior.h"
#include "stdlib/search/normal_tail.h"
#include "stdlib/search/value_scale.h"
#include "tests/reference/python_oracle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc::surrogate {
namespace surrogate_parts_test {

const std::optional<nlohmann::json>& reference() {
    static const std::optional<nlohmann::json> found = ask_scikit_learn("searchers/surrogate_reference.py");
    return found;
}
Vector vector_of(const nlohmann::json& numbers) {
    const auto values = numbers.get<std::vector<double>>();
    return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}
GpColumns three_columns() { return {.length_of = {0, 1, 2}, .lengths = 3, .warped = {0, 2}}; }

GpParameters reference_parameters(const nlohmann::json& process) {
    return {.log_lengths = vector_of(process["lengths"]).array().log(),
            .log_variance = std::log(process["variance"].get<double>()),
            .log_noise = std::log(process["noise"].get<double>())};
}

TEST(SurrogateParts, ProcessPredictsAsScikitLearn) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    const nlohmann::json& process = (*reference())["process"];
    const Matrix rows = matrix_of(process["rows"]), points = matrix_of(process["points"]);
    GpPosterior posterior(three_columns(), reference_parameters(process));
    for (Eigen::Index row = 0; row < rows.rows(); ++row) {
        posterior.append(rows.row(row));
    }
    posterior.set_values(vector_of(process["values"]));
    Matrix means;
    Vector deviations;
    posterior.predict(points, means, deviations);
    const Vector true_means = vector_of(process["means"]), true_deviations = vector_of(process["deviations"]);
    for (Eigen::Index i = 0; i < points.rows(); ++i) {
        EXPECT_NEAR(means(i, 0), true_means[i], 1e-8);
        EXPECT_NEAR(deviations[i], true_deviations[i], 1e-8);
        const Belief belief = posterior.predict(Vector(points.row(i)));
        EXPECT_NEAR(belief.means[0], true_means[i], 1e-8);
        EXPECT_NEAR(belief.deviation, true_deviations[i], 1e-8);
    }
}

TEST(SurrogateParts, DensityDiffersFromTheLikelihoodByPriorsAlone) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    // The priors do not depend on the values: they cancel in the difference to values of zero.
    const nlohmann::json& process = (*reference())["process"];
    const Matrix rows = matrix_of(process["rows"]);
    const Vector values = vector_of(process["values"]), zeros = Vector::Zero(values.size());
    const GpParameters parameters = reference_parameters(process);
    const double with = posterior_density({rows, values}, three_columns(), parameters).value;
    const double without = posterior_density({rows, zeros}, three_columns(), parameters).value;
    EXPECT_NEAR(with - without, process["log_likelihood_gain"].get<double>(), 1e-5);
}

TEST(SurrogateParts, TailsAreExactAsFarAsScipyIs) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    for (const nlohmann::json& tail : (*reference())["tails"]) {
        const double z = tail["z"], cdf = tail["log_cdf"], improvement = tail["log_improvement"];
        EXPECT_NEAR(log_normal_cdf(z).value, cdf, 1e-10 * std::max(1e-4, std::abs(cdf))) << z;
        EXPECT_NEAR(log_expected_improvement(z).value, improvement, 1e-9 * std::max(1.0, std::abs(improvement))) << z;
    }
}

TEST(SurrogateParts, SharesOfBetaAreScipys) {
    if (!reference()) {
        GTEST_SKIP() << "scikit-learn is absent";
    }
    for (const nlohmann::json& at : (*reference())["beta"]) {
        EXPECT_NEAR(beta_cdf(at["x"], at["a"], at["b"]), at["share"].get<double>(), 1e-11) << at;
    }
}

// --- slopes -------------------------------------------------------------------------------------------------------

TEST(SurrogateParts, TailsHaveTheirSlopes) {
    for (const double z : {-50.0, -8.0, -3.5, -2.5, -0.3, 0.0, 1.5, 4.0}) {
        const double step = 1e-5 * std::max(1.0, std::abs(z));
        const auto slope = [&](auto function) { return (function(z + step).value - function(z - step).value) / (2 * step); };
        EXPECT_NEAR(log_normal_cdf(z).slope, slope(log_normal_cdf), 1e-6 * std::max(1.0, std::abs(z))) << z;
        EXPECT_NEAR(log_expected_improvement(z).slope, slope(log_expected_improvement), 1e-6 * std::max(1.0, std::abs(z))) << z;
    }
}

struct Example {
    Matrix rows = Matrix(20, 3);
    Vector values = Vector(20);
    GpParameters parameters{.log_lengths = Vector(3), .log_variance = 0.3, .log_noise = -5, .log_warps = Vector(4)};
    Example() {
        Rng rng = Rng::of_seed(5);
        for (Eigen::Index row = 0; row < 20; ++row) {
            for (Eigen::Index column = 0; column < 3; ++column) {
                rows(row, column) = rng.uniform();
            }
            values[row] = std::sin(4 * rows(row, 0)) + rows(row, 1) * rows(row, 2);
        }
        parameters.log_lengths << -1, 0.2, 0.7;
        parameters.log_warps << 0.4, -0.3, -0.2, 0.5;
    }
};

TEST(SurrogateParts, DensityHasItsSlopes) {
    const Example example;
    const Vector at = example.parameters.to_vector();
    const auto density = [&](const Vector& v) {
        return posterior_density({example.rows, example.values}, three_columns(), GpParameters::from_vector(v, three_columns()));
    };
    const Vector gradient = density(at).gradient;
    for (Eigen::Index i = 0; i < at.size(); ++i) {
        constexpr double step = 1e-5;
        Vector up = at, down = at;
        up[i] += step;
        down[i] -= step;
        EXPECT_NEAR(gradient[i], (density(up).value - density(down).value) / (2 * step), 1e-4 * (1 + std::abs(gradient[i]))) << i;
    }
}

TEST(SurrogateParts, BeliefsHaveTheirSlopes) {
    const Example example;
    GpPosterior posterior(three_columns(), example.parameters);
    for (Eigen::Index row = 0; row < example.rows.rows(); ++row) {
        posterior.append(example.rows.row(row));
    }
    posterior.set_values(example.values);
    const Vector at = Vector::Constant(3, 0.37);
    const Belief belief = posterior.predict(at);
    for (Eigen::Index i = 0; i < 3; ++i) {
        constexpr double step = 1e-6;
        Vector up = at, down = at;
        up[i] += step;
        down[i] -= step;
        const Belief above = posterior.predict(up), below = posterior.predict(down);
        EXPECT_NEAR(belief.mean_slopes(i, 0), (above.means[0] - below.means[0]) / (2 * step), 1e-5);
        EXPECT_NEAR(belief.deviation_slope[i], (above.deviation - below.deviation) / (2 * step), 1e-5);
    }
}

TEST(SurrogateParts, CriteriaHaveTheirSlopes) {
    for (const Criterion criterion : {Criterion::LogEi, Criterion::Ei, Criterion::Lcb, Criterion::Pi}) {
        const CriterionOptions options{.criterion = criterion};
        const double best = -0.4, mean = 0.7, deviation = 0.3, step = 1e-6;
        const CriterionValue at = criterion_value(options, best, mean, deviation);
        const auto value = [&](double m, double d) { return criterion_value(options, best, m, d).value; };
        EXPECT_NEAR(at.by_mean, (value(mean + step, deviation) - value(mean - step, deviation)) / (2 * step), 1e-5);
        EXPECT_NEAR(at.by_deviation, (value(mean, deviation + step) - value(mean, deviation - step)) / (2 * step), 1e-5);
    }
}

TEST(SurrogateParts, FlooredImprovementsHaveTheirSlopes) {
    for (const double at : {-40.0, -15.0, -13.0, -2.0}) {
        constexpr double step = 1e-6;
        double slope = 0, unused = 0;
        floored(at, slope);
        EXPECT_NEAR(slope, (floored(at + step, unused) - floored(at - step, unused)) / (2 * step), 1e-6);
    }
}

// --- what holds by itself -----------------------------------------------------------------------------------------

TEST(SurrogateParts, BoxMinimumMayLieOnTheBound) {
    const SmoothFunction bowl = [](const Vector& x, Vector& gradient) {
        gradient[0] = 2 * (x[0] - 3);
        gradient[1] = 200 * (x[1] - 0.25);
        return (x[0] - 3) * (x[0] - 3) + 100 * (x[1] - 0.25) * (x[1] - 0.25);
    };
    const Box box{.low = Vector::Zero(2), .high = Vector::Ones(2)};
    const BoxMinimum found = minimise_in_box(bowl, Vector::Constant(2, 0.9), box, 100, 1e-14);
    EXPECT_DOUBLE_EQ(found.point[0], 1);
    EXPECT_NEAR(found.point[1], 0.25, 1e-5);
}

TEST(SurrogateParts, ScalesKeepTheOrderAndHaveTheirSlopes) {
    Vector values(6);
    values << 3, -2, 1e5, 7, 7, 0.5;
    for (const TailShape shape : {TailShape{Tail::None, 1}, TailShape{Tail::Bad, 0.1}, TailShape{Tail::Good, 1}}) {
        const ValueScale scale(values, shape);
        const Vector scaled = scale(values);
        EXPECT_NEAR(scaled.mean(), 0, 1e-12);
        EXPECT_NEAR(scaled.squaredNorm() / 6, 1, 1e-9);
        EXPECT_LT(scale(-1e6), scale(-2));
        EXPECT_LT(scale(-2), scale(0.5));
        EXPECT_LT(scale(1e5), scale(1e9));
        double logs = 0;
        for (const double value : {0.5, 3.0, 7.0}) {
            logs += std::log((scale(value + 1e-4) - scale(value - 1e-4)) / 2e-4);
        }
        Vector some(3);
        some << 0.5, 3, 7;
        EXPECT_NEAR(scale.log_slopes(some), logs, 1e-4);
    }
    const Vector constant = Vector::Constant(4, 2.5);
    EXPECT_EQ(ValueScale(constant, {Tail::Bad, 1})(2.5), 0);
}

}  // namespace surrogate_parts_test
}  // namespace mlpc::surrogate
