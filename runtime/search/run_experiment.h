// Runs a lowered experiment from data to results and fitted pipelines.
#pragma once

#include "runtime/core/experiment.h"
#include "runtime/core/results.h"
#include "runtime/engine/engine.h"
#include "runtime/model/fitted_pipeline.h"
#include "runtime/search/prepare.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mlpc {

struct RunOptions {
    unsigned jobs = 1;
    std::size_t memory_bytes = std::size_t{256} << 20;
    bool share = true;
    const std::atomic<bool>* cancelled = nullptr;
    // "small.mlp:18" for a span: failed trials name their line.
    std::function<std::string(Span)> place;
    // A finished trial, in order of number; durable when it returns.
    std::function<void(const std::string& search, std::uint64_t seed, const TrialRecord&)> keep_trial;
    // Trials kept of an earlier, interrupted run of the same experiment, by number; outer folds have names of their own.
    std::function<std::vector<TrialRecord>(const std::string& search, std::uint64_t seed)> earlier_trials;
    // As EngineOptions::before_task.
    std::function<void()> before_task = {};
    // What is going on, for a progress line: done and planned trials of all searches and seeds (planned 0: not known).
    std::function<void(std::uint64_t done, std::uint64_t planned, const std::string& what)> progress;
    // As EngineOptions::epoch_ended.
    std::function<void(const EpochNews&)> epoch_ended = {};
    // As EngineOptions::checkpoint_of.
    std::function<std::unique_ptr<FitCheckpoint>(const Key& fit)> checkpoint_of = {};
};

struct SavedPipeline {
    std::string path;
    FittedPipeline pipeline;
};

// Fills `record` (data, searches, gates, counts) as it goes, so that it holds what was computed when an exception ends the run.
// Throws RunError, FindingsError, Cancelled.
std::vector<SavedPipeline> run_experiment(const Experiment&, const Catalog&, const PreparedData&, const RunOptions&, RunRecord& record);

// How often the searches fit a component: as asked for, each of equal ones once, and with one fit for all values of a path parameter.
struct ComponentFits {
    std::string component;
    std::uint64_t asked = 0, equal_once = 0, done = 0;
    std::string path;  // the parameter that one fit answers several values of; empty: none
};
// How many trials the searches propose and how many fits they ask for, before and after they are shared, without reading any data: what
// `mlpc plan` prints. Outer folds and what follows a search are not counted; searches that learn from results count as if nothing were
// shared between their trials.
struct FitForecast {
    std::uint64_t trials = 0, fits_before = 0, fits_equal_once = 0, fits_after = 0;
    bool exact = true;
    std::uint64_t folds = 0;  // fits of one trial: folds of one seed; 0 where only the data tell
    std::vector<ComponentFits> components;
    struct Budget {
        std::string search;
        std::vector<PlannedRung> rungs;
    };
    std::vector<Budget> budgets;  // of searches that evaluate trials in rungs, under one seed
};
FitForecast forecast_fits(const Experiment&);

}  // namespace mlpc
