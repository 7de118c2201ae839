#include "runtime/engine/engine.h"

#include "tests/unit/engine/probe_experiment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <stdexcept>

namespace mlpc::engine_test {
namespace {

using Clock = std::chrono::steady_clock;

std::unique_ptr<Engine> make_engine(EngineOptions options = {}) {
    const ProbeExperiment& e = probe_experiment();
    return std::make_unique<Engine>(e.experiment(), e.data(), e.splits(), options);
}

// Every factor with every alpha; no two of them are the same problem.
std::vector<UnitSpec> crossed(std::int64_t factors, std::int64_t alphas) {
    std::vector<UnitSpec> units;
    for (std::int64_t factor = 0; factor < factors; ++factor) {
        for (std::int64_t alpha = 1; alpha <= alphas; ++alpha) {
            units.push_back({.factor = factor, .alpha = static_cast<double>(alpha) + 0.5});
        }
    }
    return units;
}

// Three factors take turns, so that each is asked for again after the others.
std::vector<UnitSpec> factors_in_turn() {
    std::vector<UnitSpec> units;
    for (std::int64_t i = 0; i < 12; ++i) {
        units.push_back({.factor = i % 3, .alpha = 1.0 + static_cast<double>(i)});
    }
    return units;
}

std::vector<double> scores_with(EngineOptions options, const std::vector<UnitSpec>& specs, std::size_t window) {
    Units units(specs);
    EXPECT_TRUE(make_engine(options)->run(units, window));
    return units.scores();
}

TEST(EngineTest, EqualFitsAreDoneOnceOverUnits) {
    const auto engine = make_engine();
    Units units(crossed(2, 5));
    const std::uint64_t before = probe_fits;
    EXPECT_TRUE(engine->run(units, 4));
    EXPECT_EQ(probe_fits - before, 2U * 3U);
    EXPECT_EQ(engine->counts().fits_requested, 10U * 3U * 2U);
    EXPECT_EQ(engine->counts().fits_done, 2U * 3U + 10U * 3U);
}

TEST(EngineTest, WhatIsDerivedFromTheRowsOfAFoldStaysForLaterFits) {
    const auto engine = make_engine();
    Units units(factors_in_turn());
    const std::uint64_t before = probe_derivations;
    EXPECT_TRUE(engine->run(units, 1));
    EXPECT_EQ(probe_derivations - before, 3U) << "one a fold, for three fits of each";
}

TEST(EngineTest, WithoutSharingEveryUnitDoesItsOwn) {
    const auto engine = make_engine({.share = false});
    Units units(crossed(2, 5));
    const std::uint64_t before = probe_fits;
    EXPECT_TRUE(engine->run(units, 4));
    EXPECT_EQ(probe_fits - before, 10U * 3U);
    EXPECT_EQ(engine->counts().fits_done, engine->counts().fits_requested);
}

TEST(EngineTest, UnitsInFlightShareWhatOneOfThemIsStillComputing) {
    const auto engine = make_engine({.jobs = 4});
    std::vector<UnitSpec> specs;
    for (int i = 1; i <= 8; ++i) {
        specs.push_back({.factor = 7, .alpha = 1.0 * i, .pause = 20});
    }
    Units units(specs);
    const std::uint64_t before = probe_fits;
    EXPECT_TRUE(engine->run(units, 8));
    EXPECT_EQ(probe_fits - before, 3U);
    std::vector<UnitSpec> alone = specs;
    EXPECT_EQ(units.scores(), scores_with({.share = false}, alone, 1));
}

TEST(EngineTest, ScoresAreTheSameBitsForAnyThreadsSharingAndMemory) {
    const std::vector<UnitSpec> specs = crossed(5, 4);
    const std::vector<double> expected = scores_with({.share = false}, specs, 1);
    ASSERT_EQ(std::set<double>(expected.begin(), expected.end()).size(), expected.size()) << "every score is to be its own";
    for (const unsigned jobs : {1U, 2U, 4U, 8U}) {
        for (const bool share : {true, false}) {
            for (const std::size_t memory : {std::size_t{1}, std::size_t{1} << 30}) {
                EXPECT_EQ(scores_with({.jobs = jobs, .memory_bytes = memory, .share = share}, specs, 4 * jobs), expected)
                    << jobs << " jobs, share " << share << ", memory " << memory;
            }
        }
    }
}

TEST(EngineTest, WithoutMemoryValuesAreEvictedAndComputedAgain) {
    const auto fits_with = [&](std::size_t memory) {
        const auto engine = make_engine({.memory_bytes = memory});
        Units units(factors_in_turn());
        EXPECT_TRUE(engine->run(units, 1));
        return engine->counts();
    };
    const EngineCounts ample = fits_with(std::size_t{1} << 30), none = fits_with(1);
    EXPECT_EQ(ample.evicted, 0U);
    EXPECT_GT(none.evicted, 0U);
    EXPECT_GT(none.fits_done, ample.fits_done);
}

TEST(EngineTest, WhatIsDerivedFromAKeptFrameCountsAgainstTheMemory) {
    const auto evicted_with = [&](std::size_t memory) {
        const auto engine = make_engine({.memory_bytes = memory});
        Units units(factors_in_turn());
        EXPECT_TRUE(engine->run(units, 1));
        return engine->counts().evicted;
    };
    constexpr std::size_t frames = 3 * 3 * 2;  // factors, folds, fitted and scored rows
    EXPECT_EQ(evicted_with(2 * frames * probe_derived_bytes), 0U);
    EXPECT_GT(evicted_with(frames * probe_derived_bytes / 2), 0U) << "the cells alone are a fiftieth of that";
}

TEST(EngineTest, AFailureIsItsUnitsAlone) {
    const auto engine = make_engine({.jobs = 4});
    Units units(
        {{.factor = 1}, {.factor = 2, .ending = Ending::RunError}, {.factor = 3}, {.factor = 4, .ending = Ending::OutOfMemory}, {.factor = 5}});
    EXPECT_TRUE(engine->run(units, 5));
    ASSERT_EQ(units.results.size(), 5U);
    const char* expected[] = {"", "the probe was told to fail", "", "out of memory", ""};
    for (std::size_t unit = 0; unit < 5; ++unit) {
        for (const Result& result : units.results[unit]) {
            EXPECT_EQ(result.failure, expected[unit]);
            EXPECT_EQ(std::holds_alternative<double>(result.value), result.failure.empty());
        }
    }
}

TEST(EngineTest, AFailureNamesTheStepThatFailed) {
    Units units({{.ending = Ending::RunError}});
    EXPECT_TRUE(make_engine()->run(units, 1));
    EXPECT_EQ(probe_experiment().text_at(units.results.at(0).at(0).span).substr(0, 5), "probe");
}

TEST(EngineTest, AFailureThatUnitsShareIsEachOnes) {
    Units units({{.alpha = 1, .ending = Ending::RunError, .pause = 10}, {.alpha = 2, .ending = Ending::RunError, .pause = 10}});
    EXPECT_TRUE(make_engine({.jobs = 2})->run(units, 2));
    for (const std::vector<Result>& unit : units.results) {
        EXPECT_EQ(unit.at(0).failure, "the probe was told to fail");
    }
}

TEST(EngineTest, WhatIsThrownAndIsNoExceptionIsAFailureToo) {
    Units units({{.ending = Ending::NoException}, {.factor = 1}});
    EXPECT_TRUE(make_engine()->run(units, 1));
    EXPECT_NE(units.results.at(0).at(0).failure, "");
    EXPECT_EQ(units.results.at(1).at(0).failure, "");
}

TEST(EngineTest, AWindowOfOneIsStrictlySequential) {
    Units units(crossed(3, 1));
    EXPECT_TRUE(make_engine({.jobs = 8})->run(units, 1));
    EXPECT_EQ(units.log, (std::vector<std::string>{"next 0", "finished 0", "next 1", "finished 1", "next 2", "finished 2"}));
}

TEST(EngineTest, UnitsFinishInTheirOrderAlthoughLaterOnesAreFaster) {
    std::vector<UnitSpec> specs;
    for (std::int64_t i = 0; i < 12; ++i) {
        specs.push_back({.factor = i, .pause = i % 4 == 0 ? 30 : 0});
    }
    Units units(specs);
    EXPECT_TRUE(make_engine({.jobs = 4})->run(units, 6));
    std::vector<std::string> finished;
    std::copy_if(units.log.begin(), units.log.end(), std::back_inserter(finished), [](const std::string& line) { return line[0] == 'f'; });
    ASSERT_EQ(finished.size(), specs.size());
    for (std::size_t i = 0; i < finished.size(); ++i) {
        EXPECT_EQ(finished[i], "finished " + std::to_string(i));
    }
    EXPECT_EQ(units.most_in_flight, 6U);
}

TEST(EngineTest, CancellationEndsSoonAndTellsNothingMore) {
    std::atomic<bool> cancelled = false;
    std::vector<UnitSpec> specs;
    for (std::int64_t i = 0; i < 500; ++i) {
        specs.push_back({.factor = i, .pause = 10});
    }
    Units units(specs);
    units.when_finished = [&](std::uint64_t number) { cancelled = cancelled || number == 2; };
    const auto begin = Clock::now();
    EXPECT_FALSE(make_engine({.jobs = 2, .cancelled = &cancelled})->run(units, 8));
    EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));  // all of them take 7.5 s on two threads
    EXPECT_EQ(units.results.size(), 3U);
}

TEST(EngineTest, ValuesAreNotComputedAfterCancellation) {
    std::atomic<bool> cancelled = true;
    const auto engine = make_engine({.cancelled = &cancelled});
    const Assignment assignment = probe_experiment().assignment({});
    EXPECT_ANY_THROW(engine->values(probe_experiment().requests(assignment)));
}

TEST(EngineTest, WhatASourceThrowsComesOutOfTheRun) {
    Units units(crossed(3, 3));
    units.when_finished = [](std::uint64_t number) {
        if (number == 4) {
            throw std::runtime_error("the disk is full");
        }
    };
    EXPECT_THROW(make_engine({.jobs = 2})->run(units, 4), std::runtime_error);
}

TEST(EngineTest, AnEngineRunsAgainAfterwardsAndRemembers) {
    const auto engine = make_engine();
    Units first(crossed(2, 2)), second(crossed(2, 2));
    EXPECT_TRUE(engine->run(first, 2));
    const std::uint64_t before = probe_fits;
    EXPECT_TRUE(engine->run(second, 2));
    EXPECT_EQ(probe_fits, before);
    EXPECT_EQ(first.scores(), second.scores());
}

// Each unit is a trial, and nobody shares its model.
class Trials : public Units {
public:
    Trials(std::vector<UnitSpec> specs, std::set<std::uint64_t> asked_again) : Units(std::move(specs)), asked_again_(std::move(asked_again)) {}
    std::optional<std::vector<Request>> next() override {
        auto requests = Units::next();
        if (requests) {
            for (Request& request : *requests) {
                request.trial = trial_;
            }
            ++trial_;
        }
        return requests;
    }
    std::optional<std::vector<Proposal>> known() const override { return std::vector<Proposal>(); }
    bool may_ask_again(std::uint64_t trial) const override { return asked_again_.count(trial) > 0; }

private:
    std::set<std::uint64_t> asked_again_;
    std::uint64_t trial_ = 0;
};

TEST(EngineTest, OfModelsThoseAreKeptThatTheirTrialMayAskForAgain) {
    const auto engine = make_engine({.dear_fit_seconds = 0});
    Trials first(crossed(1, 4), {2});
    EXPECT_TRUE(engine->run(first, 1));
    const auto fits_of = [&](const UnitSpec& spec) {
        const std::uint64_t before = engine->counts().fits_done;
        Units again({spec});
        EXPECT_TRUE(engine->run(again, 1));
        return engine->counts().fits_done - before;
    };
    const std::vector<UnitSpec> specs = crossed(1, 4);
    EXPECT_EQ(fits_of(specs[2]), 0U);
    EXPECT_EQ(fits_of(specs[1]), 3U);
}

TEST(EngineTest, ASourceWithoutUnitsIsDoneAtOnce) {
    Units units({});
    EXPECT_TRUE(make_engine()->run(units, 4));
    EXPECT_TRUE(units.log.empty());
}

TEST(EngineStressTest, ThousandsOfUnitsThatShareAtRandomScoreAsAlone) {
    constexpr std::size_t count = 2'000, factors = 60;
    Rng rng = Rng::of_seed(3);
    std::vector<UnitSpec> specs;
    std::set<std::int64_t> used;
    for (std::size_t i = 0; i < count; ++i) {
        specs.push_back({.factor = static_cast<std::int64_t>(rng.below(factors)), .alpha = 1.0 + static_cast<double>(rng.below(5))});
        used.insert(specs.back().factor);
    }
    const std::vector<double> expected = scores_with({.share = false}, specs, 1);
    for (const std::size_t memory : {std::size_t{1} << 30, std::size_t{20'000}, std::size_t{1}}) {
        const auto engine = make_engine({.jobs = 8, .memory_bytes = memory});
        Units units(specs);
        const std::uint64_t before = probe_fits;
        EXPECT_TRUE(engine->run(units, 32));
        EXPECT_EQ(units.scores(), expected) << "memory " << memory;
        if (memory > 20'000) {
            EXPECT_EQ(probe_fits - before, 3 * used.size());
        }
    }
}

}  // namespace
}  // namespace mlpc::engine_test
