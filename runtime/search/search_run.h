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
    bool waits() const override { return waits_; }
    std::optional<std::vector<Proposal>> known() const override;
    void finished(std::uint64_t number, std::vector<Result> results, double seconds) override;
    // Of trials that are whole those that lead their model, for their training scores.
    bool may_ask_again(std::uint64_t trial) const override;

    // How many evaluations may be in flight.
    std::size_t window(unsigned jobs) const;
    std::optional<std::uint64_t> planned_trials() const { return searcher_->planned_trials(); }
    std::string remark() const { return searcher_->remark(); }
    std::vector<TrialRecord> take_trials() { return std::move(trials_); }
    const TrialRecord& trial(std::size_t trial) const { return trials_[trial]; }
    const Assignment& assignment(std::size_t trial) const { return points_[trial]; }
    // Position of the candidate that a trial chose.
    std::size_t candidate(std::size_t trial) const { return candidate_of(points_[trial]); }
    // Index of the trial with the best mean score of those that may win, the earliest of equals; count of trials where there is none. Of
    // several goals the first one counts. With a candidate: of the trials that chose it.
    std::size_t winner(std::optional<std::size_t> candidate = std::nullopt) const;
    std::size_t trial_count() const { return trials_.size(); }

private:
    // One answer of the searcher, on its way.
    struct Evaluation {
        Suggestion suggestion;
        std::size_t trial = 0;
        std::size_t first_fold = 0, folds = 0;  // to compute; none where a kept one knows them
        double ask_seconds = 0;
        TrialRecord kept;  // the trial's record with what an interrupted run had found
        bool is_kept = false;
        bool beyond_limits = false;  // it failed because a fit would have taken more than the file allows
    };

    Answer ask();
    void ask_ahead();
    bool is_over() const;
    std::size_t trial_of(const Suggestion&);
    void plan_folds(Evaluation&) const;
    void add_requests(const Evaluation&, std::vector<Request>&) const;
    void keep_results(Evaluation&, const std::vector<Result>&, double seconds);
    void judge(TrialRecord&) const;
    Outcome outcome_of(const TrialRecord&, const Suggestion&) const;
    std::size_t candidate_of(const Assignment&) const;
    TrialRecord head_of(std::size_t number, const Assignment&) const;
    // The trial as an interrupted run has kept it, cut back to that rung; nullopt: it is to be run.
    std::optional<TrialRecord> earlier(const TrialRecord& head, const Rung&) const;
    double oriented(double score) const { return search_.maximize ? -score : score; }

    const Experiment& experiment_;
    const SearchSpec& search_;
    Context place_;
    std::size_t folds_;
    const RunOptions& options_;
    std::function<void()> trial_done_;
    std::string stored_name_;
    std::unique_ptr<Searcher> searcher_;
    std::vector<Suggestion> asked_ahead_;  // all of them where `all_asked_`
    bool all_asked_ = false;
    bool waits_ = false;
    std::deque<Evaluation> evaluations_;  // by number
    std::deque<Assignment> points_;       // by trial
    std::vector<TrialRecord> trials_;
    std::vector<TrialRecord> earlier_;
    std::optional<double> best_;  // oriented
    std::int64_t trials_without_better_ = 0, failures_in_a_row_ = 0;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace mlpc
