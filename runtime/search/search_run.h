// The trial loop of one search under one seed, over all training rows or inside one outer fold.
#pragma once

#include "runtime/search/run_experiment.h"

#include <chrono>
#include <deque>

namespace mlpc {

class SearchRun : public UnitSource {
public:
    SearchRun(const Experiment&, std::uint32_t search, Context place, std::size_t folds, const RunOptions&, std::function<void()> trial_done);

    std::optional<std::vector<Request>> next() override;
    std::optional<std::vector<Proposal>> known() const override;
    void finished(std::uint64_t number, std::vector<Result> results, double seconds) override;

    // How many trials may be in flight.
    std::size_t window(unsigned jobs) const;
    std::optional<std::uint64_t> planned_trials() const { return searcher_->planned_trials(); }
    std::vector<TrialRecord> take_trials() { return std::move(trials_); }
    const Assignment& assignment(std::size_t trial) const { return assignments_[trial]; }
    // Position of the candidate that a trial chose.
    std::size_t candidate(std::size_t trial) const;
    // Index of the trial with the best mean score, the earliest of equals; count of trials where all failed.
    std::size_t winner() const;
    std::size_t trial_count() const { return trials_.size(); }

private:
    std::optional<Assignment> ask();
    void ask_ahead();
    TrialRecord head_of(std::size_t number) const;
    // The trial as an interrupted run has kept it; null: it is to be run.
    const TrialRecord* earlier(std::size_t number) const;

    const Experiment& experiment_;
    const SearchSpec& search_;
    Context place_;
    std::size_t folds_;
    const RunOptions& options_;
    std::function<void()> trial_done_;
    std::string stored_name_;
    std::unique_ptr<Searcher> searcher_;
    std::deque<Assignment> assignments_;  // by trial; all of them from the start where `all_asked_`
    bool all_asked_ = false;
    std::vector<TrialRecord> trials_;
    std::vector<TrialRecord> earlier_;
    std::vector<bool> from_store_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace mlpc
