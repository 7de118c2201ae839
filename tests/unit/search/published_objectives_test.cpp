// The published functions as `objective` formulas in tests/bench/search are the functions that benchmarks in C++ search.
#include "runtime/core/draw.h"
#include "runtime/core/objective.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"
#include "tests/reference/search_functions.h"

#include <gtest/gtest.h>

#include <cmath>

namespace mlpc {
namespace {

// Where the dimension stands in the language's space, which names it by the alternatives that it lies under.
std::size_t find_dimension(const SearchSpace& space, const std::string& name) {
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        const std::string& full = space.dimensions[d].name;
        if (full == name || full.ends_with("." + name)) {
            return d;
        }
    }
    throw std::out_of_range("the file has no parameter " + name);
}

// The point of the language's space as one of the reference's: the same values in its order, whole where it has integers.
Assignment reference_point(const SearchSpace& space, const Assignment& point, const SearchSpace& reference) {
    Assignment same;
    for (const Dimension& d : reference.dimensions) {
        const auto& value = point[find_dimension(space, d.name)];
        same.push_back(value && d.kind == Dimension::Kind::Integer ? std::round(*value) : value);
    }
    return same;
}

ParamValues values_at(const ObjectiveSpec& objective, const SearchSpace& space, const Assignment& point) {
    ParamValues values;
    for (const auto& [name, binding] : objective.parameters) {
        const auto* dimension = std::get_if<DimensionId>(&binding);
        const auto& value = point[dimension->index];
        values.push_back(value ? value_of(space.dimensions[dimension->index], *value) : ParamValue{});
    }
    return values;
}

class PublishedObjective : public testing::TestWithParam<const char*> {};

TEST_P(PublishedObjective, IsTheReferenceAtEveryPoint) {
    const std::string path = std::string(MLPC_SOURCE_DIR) + "/tests/bench/search/" + GetParam() + ".mlp";
    const plan::Plan plan = test::plan_of(path, standard_library());
    const ObjectiveSpec& objective = plan.objectives.at(0);
    const SearchSpec& search = plan.searches.at(0);
    const SearchFunction& function = search_function(GetParam());
    ASSERT_EQ(search.space.dimensions.size(), function.space.dimensions.size());
    for (const Dimension& d : function.space.dimensions) {
        const Dimension& ours = search.space.dimensions[find_dimension(search.space, d.name)];
        EXPECT_EQ(ours.low, d.low) << d.name;
        EXPECT_EQ(ours.high, d.high) << d.name;
        EXPECT_EQ(ours.prior, d.prior) << d.name;
        EXPECT_EQ(ours.mean, d.mean) << d.name;
        EXPECT_EQ(ours.sd, d.sd) << d.name;
        EXPECT_EQ(ours.choices.size(), d.choices.size()) << d.name;
    }
    for (std::uint64_t i = 0; i < 200; ++i) {
        const Assignment point = draw_by_prior(search.space, Rng::of_seed(i));
        const double expected = function.value(reference_point(search.space, point, function.space), 0);
        const double value = formula_value(objective, values_at(objective, search.space, point));
        EXPECT_NEAR(value, expected, 1e-9 * (1 + std::abs(expected))) << to_string(search.space, point);
    }
}

INSTANTIATE_TEST_SUITE_P(Files, PublishedObjective,
                         testing::Values("ackley5", "branin", "distractor", "gauss_wave", "hartmann6", "jenatton", "levy5", "many_dists", "q1_choice",
                                         "q1_lognormal", "quadratic1", "rosenbrock5"),
                         [](const auto& file) { return std::string(file.param); });

}  // namespace
}  // namespace mlpc
