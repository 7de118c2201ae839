// What every search method and every pruner of the catalog must keep: the same trials on any number of threads, after any interruption, and
// on spaces that are no simple box.
#include "runtime/core/journal.h"
#include "runtime/search/run_experiment.h"
#include "stdlib/stdlib.h"
#include "tests/compiled_experiment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <thread>

namespace mlpc {
namespace {

using namespace std::chrono_literals;

// Mixed, conditional, constrained, and undefined on a part of the space.
constexpr const char* mixed = R"(edition 1
seeds 4..5
objective f(x in -5.0..10.0, rate in 1e-4..1.0 log, n in 1..20, kind: a(shift in 0.0..1.0) | b, size in ordered {{1, 2, 4}}) =
  (x - 1)^2 + abs(log10(rate) + 2) + 0.1 * n + size + if(missing(shift), 0.3, shift) + 0 * sqrt(x + 4)
search best over f {{
  {}
  where    n < 18
  minimize value
}}
)";

// Branches that have no parameter in common.
constexpr const char* apart = R"(edition 1
seed 4
objective f(kind: a(x in 0.0..1.0) | b(y in 0.0..1.0, z in 1..9) | c) = coalesce(x, 0.5) + coalesce(y, 0.4) + coalesce(z, 3)
search best over f {{
  {}
  minimize value
}}
)";

// Eight points.
constexpr const char* tiny = R"(edition 1
seed 4
objective f(x in 1..4, kind in {{1, 2}}) = x * kind
search best over f {{
  {}
  minimize value
}}
)";

// Real data and models with a resource, so that rungs are climbed and fits grown.
constexpr const char* models = R"(edition 1
seed 4
data iris = csv("{}/examples/data/iris.csv") -> drop_duplicates {{
  species: category target
  others:  numeric
}}
split iris {{
  test  20% stratified
  folds 3   stratified
}}
model forest = random_forest(trees: 9, depth in 1..6)
model logit  = scale(standard) -> logistic(C in 1e-3..1e2 log)
search best over forest, logit {{
  {}
  maximize accuracy
}}
)";

struct Method {
    std::string name;
    std::string clauses;  // "method tpe(trials: 60)"
};

void PrintTo(const Method& method, std::ostream* out) { *out << method.name; }

// Budgets are cut down so that a test takes seconds.
std::string with_few_trials(const ComponentInfo& info) {
    if (info.name == "manual") {
        return "";
    }
    const std::size_t trials = info.find_param("trials");
    const std::string call = info.name + (trials < info.params.size() ? "(trials: 24)" : info.name == "grid" ? "(points: 2)" : "");
    return "method " + call;
}

std::vector<Method> all_methods() {
    std::vector<Method> methods;
    for (const ComponentInfo* info : standard_library().all()) {
        if (info->kind == ComponentKind::Searcher && !with_few_trials(*info).empty()) {
            methods.push_back({info->name, with_few_trials(*info)});
        }
        if (info->kind == ComponentKind::Pruner) {
            methods.push_back({"random_with_" + info->name, "method random(trials: 24)\n  prune " + info->name});
        }
    }
    return methods;
}

struct Ran {
    RunRecord record;
    std::string journal;
};

// Kept trials, by search and seed.
using Kept = std::map<std::pair<std::string, std::uint64_t>, std::vector<TrialRecord>>;

class Searching : public testing::TestWithParam<Method> {
protected:
    Experiment compiled(const char* text) const {
        const bool has_data = std::string(text).find("csv") != std::string::npos;
        const std::string source =
            has_data ? fmt::format(fmt::runtime(text), MLPC_SOURCE_DIR, GetParam().clauses) : fmt::format(fmt::runtime(text), GetParam().clauses);
        return lower(test::plan_of(directory_.write("e.mlp", source), standard_library()));
    }

    static Ran run(const Experiment& e, RunOptions options) {
        Ran ran;
        const PreparedData data = prepare(e, standard_library(), nullptr);
        run_experiment(e, standard_library(), data, options, ran.record);
        ran.journal = journal_hash(ran.record);
        return ran;
    }

    // As `run`, but every trial is kept as it was when the run was stopped behind so many evaluations.
    static Kept kept_until(const Experiment& e, std::size_t evaluations) {
        Kept kept;
        std::size_t seen = 0;
        RunOptions options;
        options.keep_trial = [&](const std::string& search, std::uint64_t seed, const TrialRecord& trial) {
            if (++seen > evaluations) {
                return;
            }
            auto& list = kept[{search, seed}];
            const auto at = std::find_if(list.begin(), list.end(), [&](const TrialRecord& t) { return t.number == trial.number; });
            if (at != list.end()) {
                *at = trial;
            } else {
                list.push_back(trial);
            }
        };
        run(e, options);
        return kept;
    }

    test::ScratchDirectory directory_;
};

TEST_P(Searching, TriesTheSameOnAnyNumberOfThreads) {
    for (const auto& [text, batch] : {std::pair(mixed, 0), {mixed, 3}, {models, 0}, {models, 4}}) {
        Experiment e = compiled(text);
        e.searches[0].batch = batch;
        const std::string alone = run(e, {.jobs = 1}).journal;
        for (const unsigned jobs : {2U, 4U, 8U}) {
            std::atomic<std::uint64_t> tasks = 0;
            RunOptions options{.jobs = jobs};
            options.before_task = [&] { std::this_thread::sleep_for(Rng::of_seed(jobs).child(tasks++).below(8) * 100us); };
            EXPECT_EQ(run(e, options).journal, alone) << jobs << " threads";
        }
        EXPECT_EQ(run(e, {.jobs = 2, .share = false}).journal, alone) << "every fit from scratch";
    }
}

TEST_P(Searching, GoesOnWhereItWasStopped) {
    for (const auto& [text, batch] : {std::pair(mixed, 0), {models, 3}}) {
        Experiment e = compiled(text);
        e.searches[0].batch = batch;
        std::size_t all = 0, again = 0;
        const auto count_in = [](std::size_t& count) { return [&count](const std::string&, std::uint64_t, const TrialRecord&) { ++count; }; };
        RunOptions uninterrupted{.jobs = 2};
        uninterrupted.keep_trial = count_in(all);
        const std::string whole = run(e, uninterrupted).journal;
        for (const std::size_t evaluations : {1, 7, 23}) {
            const Kept kept = kept_until(e, evaluations);
            RunOptions options{.jobs = 2};
            options.earlier_trials = [&](const std::string& search, std::uint64_t seed) {
                const auto at = kept.find({search, seed});
                return at == kept.end() ? std::vector<TrialRecord>() : at->second;
            };
            again = 0;
            options.keep_trial = count_in(again);
            EXPECT_EQ(run(e, options).journal, whole) << "stopped behind " << evaluations << " evaluations";
            EXPECT_EQ(again, all - std::min(all, evaluations)) << "what was kept is not evaluated again";
        }
    }
}

TEST_P(Searching, ProposesPointsOfTheSpaceAndKeepsFailures) {
    const Experiment e = compiled(mixed);
    const Ran ran = run(e, {.jobs = 2});
    const SearchSpace& space = e.searches[0].space;
    std::size_t failed = 0, trials = 0;
    for (const SeedRecord& seed : ran.record.searches.at(0).seeds) {
        for (const TrialRecord& trial : seed.trials) {
            ++trials;
            std::map<std::string, std::string> values(trial.params.begin(), trial.params.end());
            EXPECT_LT(std::stod(values.at("n")), 18);
            EXPECT_EQ(values.contains("kind.a.shift"), values.at("kind") == "a");
            const bool undefined = std::stod(values.at("x")) < -4;
            EXPECT_EQ(!trial.failure.empty(), undefined) << trial.failure;
            failed += undefined ? 1 : 0;
            for (const Dimension& d : space.dimensions) {
                if (d.choices.empty() && values.contains(d.name)) {
                    EXPECT_GE(std::stod(values.at(d.name)), d.low);
                    EXPECT_LE(std::stod(values.at(d.name)), d.high);
                }
            }
        }
        ASSERT_LT(seed.winner, seed.trials.size());
        EXPECT_TRUE(seed.trials[seed.winner].may_win());
    }
    EXPECT_GT(trials, 8U);
    EXPECT_LT(failed, trials);
}

TEST_P(Searching, TriesBranchesThatShareNothing) {
    const Ran ran = run(compiled(apart), {.jobs = 2});
    const SeedRecord& seed = ran.record.searches.at(0).seeds.at(0);
    std::set<std::string> branches;
    for (const TrialRecord& trial : seed.trials) {
        EXPECT_EQ(trial.failure, "");
        branches.insert(trial.params.at(0).second);
    }
    EXPECT_GE(branches.size(), 2U);
    EXPECT_LT(seed.winner, seed.trials.size());
}

TEST_P(Searching, EndsOnASpaceOfEightPoints) {
    const Ran ran = run(compiled(tiny), {.jobs = 2});
    const SeedRecord& seed = ran.record.searches.at(0).seeds.at(0);
    std::set<std::vector<std::pair<std::string, std::string>>> points;
    for (const TrialRecord& trial : seed.trials) {
        points.insert(trial.params);
    }
    EXPECT_LE(points.size(), 8U);
    EXPECT_EQ(seed.trials.size(), points.size()) << "a point was tried twice";
    EXPECT_GE(points.size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(Catalog, Searching, testing::ValuesIn(all_methods()), [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace mlpc
