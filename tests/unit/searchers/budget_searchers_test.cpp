// successive_halving, hyperband, asha, bohb and dehb: their budgets, who goes on, and what they do with failures and small spaces.
#include "runtime/core/error.h"
#include "stdlib/search/brackets.h"
#include "stdlib/stdlib.h"
#include "tests/unit/searchers/budget_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace mlpc {
namespace budget_searchers_test {

using budget::failure;
using budget::found;
using budget::Loop;
using budget::Report;
using Kind = Dimension::Kind;

Dimension real(std::string name, double low = 0, double high = 1) { return {.name = std::move(name), .kind = Kind::Real, .low = low, .high = high}; }
Dimension choice(std::string name, std::size_t count, std::vector<Condition> conditions = {}) {
    Dimension d{.name = std::move(name), .kind = Kind::Choice, .conditions = std::move(conditions)};
    for (std::size_t i = 0; i < count; ++i) {
        d.choices.push_back({Word{"w" + std::to_string(i)}});
    }
    return d;
}

SearchSpace line() { return {.dimensions = {real("x")}, .constraints = {}}; }
// A choice of three models, two of them with parameters of their own, one of those unbounded.
SearchSpace conditional_space() {
    SearchSpace space;
    space.dimensions = {choice("model", 3), real("a.rate"), {.name = "b.shift", .prior = Dimension::Prior::Normal, .sd = 2}, choice("b.kind", 4)};
    space.dimensions[1].conditions = {{{0}, {0}}};
    space.dimensions[2].conditions = {{{0}, {1}}};
    space.dimensions[3].conditions = {{{0}, {1}}};
    return space;
}
SearchSpace small_space() { return {.dimensions = {choice("a", 3), choice("b", 4)}, .constraints = {}}; }

std::unique_ptr<Searcher> searcher(const std::string& name, const std::vector<std::pair<std::string, ParamValue>>& params, const SearchSpace& space,
                                   std::uint64_t seed = 1) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, name);
    ParamValues values = info.default_params();
    for (const auto& [param, value] : params) {
        values.at(info.find_param(param)) = value;
    }
    return info.make_searcher(values, {.space = space, .rng = Rng::of_seed(seed)});
}
ParamValue whole(std::int64_t number) { return {number}; }

// The longer a point is evaluated, the nearer to its value at the end.
Outcome slope(const Suggestion& s) {
    double sum = 0;
    for (const auto& value : s.point) {
        sum += value.value_or(0.3);
    }
    return found(sum + 0.1 / s.rung.share.ratio() * std::sin(40 * sum) / 81);
}

// --- tables -------------------------------------------------------------------------------------------------------
std::vector<std::vector<std::uint64_t>> trials_of(const std::vector<Bracket>& brackets) {
    std::vector<std::vector<std::uint64_t>> table;
    for (const Bracket& bracket : brackets) {
        table.emplace_back();
        for (const BracketRung& rung : bracket) {
            table.back().push_back(rung.trials);
        }
    }
    return table;
}

TEST(Brackets, AsInThePaper) {
    // Table 1 of Li et al. 2018.
    const auto brackets = hyperband_brackets({.resource = 81, .least = 1, .eta = 3}, {});
    EXPECT_EQ(trials_of(brackets), (std::vector<std::vector<std::uint64_t>>{{81, 27, 9, 3, 1}, {34, 11, 3, 1}, {15, 5, 1}, {8, 2}, {5}}));
    for (std::size_t b = 0; b < brackets.size(); ++b) {
        for (std::size_t i = 0; i < brackets[b].size(); ++i) {
            EXPECT_EQ(brackets[b][i].share.part, std::llround(std::pow(3, b + i)));
            EXPECT_EQ(brackets[b][i].share.whole, 81);
        }
    }
}

TEST(Brackets, AWholePowerHasItsLastBracket) {
    const auto brackets = hyperband_brackets({.resource = 243, .least = 1, .eta = 3}, {});
    ASSERT_EQ(brackets.size(), 6u);
    EXPECT_EQ(trials_of(brackets)[0], (std::vector<std::uint64_t>{243, 81, 27, 9, 3, 1}));
    EXPECT_EQ(trials_of(brackets)[1], (std::vector<std::uint64_t>{98, 32, 10, 3, 1}));
    EXPECT_EQ(trials_of(brackets)[5], (std::vector<std::uint64_t>{6}));
}

TEST(Brackets, SharesOfOtherResources) {
    const auto parts = [](std::int64_t resource, std::int64_t least, std::int64_t eta) {
        std::vector<std::int64_t> list;
        for (const Share& share : halving_shares({.resource = resource, .least = least, .eta = eta})) {
            list.push_back(share.part);
        }
        return list;
    };
    EXPECT_EQ(parts(100, 1, 3), (std::vector<std::int64_t>{1, 3, 11, 33, 100}));
    EXPECT_EQ(parts(81, 4, 3), (std::vector<std::int64_t>{9, 27, 81}));
    EXPECT_EQ(parts(1, 1, 3), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(parts(1'000'000, 1, 10), (std::vector<std::int64_t>{1, 10, 100, 1'000, 10'000, 100'000, 1'000'000}));
    EXPECT_THROW(parts(3, 4, 3), RunError);
}

TEST(Brackets, TrialsCutTheLastBracketShort) {
    const auto brackets = hyperband_brackets({.resource = 81, .least = 1, .eta = 3}, {.rounds = 100, .most_trials = 100});
    EXPECT_EQ(trials_of(brackets), (std::vector<std::vector<std::uint64_t>>{{81, 27, 9, 3, 1}, {19, 6, 2, 1}}));
    EXPECT_EQ(new_trials(brackets), 100u);
}

// --- who goes on --------------------------------------------------------------------------------------------------
// Of a bracket that ran alone: evaluations of one share, in order.
std::vector<std::uint64_t> at_share(const Report& report, double ratio) {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, evaluation] : report.evaluations) {
        if (evaluation.suggestion.rung.share.ratio() == ratio) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

TEST(SuccessiveHalving, TheBestOfARungGoOn) {
    for (const Loop loop : {Loop{1, 0}, Loop{4, 0}, Loop{7, 3}}) {
        const auto method = searcher("successive_halving", {{"trials", whole(27)}, {"resource", whole(9)}}, line());
        const Report report = budget::run(*method, line(), loop, slope);
        EXPECT_EQ(report.by_share(), (std::map<double, std::size_t>{{1.0 / 9, 27}, {1.0 / 3, 9}, {1, 3}}));
        EXPECT_EQ(report.trials().size(), *method->planned_trials());
        EXPECT_TRUE(method->adaptive());
        EXPECT_EQ(report.waits > 0, loop.batch > 1);
        for (const auto& [low, high] : {std::pair(1.0 / 9, 1.0 / 3), std::pair(1.0 / 3, 1.0)}) {
            std::set<std::uint64_t> promoted;
            for (const std::uint64_t number : at_share(report, high)) {
                promoted.insert(*report.evaluations.at(number).suggestion.continues);
            }
            double worst_promoted = -1e9, best_left = 1e9;
            for (const std::uint64_t number : at_share(report, low)) {
                const double value = report.evaluations.at(number).outcome.value;
                (promoted.contains(number) ? worst_promoted : best_left) =
                    promoted.contains(number) ? std::max(worst_promoted, value) : std::min(best_left, value);
            }
            EXPECT_LT(worst_promoted, best_left);
        }
    }
}

TEST(SuccessiveHalving, TheOrderOfResultsWithinARungDoesNotCount) {
    const auto points = [](Loop loop) {
        const auto method = searcher("successive_halving", {{"trials", whole(27)}, {"resource", whole(27)}}, line());
        std::vector<Assignment> list;
        for (const auto& [number, evaluation] : budget::run(*method, line(), loop, slope).evaluations) {
            list.push_back(evaluation.suggestion.point);
        }
        return list;
    };
    EXPECT_EQ(points({1, 0}), points({8, 5}));
}

TEST(Hyperband, EvaluatesItsTable) {
    for (const Loop loop : {Loop{1, 0}, Loop{8, 2}}) {
        const auto method = searcher("hyperband", {{"resource", whole(27)}, {"rounds", whole(2)}}, line());
        std::map<double, std::size_t> planned;
        for (const PlannedRung& rung : method->planned_rungs()) {
            planned[rung.share.ratio()] += rung.trials;
        }
        const Report report = budget::run(*method, line(), loop, slope);
        EXPECT_EQ(report.by_share(), planned);
        EXPECT_EQ(planned, (std::map<double, std::size_t>{{1.0 / 27, 54}, {1.0 / 9, 42}, {1.0 / 3, 26}, {1, 16}}));
        EXPECT_EQ(report.trials().size(), *method->planned_trials());
    }
}

TEST(Hyperband, WhileARungWaitsTheNextBracketBegins) {
    const auto method = searcher("hyperband", {{"resource", whole(9)}}, line());
    std::vector<Share> asked;
    for (std::uint64_t number = 0; number < 17; ++number) {
        asked.push_back(std::get<Suggestion>(method->ask(number)).rung.share);
    }
    EXPECT_EQ(asked[8], (Share{1, 9}));
    EXPECT_EQ(asked[9], (Share{1, 3})) << "nothing has been told: the second bracket";
    EXPECT_EQ(asked[16], (Share{1, 1})) << "the third";
    EXPECT_TRUE(std::holds_alternative<Wait>(method->ask(17)));
}

TEST(Asha, NeverWaitsWhileThereAreTrials) {
    for (const Loop loop : {Loop{1, 0}, Loop{4, 0}, Loop{16, 9}}) {
        const auto method = searcher("asha", {{"trials", whole(81)}, {"resource", whole(27)}}, line());
        std::size_t trials = 0;
        std::uint64_t number = 0;
        std::vector<std::uint64_t> in_flight;
        std::map<std::uint64_t, Suggestion> asked;
        while (trials < 81) {
            const Answer answer = method->ask(number);
            ASSERT_TRUE(std::holds_alternative<Suggestion>(answer)) << "after " << trials << " trials";
            asked[number] = std::get<Suggestion>(answer);
            trials += !asked[number].continues;
            in_flight.push_back(number++);
            if (in_flight.size() == loop.batch) {
                method->tell(in_flight.front(), asked[in_flight.front()], slope(asked[in_flight.front()]));
                in_flight.erase(in_flight.begin());
            }
        }
    }
}

TEST(Asha, PromotesWhoeverIsAmongTheBestSoFar) {
    const auto method = searcher("asha", {{"trials", whole(9)}, {"resource", whole(9)}}, line());
    const Report report = budget::run(*method, line(), {}, [](const Suggestion& s) { return found(*s.point[0]); });
    EXPECT_EQ(report.by_share(), (std::map<double, std::size_t>{{1.0 / 9, 9}, {1.0 / 3, report.by_share()[1.0 / 3]}, {1, report.by_share()[1]}}));
    EXPECT_EQ(report.evaluations.at(3).suggestion.continues.has_value(), true) << "of three trials one goes on at once";
    EXPECT_GE(report.by_share()[1.0 / 3], 3u);
    EXPECT_GE(report.by_share()[1], 1u);
}

TEST(Asha, FewTrialsStillEndWithAWholeOne) {
    const auto method = searcher("asha", {{"trials", whole(4)}, {"resource", whole(81)}}, line());
    const Report report = budget::run(*method, line(), {2, 1}, slope);
    EXPECT_EQ(report.by_share().at(1), 1u);
    EXPECT_EQ(report.trials().size(), 4u);
}

// --- what all of them keep ----------------------------------------------------------------------------------------
class EveryBudgetSearcher : public testing::TestWithParam<const char*> {
protected:
    std::unique_ptr<Searcher> make(const SearchSpace& space, std::uint64_t seed = 1) const {
        return searcher(GetParam(), {{"resource", whole(27)}}, space, seed);
    }
};

TEST_P(EveryBudgetSearcher, ConditionalSpaces) {
    for (const Loop loop : {Loop{1, 0}, Loop{5, 4}}) {
        EXPECT_GT(budget::run(*make(conditional_space()), conditional_space(), loop, slope).by_share()[1], 0u);
    }
}

TEST_P(EveryBudgetSearcher, ConstraintsHold) {
    SearchSpace space{.dimensions = {real("x"), real("y")}, .constraints = {}};
    Expression x, y, bound;
    x.op = y.op = Expression::Op::ColumnRef;
    x.text = "x";
    y.text = "y";
    bound.op = Expression::Op::LessEqual;
    bound.operands = {x, y};
    space.constraints = {bound};
    EXPECT_GT(budget::run(*make(space), space, {3, 1}, slope).evaluations.size(), 20u);
}

TEST_P(EveryBudgetSearcher, ASmallSpaceIsNotProposedTwiceAndEnds) {
    for (const Loop loop : {Loop{1, 0}, Loop{5, 4}}) {
        const auto method = make(small_space());
        const Report report = budget::run(*method, small_space(), loop, slope);
        std::set<Assignment> points;
        for (const std::uint64_t trial : report.trials()) {
            points.insert(report.evaluations.at(trial).suggestion.point);
        }
        EXPECT_EQ(points.size(), report.trials().size());
        EXPECT_EQ(points.size(), 12u);
        EXPECT_EQ(method->planned_trials(), 12u);
    }
}

TEST_P(EveryBudgetSearcher, ASpaceOfOnePoint) {
    const Report report = budget::run(*make({}), {}, {}, slope);
    EXPECT_EQ(report.trials().size(), 1u);
    EXPECT_EQ(report.by_share().at(1), 1u);
}

TEST_P(EveryBudgetSearcher, ManyDimensions) {
    SearchSpace space;
    for (int d = 0; d < 300; ++d) {
        space.dimensions.push_back(d % 3 == 0 ? choice("c" + std::to_string(d), 3) : real("x" + std::to_string(d)));
    }
    EXPECT_GT(budget::run(*make(space), space, {4, 1}, slope).evaluations.size(), 20u);
}

TEST_P(EveryBudgetSearcher, AFailedTrialNeverGoesOn) {
    const auto failing = [](const Suggestion& s) { return *s.point[0] < 0.5 ? failure() : slope(s); };
    const Report report = budget::run(*make(line()), line(), {4, 2}, failing);
    EXPECT_LT(report.best_whole(), 0.7) << "what is best of those that run";
    EXPECT_GT(report.by_share()[1], 0u);
}

TEST_P(EveryBudgetSearcher, WhereEverythingFailsTheSearchEnds) {
    const Report report = budget::run(*make(line()), line(), {4, 2}, [](const Suggestion&) { return failure(); });
    EXPECT_GT(report.trials().size(), 10u);
}

TEST_P(EveryBudgetSearcher, BrokenConstraintsOnResultsComeBehind) {
    const auto constrained = [](const Suggestion& s) {
        Outcome outcome = found(*s.point[0]);
        outcome.violations = {0.3 - *s.point[0]};
        return outcome;
    };
    const Report report = budget::run(*make(line()), line(), {}, constrained);
    double best = 1;
    for (const auto& [number, evaluation] : report.evaluations) {
        best = evaluation.suggestion.rung.share.is_whole() && evaluation.outcome.feasible() ? std::min(best, evaluation.outcome.value) : best;
    }
    EXPECT_LT(best, 0.4);
}

TEST_P(EveryBudgetSearcher, TheSameResultsGiveTheSameProposals) {
    const auto replayed = [&](std::uint64_t seed) {
        std::vector<std::pair<Assignment, std::optional<std::uint64_t>>> list;
        for (const auto& [number, evaluation] : budget::run(*make(conditional_space(), seed), conditional_space(), {6, 3}, slope).evaluations) {
            list.emplace_back(evaluation.suggestion.point, evaluation.suggestion.continues);
        }
        return list;
    };
    EXPECT_EQ(replayed(5), replayed(5));
    EXPECT_NE(replayed(5), replayed(6));
}

TEST_P(EveryBudgetSearcher, WaitingAgainChangesNothing) {
    const auto asked = [&](int times) {
        const auto method = make(line());
        std::vector<Assignment> points;
        std::vector<std::pair<std::uint64_t, Suggestion>> in_flight;
        for (std::uint64_t number = 0; number < 60;) {
            Answer answer = method->ask(number);
            for (int i = 1; i < times && std::holds_alternative<Wait>(answer); ++i) {
                answer = method->ask(number);
            }
            if (const auto* suggestion = std::get_if<Suggestion>(&answer); suggestion != nullptr && in_flight.size() < 12) {
                points.push_back(suggestion->point);
                in_flight.emplace_back(number++, *suggestion);
                if (in_flight.size() < 12) {
                    continue;
                }
            } else if (in_flight.empty()) {
                break;
            }
            for (const auto& [told, suggestion] : in_flight) {
                method->tell(told, suggestion, slope(suggestion));
            }
            in_flight.clear();
        }
        return points;
    };
    EXPECT_EQ(asked(1), asked(4));
}

INSTANTIATE_TEST_SUITE_P(Searchers, EveryBudgetSearcher, testing::Values("successive_halving", "hyperband", "asha", "bohb", "dehb"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace budget_searchers_test
}  // namespace mlpc
