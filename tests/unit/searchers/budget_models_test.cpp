// What bohb and dehb learn on the way, against the random points of hyperband.
#include "stdlib/search/brackets.h"
#include "stdlib/search/kernel_density.h"
#include "stdlib/search/subpopulations.h"
#include "stdlib/stdlib.h"
#include "tests/unit/searchers/budget_loop.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace mlpc {
namespace budget_models_test {

// Counting ones (Falkner et al. 2018, section 5.1): minus the mean of binary choices and of the shares of ones among so many coin tosses, which
// are the fewer, the less effort is spent. The mean of an endless number of tosses is told apart.
constexpr std::size_t choices = 4, coins = 4;
constexpr std::int64_t most_tosses = 729;

SearchSpace counting_ones() {
    SearchSpace space;
    for (std::size_t d = 0; d < choices; ++d) {
        space.dimensions.push_back({.name = "choice" + std::to_string(d), .kind = Dimension::Kind::Choice});
        space.dimensions.back().choices = {{std::int64_t{0}}, {std::int64_t{1}}};
    }
    for (std::size_t d = 0; d < coins; ++d) {
        space.dimensions.push_back({.name = "coin" + std::to_string(d), .low = 0, .high = 1});
    }
    return space;
}
double true_value(const Assignment& point) {
    double sum = 0;
    for (const auto& value : point) {
        sum += *value;
    }
    return -sum / static_cast<double>(choices + coins);
}
Outcome tossed(const Suggestion& s, std::uint64_t seed) {
    double sum = 0;
    for (std::size_t d = 0; d < choices; ++d) {
        sum += *s.point[d];
    }
    const std::int64_t tosses = most_tosses * s.rung.share.part / s.rung.share.whole;
    for (std::size_t d = choices; d < choices + coins; ++d) {
        Rng rng = Rng::of_seed(seed).child(d).child(static_cast<std::uint64_t>(*s.point[d] * 1e9));
        std::int64_t ones = 0;
        for (std::int64_t toss = 0; toss < tosses; ++toss) {
            ones += rng.uniform() < *s.point[d];
        }
        sum += static_cast<double>(ones) / static_cast<double>(tosses);
    }
    return budget::found(-sum / static_cast<double>(choices + coins));
}

struct Result {
    double regret, effort;
};
// Median over seeds of the true regret of the point that looks best when evaluated whole.
Result median_regret(const std::string& name, std::int64_t rounds) {
    const SearchSpace space = counting_ones();
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, name);
    std::vector<double> regrets;
    double effort = 0;
    for (std::uint64_t seed = 0; seed < 11; ++seed) {
        ParamValues params = info.default_params();
        params[info.find_param("rounds")] = {rounds};
        params[info.find_param("resource")] = {std::int64_t{27}};
        const auto method = info.make_searcher(params, {.space = space, .rng = Rng::of_seed(seed)});
        const auto report = budget::run(*method, space, {4, seed}, [&](const Suggestion& s) { return tossed(s, seed); });
        double best = 0, regret = 1;
        for (const auto& [number, evaluation] : report.evaluations) {
            if (evaluation.suggestion.rung.share.is_whole() && evaluation.outcome.value < best) {
                best = evaluation.outcome.value;
                regret = 1 + true_value(evaluation.suggestion.point);
            }
        }
        regrets.push_back(regret);
        effort += report.effort() / 11;
    }
    std::sort(regrets.begin(), regrets.end());
    return {regrets[5], effort};
}

TEST(Bohb, BeatsRandomPointsOnCountingOnes) {
    const Result random = median_regret("hyperband", 8), model = median_regret("bohb", 8);
    EXPECT_LT(model.regret, 0.4 * random.regret);
    EXPECT_NEAR(model.effort, random.effort, 1e-9);
    RecordProperty("bohb", std::to_string(model.regret));
    RecordProperty("hyperband", std::to_string(random.regret));
}

TEST(Dehb, BeatsRandomPointsOnCountingOnes) {
    const Result random = median_regret("hyperband", 24), evolved = median_regret("dehb", 16);
    EXPECT_LE(evolved.effort, random.effort);
    EXPECT_LT(evolved.regret, 0.5 * random.regret);
    RecordProperty("dehb", std::to_string(evolved.regret));
    RecordProperty("hyperband", std::to_string(random.regret));
}

TEST(Dehb, LaterRoundsEvolveAtEveryShare) {
    const SearchSpace space = counting_ones();
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, "dehb");
    ParamValues params = info.default_params();
    params[info.find_param("rounds")] = {std::int64_t{2}};
    params[info.find_param("resource")] = {std::int64_t{9}};
    const auto method = info.make_searcher(params, {.space = space, .rng = Rng::of_seed(1)});
    const auto report = budget::run(*method, space, {}, [](const Suggestion& s) { return tossed(s, 1); });
    // 9, 3, 1; 5, 1; 3 trials: in the first round 17 are new, in the second 22.
    EXPECT_EQ(report.trials().size(), 17u + 22u);
    EXPECT_EQ(method->planned_trials(), 39u);
    EXPECT_EQ(report.evaluations.size(), 44u);
    for (std::uint64_t number = 22; number < 44; ++number) {
        EXPECT_EQ(report.evaluations.at(number).suggestion.continues, std::nullopt);
    }
}

TEST(Dehb, TrialsEndTheSearch) {
    const ComponentInfo& info = *standard_library().find(ComponentKind::Searcher, "dehb");
    for (const std::int64_t trials : {1, 7, 50, 200}) {
        ParamValues params = info.default_params();
        params[info.find_param("trials")] = {trials};
        params[info.find_param("resource")] = {std::int64_t{27}};
        const auto method = info.make_searcher(params, {.space = counting_ones(), .rng = Rng::of_seed(2)});
        const auto report = budget::run(*method, counting_ones(), {3, 1}, [](const Suggestion& s) { return tossed(s, 1); });
        EXPECT_EQ(report.trials().size(), static_cast<std::size_t>(trials));
        EXPECT_GT(report.by_share()[1], 0u);
    }
}

TEST(Subpopulations, AChildIsMadeOfThreeParentsAndItsSlot) {
    Subpopulations populations({4, 5}, 3, {.mutation = 0.5, .crossover = 1}, Rng::of_seed(3));
    for (std::size_t slot = 0; slot < 4; ++slot) {
        const double place = 0.1 + 0.2 * static_cast<double>(slot);
        populations.compete(0, slot, {.genes = {place, place, place}, .standing = Standing{Standing::Class::Sound, static_cast<double>(slot)}});
    }
    Rng rng = Rng::of_seed(5);
    std::set<double> seen;
    for (int i = 0; i < 200; ++i) {
        const Genes child = populations.child(1, 0, 0, 3, rng);
        EXPECT_EQ(child[0], child[1]) << "every gene is the mutant's";
        seen.insert(std::round(child[0] * 1e6) / 1e6);
    }
    // a + (b - c) / 2 of the best three, 0.1, 0.3 and 0.5.
    EXPECT_EQ(seen, (std::set<double>{0, 0.1, 0.2, 0.4, 0.5, 0.6}));
}

TEST(Subpopulations, TheWorseLeaves) {
    Subpopulations populations({4}, 1, {}, Rng::of_seed(1));
    const auto challenge = [&](Standing::Class group, double value) {
        populations.compete(0, 0, {.genes = {value}, .standing = Standing{group, value}});
        return populations.at(0, 0).genes[0];
    };
    EXPECT_EQ(challenge(Standing::Class::Failed, 0), 0) << "better than nothing";
    EXPECT_EQ(populations.best_to_go_on(0), nullptr);
    EXPECT_EQ(challenge(Standing::Class::Sound, 0.7), 0.7);
    EXPECT_EQ(challenge(Standing::Class::BreaksConstraints, 0.1), 0.7);
    EXPECT_EQ(challenge(Standing::Class::Sound, 0.8), 0.7);
    EXPECT_EQ(challenge(Standing::Class::Sound, 0.2), 0.2);
    EXPECT_EQ(populations.best_to_go_on(0), &populations.at(0, 0));
}

TEST(KernelDensity, BandwidthsByTheNormalReferenceRule) {
    // 1.06 sd n^(-1/(4+d)), d = 2.
    const KernelDensity density({0, 3}, {{0.2, 0}, {0.4, 1}, {0.9, 1}}, 1e-3);
    EXPECT_NEAR(density.bandwidths()[0], 1.06 * 0.294392028877595 * std::pow(3, -1.0 / 6), 1e-12);
    EXPECT_NEAR(density.bandwidths()[1], 1.06 * std::sqrt(2.0) / 3 * std::pow(3, -1.0 / 6), 1e-12);
    EXPECT_EQ(KernelDensity({0}, {{0.5}, {0.5}}, 1e-3).bandwidths()[0], 1e-3);
    EXPECT_EQ(KernelDensity({2}, {{0}, {1}}, 2).bandwidths()[0], 0.5);
}

TEST(KernelDensity, SumsToOne) {
    const KernelDensity density({0, 3}, {{0.2, 0}, {0.4, 1}, {0.9, 1}, {0.5, 2}}, 1e-3);
    double sum = 0;
    for (int i = -3'000; i < 4'000; ++i) {
        for (double category = 0; category < 3; ++category) {
            sum += std::exp(density.log_density({(i + 0.5) / 1'000, category})) / 1'000;
        }
    }
    EXPECT_NEAR(sum, 1, 1e-6);
}

TEST(KernelDensity, DrawsStayWithin) {
    const KernelDensity density({0, 4}, {{0, 3}, {1, 3}, {0.01, 3}}, 0.4);
    Rng rng = Rng::of_seed(1);
    double own = 0;
    for (int i = 0; i < 4'000; ++i) {
        const auto x = density.draw(rng, 3);
        EXPECT_GE(x[0], 0);
        EXPECT_LE(x[0], 1);
        own += x[1] == 3;
    }
    EXPECT_NEAR(own / 4'000, 0.6 + 0.4 / 4, 0.03) << "kept, or drawn again";
}

}  // namespace budget_models_test
}  // namespace mlpc
