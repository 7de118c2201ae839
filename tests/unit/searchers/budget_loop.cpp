#include "tests/unit/searchers/budget_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace mlpc::budget {
namespace {

void check(const Suggestion& suggestion, const SearchSpace& space, const Report& report, const std::set<std::uint64_t>& in_flight) {
    EXPECT_TRUE(is_feasible(space, suggestion.point));
    for (std::size_t d = 0; d < space.dimensions.size(); ++d) {
        EXPECT_EQ(suggestion.point[d].has_value(), is_active(space, d, suggestion.point)) << space.dimensions[d].name;
    }
    if (!suggestion.continues) {
        return;
    }
    ASSERT_TRUE(report.evaluations.contains(*suggestion.continues) && !in_flight.contains(*suggestion.continues)) << "continues what was not told";
    const Suggestion& before = report.evaluations.at(*suggestion.continues).suggestion;
    EXPECT_EQ(before.point, suggestion.point);
    EXPECT_LT(before.rung.share, suggestion.rung.share);
    EXPECT_FALSE(report.evaluations.at(*suggestion.continues).outcome.failed);
    for (const auto& [number, other] : report.evaluations) {
        EXPECT_NE(other.suggestion.continues, suggestion.continues) << "evaluation " << number << " went on from there already";
    }
}

}  // namespace

Report run(Searcher& searcher, const SearchSpace& space, const Loop& loop, const std::function<Outcome(const Suggestion&)>& evaluate) {
    constexpr std::size_t most_evaluations = 20'000;
    Report report;
    std::mt19937_64 random(loop.delays);
    std::set<std::uint64_t> in_flight;
    bool done = false;
    while (!done || !in_flight.empty()) {
        bool waits = done;
        if (!done && in_flight.size() < loop.batch) {
            const std::uint64_t number = report.evaluations.size();
            Answer answer = searcher.ask(number);
            if (auto* suggestion = std::get_if<Suggestion>(&answer)) {
                check(*suggestion, space, report, in_flight);
                report.evaluations[number] = {*suggestion, evaluate(*suggestion)};
                in_flight.insert(number);
                if (report.evaluations.size() > most_evaluations) {
                    ADD_FAILURE() << "the search does not end";
                    return report;
                }
                continue;
            }
            done = std::holds_alternative<Done>(answer);
            waits = true;
            report.waits += !done;
            if (in_flight.empty() && !done) {
                ADD_FAILURE() << "waits for nothing";
                return report;
            }
        }
        if (!in_flight.empty() && (waits || in_flight.size() >= loop.batch)) {
            auto next = in_flight.begin();
            std::advance(next, loop.delays == 0 ? 0 : random() % in_flight.size());
            const Evaluation& evaluation = report.evaluations[*next];
            searcher.tell(*next, evaluation.suggestion, evaluation.outcome);
            in_flight.erase(next);
        }
    }
    return report;
}

std::vector<std::uint64_t> Report::trials() const {
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, evaluation] : evaluations) {
        if (!evaluation.suggestion.continues) {
            numbers.push_back(number);
        }
    }
    return numbers;
}

std::map<double, std::size_t> Report::by_share() const {
    std::map<double, std::size_t> counts;
    for (const auto& [number, evaluation] : evaluations) {
        ++counts[evaluation.suggestion.rung.share.ratio()];
    }
    return counts;
}

double Report::best_whole() const {
    double best = std::numeric_limits<double>::infinity();
    for (const auto& [number, evaluation] : evaluations) {
        if (evaluation.suggestion.rung.share.is_whole() && !evaluation.outcome.failed) {
            best = std::min(best, evaluation.outcome.value);
        }
    }
    return best;
}

double Report::effort() const {
    double sum = 0;
    for (const auto& [number, evaluation] : evaluations) {
        const auto& [suggestion, outcome] = evaluation;
        sum += suggestion.rung.share.ratio();
        sum -= suggestion.continues ? evaluations.at(*suggestion.continues).suggestion.rung.share.ratio() : 0;
    }
    return sum;
}

Outcome found(double value) { return {.value = value}; }
Outcome failure() { return {.value = std::numeric_limits<double>::quiet_NaN(), .failed = true}; }

}  // namespace mlpc::budget
