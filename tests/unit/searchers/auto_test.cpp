// What `auto` picks, and that it is then that method to the bit.
#include "stdlib/stdlib.h"
#include "tests/unit/searchers/budget_loop.h"

#include <gtest/gtest.h>

namespace mlpc {
namespace auto_test {

using Kind = Dimension::Kind;

const ComponentInfo& info(const std::string& name) { return *standard_library().find(ComponentKind::Searcher, name); }
std::unique_ptr<Searcher> made(const std::string& name, std::int64_t trials, const SearchTask& task) {
    ParamValues values = info(name).default_params();
    values.at(info(name).find_param("trials")) = {trials};
    return info(name).make_searcher(values, task);
}
SearchTask task_of(std::vector<Dimension> dimensions, std::size_t goals = 1, std::size_t result_constraints = 0) {
    SearchTask task{.space = {.dimensions = std::move(dimensions), .constraints = {}}, .rng = Rng::of_seed(4)};
    task.goals = goals;
    task.result_constraints = result_constraints;
    return task;
}
std::string picked(std::int64_t trials, const SearchTask& task) {
    const std::string remark = made("auto", trials, task)->remark();
    const std::size_t begin = remark.find("took `") + 6;
    return remark.substr(begin, remark.find('`', begin) - begin);
}

std::vector<Dimension> numbers(std::size_t count) {
    std::vector<Dimension> list;
    for (std::size_t d = 0; d < count; ++d) {
        list.push_back({.name = "x" + std::to_string(d), .kind = Kind::Real, .low = 0, .high = 1});
    }
    return list;
}
std::vector<Dimension> choices(std::size_t count) {
    std::vector<Dimension> list;
    for (std::size_t d = 0; d < count; ++d) {
        list.push_back({.name = "c" + std::to_string(d), .kind = Kind::Choice, .choices = {{true}, {false}, {Word{"none"}}}});
    }
    return list;
}
std::vector<Dimension> both(std::vector<Dimension> some, const std::vector<Dimension>& others) {
    some.insert(some.end(), others.begin(), others.end());
    return some;
}

TEST(Auto, PicksBySpaceBudgetAndGoals) {
    EXPECT_EQ(picked(60, task_of(choices(3))), "random") << "27 points";
    EXPECT_EQ(picked(26, task_of(choices(3))), "tpe");
    EXPECT_EQ(picked(60, task_of({})), "random");
    EXPECT_EQ(picked(60, task_of(numbers(5))), "gp");
    EXPECT_EQ(picked(60, task_of(both(numbers(2), choices(2)))), "gp");
    EXPECT_EQ(picked(60, task_of(both(numbers(2), choices(3)))), "tpe");
    EXPECT_EQ(picked(60, task_of(numbers(30))), "tpe");
    EXPECT_EQ(picked(1'000, task_of(numbers(5))), "cma_es");
    EXPECT_EQ(picked(1'000, task_of(numbers(5), 1, 1)), "tpe");
    EXPECT_EQ(picked(60, task_of(numbers(5), 2)), "tpe");
    EXPECT_EQ(picked(1'000, task_of(numbers(5), 2)), "tpe");
    EXPECT_EQ(picked(2'000, task_of(numbers(5), 2)), "nsga2");
    EXPECT_EQ(picked(1'000, task_of(numbers(50))), "tpe");
    EXPECT_EQ(picked(1'000, task_of(both(numbers(5), choices(1)))), "tpe");
    std::vector<Dimension> tree = both(choices(1), numbers(1));
    tree[1].conditions = {{{0}, {1}}};
    EXPECT_EQ(picked(60, task_of(tree)), "tpe");
}

TEST(Auto, SaysWhy) {
    EXPECT_EQ(made("auto", 60, task_of(choices(3)))->remark(),
              "`auto` took `random`: the space has 27 points, no more than the 60 trials, so that each is tried once");
}

TEST(Auto, IsTheMethodThatItPicked) {
    const SearchTask task = task_of(both(numbers(2), choices(3)));
    const auto course = [&](const std::string& name) {
        const auto method = made(name, 40, task);
        EXPECT_EQ(method->planned_trials(), 40u);
        std::vector<Assignment> points;
        const auto report = budget::run(*method, task.space, {}, [](const Suggestion& s) { return budget::found(*s.point[0] + *s.point[3]); });
        for (const auto& [number, evaluation] : report.evaluations) {
            points.push_back(evaluation.suggestion.point);
        }
        return points;
    };
    EXPECT_EQ(course("auto"), course("tpe"));
}

}  // namespace auto_test
}  // namespace mlpc
